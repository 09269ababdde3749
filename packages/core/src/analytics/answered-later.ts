import { seededDraw } from '../schema/choices.ts'
import type { StepVisit } from './step-visit.ts'

/**
 * The visits with a latency for those too who left before the answer: what somebody else waited, drawn from those that were
 * answered after at least as long. To take the wait so far for the latency would make impatience look like a fast answer.
 */
export function answeredLater(visits: readonly StepVisit[], seed: string): readonly StepVisit[] {
  if (!visits.some(({ waiting }) => waiting === true)) return visits.filter(measured)
  const answered = Float64Array.from(
    visits.filter((one) => one.waiting !== true && measured(one)),
    ({ latency }) => latency,
  ).sort()
  const draw = seededDraw(seed)
  return visits.filter(measured).map((visit) => {
    if (visit.waiting !== true) return visit
    const from = firstAtLeast(answered, visit.latency)
    return from === answered.length
      ? visit
      : { ...visit, latency: answered[from + draw(answered.length - from)]! }
  })
}

function measured({ latency }: StepVisit): boolean {
  return latency >= 0 && Number.isFinite(latency)
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
