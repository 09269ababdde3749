import type { Graph } from '@throughline/core'

/** One answer that somebody kept, with what was asked for it. */
export interface Seen {
  /** In capitals. */
  readonly method: string
  /** `/orders/{id}`; or as it was asked for where `concrete` says so: `/orders/17`. */
  readonly path: string
  readonly concrete?: true
  readonly summary?: string
  /** What the answer is called among those of its operation. */
  readonly name: string
  readonly status: number
  /** Media type; `''` where there is no body. */
  readonly type: string
  /** JSON as its value, anything else as text. */
  readonly body?: unknown
  /** What the body looks like, where it is no example: only its schema counts. */
  readonly like?: unknown
  readonly requestBody?: unknown
  /** Names of query parameters. */
  readonly query?: readonly string[]
}

/** A rule of a scenario, before it is known what its operation is called. */
export interface FoundRule {
  readonly method: string
  readonly path: string
  readonly concrete?: true
  /** As scenario files write it, without `operation`. */
  readonly rule: Readonly<Record<string, unknown>>
}

export interface FoundScenario {
  readonly name: string
  readonly title: string
  readonly rules: readonly FoundRule[]
  /** Whether it is filled with the data that was found. */
  readonly withData?: boolean
}

/** What another tool's file says, in our words. */
export interface Found {
  readonly title: string
  readonly seen: readonly Seen[]
  readonly scenarios: readonly FoundScenario[]
  /** Lists by the name of their collection. */
  readonly data: Readonly<Record<string, readonly unknown[]>>
  /** How long calls took, in milliseconds, by operation: `store.getBasket`. */
  readonly took?: ReadonlyMap<string, readonly number[]>
  /** What could not be carried over, a line each. */
  readonly lost: readonly string[]
}

/** One kind of file that can be taken in. */
export interface ImportFormat {
  readonly name: string
  /** One line for `--help`. */
  readonly summary: string
  readonly isThis: (value: unknown) => boolean
  /** `graph` says which operations there are, and what the policy keeps to itself. */
  readonly read: (value: unknown, graph: Graph) => Found
}
