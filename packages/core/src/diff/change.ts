import type { Graph, NodeId } from '../2-link/graph.ts'
import type { Origin } from '../text/origin.ts'

/** What a change does to whoever relied on the earlier contract, use taken into account. */
export type ChangeLevel = 'breaking' | 'warning' | 'info'

/** To whom a promise is made: running clients, generated code, people in front of screens, readers. */
export type PromiseTo = 'WIRE' | 'SDK' | 'UX' | 'DOCS'

/** What the contracts alone say: `depends` can only be told by who uses it. */
export type ContractClass = 'breaking' | 'depends' | 'safe'

/**
 * What a change does to one step. `breaks`: what it needs without an `absent` can be missing; `degrades`: its fallback will be
 * shown; `surprises`: something may come that nobody designed; `helps`: it gets what it waited for.
 */
export type ImpactSeverity = 'breaks' | 'degrades' | 'surprises' | 'helps'

/** One step that a change touches. */
export interface Impact {
  /** `checkout/basket` */
  readonly step: string
  /** The need's path as written; none where the call as a whole is touched. */
  readonly need?: string
  /** The team that owns the journey. */
  readonly owner?: string
  readonly severity: ImpactSeverity
  /** What the screen shows instead: the need's `absent`, or the state designed for it. */
  readonly fallback?: string
  /** The screen's route, where the step has one. */
  readonly screen?: string
  /** A released app that is still supported, where the step is one of its. */
  readonly client?: string
}

/** An operation as reports name it. */
export interface ChangedOperation {
  readonly id: string
  readonly method: string
  readonly path: string
}

/** Everything that one root cause touches. Lists are bounded (`mostReached`); the counts are whole. */
export interface Reach {
  /** Names of operations: `store.getBasket`. */
  readonly operations: readonly string[]
  /** `store.getBasket response:200:body:items[].price`. */
  readonly fields: readonly string[]
  /** `checkout/basket` */
  readonly steps: readonly string[]
  readonly counts: { readonly operations: number; readonly fields: number; readonly steps: number }
}

/** One change of a contract or a journey: one root cause, however many operations it reaches (`diff --json`, FORMATS section 5). */
export interface Change {
  /** Names the change in files and addresses: rule, node identity and values, never the message. */
  readonly fingerprint: string
  /** The rule: `response-property-removed`. */
  readonly code: string
  readonly level: ChangeLevel
  readonly class: ContractClass
  readonly promise: PromiseTo
  /** None where only a journey changed. */
  readonly api?: string
  /** The operation, or the first one that a shared part reaches. None for what belongs to a whole API or a journey. */
  readonly operation?: ChangedOperation
  /** `response:200:body:eta`, `request:query:page`, `security`; `components:Money:amount` for a shared schema. */
  readonly location: string
  /** One sentence in plain words. */
  readonly message: string
  /** The values that differ, as JSON; undefined where there is none on that side. */
  readonly from?: unknown
  readonly to?: unknown
  readonly impact: readonly Impact[]
  readonly reach: Reach
  /** `journeys`: the contract alone could not tell, or would have been stricter. */
  readonly decidedBy: 'contract' | 'journeys'
  /** Graph nodes it is about, in the graph that has them: `op:store.getBasket`, `step:checkout/basket`. */
  readonly subjects: readonly NodeId[]
  /** The shared schema it stands in: `Money`. */
  readonly component?: string
  /** Where it stands in each graph's files. */
  readonly origin: { readonly before?: Origin; readonly after?: Origin }
}

/** `diff --json`: `summary` (FORMATS, section 5), and what a team wants to know beside it. */
export interface Summary {
  readonly breaking: number
  readonly warning: number
  readonly info: number
  /** Steps that something breaks: `checkout/basket`. */
  readonly stepsBroken: readonly string[]
  /** Steps that will show a fallback, or something nobody designed. */
  readonly stepsDegraded: readonly string[]
  /** Steps that get what they waited for. */
  readonly stepsHelped: readonly string[]
  /** The worst level there is; `none` without any change. */
  readonly verdict: ChangeLevel | 'none'
  /** Of the changes that contracts alone cannot judge (`depends`): how many, and how many of them the journeys decided. */
  readonly undecidable: { readonly count: number; readonly decided: number }
  /** Which part of a semantic version the change asks for. */
  readonly semver: 'major' | 'minor' | 'patch' | 'none'
}

/** What was found. Breaking changes come first. */
export interface Report {
  readonly changes: readonly Change[]
  readonly summary: Summary
}

/** A released app whose journeys, as they stand at its revision, still count. */
export interface SupportedClient {
  readonly name: string
  /** RFC 3339 date until which it is supported; the day itself counts. */
  readonly supportedUntil?: string
  readonly graph: Graph
}

export interface DiffOptions {
  /** The promises the team makes; changes of others are `info`. Without it: WIRE and UX. */
  readonly promises?: readonly PromiseTo[]
  /** Consumers outside the workspace exist: what no journey needs may break all the same. */
  readonly strict?: boolean
  readonly clients?: readonly SupportedClient[]
  /** For sunset dates and supported clients. Without it, nothing has passed. */
  readonly now?: Date
}
