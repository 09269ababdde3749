import type { DataCaller } from './data-map.ts'

// How old what is shown may be, ready to be drawn: plain data, a function of the graph (`freshnessMapOf`).

/** `GET /api/freshness`. */
export interface FreshnessMap {
  /** The first thousand: what is shown out of date, what nobody has said anything about, what could be better, what fits. */
  readonly rows: readonly FreshnessRow[]
  readonly total: number
  /** The newest test of a real backend that heard anything: `observed` is from it. */
  readonly tested?: {
    readonly id: string
    readonly target: string
    /** RFC 3339. */
    readonly started: string
  }
}

/** One read of one step. Ages in seconds. */
export interface FreshnessRow {
  /**
   * `stale`: the contract, or what the backend answers, lets the answer be kept for longer than the screen tolerates. `unsaid`: neither the
   * journey, nor the policy, nor the contract says how old it may be. `advice`: it fits, and could be better.
   */
  readonly verdict: 'stale' | 'unsaid' | 'advice' | 'fits'
  readonly step: DataCaller
  readonly screen?: string
  readonly operation: string
  /** `GET /basket` */
  readonly request: string
  /** The operation in the reference. */
  readonly url: string
  /** What the screen needs of it. */
  readonly fields: readonly string[]
  /** What the call of the journey says; it goes before the policy. */
  readonly call?: number
  readonly policy?: number
  /** What the headers of the contract promise: `max-age=60, ETag`. */
  readonly contract?: string
  /** What answers of a real backend said: `max-age=60`. */
  readonly observed?: string
  readonly advice: readonly string[]
  /** Where it is listed among the problems. */
  readonly problem?: string
}
