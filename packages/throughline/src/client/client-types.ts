// What the helpers for tests give and take. This file is published as it stands and imports nothing.

/** One call that the mock answered. */
export interface MockCall {
  /** As `Throughline-Why` says it. */
  readonly id: string
  readonly number: number
  /** RFC 3339. */
  readonly at: string
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** `store.getBasket`; several for a GraphQL query with several fields. */
  readonly operations: readonly string[]
  /** The steps of the journeys that make this call. */
  readonly steps: readonly {
    readonly step: string
    readonly title: string
    readonly journey: string
  }[]
  readonly status: number
  /** Milliseconds until the first byte. */
  readonly ms: number
  /** Why it was answered so, in a sentence. */
  readonly why: string
  readonly scenario?: string
  /** How the request, or an example in the answer, breaks the contract. */
  readonly violation?: string
  readonly session?: string
}

/** Which calls are meant; what is not said is not looked at. */
export interface CallFilter {
  /** `store.getBasket` */
  readonly operation?: string
  readonly method?: string
  /** Without the query; `*` is anything between two slashes. */
  readonly path?: string
  readonly status?: number
  readonly query?: Readonly<Record<string, string>>
  readonly header?: Readonly<Record<string, string>>
  /** Every part of it must stand in what was sent. */
  readonly body?: unknown
}

/** How often; at least once where nothing is said. */
export interface Expected {
  readonly exactly?: number
  readonly atLeast?: number
  readonly atMost?: number
}

/** Something that can be played. */
export interface PlayableScenario {
  /** `declined-card`, `checkout/basket/timeout` */
  readonly name: string
  readonly title: string
  readonly kind: 'scenario' | 'state'
  readonly step?: string
  readonly condition?: string
  /** What people should see then. */
  readonly show?: string
}

/** A running mock, as one session sees it. Every method rejects with the mock's own words where it says no. */
export interface MockClient {
  /** `http://localhost:4401` */
  readonly url: string
  /** `undefined`: the session that everybody shares. */
  readonly session: string | undefined
  /** Everything that can be played. */
  scenarios(): Promise<readonly PlayableScenario[]>
  /** Plays a scenario, or a state such as `checkout/basket/timeout`; `null` is back to normal. */
  play(scenario: string | null): Promise<void>
  /** Fills the world: `many`, `empty`, a file of the workspace; `null` is as usual. */
  dataset(name: string | null): Promise<void>
  /** A collection has these things and nothing else. Returns their ids. */
  put(collection: string, things: readonly object[] | object): Promise<readonly string[]>
  /** A collection has these things besides, first in the list. Returns their ids. */
  add(collection: string, things: readonly object[] | object): Promise<readonly string[]>
  /** Nothing is played, the world is as it was at first, and the calls are forgotten. */
  reset(): Promise<void>
  /** Keeps a copy of the world. Returns its id. */
  snapshot(): Promise<string>
  restore(snapshot: string): Promise<void>
  /** The calls since the last `reset` or `forgetCalls`, oldest first. */
  calls(filter?: CallFilter): Promise<readonly MockCall[]>
  /** The calls that match. Throws, with the nearest calls in its message, where they are not as many as expected. */
  expectCalled(filter: CallFilter, expected?: Expected): Promise<readonly MockCall[]>
  forgetCalls(): Promise<void>
  /** Asks the mock as this session: `fetch('/store/basket')`. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export interface ConnectOptions {
  /** `http://localhost:4401` where nothing is said, or what `THROUGHLINE_MOCK` says. */
  readonly url?: string
  /** Whose world it is about; without one it is everybody's. */
  readonly session?: string
}

export interface StartOptions {
  /** A workspace folder; `.` where nothing is said. */
  readonly workspace?: string
  /** Contract files instead of a workspace. */
  readonly contracts?: readonly string[]
  /** Played from the start. */
  readonly scenario?: string
  readonly dataset?: string
  /** The same seed gives the same answers. */
  readonly seed?: string | number
  /** A free port where nothing is said. */
  readonly port?: number
}

/** A mock that runs in this process. */
export interface StartedMock extends MockClient {
  /** Another session's view of it: tests that run side by side do not disturb each other. */
  as(session: string): MockClient
  close(): Promise<void>
}
