import type { FramedDiagnostic, StateChip, StateStatus, StepColumn } from './blueprint.ts'

// What people see on each step when it goes another way: plain data. A function of the graph (`statesMatrixOf`).

export type StatesColumn = 'loading' | 'empty' | 'partial' | 'error' | 'timeout' | 'offline'

/** `GET /api/states`. */
export interface StatesMatrix {
  readonly columns: readonly {
    readonly condition: StatesColumn
    readonly label: string
    readonly hint: string
  }[]
  /** The rows, under their journeys. */
  readonly journeys: readonly {
    readonly name: string
    readonly title: string
    readonly line: 1 | 2 | 3 | 4
    readonly owner?: string
    readonly steps: readonly StatesRow[]
  }[]
  /** States of each status, over all cells; `cannot-happen` counts cells. */
  readonly totals: Readonly<Record<StateStatus, number>>
  /** What is said about states that nobody designed; chips refer to it by index. */
  readonly diagnostics: readonly FramedDiagnostic[]
}

export interface StatesRow {
  /** `checkout/basket` */
  readonly step: string
  readonly title: string
  readonly screen?: string
  readonly image?: string
  readonly wireframe: StepColumn['wireframe']
  /** Where the studio draws it: `/journeys/checkout?step=basket`. */
  readonly url: string
  readonly file: string
  readonly line: number
  /** As many as there are columns, in their order; none for a step without calls, to which nothing can happen. */
  readonly cells: readonly StatesCell[]
}

export interface StatesCell {
  readonly condition: StatesColumn
  /**
   * The worst of its chips: `missing`, `inherited`, `designed`. Without chips: `cannot-happen` where no call can go this
   * way, `not-asked` where it can happen (partial, with several calls) but no rule asks anybody to decide.
   */
  readonly status: StateStatus | 'not-asked'
  /** One chip, or under `error` one for each status, problem and invalid input; none where it cannot happen. */
  readonly chips: readonly StateChip[]
}
