import type { Place } from './data-control.ts'
import type { Effect } from './effect.ts'
import type { MockRequest } from './mock-request.ts'
import type { Asked } from './scenario.ts'
import type { DataChoice } from './world/dataset.ts'
import type { World } from './world/worlds.ts'

/** A request to a GraphQL API, and the world that it finds. */
export interface GraphqlCall {
  readonly request: MockRequest
  /** Of the URL, without the `?`. */
  readonly query: string
  readonly seed: string
  readonly turn: number
  /** The collections of all other APIs, as the session finds them. */
  readonly places: readonly Place[]
  readonly world: World
  /** Whether the session has written to its world. */
  readonly lived: boolean
  /** What everything is filled with. */
  readonly filled: DataChoice
  /** What a scenario does to a call of these operations. */
  readonly effect: (asked: Asked) => Effect | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}
