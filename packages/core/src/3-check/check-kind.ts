import type { Contract } from '../operation/api.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Diagnostic } from '../text/diagnostic.ts'

/** What checks need and core cannot do by itself: whoever calls hands it in. */
export interface CheckOptions {
  /** Size of a text after gzip, in bytes. Without it, sizes are estimated with a ratio. */
  readonly gzip?: (text: string) => number
  /** Today, for what expires. Without it nothing has expired. */
  readonly now?: Date
}

/** A question asked of the finished graph. It yields what it finds; it does not sort, cache or know other checks. */
export type Check = (graph: Graph, options: CheckOptions) => Iterable<Diagnostic>

/** A question that one contract answers alone: asked once, as long as the contract is the same object. */
export type ContractCheck = (contract: Contract) => Iterable<Diagnostic>
