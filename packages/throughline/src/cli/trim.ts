import type { Graph } from '@throughline/core'
import type { ArgsDef } from 'citty'
import { CannotRun } from '../cannot-run.ts'
import { tombstonesHurting, wrongTombstones } from '../targets/mock/trim/trim.ts'
import type { Trim } from '../targets/mock/trim/trim.ts'
import type { Io } from './io.ts'
import { listIn } from './list-in.ts'

export const trimArgs = {
  minimal: { type: 'boolean', description: 'Answer with nothing but the fields that steps need' },
  tombstone: {
    type: 'string',
    valueHint: 'FIELDS',
    description: 'Leave these out, to try: store.getBasket:items[].legacyPrice, or deprecated',
  },
} as const satisfies ArgsDef

/** What the options leave out of every answer. Says on stderr which steps need what is gone. Throws `CannotRun` (TL9003). */
export function trimFrom(
  {
    minimal,
    tombstone,
  }: { readonly minimal?: boolean | undefined; readonly tombstone?: string | undefined },
  graph: Graph,
  io: Io,
): Trim | undefined {
  if (minimal !== true && tombstone === undefined) return undefined
  const tombstones = listIn(tombstone)
  const [wrong] = wrongTombstones(graph, tombstones)
  if (wrong !== undefined) throw new CannotRun('TL9003', `\`--tombstone\`: ${wrong}`)
  for (const line of tombstonesHurting(graph, tombstones)) io.stderr.write(`tombstone  ${line}\n`)
  return { minimal: minimal === true, tombstones }
}
