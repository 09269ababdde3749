import type { Origin } from '../../text/origin.ts'
import type { Graph } from '../../2-link/graph.ts'
import type { EvidenceAnswers } from '../answers.ts'

export type AdviceKind =
  | 'over-fetch'
  | 'waterfall'
  | 'repeated-calls'
  | 'chatty-graphql'
  | 'polling'
  | 'retry-storm'
  | 'uncached-repeat'
  | 'missing-compression'
  | 'missing-pagination'
  | 'repeated-statement'
  | 'slow-statement'
  | 'payload-growth'
  | 'contract-drift'
  | 'undeclared-read'
  | 'unread-need'
  | 'missing-backend-spans'

/** Something worth changing: what was seen, what it would gain, and where. */
export interface Advice {
  readonly kind: AdviceKind
  /** One line: `store.getBasket is called 12 times for one page`. */
  readonly title: string
  /** What was seen, with its numbers. */
  readonly evidence: string
  /** What to do, for the person who does it. */
  readonly change: string
  readonly gain: Gain
  /** The steps of journeys that feel it. */
  readonly steps: readonly string[]
  /** `store.getBasket` */
  readonly operation?: string
  /** Where to change it: in the contract, or in the journey. */
  readonly origin?: Origin
}

/** What is to be won each time a step is visited, as far as it is known. */
export interface Gain {
  readonly ms?: number
  readonly bytes?: number
  /** Requests that need not be made. */
  readonly calls?: number
  /** How often it happened in the period, at least: the sample's count where only a sample was looked at. */
  readonly times: number
}

/** What advice is made from. */
export interface AdviceContext {
  readonly graph: Graph
  readonly answers: EvidenceAnswers
  /** How many visits must show a thing before it is said: 1 for a recording, more for what many people did. */
  readonly least: number
}

export type Adviser = (context: AdviceContext) => Iterable<Advice>
