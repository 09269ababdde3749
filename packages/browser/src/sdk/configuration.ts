/**
 * What the server tells the page's script: the journeys and contracts, worked out as far as a server can. Expressions are sources of
 * regular expressions.
 */
export interface Configuration {
  /** Screens of the journeys, the most literal first: `['^/orders/[^/]+/?$', '/orders/:id', 'track-order/order']`. */
  readonly routes: readonly (readonly [expression: string, pattern: string, ...steps: string[]])[]
  readonly apis: readonly ApiConfiguration[]
  /** What people may be shown, by step; those under `*` hold on every step. */
  readonly states: Readonly<Record<string, readonly StateConfiguration[]>>
  /** Exact origins that `traceparent` may be sent to, beside the page's own. */
  readonly trace: readonly string[]
  readonly surveys: readonly SurveyConfiguration[]
  /** Speed experiments: an operation, extra milliseconds (0 for those to compare with), the share of sessions that has each of them. */
  readonly delays: readonly (readonly [
    operation: string,
    doses: readonly number[],
    share: number,
  ])[]
  /** Shares of sessions from 0 to 1: those that are watched, whose states are looked for, whose reads of fields are recorded. */
  readonly shares: readonly [watched: number, states: number, reads: number]
}

/**
 * An API: its addresses (the first group is the path), its routes with literal paths first, and for GraphQL the operation of
 * each document.
 */
export type ApiConfiguration = readonly [
  base: string,
  routes: readonly (readonly [method: string, expression: string, operation: string])[],
  documents?: Readonly<Record<string, string>>,
]

/**
 * A state: its condition, its operation (`''`: any of the step), how the call must have ended, a CSS selector and a text in
 * lower case that stands inside.
 */
type StateConfiguration = readonly [
  condition: string,
  operation: string,
  ends: string,
  css: string,
  text: string,
]

/** A survey and when it is due: after a step (`''`: any), an error on it, an answer that took as long as `over` milliseconds. */
type SurveyConfiguration = readonly [
  id: string,
  on: 'step' | 'error' | 'slow',
  step: string,
  over: number,
  share: number,
  /** What the panel needs to know. */
  panel: unknown,
]
