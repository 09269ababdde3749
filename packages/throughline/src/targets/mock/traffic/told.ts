import type { Operation, RequestViolation } from '@throughline/core'
import type { Preferences } from '../prefer.ts'

/** What the content of an answer is made of. */
export type Because =
  /** An example of the contract. */
  | { readonly kind: 'example'; readonly example: string }
  /** Made up from the schema. `passedOver` says how an example breaks it. */
  | { readonly kind: 'generated'; readonly passedOver?: string }
  /** What the session's world holds. */
  | { readonly kind: 'world' }
  /** The world has no such thing, or something else is in the way. */
  | { readonly kind: 'missing'; readonly detail: string }
  /** A scenario spells the answer out. */
  | { readonly kind: 'spelled-out' }
  /** The request breaks the contract. */
  | { readonly kind: 'refused'; readonly violations: readonly RequestViolation[] }
  | { readonly kind: 'credentials'; readonly detail: string }
  /** No operation answers this method and path. */
  | { readonly kind: 'unrouted'; readonly nearest: readonly string[] }
  /** The token of an earlier answer was sent. */
  | { readonly kind: 'replayed' }
  /** A real backend answered. */
  | { readonly kind: 'backend'; readonly address: string }
  /** The mock has nothing to add to the status. */
  | { readonly kind: 'bare' }

/** A rule of a scenario that was looked at; without `not` it was taken. */
export interface RuleLook {
  /** From 0. */
  readonly rule: number
  /** Why it did not hold. */
  readonly not?: string
}

/** What was decided for an answer, kept with it until somebody asks why. */
export interface Told {
  readonly operations: readonly Operation[]
  /** Raw, as they stand in the URL. */
  readonly pathParameters?: ReadonlyMap<string, string>
  readonly because: Because
  readonly seed: string
  /** `''` for an ordinary day. */
  readonly dataset: string
  readonly scenario?: {
    readonly name: string
    readonly title: string
    readonly kind: 'scenario' | 'state'
    readonly step?: string
    readonly looks: readonly RuleLook[]
  }
  readonly preferences?: Preferences
  /** Where the answer can be made again from the request alone: what else to know. Else it is kept word for word. */
  readonly token?: string
}
