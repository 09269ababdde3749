import type { Graph } from '@throughline/core'
import type { Grounds } from './grounds.ts'
import type { MockOptions } from './mock-options.ts'
import type { Outbox } from './outgoing.ts'
import type { ReadyAnswers } from './ready-answers.ts'
import type { Manner } from './rest-call.ts'
import type { Scenario } from './scenario.ts'
import type { ServedApi } from './served-apis.ts'
import type { SessionCounts } from './session-counts.ts'
import type { SessionSettings } from './session-settings.ts'
import type { Traffic } from './traffic/traffic.ts'
import type { Worlds } from './world/worlds.ts'

/** What a mock is made of, for the parts that share it; and how things are now. */
export interface Works {
  readonly options: MockOptions
  readonly manner: Manner
  readonly world: Worlds
  readonly grounds: Grounds
  readonly settings: SessionSettings
  readonly counts: SessionCounts
  readonly box: Outbox
  readonly log: Traffic
  readonly ready: ReadyAnswers
  graph: Graph
  /** Those of the graph that have a contract. */
  apis: readonly ServedApi[]
  /** For everybody. */
  playing: Scenario | undefined
  /** Counts calls, so that latencies vary. */
  turn: number
}
