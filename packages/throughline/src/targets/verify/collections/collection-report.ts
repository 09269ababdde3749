/** How a collection went; what its answers break stands among the findings of the run. */
export interface CollectionReport {
  readonly name: string
  readonly engine: CollectionEngine
  /** Rows of the data file; 1 without one. */
  readonly iterations: number
  readonly requests: readonly CollectionSeen[]
}

/** `arazzo`: workflows, whose steps say themselves what success is. */
export type CollectionEngine = 'own' | 'newman' | 'arazzo'

export interface CollectionSeen {
  /** With its folders: `Checkout / Pay`. */
  readonly name: string
  /** From 1. */
  readonly iteration: number
  readonly method: string
  /** Without host and query: `/orders/CM-2041`. */
  readonly path: string
  /** `store.getOrder`; absent where no contract describes the request. */
  readonly operation?: string
  /** Steps that make the same call. */
  readonly steps: readonly string[]
  readonly status?: number
  readonly ms?: number
  /** Why it was not sent. */
  readonly left?: string
  /** What somebody should know of it: scripts that were not run, a request that does not keep the contract. */
  readonly notes: readonly string[]
  /** What its scripts tested, or what a step says of success. */
  readonly assertions: readonly {
    readonly name: string
    readonly passed: boolean
    readonly message?: string
  }[]
}

/** Tests of scripts that failed, and requests that got no answer though nothing but a contract would have noticed. */
export function failedIn({ requests }: CollectionReport): number {
  return requests.flatMap((one) => one.assertions).filter((one) => !one.passed).length
}
