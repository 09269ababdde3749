import type { Walk } from './walk.ts'

/** What is usual for a call at this hour of the week, from what was seen before. */
export interface Usual {
  readonly median: number
  /** How far from the median still counts as usual, milliseconds. */
  readonly spread: number
  readonly samples: number
}

/**
 * The usual time of an operation at a moment: median and median absolute deviation (scaled to a standard deviation) over the
 * same hour of the week, else over the same hour of any day, else over all; `undefined` while too little is known. Hours
 * are UTC. One slow night in the past moves neither: half of all samples would have to be slow.
 */
export function usualTime(
  walks: readonly Walk[],
  operation: string,
  at: number,
): Usual | undefined {
  const samples = walks.flatMap(({ at: when, calls }) =>
    calls
      .filter((one) => one.operation === operation && one.ms !== undefined && isFine(one))
      .map((one) => ({ when, ms: one.ms! })),
  )
  const slots = [hourOfWeek, (when: number) => Math.floor(when / hour) % 24, () => 0]
  for (const slot of slots) {
    const same = samples.filter(({ when }) => slot(when) === slot(at)).map(({ ms }) => ms)
    if (same.length < leastSamples) continue
    const middle = medianOf(same)
    const deviation = 1.4826 * medianOf(same.map((ms) => Math.abs(ms - middle)))
    return {
      median: middle,
      spread: Math.max(deviation, middle * 0.1, 10),
      samples: same.length,
    }
  }
  return undefined
}

/** Further from the median than chance explains, and only the slow side: nobody is woken by a fast answer. */
export function isUnusual(ms: number, { median, spread }: Usual): boolean {
  return ms > median + 6 * spread
}

const leastSamples = 20
const hour = 3_600_000

/** 0 is Thursday, midnight UTC: the first hour of 1970. */
function hourOfWeek(when: number): number {
  return Math.floor(when / hour) % 168
}

function isFine({ problems }: Walk['calls'][number]): boolean {
  return problems.length === 0
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
