import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeAtomically } from '../../../workspace/write.ts'
import type { Standing } from './incidents.ts'
import type { Walk } from './walk.ts'
import { makeFolder } from '../../../workspace/make-folder.ts'

/** What a monitor has seen, as JSON lines under `.throughline/monitors/`, and what stands of its incidents. */
export interface Evidence {
  readonly walks: () => readonly Walk[]
  readonly standing: () => Standing
  /** Writes the walk down, and what stands after it. */
  readonly keep: (walk: Walk, standing: Standing) => void
}

/** Opens what one monitor has seen; lines that cannot be read are passed over. Beyond `most` bytes the older half is given up. */
export function evidenceOf(folder: string, monitor: string, most = 8_000_000): Evidence {
  const path = join(folder, `${monitor}.jsonl`)
  const standingPath = join(folder, `${monitor}.standing.json`)
  let walks = linesOf(path).flatMap((line) => walkIn(line) ?? [])
  let standing = standingIn(textOf(standingPath))
  return {
    walks: () => walks,
    standing: () => standing,
    keep(walk, next) {
      makeFolder(folder)
      appendFileSync(path, `${JSON.stringify(walk)}\n`)
      walks = [...walks, walk]
      if (statSync(path).size > most) {
        walks = walks.slice(walks.length >> 1)
        writeAtomically(path, walks.map((one) => `${JSON.stringify(one)}\n`).join(''))
      }
      if (JSON.stringify(next) !== JSON.stringify(standing))
        writeAtomically(standingPath, `${JSON.stringify(next)}\n`)
      standing = next
    },
  }
}

function linesOf(path: string): readonly string[] {
  return (textOf(path) ?? '').split('\n').filter((line) => line !== '')
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function walkIn(line: string): Walk | undefined {
  try {
    const value = JSON.parse(line) as Partial<Walk> | null
    const fine =
      typeof value?.at === 'number' &&
      typeof value.ms === 'number' &&
      Array.isArray(value.calls) &&
      value.calls.every((one) => typeof one?.operation === 'string' && Array.isArray(one.problems))
    return fine ? (value as Walk) : undefined
  } catch {
    return undefined
  }
}

function standingIn(text: string | undefined): Standing {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    if (value === null || typeof value !== 'object') return {}
    const found: Record<string, unknown> = {}
    for (const [kind, one] of Object.entries(value))
      if (
        /^(failure|budget|anomaly)$/.test(kind) &&
        typeof one?.runs === 'number' &&
        typeof one.since === 'number' &&
        Number.isFinite(new Date(one.since).getTime())
      )
        found[kind] = one
    return found
  } catch {
    return {}
  }
}
