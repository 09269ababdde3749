import type { Graph, Situation } from '@throughline/core'
import { headerNames, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { answered } from './answered.ts'
import type { Control } from './answered.ts'
import { control } from './control.ts'
import { corsHeaders } from './cors.ts'
import type { Place } from './data-control.ts'
import { fetched } from './fetched.ts'
import { groundsFor } from './grounds.ts'
import { imposedFault } from './imposed.ts'
import { seedIn } from './locale.ts'
import type { MockOptions } from './mock-options.ts'
import type { MockRequest } from './mock-request.ts'
import { deliverByFetch, outbox } from './outgoing.ts'
import { partialContent } from './partial-content.ts'
import { mayPass } from './passed-on.ts'
import { readyAnswers } from './ready-answers.ts'
import type { Manner } from './rest-call.ts'
import { scenarioNamed } from './scenario.ts'
import { servedApis } from './served-apis.ts'
import { sessionCounts } from './session-counts.ts'
import { sessionSettings } from './session-settings.ts'
import { traffic } from './traffic/traffic.ts'
import type { Traffic } from './traffic/traffic.ts'
import { uncompressed } from './uncompressed.ts'
import { switched } from './upgrade.ts'
import { scenarioFor, usualData } from './wishes.ts'
import type { Works } from './works.ts'
import type { Ground } from './world/base.ts'
import type { Resources } from './world/resources.ts'
import { worlds } from './world/worlds.ts'

export type { MockOptions } from './mock-options.ts'
export type { MockRequest, Wire } from './mock-request.ts'

/** A mock of every API of a workspace. Opens no port: `listen` does. */
export interface Mock {
  /** Request in, Response out. A timeout settles only when `request.signal` aborts; a reset rejects, as `fetch` does. */
  handle(request: Request): Promise<Response>
  /** The answer before delays and faults are acted out. */
  answer(request: MockRequest): Answer | Promise<Answer>
  /** Whether a backend may answer this request, so that `wire` is wanted; absent where nothing is passed on. */
  readonly passes?: (request: Pick<MockRequest, 'method' | 'url' | 'api' | 'header'>) => boolean
  /** What is played for everybody. */
  readonly situation: Situation | null
  /** Plays a scenario for everybody, or none; `undefined` when there is no such scenario, and nothing changes. */
  play(scenario: string | null): Situation | null | undefined
  /** The last requests, and what they were answered with. */
  readonly traffic: Traffic
  /** Serves a changed graph from the next request on. What is played goes on if it still exists. */
  update(graph: Graph): void
  /** Hears each new situation. Returns how to stop. */
  subscribe(listener: (situation: Situation | null) => void): () => void
  readonly graph: Graph
}

export function mock(graph: Graph, options: MockOptions = {}): Mock {
  const works = worksOf(graph, options)
  const { grounds, log, ready } = works
  const { backends } = options
  const listeners = new Set<(situation: Situation | null) => void>()
  const imposed = imposedFault()

  const ownAddresses: Control = (request, path, query) =>
    control({
      mock: self,
      request,
      path,
      query,
      options,
      world: works.world,
      settings: works.settings,
      imposed,
      box: works.box,
      recount: works.counts.forget,
      places: () => placesFor(works, request),
    })

  const self: Mock = {
    get graph() {
      return works.graph
    },
    traffic: log,
    get situation() {
      const { playing } = works
      return playing === undefined ? null : { scenario: playing.name, title: playing.title }
    },
    play(name) {
      const next = name === null ? undefined : scenarioNamed(works.graph, name)
      if (name !== null && next === undefined) return undefined
      works.playing = next
      works.counts.forget()
      for (const listener of listeners) listener(self.situation)
      return self.situation
    },
    update(next) {
      works.graph = next
      works.apis = servedApis(next)
      ready.forget()
      grounds.forget()
      if (works.playing === undefined) return
      works.playing = scenarioNamed(next, works.playing.name)
      if (works.playing === undefined) for (const listener of listeners) listener(null)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    answer(asSent) {
      const started = performance.now()
      const request = asSent.body === undefined ? asSent : uncompressed(asSent)
      const asHttp = imposed.on(request, answered(works, request, ownAddresses))
      const whole = request.upgrade === undefined ? asHttp : switched(asHttp, request.upgrade)
      const found =
        request.header('if-none-match') === undefined && request.header('range') === undefined
          ? whole
          : inPart(whole, request)
      const note = (one: Answer): Answer =>
        one.told === undefined ? one : log.noted(request, one, one.told, started)
      const answer = found instanceof Promise ? found.then(note) : note(found)
      const origin = options.cors === false ? undefined : request.header('origin')
      const browser = request.header('sec-fetch-mode') !== undefined
      if (origin === undefined && !browser) return answer
      const finish = (one: Answer): Answer => crossed(browser ? uncached(one) : one, origin)
      return answer instanceof Promise ? answer.then(finish) : finish(answer)
    },
    handle: (request) => fetched(self, request),
    ...(backends !== undefined && { passes: (request) => mayPass(works, request) }),
  }
  // Whoever answers from now on, it is not what was kept.
  backends?.subscribe(ready.forget)
  if (options.scenario !== undefined) self.play(options.scenario)
  grounds.dataOf(options.dataset)
  return self
}

function worksOf(graph: Graph, options: MockOptions): Works {
  const manner: Manner = {
    seed: seedIn(String(options.seed ?? 1), options.locale),
    dynamic: options.dynamic ?? false,
    errors: options.errors ?? false,
    readFile: options.readFile ?? (() => undefined),
    now: options.now ?? Date.now,
  }
  const { dataset, observed, onNotice } = options
  const works: Works = {
    options,
    manner,
    world: worlds(),
    grounds: groundsFor({ manner, apis: () => works.apis, dataset, observed, onNotice }),
    settings: sessionSettings(),
    counts: sessionCounts(),
    box: outbox(
      options.callbacks ?? [],
      options.deliver ?? deliverByFetch,
      ({ kind, name, method, url, status, problem }) =>
        onNotice?.(
          `${kind === 'callback' ? 'Callback' : 'Webhook'} ${name}: ${method} ${url} ${problem ?? status}`,
        ),
    ),
    log: traffic(),
    ready: readyAnswers(),
    graph,
    apis: servedApis(graph),
    playing: undefined,
    turn: 0,
  }
  return works
}

/** Every API with a world of things, as this request finds it. */
function placesFor(works: Works, request: MockRequest): readonly Place[] {
  const { grounds } = works
  const scenario = scenarioFor(works, request)
  const dataset = scenario !== undefined && 'rules' in scenario ? scenario.dataset : undefined
  const ground = (resources: Resources): Ground =>
    grounds.of(resources, dataset ?? usualData(works, request))
  return [
    ...grounds.places(ground),
    ...grounds.graphqlPlaces().map(({ api, resources }) => ({
      api,
      resources,
      ground: ground(resources),
    })),
  ]
}

function crossed(answer: Answer, origin: string | undefined): Answer {
  if (origin === undefined) return answer
  return { ...answer, headers: [...answer.headers, ...corsHeaders(origin, answer)] }
}

function inPart(
  answer: Answer | Promise<Answer>,
  { method, header }: MockRequest,
): Answer | Promise<Answer> {
  // A backend has looked at these headers itself.
  const inPieces = (one: Answer): Answer =>
    one.passed === true ? one : partialContent(one, method, header)
  return answer instanceof Promise ? answer.then(inPieces) : inPieces(answer)
}

const CACHING: ReadonlySet<string> = new Set(['cache-control', 'expires', 'age'])

/** A browser that keeps answers as the contract allows would go on showing them whatever is played. */
function uncached(answer: Answer): Answer {
  const names = headerNames(answer.headers)
  if (!names.has('cache-control') && !names.has('expires')) return answer
  return {
    ...answer,
    headers: [...withoutHeaders(answer.headers, CACHING), 'Cache-Control', 'no-store'],
  }
}
