import { useQuery } from '@tanstack/react-query'
import type { OperationReads } from '@throughline/core'
import { evidenceQuery } from '../performance/performance-data.ts'
import { words } from './words.ts'

/** Whether real pages have ever read a field, where that was sampled; nothing where nobody knows. */
export function FieldRead({
  operation,
  path,
}: {
  readonly operation: string
  readonly path: string
}) {
  const { data } = useQuery(evidenceQuery({}))
  const reads = data?.reads.find((one) => one.operation === operation)
  const read = reads && readsOf(reads, path)
  if (reads === undefined || read === undefined) return null
  return (
    <section>
      <h3 className="caps">{words.read.title}</h3>
      <p className={read === 0 ? 'warn' : undefined}>
        {read === 0 ? words.read.never(reads.views) : words.read.often(read, reads.views)}
      </p>
      {read === 0 && <p className="quiet">{words.read.neverHint}</p>}
    </section>
  )
}

/** In how many answers a field, or a part of it, was read; `undefined` where it was copied with something around it, or where too few were looked at to say never. */
export function readsOf(reads: OperationReads, path: string): number | undefined {
  const own = reads.fields.filter((one) => one.path === path || isWithin(one.path, path))
  if (own.length > 0) return Math.max(...own.map(({ views }) => views))
  if (reads.copied.some((one) => one === '' || one === path || isWithin(path, one)))
    return undefined
  return reads.views < enough ? undefined : 0
}

/** At none of 300, fewer than 1 % of all read it (95 %). */
const enough = 300

function isWithin(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)
}
