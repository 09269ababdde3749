import type { NeedStatus } from './blueprint.ts'

// Every response field beside every step that needs it: plain data, ready to be sent and drawn. A function of the graph (`needsMatrixOf`).

/** `GET /api/needs`. A cell that is not there: the step does not need the field. */
export interface NeedsMatrix {
  /** The columns, in the order of the workspace. */
  readonly journeys: readonly MatrixJourney[]
  /** The rows, grouped by operation: those that some step calls, in the order they are first called. */
  readonly operations: readonly NeedsGroup[]
  readonly totals: {
    readonly rows: number
    readonly unused: number
    /** Cells of each status, over all rows. */
    readonly needs: Readonly<Record<NeedStatus, number>>
  }
  /** How far the fields of one answer are followed, and how many rows an operation has at most. Needs are always there. */
  readonly bounds: { readonly depth: number; readonly rows: number }
}

/** The steps of one journey, under one line. */
export interface MatrixJourney {
  readonly name: string
  readonly title: string
  readonly line: 1 | 2 | 3 | 4
  readonly owner?: string
  readonly steps: readonly MatrixStep[]
}

export interface MatrixStep {
  /** `checkout/basket` */
  readonly name: string
  readonly title: string
  readonly screen?: string
  /** Where the studio draws it: `/journeys/checkout?step=basket`. */
  readonly url: string
}

export interface NeedsGroup {
  /** `store.getBasket` */
  readonly operation: string
  /** Empty where no contract has the operation: then all its rows are missing. */
  readonly api: string
  readonly method: string
  readonly path: string
  readonly title?: string
  readonly owner?: string
  /** Which answer the fields are of: `200`. */
  readonly status?: string
  readonly deprecated: boolean
  /** Where the studio describes it: `/reference/store.getBasket`; absent where no contract has it. */
  readonly url?: string
  /** Names of the steps that call it, in the order of the columns. */
  readonly calledBy: readonly string[]
  readonly rows: readonly NeedsRow[]
  /** Fields that are not shown, because the answer is too big or too deep; `more` when not even counted to the end. */
  readonly leftOut: { readonly fields: number; readonly more: boolean }
}

export interface NeedsRow {
  /** `items[].price.amount` */
  readonly path: string
  /** What people call it: the label of the first need, else made from the path. */
  readonly label: string
  /** `string`, `Money`, `date-time[]`; with `?` when it may be absent. None for a gap. */
  readonly type?: string
  readonly description?: string
  /** Data class, where the policy or contract gives one. */
  readonly class?: string
  readonly deprecated: boolean
  /** The contract returns no such field: it is here because a step needs it. */
  readonly missing: boolean
  /** No step needs it, nor anything inside it. */
  readonly unused: boolean
  /** How many steps need it. */
  readonly usedBy: number
  /** Why it may be absent, in words. */
  readonly because?: string
  /** In the order of the columns. */
  readonly cells: readonly NeedsCell[]
}

/** One need. A step that needs the same field of two calls has two cells. */
export interface NeedsCell {
  /** `checkout/basket` */
  readonly step: string
  readonly status: NeedStatus
  /** The call as the journey says it: `store.getBasket`, `reviews.ProductReviews`. */
  readonly call: string
  /** `need:checkout/basket/store.getBasket/total.amount` */
  readonly need: string
  /** Where the journey says another path than the row: an item of a list, an alias of a GraphQL document. */
  readonly path?: string
  readonly label: string
  readonly why?: string
  readonly absent?: string
  /** Where the studio shows the need in its journey. */
  readonly url: string
  readonly file: string
  readonly line: number
  /** What is said about this very need. */
  readonly problems: readonly CellProblem[]
}

export interface CellProblem {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly fixes: readonly { readonly title: string; readonly replace?: string }[]
}
