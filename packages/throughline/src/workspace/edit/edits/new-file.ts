import { filesOfWorkspace } from '@throughline/core'
import type { Draft } from '../draft.ts'
import { layoutOf } from '../layout.ts'
import type { Plain } from '../plain.ts'
import { Refusal } from '../refusal.ts'
import { blockLines } from '../value-text.ts'

/** The folder that most files of a kind lie in; where there are none, one beside `throughline.yaml`. */
export function folderFor(paths: readonly string[], workspace: string, otherwise: string): string {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])
  return most?.[0] ?? `${workspace === '' ? '' : `${workspace}/`}${otherwise}/`
}

/** A name that no file has, also where capitals don't count. */
export function freeName(draft: Draft, folder: string, id: string, ending: string): string {
  if (filesOfWorkspace(draft.files.paths).workspace === undefined)
    throw new Refusal(
      409,
      'There is no workspace to write to',
      'Only contracts are open. `throughline init` writes a workspace for them.',
    )
  const taken = new Set(draft.files.paths.map((path) => path.toLowerCase()))
  for (let number = 1; ; number++) {
    const path = `${folder}${id}${number === 1 ? '' : `-${number}`}${ending}`
    if (!taken.has(path.toLowerCase())) return path
  }
}

/** Writes a new file the way its neighbours are written. */
export function newFileText(
  draft: Draft,
  value: Plain,
  path: string,
  neighbours: readonly string[],
): string {
  const neighbour = neighbours.find((one) => !one.endsWith('.json'))
  const { manner } = layoutOf(neighbour === undefined ? '' : draft.text(neighbour), path)
  return blockLines(value, { ...manner, json: false })
    .map((line) => line + manner.eol)
    .join('')
}
