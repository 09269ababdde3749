import { filesOfWorkspace, isReadable, parsedText } from '@throughline/core'
import { spotOf, type Draft } from '../draft.ts'
import type { Path } from '../layout.ts'

/**
 * Follows a new name of a step or journey through all files: `next` of every journey, what waivers are about, and the names of
 * situations in scenarios. `from` and `to` are full names: `checkout/basket`, or `checkout` for a journey.
 */
export function renameReferences(draft: Draft, from: string, to: string): void {
  const renamed = (text: string): string | undefined =>
    text === from || text.startsWith(`${from}/`) ? to + text.slice(from.length) : undefined
  const isStep = from.includes('/')
  for (const journey of draft.declarations.journeys) {
    for (const step of journey.steps) {
      for (const next of step.next ?? []) {
        const isHere = isStep && journey.id === from.split('/')[0] && !next.step.includes('/')
        const meant = isHere ? `${journey.id}/${next.step}` : next.step
        const name = meant.includes('/') ? renamed(meant) : undefined
        if (name === undefined) continue
        const { file, path } = spotOf(next.site)
        draft.change(file, {
          kind: 'set',
          path,
          value: isHere ? name.slice(name.indexOf('/') + 1) : name,
        })
      }
    }
  }
  const { scenarios, waivers } = filesOfWorkspace(draft.files.paths)
  for (const path of [...scenarios, ...waivers]) {
    const file = draft.files.read(path)
    if (!isReadable(file) || !file.text.includes(from)) continue
    const { value, diagnostics } = parsedText(file)
    if (diagnostics.length > 0) continue
    for (const [at, text] of textsOf(value, [])) {
      const name = text.includes('/') || at.at(-1) === 'subject' ? renamed(text) : undefined
      if (name !== undefined) draft.change(path, { kind: 'set', path: at, value: name })
    }
  }
}

function* textsOf(value: unknown, path: Path): Generator<readonly [Path, string]> {
  if (path.length > 50) return
  if (typeof value === 'string') yield [path, value]
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value))
      yield* textsOf(inner, [...path, Array.isArray(value) ? Number(key) : key])
  }
}
