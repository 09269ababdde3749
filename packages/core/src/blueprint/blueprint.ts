import type { TestProgress } from './test-progress.ts'
import type { LocatedDiagnostic } from '../text/diagnostic.ts'
import type { OwnerSource } from '../2-link/owner-source.ts'
import type { OpenEnds } from './open-ends.ts'

// What the studio shows of one journey: plain data, ready to be sent and drawn. A function of the graph (`blueprintOf`).

/** `missing`: the contract has no such field. `optional`: it may be absent. `planned-for`: it may be absent and `absent` says what is shown then. */
export type NeedStatus = 'covered' | 'optional' | 'planned-for' | 'missing'
export type StateStatus = 'designed' | 'inherited' | 'missing' | 'cannot-happen'

export interface Blueprint {
  readonly journey: JourneyHead
  readonly totals: BlueprintTotals
  readonly steps: readonly StepColumn[]
  /** Diagnostics about this journey or its steps; lanes refer to them by index. */
  readonly diagnostics: readonly FramedDiagnostic[]
}

/** A diagnostic with the lines around it, so that a page can show the file. */
export interface FramedDiagnostic extends Omit<LocatedDiagnostic, 'code'> {
  /** `TL2003` */
  readonly code: string
  readonly frame: { readonly firstLine: number; readonly lines: readonly string[] }
}

export interface JourneyHead {
  /** `checkout` */
  readonly name: string
  readonly title: string
  readonly goal?: string
  readonly pains: readonly string[]
  readonly owner?: string
  /** Where the owner is written; absent in lists, where nobody asks. */
  readonly ownerFrom?: OwnerSource
  readonly persona?: {
    readonly name: string
    readonly title: string
    readonly context?: string
    readonly devices: readonly string[]
  }
  /** Which of the four line colours it has: 1 to 4, by its place in the workspace. */
  readonly line: 1 | 2 | 3 | 4
  readonly file: string
}

export interface BlueprintTotals {
  readonly needs: Readonly<Record<NeedStatus, number>>
  readonly states: Readonly<Record<StateStatus, number>>
  /** The step whose calls promise to take longest against its budget. Milliseconds. */
  readonly worstBudget?: {
    readonly step: string
    readonly title: string
    readonly promised: number
    readonly calls: number
  }
  readonly errors: number
  readonly warnings: number
}

export interface StepColumn {
  /** `checkout/basket` */
  readonly name: string
  readonly number: number
  readonly title: string
  readonly screen?: string
  readonly image?: string
  readonly design?: string
  /** For the automatic wireframe. */
  readonly wireframe:
    | 'list'
    | 'detail'
    | 'form'
    | 'payment'
    | 'confirmation'
    | 'map'
    | 'grid'
    | 'home'
  readonly feeling?: { readonly score: number; readonly quote?: string; readonly from?: string }
  readonly needs: readonly NeedRow[]
  readonly calls: readonly CallRow[]
  readonly states: readonly StateChip[]
  readonly budget: BudgetLane
  /** All that it promises. */
  readonly promises?: Promises
  /** Names of the steps that follow. */
  readonly next: readonly string[]
  /** The file says what follows; otherwise it is the next step of the file. */
  readonly saysNext?: boolean
  /** Indexes into `Blueprint.diagnostics`. */
  readonly diagnostics: readonly number[]
  readonly file: string
  readonly line: number
}

export interface NeedRow {
  readonly id: string
  readonly label: string
  /** `items[].price.amount` */
  readonly path: string
  /** `string`, `Money`, `date-time`; with `?` when it may be absent. `undefined` for a gap. */
  readonly type?: string
  readonly status: NeedStatus
  /** `store.getBasket` */
  readonly operation: string
  readonly why?: string
  readonly absent?: string
  /** Why it may be absent, in words. */
  readonly because?: string
  /** Data class, where the policy or contract gives one. */
  readonly class?: string
  readonly diagnostics: readonly number[]
}

