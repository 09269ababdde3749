/**
 * How much a figure says. `association`: slow and leaving come together, whatever the reason. `adjusted estimate`: compared
 * with visitors alike in what is known of them and with the same network, so that only the server's part counts.
 * `experiment`: the delay was drawn by lot.
 */
export type ClaimLabel = 'association' | 'adjusted estimate' | 'experiment'

/** A difference of shares, 0.01 is one of a hundred, with its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Below these numbers no figure is given. */
export const LEAST = {
  /** Visits of a step, for a drop-off against latency. */
  visits: 300,
  /** Visitors that left, that stayed, that waited longer than the budget, and that did not: of each. */
  each: 30,
  /** Visits before a percentile of a step or an operation is shown. */
  percentile: 20,
  /** Those still waiting, for a point of the curve of leaving. */
  waiting: 30,
  /** Views before it is said that nobody reads a field: at none of 300 the true share is below 1 % (95 %). */
  reads: 300,
} as const
