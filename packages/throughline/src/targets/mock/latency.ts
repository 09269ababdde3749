import { chanceOf } from './chance.ts'

/** How long calls take, in milliseconds. */
export type Latency =
  | { readonly fixed: number }
  | { readonly p50: number; readonly p95: number }
  /** As it was measured: see `withObserved`. */
  | { readonly observed: true }

/** No answer is held back for longer: a typo in a scenario should not look like a hang for an hour. */
const LONGEST_DELAY = 120_000

/**
 * The delay of one call. With percentiles it follows the log-normal curve through them, as real latencies roughly do;
 * the same parts give the same delay, so that a run can be repeated.
 */
export function delayOf(latency: Latency, ...parts: readonly (string | number)[]): number {
  if ('observed' in latency) return 0
  if ('fixed' in latency) return Math.min(LONGEST_DELAY, Math.max(0, latency.fixed))
  const p50 = Math.max(1, latency.p50)
  const p95 = Math.max(p50, latency.p95)
  const sigma = Math.log(p95 / p50) / Z95
  const delay = p50 * Math.exp(sigma * normal(chanceOf(...parts, 'u'), chanceOf(...parts, 'v')))
  return Math.round(Math.min(delay, p95 * 3, LONGEST_DELAY))
}

/** 95 % of a normal distribution lies below this many standard deviations. */
const Z95 = 1.6448536269514722

/** Box-Muller. */
function normal(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v)
}
