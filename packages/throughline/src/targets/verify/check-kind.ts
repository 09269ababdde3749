import type { Graph, Operation, Severity } from '@throughline/core'
import type { Exchange } from './exchange.ts'
import type { CheckName } from './finding.ts'

/** What a check says about one exchange, before findings of one cause are put together. */
export interface Observation {
  readonly check: CheckName
  readonly severity: Severity
  /** What is wrong, as a sentence without values that differ from case to case. */
  readonly message: string
  /** What tells this cause from another of the same check and operation: `200:items[].price:type`. */
  readonly cause: string
  readonly at?: string
  /** The path of the field that is meant, to find the steps that need it: `items[].price`. */
  readonly field?: string
}

/** A question asked of each exchange. It reads and yields; it does not send, count or know of other checks. */
export type Check = (exchange: Exchange, knowing: Knowing) => Iterable<Observation>

export interface Knowing {
  readonly graph: Graph
  readonly operation: Operation
  /** Only what the flags and waivers left on. */
  readonly isOn: (check: CheckName) => boolean
}
