import type { Graph, LossBook, Seen } from '@throughline/core'
import type { Pivot } from './pivot.ts'

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
  /** What is said in another way than it was, a line each: `Pay: it has no saved answer`. */
  readonly changed?: readonly string[]
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
  /** Requests of another client, as the Postman collection that `read` and `throughline test` take. */
  readonly pivot?: (value: unknown, book: LossBook) => Pivot
}
