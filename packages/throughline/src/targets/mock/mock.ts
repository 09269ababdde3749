import type { Graph, Operation, Situation } from '@throughline/core'
import { headerNames, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { control } from './control.ts'
import { corsHeaders, preflight } from './cors.ts'
import type { Place } from './data-control.ts'
import { fetched } from './fetched.ts'
import { asGraphql } from './graphql-turn.ts'
import { groundsFor } from './grounds.ts'
import { imposedFault } from './imposed.ts'
import { seedIn } from './locale.ts'
import { locate } from './locate.ts'
import type { MockRequest } from './mock-request.ts'
import { deliverByFetch, outbox } from './outgoing.ts'
import type { Sending, Sent } from './outgoing.ts'
import { partialContent } from './partial-content.ts'
import { hybridGraphql, hybridRest, mayPass, undescribed } from './passed-on.ts'
import { preferencesIn, preferencesOf } from './prefer.ts'
import type { Backends } from './proxy/backends.ts'
import { isKept, readyAnswers } from './ready-answers.ts'
import { replayed } from './replayed.ts'
import { asRest } from './rest-turn.ts'
import type { Manner } from './rest-call.ts'
import { scenarioNamed } from './scenario.ts'
import { servedApis } from './served-apis.ts'
import { sessionCounts } from './session-counts.ts'
import { sessionSettings } from './session-settings.ts'
import { sessionOf } from './session.ts'
import { traffic } from './traffic/traffic.ts'
import type { Traffic } from './traffic/traffic.ts'
import { NOTHING_TRIMMED, trimOf, trimmed } from './trim/trim.ts'
import type { Trim } from './trim/trim.ts'
import { unrouted } from './unrouted.ts'
import { switched } from './upgrade.ts'
import { scenarioFor, usualData } from './wishes.ts'
import type { Works } from './works.ts'
import type { Ground } from './world/base.ts'
import { collectionKey, isPersonal } from './world/lived.ts'
import type { Resources } from './world/resources.ts'
import { worlds } from './world/worlds.ts'

export type { MockRequest, Wire } from './mock-request.ts'

export interface MockOptions {
  /** The same seed gives the same answers, in any process. */
  readonly seed?: string | number
  /** Whose names, addresses and currency made-up data has: `de`, `pt-BR`. */
  readonly locale?: string
  /** Generated data, even where the contract has examples. */
  readonly dynamic?: boolean
  /** An example that breaks its schema answers 500 instead of being replaced. */
  readonly errors?: boolean
  /** Lets pages of any origin call the mock; on unless `false`. */
  readonly cors?: boolean
  /** What everything is filled with, where no scenario and no persona says: `many`, or a file of the workspace. */
  readonly dataset?: string
  /** Hears what is wrong with files of data, a line each. */
  readonly onNotice?: (line: string) => void
  /** What is played for everybody from the start. */
  readonly scenario?: string
  /** Files that scenarios answer with, by workspace path; `undefined` for what is not there or not inside. */
  readonly readFile?: (path: string) => Uint8Array | undefined
  /** The file that says how long backends took, for `latency: observed`: see `LATENCY_FILE`. */
  readonly observed?: () => Uint8Array | undefined
  /** Origins of the workspace's own app and studio: they may play scenarios, and a play link may lead back to them. */
  readonly origins?: readonly string[]
  /** JavaScript for pages that follow what is played: served as `/_throughline/browser.js`. */
  readonly browserScript?: () => string
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Hosts that callbacks and webhooks may go to beside this machine; `none` sends nothing anywhere. */
  readonly callbacks?: readonly string[] | 'none'
  /** Sends a request that a contract describes as the API's own; over the network unless said. */
  readonly deliver?: (sending: Sending) => Promise<Sent>
  /** Names a new browser session. */
  readonly newSession?: () => string
  /** Real backends that operations are passed on to. Whoever made them closes them. */
  readonly backends?: Backends
  /** What is left out of every answer, to try a change before it ships. */
  readonly trim?: Trim
}

/** A mock of every API of a workspace. Opens no port: `listen` does. */
export interface Mock {
  /** Request in, Response out. A timeout settles only when `request.signal` aborts; a reset rejects, as `fetch` does. */
  handle(request: Request): Promise<Response>
  /** The answer before delays and faults are acted out. */
  answer(request: MockRequest): Answer | Promise<Answer>
  /** Whether a backend may answer this request, so that `wire` is wanted; absent where nothing is passed on. */
  readonly passes?: (method: string, url: string) => boolean
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
  const { grounds, log, settings, world } = works
  const { backends, trim: usualTrim = NOTHING_TRIMMED } = options
  const listeners = new Set<(situation: Situation | null) => void>()
  const ready = readyAnswers()
  const imposed = imposedFault()

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
    answer(request) {
      const started = performance.now()
      const asHttp = imposed.on(request, uncrossed(request))
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
    ...(backends !== undefined && { passes: (method, url) => mayPass(works, method, url) }),
  }
  // Whoever answers from now on, it is not what was kept.
  backends?.subscribe(ready.forget)
  if (options.scenario !== undefined) self.play(options.scenario)
  grounds.dataOf(options.dataset)
  return self

  function uncrossed(request: MockRequest): Answer | Promise<Answer> {
    const { method, url, header } = request
    const plain =
      works.playing === undefined &&
      settings.isEmpty() &&
      header('prefer') === undefined &&
      header('throughline-scenario') === undefined &&
      header('throughline-persona') === undefined &&
      header('throughline-replay') === undefined &&
      header('throughline-minimal') === undefined &&
      header('throughline-tombstone') === undefined
    const cookie = header('cookie')
    const usual =
      plain &&
      (cookie === undefined || !cookie.includes('throughline-')) &&
      (method === 'GET' || method === 'HEAD') &&
      request.body === undefined
    const key = usual ? `${header('accept') ?? ''} ${url}` : ''
    if (usual) {
      const kept = ready.get(key)
      if (
        kept !== undefined &&
        (kept.reads === undefined || !world.of(sessionOf(request)).touched(kept.reads))
      )
        return kept.answer
    }
    const question = url.indexOf('?')
    const path = question === -1 ? url : url.slice(0, question)
    const asked = preferencesIn(question === -1 ? '' : url.slice(question + 1))
    const { query } = asked
    if (path.startsWith('/_throughline'))
      return control({
        mock: self,
        request,
        path,
        query,
        options,
        world,
        settings,
        imposed,
        box: works.box,
        recount: works.counts.forget,
        places: () => placesFor(works, request),
      })
    if (
      options.cors !== false &&
      method === 'OPTIONS' &&
      header('access-control-request-method') !== undefined
    ) {
      return preflight(header)
    }

    const token = plain ? undefined : header('throughline-replay')
    if (token !== undefined) return replayed(works, token, request, path, query)

    const found = locate(works.apis, method, path, query)
    if (found.kind === 'graphql')
      return backends === undefined
        ? asGraphql(works, found.api, request, query)
        : hybridGraphql(works, backends, found.api, request, { path, query })
    if (found.kind === 'none') {
      if (path === '/' && method === 'GET' && /text\/html/.test(header('accept') ?? ''))
        return TO_OVERVIEW
      const passed = backends && undescribed(works, backends, request, { path, query })
      if (passed !== undefined) return passed
      return unrouted(works.apis, found.match, method, path, works.manner.seed)
    }
    const { operation, pathParameters } = found.match
    const { resources } = found.api
    const whole = (backends === undefined ? asRest : hybridRest)(
      works,
      operation,
      pathParameters,
      request,
      { path, query },
      plain ? asked.preferences : preferencesOf(request.header('prefer'), asked.preferences),
      resources(),
    )
    const trim = plain ? usualTrim : trimOf(header, usualTrim)
    const answer = trim === NOTHING_TRIMMED ? whole : leftOut(whole, operation, trim)
    if (answer instanceof Promise) return answer
    const isReusable = usual && answer.lasting === true && isKept(operation, resources)
    if (isReusable && ready.isWorthwhile(key, answer)) {
      const ground = grounds.of(resources())
      if (!isPersonal(operation, ground))
        ready.keep(key, answer, collectionKey(operation, pathParameters, ground))
    }
    return answer
  }

  function leftOut(
    answer: Answer | Promise<Answer>,
    operation: Operation,
    trim: Trim,
  ): Answer | Promise<Answer> {
    const trimming = (one: Answer): Answer => trimmed(one, operation, works.graph, trim)
    return answer instanceof Promise ? answer.then(trimming) : trimming(answer)
  }
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

/** Somebody opened the mock's address in a browser. */
const TO_OVERVIEW: Answer = {
  status: 303,
  headers: ['Location', '/_throughline/'],
  body: undefined,
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
