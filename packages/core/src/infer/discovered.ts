import type { ReadCounts } from './observation.ts'

/** A workspace as it was seen in a running app: plain data that people edit before it is written. */
export interface Discovered {
  readonly apis: readonly DiscoveredApi[]
  readonly journeys: readonly DiscoveredJourney[]
  /** What could not be seen, and what to do about it, a line each. */
  readonly notes: readonly string[]
}

export interface DiscoveredApi {
  readonly name: string
  readonly protocol: 'rest' | 'graphql'
  readonly server: string
  /** A document (OpenAPI 3.1), or SDL. */
  readonly contract: object | string
  readonly operations: readonly {
    readonly name: string
    readonly method: string
    readonly path: string
    readonly calls: number
  }[]
}

export interface DiscoveredJourney {
  readonly id: string
  readonly title: string
  /** The walk that it began with: what edits call it. */
  readonly walk: string
  readonly walks: number
  /** Screens that somebody has left out. */
  readonly leftOut: readonly string[]
  readonly steps: readonly DiscoveredStep[]
}

export interface DiscoveredStep {
  readonly id: string
  readonly title: string
  /** Route pattern: `/orders/:orderId`. */
  readonly screen: string
  readonly visits: number
  /** What it could be called: its headings, the page's titles, the words of its route. */
  readonly names: readonly string[]
  readonly calls: readonly DiscoveredCall[]
  /** Ids of steps. */
  readonly next: readonly string[]
}

export interface DiscoveredCall {
  /** `store.getBasket` */
  readonly operation: string
  readonly after: readonly string[]
  readonly sends: readonly string[]
  /** Every field of the answer and of what was asked for, with what the screen did with it. */
  readonly fields: readonly FieldReads[]
  /** Paths of the fields that the screen read. */
  readonly needs: readonly string[]
  /** 75th percentile, in milliseconds. */
  readonly p75: number
  readonly states: readonly {
    readonly condition: string
    readonly show: string
    readonly test?: string
  }[]
}

export interface FieldReads extends ReadCounts {
  readonly path: string
  readonly use: 'read' | 'copied' | 'never touched' | 'asked for in vain'
}
