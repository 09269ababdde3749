import { nodesOfKind, type Graph } from '@throughline/core'
import type { Walk } from './walk.ts'

/** A budget that is used up faster than it allows. */
export interface Burn {
  readonly step: string
  readonly operation: string
  /** `p75: 300 ms` */
  readonly budget: string
  /** How many times faster than allowed: 2 is twice as many slow answers as the budget has. */
  readonly rate: number
}

/**
 * Budgets of calls that burn. `p75: 300ms` allows one answer of four to be slower; when at least twice as many are, in the
 * last six hours and in the last few runs as well, the budget will not hold and the trouble is not over.
 */
export function burning(graph: Graph, walks: readonly Walk[], at: number): readonly Burn[] {
  const recent = walks.filter((one) => one.at > at - longWindow)
  const found: Burn[] = []
  for (const { step, name, budget, operation } of nodesOfKind(graph, 'call')) {
    if (budget === undefined || operation === undefined) continue
    const calledIn = step.slice('step:'.length)
    const times = recent.flatMap(({ calls }) =>
      calls
        .filter(
          (one) =>
            one.step === calledIn && `op:${one.operation}` === operation && one.ms !== undefined,
        )
        .map((one) => one.ms!),
    )
    if (times.length < leastSamples) continue
    for (const [percentile, allowed] of shares) {
      const most = budget[percentile]
      if (most === undefined) continue
      const rate = rateOf(times, most, allowed)
      if (rate < worrying || rateOf(times.slice(-shortWindow), most, allowed) < worrying) continue
      found.push({
        step: calledIn,
        operation: operation.slice('op:'.length),
        budget: `${percentile}: ${most} ms of ${name}`,
        rate: Math.round(rate * 10) / 10,
      })
      break
    }
  }
  return found
}

const longWindow = 6 * 3_600_000
const shortWindow = 5
const leastSamples = 10
/** Half of all at most for p50: twice that would be all of them, so it counts a little earlier. */
const shares = [
  ['p95', 0.05],
  ['p75', 0.25],
  ['p50', 0.5],
] as const
const worrying = 1.8

function rateOf(times: readonly number[], most: number, allowed: number): number {
  return times.filter((ms) => ms > most).length / times.length / allowed
}
