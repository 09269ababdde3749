import { nameOf } from '@throughline/core'
import type { Operation } from '@throughline/core'
import type { Effect } from './effect.ts'

/** Where a workspace keeps how long its operations really took. */
export const LATENCY_FILE = '.throughline/latency.json'

interface Percentiles {
  readonly p50: number
  readonly p95: number
}

/** What `latency: observed` is for each operation (`store.getBasket`), in milliseconds. Anything odd in the file is passed over. */
export type Observed = ReadonlyMap<string, Percentiles>

/** Reads `{ version: 1, operations: { "store.getBasket": { calls, p50, p75, p95, p99 } } }`. */
export function observedIn(bytes: Uint8Array | undefined): Observed {
  const found = new Map<string, Percentiles>()
  if (bytes === undefined) return found
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return found
  }
  const operations = own(value, 'operations')
  if (operations === null || typeof operations !== 'object') return found
  for (const [name, one] of Object.entries(operations)) {
    const [p50, p95] = [own(one, 'p50'), own(one, 'p95')]
    if (typeof p50 === 'number' && typeof p95 === 'number' && p50 >= 0 && p95 >= p50)
      found.set(name, { p50, p95 })
  }
  return found
}

/** The file of these samples, in milliseconds by the name of their operation. */
export function latencyText(samples: ReadonlyMap<string, readonly number[]>): string {
  const operations = [...samples]
    .filter(([, all]) => all.length > 0)
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, all]) => {
      const sorted = all.toSorted((a, b) => a - b)
      const at = (share: number): number =>
        Math.round(
          sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]! * 10,
        ) / 10
      return [
        name,
        { calls: all.length, p50: at(0.5), p75: at(0.75), p95: at(0.95), p99: at(0.99) },
      ] as const
    })
  return `${JSON.stringify({ version: 1, operations: Object.fromEntries(operations) }, null, 2)}\n`
}

/** An effect with the latency that was observed for the operation; without one where nobody has measured it. */
export function withObserved(
  effect: Effect,
  operation: Operation | undefined,
  observed: () => Observed,
): Effect {
  if (effect.latency === undefined || !('observed' in effect.latency)) return effect
  const latency = operation && observed().get(nameOf(operation.id))
  const { latency: _, ...rest } = effect
  return latency === undefined ? rest : { ...rest, latency }
}

function own(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
