import type { Call, Operation } from '@throughline/core'
import type { Effect } from './effect.ts'
import type { Preferences } from './prefer.ts'
import type { Ground } from './world/base.ts'
import type { World } from './world/worlds.ts'

export interface RestCall extends Call {
  readonly operation: Operation
  readonly preferences: Preferences
  readonly effect: Effect | undefined
  /** As it came, without the query. */
  readonly path: string
  /** The world that the call reads and writes. */
  readonly world: World
  readonly ground: Ground
  /** Counts calls, so that a latency with percentiles varies from call to call. */
  readonly turn: number
  /** Who asks has been found good before. */
  readonly admitted?: boolean
  /** The request is not looked at: there is none, only an answer is wanted. */
  readonly unchecked?: boolean
}

/** What the answers of one mock have in common. */
export interface Manner {
  readonly seed: string
  readonly dynamic: boolean
  /** An example that breaks its schema becomes an error instead of a header. */
  readonly errors: boolean
  /** A workspace file; `undefined` where there is none. */
  readonly readFile: (path: string) => Uint8Array | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}
