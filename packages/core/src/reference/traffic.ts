import type { UsedBy } from './reference.ts'

/** What gave an answer of the mock. */
export type TrafficReason =
  | 'example'
  | 'generated'
  | 'world'
  | 'missing'
  | 'spelled-out'
  | 'refused'
  | 'credentials'
  | 'unrouted'
  | 'replayed'
  | 'backend'
  | 'bare'

/** One call that the mock answered, in a line. */
export interface TrafficCall {
  /** As `Throughline-Why` says it. */
  readonly id: string
  /** Grows with each call of one start of the mock. */
  readonly number: number
  /** RFC 3339. */
  readonly at: string
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** `store.getBasket`; several for a GraphQL query with several fields, none where nothing answers. */
  readonly operations: readonly string[]
  /** The steps that make this call; those of the step that is played come first. */
  readonly steps: readonly UsedBy[]
  readonly status: number
  /** The connection was cut, or no answer ever came. */
  readonly fault?: 'timeout' | 'reset' | 'truncate'
  /** Milliseconds until the first byte: the scenario's latency, and the work. */
  readonly ms: number
  /** Milliseconds of it that the scenario wanted. */
  readonly delay?: number
  readonly because: TrafficReason
  /** Why it was answered so, in a sentence. */
  readonly why: string
  readonly scenario?: string
  /** How the request, or an example in the answer, breaks the contract. */
  readonly violation?: string
  /** Whose world it was about; absent for the one that everybody shares. */
  readonly session?: string
}

/** The last calls of the mock, oldest first. */
export interface Traffic {
  readonly calls: readonly TrafficCall[]
  /** Every call after this one is newer: pass it as `since`. */
  readonly last: number
}

/** Everything about one call and its answer. */
export interface TrafficWhy extends TrafficCall {
  readonly request: {
    readonly headers: readonly TrafficHeader[]
    readonly body?: string
    /** Bytes that were sent. */
    readonly bytes: number
  }
  readonly response: {
    readonly headers: readonly TrafficHeader[]
    /** Its beginning, where it is text. */
    readonly body?: string
    readonly bytes: number
  }
  /** `undefined` where no operation answers. */
  readonly route?: {
    readonly operation: string
    readonly method: string
    readonly path: string
    readonly parameters: readonly TrafficHeader[]
    /** In the studio. */
    readonly url: string
  }
  readonly validation: {
    readonly result: 'valid' | 'invalid' | 'not-checked'
    readonly violations: readonly {
      readonly where: string
      readonly message: string
    }[]
  }
  /** What decided the answer, the strongest first. */
  readonly decisions: readonly { readonly what: string; readonly detail: string }[]
  /** What could have been, and why it was not. */
  readonly notTaken: readonly { readonly what: string; readonly detail: string }[]
  /** `GET /store/basket`: where nothing answers. */
  readonly nearest: readonly string[]
  readonly replay?: {
    readonly token: string
    /** Whether another process can give it too. */
    readonly portable: boolean
    readonly curl: string
  }
}

export interface TrafficHeader {
  readonly name: string
  readonly value: string
}

/** What was asked about the calls, and whether it is so. */
export interface TrafficVerdict {
  readonly verdict: boolean
  readonly count: number
  /** `exactly 1`, `at least 1` */
  readonly expected: string
  /** The whole of it as a sentence or three. */
  readonly message: string
  /** Those that match, oldest first. */
  readonly calls: readonly TrafficCall[]
  /** Those that come closest, and what is different about them. */
  readonly nearest: readonly { readonly call: TrafficCall; readonly differs: string }[]
}
