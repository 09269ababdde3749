import type { Readable } from 'node:stream'
import { callbacksOf, nodeOf, requestViolations } from '@throughline/core'
import type { Graph, Operation, Situation } from '@throughline/core'
import { headerNames, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { bodyValue, parsedOr } from './body-value.ts'
import { hashOf } from './chance.ts'
import { control, isTrusted } from './control.ts'
import { corsHeaders, preflight } from './cors.ts'
import type { Place } from './data-control.ts'
import { decodedOr } from './decoded-or.ts'
import type { Effect } from './effect.ts'
import { fetched } from './fetched.ts'
import { filledIn, hasTemplate, templatesOf } from './filled-in.ts'
import type { FilledWith } from './filled-in.ts'
import { imposedFault } from './imposed.ts'
import { delayOf } from './latency.ts'
import { isLoaded, loadLocale, seedIn, seedLike } from './locale.ts'
import { locate, placesOf, prefixOf } from './locate.ts'
import { observedIn, withObserved } from './observed-latency.ts'
import type { Observed } from './observed-latency.ts'
import { answerAsHappened, callbacksAfter, deliverByFetch, outbox } from './outgoing.ts'
import type { Sending, Sent } from './outgoing.ts'
import { partialContent } from './partial-content.ts'
import { NONE, preferencesIn, preferencesOf } from './prefer.ts'
import type { Preferences } from './prefer.ts'
import { problemAnswer } from './problem.ts'
import type { Backends } from './proxy/backends.ts'
import { hybridAnswer } from './proxy/hybrid.ts'
import { targetOf, undescribedTarget } from './proxy/target.ts'
import { inDocument, inRequest, notDescribed } from './proxy/violations.ts'
import { restAnswer } from './rest.ts'
import type { Manner } from './rest-call.ts'
import {
  effectOfRule,
  effectOn,
  nearestScenarios,
  scenarioNamed,
  scenarioOfPersona,
} from './scenario.ts'
import type { Asked, Scenario } from './scenario.ts'
import { servedApis } from './served-apis.ts'
import type { ServedApi } from './served-apis.ts'
import { sessionSettings } from './session-settings.ts'
import { SCENARIO_COOKIE, cookieOf, sessionOf } from './session.ts'
import { replayTokenOf, sumOf } from './traffic/replay-token.ts'
import type { RuleLook } from './traffic/told.ts'
import { traffic } from './traffic/traffic.ts'
import type { Traffic } from './traffic/traffic.ts'
import { withTold } from './traffic/with-told.ts'
import { NOTHING_TRIMMED, trimOf, trimmed } from './trim/trim.ts'
import type { Trim } from './trim/trim.ts'
import { unrouted } from './unrouted.ts'
import { switched } from './upgrade.ts'
import type { Ground } from './world/base.ts'
import { ORDINARY, dataNamed, problemsIn } from './world/dataset.ts'
import type { DataChoice } from './world/dataset.ts'
import { collectionKey, isPersonal } from './world/lived.ts'
import type { Resources } from './world/resources.ts'
import { worlds } from './world/worlds.ts'

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

/** A request before anybody has looked at it. */
export interface MockRequest {
  readonly method: string
  /** Path and query, as in the request line. */
  readonly url: string
  /** A header by its lower-case name; several lines joined by `, `. */
  readonly header: (name: string) => string | undefined
  readonly body?: Uint8Array | undefined
  /** All headers by their lower-case names, for those who read along. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The protocol that the client would like to switch to: `websocket`. */
  readonly upgrade?: string | undefined
  /** The client's side of it, where `passes` says that a backend may answer. */
  readonly wire?: Wire
}

/** What is needed of a connection to pass a request on. */
export interface Wire {
  /** As they came: name, value, name, value. */
  readonly headers: readonly string[]
  /** The client's address. */
  readonly remote?: string | undefined
  readonly encrypted: boolean
  /** Runs when the client has left, or has all that it wanted. */
  readonly onGone: (act: () => void) => void
  /** A body that is too large to hold. */
  readonly upload?: Readable
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
  const manner: Manner = {
    seed: seedIn(String(options.seed ?? 1), options.locale),
    dynamic: options.dynamic ?? false,
    errors: options.errors ?? false,
    readFile: options.readFile ?? (() => undefined),
    now: options.now ?? Date.now,
  }
  const listeners = new Set<(situation: Situation | null) => void>()
  const ready = new Map<string, Ready>()
  const asked = new Uint32Array(8192)
  const sessions = new Map<string, Map<string, number>>()
  const world = worlds()
  const settings = sessionSettings()
  const log = traffic()
  const imposed = imposedFault()
  let known: Ground['known'] = new Map()
  const knownElsewhere = new Map<string, Ground['known']>()
  const filled = new Map<string, DataChoice>()
  const box = outbox(
    options.callbacks ?? [],
    options.deliver ?? deliverByFetch,
    ({ kind, name, method, url, status, problem }) =>
      options.onNotice?.(
        `${kind === 'callback' ? 'Callback' : 'Webhook'} ${name}: ${method} ${url} ${problem ?? status}`,
      ),
  )
  let latencies: Observed | undefined
  let current = graph
  let apis = servedApis(graph)
  let playing: Scenario | undefined
  let readySize = 0
  let turn = 0
  const { backends, trim: usualTrim = NOTHING_TRIMMED } = options

  const self: Mock = {
    get graph() {
      return current
    },
    traffic: log,
    get situation() {
      return playing === undefined ? null : { scenario: playing.name, title: playing.title }
    },
    play(name) {
      const next = name === null ? undefined : scenarioNamed(current, name)
      if (name !== null && next === undefined) return undefined
      playing = next
      sessions.clear()
      for (const listener of listeners) listener(self.situation)
      return self.situation
    },
    update(next) {
      current = next
      apis = servedApis(next)
      forgetReady()
      known = new Map()
      knownElsewhere.clear()
      filled.clear()
      latencies = undefined
      if (playing === undefined) return
      playing = scenarioNamed(next, playing.name)
      if (playing === undefined) for (const listener of listeners) listener(null)
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
    ...(backends !== undefined && { passes: mayPass }),
  }
  // Whoever answers from now on, it is not what was kept.
  backends?.subscribe(forgetReady)
  if (options.scenario !== undefined) self.play(options.scenario)
  dataOf(options.dataset)
  return self

  function crossed(answer: Answer, origin: string | undefined): Answer {
    if (origin === undefined) return answer
    return { ...answer, headers: [...answer.headers, ...corsHeaders(origin, answer)] }
  }

  function uncrossed(request: MockRequest): Answer | Promise<Answer> {
    const { method, url, header } = request
    const plain =
      playing === undefined &&
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
        box,
        recount,
        places: () => placesFor(request),
      })
    if (
      options.cors !== false &&
      method === 'OPTIONS' &&
      header('access-control-request-method') !== undefined
    ) {
      return preflight(header)
    }

    const token = plain ? undefined : header('throughline-replay')
    if (token !== undefined) return replayed(token, request, path, query)

    const found = locate(apis, method, path, query)
    if (found.kind === 'graphql')
      return backends === undefined
        ? asGraphql(found.api, request, query)
        : hybridGraphql(backends, found.api, request, { path, query })
    if (found.kind === 'none') {
      if (path === '/' && method === 'GET' && /text\/html/.test(header('accept') ?? ''))
        return TO_OVERVIEW
      const passed = backends && undescribed(backends, request, { path, query })
      if (passed !== undefined) return passed
      return unrouted(apis, found.match, method, path, manner.seed)
    }
    const { operation, pathParameters } = found.match
    const { resources } = found.api
    const whole = (backends === undefined ? asRest : hybridRest)(
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
    if (usual && answer.lasting === true && isKept(operation, resources)) {
      const size = (answer.body?.length ?? 0) + key.length + 200
      if (size <= MOST_KEPT_BYTES / 8 && askedBefore(key)) {
        const ground = groundOf(resources())
        if (!isPersonal(operation, ground))
          keep(key, size, answer, collectionKey(operation, pathParameters, ground))
      }
    }
    return answer
  }

  function leftOut(
    answer: Answer | Promise<Answer>,
    operation: Operation,
    trim: Trim,
  ): Answer | Promise<Answer> {
    const trimming = (one: Answer): Answer => trimmed(one, operation, current, trim)
    return answer instanceof Promise ? answer.then(trimming) : trimming(answer)
  }

  function asRest(
    operation: Operation,
    pathParameters: ReadonlyMap<string, string>,
    request: MockRequest,
    { path, query }: { readonly path: string; readonly query: string },
    preferences: Preferences,
    resources: Resources,
  ): Answer | Promise<Answer> {
    const { method, header, body } = request
    const scenario = scenarioFor(request)
    if (scenario !== undefined && 'status' in scenario) return scenario
    const loading = preparing(scenario, request)
    if (loading !== undefined)
      return loading.then(() =>
        asRest(operation, pathParameters, request, { path, query }, preferences, resources),
      )
    const looks: RuleLook[] = []
    let fails = false
    const session = sessionOf(request)
    const calls = callbacksOf(operation).length > 0
    const asked =
      scenario === undefined && !calls
        ? undefined
        : askedOf(operation, pathParameters, request, query)
    const own = turn++
    const taken =
      scenario &&
      asked &&
      effectOn(scenario, asked, countsOf(scenario, request), (look, failing = false) => {
        looks.push(look)
        fails = failing
      })
    const found = taken && withObserved(taken, operation, observed)
    const effect =
      found &&
      asked &&
      filledIn(found, filledWith(asked, request, found, seedFor(scenario, request)))
    if (effect !== undefined && 'refused' in effect) return effect.refused
    const untouched = world.isUntouched(session)
    const seed = seedFor(scenario, request)
    const ground = groundOf(resources, scenario?.dataset ?? usualData(request), seed)
    const answer = restAnswer(
      {
        operation,
        pathParameters,
        method,
        path,
        query,
        header,
        body,
        preferences,
        effect,
        // A state is a look at a screen: what is done in it leaves the world as it was.
        world:
          effect?.stale !== undefined && isReading(method)
            ? worlds().of('')
            : scenario?.kind === 'state'
              ? world.branch(session)
              : world.of(session),
        ground,
        turn: own,
      },
      seed === manner.seed ? manner : { ...manner, seed },
    )
    if (calls && asked !== undefined && answer.status < 400 && answer.fault === undefined)
      callBack(operation, asked, request, answer)
    // What was written before cannot be told in a few words, and neither can who asks.
    const repeatable =
      (effect === undefined || isRepeatable(effect)) &&
      ((untouched && !isPersonal(operation, ground)) || answer.lasting === true)
    return withTold(answer, {
      operations: [operation],
      pathParameters,
      scenario,
      looks,
      fails,
      ground,
      manner,
      preferences,
      turn: own,
      spelledOut: effect !== undefined,
      repeatable,
    })
  }

  /** What the API would send after this call goes out a moment after its answer. Pages from elsewhere set nothing off. */
  function callBack(
    operation: Operation,
    asked: Asked,
    request: MockRequest,
    answer: Answer,
  ): void {
    if (!isTrusted({ request, options })) return
    const happened = {
      method: request.method,
      url: `http://${request.header('host') ?? 'localhost'}${request.url}`,
      query: asked.query(),
      path: asked.path,
      header: request.header,
      body: asked.body(),
      response: answerAsHappened(answer),
    }
    const seed = `${manner.seed} ${operation.id} ${request.url}`
    const sendings = callbacksAfter(operation, happened, seed)
    if (sendings.length === 0) return
    const timer = setTimeout(
      () => {
        for (const one of sendings) void box.send(one)
      },
      (answer.delay ?? 0) + 50,
    )
    timer.unref()
  }

  function filledWith(
    asked: Asked,
    request: MockRequest,
    effect: Effect,
    seed = manner.seed,
  ): FilledWith {
    const counts = hasTemplate(effect) ? sessionCounts(asked.session) : undefined
    const key = asked.operations[0]?.id ?? ''
    const call = (counts?.get(key) ?? 0) + 1
    counts?.set(key, call)
    return {
      method: request.method,
      url: request.url,
      body: asked.body,
      query: asked.query,
      path: asked.path,
      headers: request.headers ?? {},
      cookie: request.header('cookie'),
      session: asked.session,
      seed,
      call,
      now: asked.now,
    }
  }

  /** What a scenario's rules look at. */
  function askedOf(
    operation: Operation,
    pathParameters: ReadonlyMap<string, string>,
    request: MockRequest,
    query: string,
  ): Asked {
    const { method, header, body } = request
    let parsed: { readonly value: unknown } | undefined
    return {
      operations: [operation],
      body: () =>
        (parsed ??= {
          value: bodyValue({ method, pathParameters, query, header, body }, operation),
        }).value,
      query: () => new Map(new URLSearchParams(query)),
      header,
      path: new Map([...pathParameters].map(([name, raw]) => [name, decodedOr(raw)])),
      session: sessionOf(request),
      now: manner.now(),
    }
  }

  /** The answer of the mock, or of the backend behind it where nothing is played that only the mock can do. */
  function hybridRest(...call: Parameters<typeof asRest>): Answer | Promise<Answer> {
    const [operation, pathParameters, request, { path, query }, preferences] = call
    const { method, header, body } = request
    const scenario = scenarioFor(request)
    if (scenario !== undefined && 'status' in scenario) return scenario
    // Tried on a copy: what is counted counts once, whoever answers.
    const before = scenario && countsOf(scenario, request)
    const counts = new Map(before)
    const asked = askedOf(operation, pathParameters, request, query)
    const taken = scenario && effectOn(scenario, asked, counts)
    const effect = taken && withObserved(taken, operation, observed)
    const playing =
      (effect !== undefined && !isOnlyLate(effect)) ||
      (scenario?.dataset ?? usualData(request)) !== undefined ||
      Object.keys(preferences).length > 0
    const passes = !playing && backends?.routeOf(operation).to === 'backend'
    if (passes) for (const [key, count] of counts) before?.set(key, count)
    const answer = hybridAnswer({
      backends: backends!,
      graph: current,
      api: operation.api,
      operations: [operation],
      described: true,
      request,
      asked: () =>
        inRequest(
          current,
          operation,
          requestViolations(operation, { method, pathParameters, query, header, body }),
        ),
      target: targetOf(operation, pathParameters, query),
      prefix: prefixOf(operation.api, path),
      playing,
      errors: manner.errors,
      ownCors: options.cors !== false,
      mocked: () => asRest(...call),
    })
    if (!passes || effect?.latency === undefined) return answer
    const delay = delayOf(effect.latency, operation.id, turn++)
    const late = (one: Answer): Answer => (one.passed === true ? { ...one, delay } : one)
    return answer instanceof Promise ? answer.then(late) : late(answer)
  }

  function hybridGraphql(
    all: Backends,
    api: ServedApi,
    request: MockRequest,
    { path, query }: { readonly path: string; readonly query: string },
  ): Answer | Promise<Answer> {
    const scenario = scenarioFor(request)
    if (scenario !== undefined && 'status' in scenario) return scenario
    const { operations, errors } = api.graphql()!.asked({ request, query })
    const ruled = scenario?.rules.some((rule) =>
      operations.some((one) => rule.operations.has(one.id)),
    )
    return hybridAnswer({
      backends: all,
      graph: current,
      api: api.name,
      operations: operations.map((one) => nodeOf(current, 'operation', one.id) ?? one),
      described: true,
      request,
      asked: () => inDocument(api.name, errors),
      target: query === '' ? '' : `?${query}`,
      prefix: prefixOf(api.name, path),
      playing:
        ruled === true ||
        (scenario?.dataset ?? usualData(request)) !== undefined ||
        Object.keys(preferencesOf(request.header('prefer'))).length > 0,
      errors: manner.errors,
      ownCors: options.cors !== false,
      mocked: () => asGraphql(api, request, query),
    })
  }

  /** What no contract describes is for the backend to answer, where it is clear which one. */
  function undescribed(
    all: Backends,
    request: MockRequest,
    { path, query }: { readonly path: string; readonly query: string },
  ): Answer | Promise<Answer> | undefined {
    for (const [api, rest] of placesOf(apis, path)) {
      if (!all.all.has(api.name) || api.contract.protocol === 'graphql') continue
      const { method } = request
      return hybridAnswer({
        backends: all,
        graph: current,
        api: api.name,
        operations: [],
        described: false,
        request,
        asked: () => [notDescribed(api.name, method, rest.slice(0, 300))],
        target: undescribedTarget(rest, api.contract.basePaths, query),
        prefix: prefixOf(api.name, path),
        playing: false,
        errors: manner.errors,
        ownCors: options.cors !== false,
        mocked: () =>
          unrouted(apis, { kind: 'not-found', nearest: () => [] }, method, path, manner.seed),
      })
    }
    return undefined
  }

  function mayPass(method: string, url: string): boolean {
    const [path = ''] = url.split('?', 1)
    if (path.startsWith('/_throughline')) return false
    const found = locate(apis, method, path, '')
    if (found.kind === 'rest') return backends?.routeOf(found.match.operation).to === 'backend'
    for (const [api] of placesOf(apis, path)) if (backends?.all.has(api.name) === true) return true
    return false
  }

  function forgetReady(): void {
    ready.clear()
    readySize = 0
  }

  /** The answer of an earlier request, asked for by its token: the worlds and counters of this mock are left alone. */
  function replayed(
    token: string,
    request: MockRequest,
    path: string,
    query: string,
  ): Answer | Promise<Answer> {
    const read = replayTokenOf(token)
    if (read === undefined)
      return problemAnswer(400, {
        title: 'Throughline-Replay is no token. Send it as an answer of a mock had it',
      })
    if (read.kind === 'answer') return onceMore(read.answer, token)
    if (read.kind === 'remembered') {
      const exchange = log.get(read.id)
      return exchange === undefined || exchange.cut
        ? problemAnswer(410, {
            title: 'Nobody remembers the answer of this token any more',
            detail: 'An answer that is too long for a header can be given again only for a while.',
          })
        : onceMore(exchange.answer, token)
    }
    const { recipe } = read
    const scenario =
      recipe.scenario === undefined ? undefined : scenarioNamed(current, recipe.scenario)
    const found = locate(apis, request.method, path, query)
    if (recipe.scenario !== undefined && scenario === undefined) return changedSince(read.status)
    const finish = (one: Answer): Answer =>
      one.status === read.status && sumOf(one) === read.sum
        ? onceMore(one, token)
        : changedSince(read.status)
    if (found.kind === 'none') return changedSince(read.status)
    if (found.kind === 'graphql') {
      const filled = dataNamed(recipe.dataset, manner.readFile).choice
      const answer = found.api.graphql()!.answer({
        request,
        query,
        seed: recipe.preferences.seed ?? recipe.seed,
        turn: recipe.turn ?? 0,
        now: manner.now(),
        effect: () => undefined,
        places: restPlaces((resources) => ({
          resources,
          seed: recipe.seed,
          dynamic: recipe.dynamic,
          filled,
          dataset: filled.dataset,
          known: new Map(),
        })),
        world: worlds().of(''),
        lived: false,
        filled,
      })
      return answer instanceof Promise ? answer.then(finish) : finish(answer)
    }
    const { operation, pathParameters } = found.match
    const { choice: filled, problems } = dataNamed(recipe.dataset, manner.readFile)
    if (problems.length > 0 && filled.name !== recipe.dataset) return changedSince(read.status)
    return finish(
      restAnswer(
        {
          operation,
          pathParameters,
          method: request.method,
          path,
          query,
          header: request.header,
          body: request.body,
          preferences: Object.keys(recipe.preferences).length === 0 ? NONE : recipe.preferences,
          effect:
            scenario === undefined || recipe.rule === undefined
              ? undefined
              : effectOfRule(scenario, recipe.rule, recipe.fails === true),
          world: worlds().of(''),
          ground: {
            resources: found.api.resources(),
            seed: recipe.seed,
            dynamic: recipe.dynamic,
            filled,
            dataset: filled.dataset,
            known: new Map(),
          },
          turn: recipe.turn ?? 0,
          admitted: read.status !== 401,
        },
        { ...manner, seed: recipe.seed, dynamic: recipe.dynamic, errors: recipe.errors },
      ),
    )
  }

  function onceMore(answer: Answer, token: string): Answer {
    const headers = withoutHeaders(answer.headers, OWN_HEADERS)
    return {
      ...answer,
      headers,
      told: {
        operations: answer.told?.operations ?? [],
        because: { kind: 'replayed' },
        seed: manner.seed,
        dataset: '',
        token,
      },
    }
  }

  function asGraphql(
    api: ServedApi,
    request: MockRequest,
    query: string,
  ): Answer | Promise<Answer> {
    const scenario = scenarioFor(request)
    if (scenario !== undefined && 'status' in scenario) return scenario
    const loading = preparing(scenario, request)
    if (loading !== undefined) return loading.then(() => asGraphql(api, request, query))
    const preferences = preferencesOf(request.header('prefer'))
    const looks: RuleLook[] = []
    const operations = new Set<Operation>()
    let affected = false
    const own = turn++
    const session = sessionOf(request)
    const untouched = world.isUntouched(session)
    const dataset = scenario?.dataset ?? usualData(request)
    const filled = dataOf(dataset ?? options.dataset)
    const seed = seedFor(scenario, request)
    const answer = api.graphql()!.answer({
      request,
      query,
      seed: preferences.seed === undefined ? seed : seedLike(preferences.seed, seed),
      turn: own,
      now: manner.now(),
      places: restPlaces((resources) => groundOf(resources, dataset, seed)),
      world: scenario?.kind === 'state' ? world.branch(session) : world.of(session),
      lived: !untouched,
      filled,
      effect(asked: Asked) {
        for (const one of asked.operations) operations.add(one)
        if (scenario === undefined) return undefined
        const counts = countsOf(scenario, request)
        const taken = effectOn(scenario, asked, counts, (look) => looks.push(look))
        const effect = taken && withObserved(taken, asked.operations[0], observed)
        affected ||= effect !== undefined
        if (effect === undefined || !hasTemplate(effect)) return effect
        const filled = filledIn(
          effect,
          filledWith(asked, request, effect, seedFor(scenario, request)),
        )
        if ('refused' in filled) return { status: '500' }
        return filled.text === undefined ? filled : { ...filled, body: parsedOr(filled.text) }
      },
    })
    const finish = (one: Answer): Answer =>
      withTold(one, {
        operations: [...operations],
        scenario,
        looks,
        fails: false,
        ground: {
          seed: manner.seed,
          filled,
        },
        manner,
        preferences,
        turn: own,
        spelledOut: affected,
        repeatable: untouched && !affected,
      })
    return answer instanceof Promise ? answer.then(finish) : finish(answer)
  }

  /** The scenario of this request: its header, else the browser session's, else everybody's. An unknown header is an error. */
  function scenarioFor(request: MockRequest): Scenario | Answer | undefined {
    const named = request.header('throughline-scenario')?.trim()
    if (named !== undefined) {
      if (named === '' || named === 'none') return undefined
      const name = decodedOr(named)
      const found = scenarioNamed(current, name)
      if (found !== undefined) return found
      const [nearest] = nearestScenarios(current, name)
      const title = `There is no scenario ${name.slice(0, 100)}${nearest === undefined ? '' : `. Did you mean ${nearest}?`}`
      return {
        ...problemAnswer(400, { title, detail: 'GET /_throughline/scenarios lists all of them.' }),
        told: {
          operations: [],
          because: { kind: 'missing', detail: title },
          seed: manner.seed,
          dataset: '',
        },
      }
    }
    const cookie = cookieOf(request.header('cookie'), SCENARIO_COOKIE)
    const own = cookie ?? (settings.isEmpty() ? undefined : settings.scenarioOf(sessionOf(request)))
    return (own === undefined ? undefined : scenarioNamed(current, own)) ?? playing
  }

  /** Sequences begin anew. */
  function recount(session?: string): void {
    if (session === undefined) sessions.clear()
    else for (const key of sessions.keys()) if (key.endsWith(` ${session}`)) sessions.delete(key)
  }

  /** Every API with a world of things, as this request finds it. */
  function placesFor(request: MockRequest): readonly Place[] {
    const scenario = scenarioFor(request)
    const dataset = scenario !== undefined && 'rules' in scenario ? scenario.dataset : undefined
    const ground = (resources: Resources): Ground =>
      groundOf(resources, dataset ?? usualData(request))
    return [
      ...restPlaces(ground),
      ...graphqlPlaces().map(({ api, resources }) => ({
        api,
        resources,
        ground: ground(resources),
      })),
    ]
  }

  function restPlaces(ground: (resources: Resources) => Ground): readonly Place[] {
    return apis
      .filter((one) => one.contract.protocol === 'rest')
      .map((one) => ({
        api: one.name,
        resources: one.resources(),
        ground: ground(one.resources()),
      }))
  }

  /** What only GraphQL APIs know. */
  function graphqlPlaces(): readonly Pick<Place, 'api' | 'resources'>[] {
    const rest = apis
      .filter((one) => one.contract.protocol === 'rest')
      .map((one) => one.resources())
    return apis.flatMap((one) => {
      const resources = one.graphql()?.resources(rest)
      return resources === undefined ? [] : [{ api: one.name, resources }]
    })
  }

  function countsOf(scenario: Scenario, request: MockRequest): Map<string, number> {
    return sessionCounts(`${scenario.name} ${sessionOf(request)}`)
  }

  function sessionCounts(key: string): Map<string, number> {
    let counts = sessions.get(key)
    if (counts === undefined) {
      if (sessions.size >= MOST_SESSIONS) sessions.delete(sessions.keys().next().value!)
      sessions.set(key, (counts = new Map()))
    }
    return counts
  }

  function groundOf(resources: Resources, dataset?: string, seed = manner.seed): Ground {
    const own = dataOf(dataset ?? options.dataset)
    const { dynamic } = manner
    const looked = seed === manner.seed ? known : knownWith(seed)
    return { resources, seed, dynamic, filled: own, dataset: own.dataset, known: looked }
  }

  /** What has been looked up in another language. */
  function knownWith(seed: string): Ground['known'] {
    let found = knownElsewhere.get(seed)
    if (found === undefined) {
      if (knownElsewhere.size >= MOST_LANGUAGES) knownElsewhere.clear()
      knownElsewhere.set(seed, (found = new Map()))
    }
    return found
  }

  /** Whose words a request is answered with. */
  function localeFor(scenario: Scenario | undefined, request: MockRequest): string | undefined {
    if (scenario?.locale !== undefined) return scenario.locale
    const name = request.header('throughline-persona')?.trim()
    const own = name === undefined ? undefined : scenarioOfPersona(current, name)?.locale
    return own ?? options.locale
  }

  function seedFor(scenario: Scenario | undefined, request: MockRequest): string {
    const locale = localeFor(scenario, request)
    return locale === options.locale ? manner.seed : seedIn(String(options.seed ?? 1), locale)
  }

  /** Waits for what a request needs and nobody has loaded yet: templates, the words of a language. */
  function preparing(
    scenario: Scenario | undefined,
    request: MockRequest,
  ): Promise<unknown> | undefined {
    const locale = localeFor(scenario, request)
    return locale === undefined || isLoaded(locale)
      ? scenario && templatesOf(scenario)
      : loadLocale(locale)
  }

  /** What somebody who walks as a persona finds, or what was set for the session. */
  function usualData(request: MockRequest): string | undefined {
    const name = request.header('throughline-persona')?.trim()
    const own = name === undefined ? undefined : scenarioOfPersona(current, name)?.dataset
    return own ?? (settings.isEmpty() ? undefined : settings.datasetOf(sessionOf(request)))
  }

  /** How long calls took in an environment, read when a scenario wants it first, and again after a change. */
  function observed(): Observed {
    return (latencies ??= observedIn(options.observed?.()))
  }

  /** Read when the first request needs it, and again after each change on disk. */
  function dataOf(name: string | undefined): DataChoice {
    if (name === undefined) return ORDINARY
    let choice = filled.get(name)
    if (choice === undefined) {
      const read = dataNamed(name, manner.readFile)
      choice = read.choice
      filled.set(name, choice)
      const known =
        choice.data === undefined
          ? []
          : [
              ...apis.flatMap((one) => (one.contract.protocol === 'rest' ? [one.resources()] : [])),
              ...graphqlPlaces().map((one) => one.resources),
            ]
      for (const line of [...read.problems, ...problemsIn(choice, known)]) options.onNotice?.(line)
    }
    return choice
  }

  /** Whether somebody asked this lately: what is asked once is not worth keeping. Two questions in a place forget each other. */
  function askedBefore(key: string): boolean {
    const hash = hashOf(key)
    const place = hash % asked.length
    const before = asked[place] === hash
    asked[place] = hash
    return before
  }

  function keep(key: string, size: number, answer: Answer, reads: string | undefined): void {
    if (ready.size >= MOST_KEPT || readySize + size > MOST_KEPT_BYTES) {
      ready.clear()
      readySize = 0
    }
    // On its own, an answer does not hold the memory of those that were made beside it.
    const { body } = answer
    ready.set(key, {
      answer: body === undefined ? answer : { ...answer, body: new Uint8Array(body) },
      reads,
    })
    readySize += size
  }
}

/** A scenario that only takes its time can be played on a backend's answer too. */
function isOnlyLate(effect: Effect): boolean {
  return Object.keys(effect).every((key) => key === 'latency')
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

interface Ready {
  readonly answer: Answer
  /** Holds for those who have not written to this collection. */
  readonly reads: string | undefined
}

const MOST_KEPT = 4000

const MOST_KEPT_BYTES = 32_000_000

const MOST_SESSIONS = 1000

const MOST_LANGUAGES = 20

/** Whether an answer to this operation depends on its URL alone: nobody need sign in, and nobody can. */
function isKept(operation: Operation, resources: () => Resources): boolean {
  const security = operation.security()
  return (
    (security.length === 0 ||
      (security.some((all) => all.length === 0) && resources().doors().length === 0)) &&
    !operation.parameters().some((one) => one.in === 'header' || one.in === 'cookie')
  )
}

/** The headers that a replayed answer gets anew. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['throughline-replay', 'throughline-why'])

function changedSince(status: number): Answer {
  return problemAnswer(409, {
    title: 'This answer cannot be given again: the contract, its examples or the data have changed',
    detail: `The token is of an answer with status ${status}. Send the same method, address and body with it, to a mock of the same files.`,
  })
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'QUERY'
}

/** Whether a rule and the request say all that the answer is made of: no clock, no count, nothing from elsewhere. */
function isRepeatable({ text, stale, headers }: Effect): boolean {
  return text === undefined && stale === undefined && headers?.['RateLimit'] === undefined
}