export interface CallRow {
  readonly id: string
  /** `store.getBasket` */
  readonly operation: string
  /** Empty when no contract has the operation. */
  readonly method: string
  readonly path: string
  readonly title?: string
  /** On the critical path of the step. */
  readonly critical: boolean
  /** How many calls must answer before this one starts. */
  readonly depth: number
  /** p75 the call promises, milliseconds. */
  readonly budget?: number
  /** All that it promises. */
  readonly promises?: Promises
  /** The calls of the step that must answer before it starts: `store.getBasket`. */
  readonly after?: readonly string[]
  /** The fields and parameters that the screen fills in. */
  readonly sends?: readonly string[]
  readonly stage?: string
  readonly deprecated: boolean
  readonly diagnostics: readonly number[]
}

/** A budget as written: times in milliseconds, the size in bytes. */
export interface Promises {
  readonly p50?: number
  readonly p75?: number
  readonly p95?: number
  readonly size?: number
}

/** One condition of a step, all its calls together. */
export interface StateChip {
  /** `loading`, `empty`, `partial`, `timeout`, `offline`, `404`, `5xx`, ... */
  readonly condition: string
  /** `404 Not found`, `Timeout`: for people. */
  readonly label: string
  readonly status: StateStatus
  readonly show?: string
  readonly recover?: string
  readonly test?: string
  /** Where its design is found. */
  readonly design?: string
  /** Which calls can go this way; empty for the whole step. */
  readonly calls: readonly string[]
  /** Where what is shown is written: a step or a call of it, by full name. Absent where nobody has, or for the whole app. */
  readonly on?: string
  /** It shows what another condition shows. */
  readonly same?: string
  /** What Play sends to the mock: `checkout/basket/timeout` or `checkout/basket/store.getBasket/404`. Absent when it cannot happen. */
  readonly scenario?: string
  readonly diagnostics: readonly number[]
}

export interface BudgetLane {
  /** What the step promises, milliseconds at p75. */
  readonly promised?: number
  /** What its calls promise along the critical path, milliseconds. */
  readonly calls?: number
  /** The critical path: `store.listPaymentMethods`, `store.createPayment`, with each call's own promise. */
  readonly path: readonly { readonly operation: string; readonly ms?: number }[]
  /** How the step's calls may overlap, each from `start` for `ms`. */
  readonly overBy?: number
  readonly diagnostics: readonly number[]
}

/** `GET /api/workspace` of the studio's server. */
export interface WorkspaceOverview {
  readonly name: string
  /** Grows with each change that linked. */
  readonly version: number
  /** Set while files on disk are too broken to link: the last good graph is shown, and this says why. */
  readonly broken?: { readonly since: string; readonly diagnostics: readonly FramedDiagnostic[] }
  /** Set while the workspace is being discovered: it is what was seen of an app so far, and on no disk. */
  readonly discovering?: true
  readonly journeys: readonly {
    readonly name: string
    readonly title: string
    readonly line: 1 | 2 | 3 | 4
    readonly goal?: string
    readonly persona?: string
    readonly steps: readonly {
      readonly name: string
      readonly title: string
      readonly status: 'fine' | 'gap'
    }[]
    readonly totals: BlueprintTotals
  }[]
  readonly apis: readonly {
    readonly name: string
    readonly version: string
    readonly operations: number
    readonly file: string
  }[]
  readonly counts: {
    readonly errors: number
    readonly warnings: number
    readonly infos: number
    readonly operations: number
    readonly steps: number
    readonly needs: number
  }
  /** What is still to be decided, each with the page that shows it. */
  readonly open: OpenEnds
  readonly mock: { readonly url: string; readonly situation: Situation | null }
  readonly app?: { readonly url: string }
}

/** What the mock plays for everybody right now. */
export interface Situation {
  /** `checkout/basket/timeout` or the name of a scenario file. */
  readonly scenario: string
  readonly title: string
}

/** `GET /api/events` of the studio's server, one JSON object per SSE message; `id` is a growing number. */
export type StudioEvent =
  | { readonly kind: 'graph'; readonly version: number }
  | { readonly kind: 'broken'; readonly diagnostics: number }
  | { readonly kind: 'situation'; readonly situation: Situation | null }
  /** Something was asked of the mock; a few times a second at most, without an `id`. */
  | { readonly kind: 'traffic'; readonly last: number }
  /** How far a test run is; a few times a second at most, without an `id`. `null` when it has ended. */
  | { readonly kind: 'test'; readonly progress: TestProgress | null }
  /** People were seen: what a page knows of them is no longer all. At most every five seconds. */
  | { readonly kind: 'evidence' }
