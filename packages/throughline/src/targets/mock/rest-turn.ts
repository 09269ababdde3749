import { callbacksOf } from '@throughline/core'
import type { Operation } from '@throughline/core'
import type { Answer } from './answer.ts'
import { bodyValue } from './body-value.ts'
import { isTrusted } from './control.ts'
import { decodedOr } from './decoded-or.ts'
import type { Effect } from './effect.ts'
import { filledIn, hasTemplate } from './filled-in.ts'
import type { FilledWith } from './filled-in.ts'
import type { MockRequest } from './mock-request.ts'
import { withObserved } from './observed-latency.ts'
import { answerAsHappened, callbacksAfter } from './outgoing.ts'
import type { RestRequest } from './rest-request.ts'
import { restAnswer } from './rest.ts'
import { effectOn } from './scenario.ts'
import type { Asked } from './scenario.ts'
import { sessionOf } from './session.ts'
import type { RuleLook } from './traffic/told.ts'
import { withTold } from './traffic/with-told.ts'
import { preparing, scenarioFor, seedFor, usualData } from './wishes.ts'
import type { Works } from './works.ts'
import { isPersonal } from './world/scene.ts'
import { worlds } from './world/worlds.ts'

/** The mock's own answer to one call: what is played, on the world of whoever asks. */
export function asRest(works: Works, call: RestRequest): Answer | Promise<Answer> {
  const { request, operation, pathParameters, path, query, preferences, resources } = call
  const { method, header, body } = request
  const scenario = scenarioFor(works, request)
  if (scenario !== undefined && 'status' in scenario) return scenario
  const loading = preparing(works, scenario, request)
  if (loading !== undefined) return loading.then(() => asRest(works, call))
  const looks: RuleLook[] = []
  let fails = false
  const session = sessionOf(request)
  const calls = callbacksOf(operation).length > 0
  const asked = scenario === undefined && !calls ? undefined : askedOf(works, call)
  const own = works.turn++
  const taken =
    scenario &&
    asked &&
    effectOn(scenario, asked, works.counts.of(scenario, request), (look, failing = false) => {
      looks.push(look)
      fails = failing
    })
  const found = taken && withObserved(taken, operation, works.grounds.observed)
  const effect =
    found &&
    asked &&
    filledIn(found, filledWith(works, asked, request, found, seedFor(works, scenario, request)))
  if (effect !== undefined && 'refused' in effect) return effect.refused
  const untouched = works.world.isUntouched(session)
  const seed = seedFor(works, scenario, request)
  const ground = works.grounds.of(resources, scenario?.dataset ?? usualData(works, request), seed)
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
            ? works.world.branch(session)
            : works.world.of(session),
      ground,
      turn: own,
    },
    seed === works.manner.seed ? works.manner : { ...works.manner, seed },
  )
  if (calls && asked !== undefined && answer.status < 400 && answer.fault === undefined)
    callBack(works, operation, asked, request, answer)
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
    manner: works.manner,
    preferences,
    turn: own,
    spelledOut: effect !== undefined,
    repeatable,
  })
}

/** What the API would send after this call goes out a moment after its answer. Pages from elsewhere set nothing off. */
function callBack(
  works: Works,
  operation: Operation,
  asked: Asked,
  request: MockRequest,
  answer: Answer,
): void {
  if (!isTrusted({ request, options: works.options })) return
  const happened = {
    method: request.method,
    url: `http://${request.header('host') ?? 'localhost'}${request.url}`,
    query: asked.query(),
    path: asked.path,
    header: request.header,
    body: asked.body(),
    response: answerAsHappened(answer),
  }
  const seed = `${works.manner.seed} ${operation.id} ${request.url}`
  const sendings = callbacksAfter(operation, happened, seed)
  if (sendings.length === 0) return
  const timer = setTimeout(
    () => {
      for (const one of sendings) void works.box.send(one)
    },
    (answer.delay ?? 0) + 50,
  )
  timer.unref()
}

export function filledWith(
  works: Works,
  asked: Asked,
  request: MockRequest,
  effect: Effect,
  seed = works.manner.seed,
): FilledWith {
  const counts = hasTemplate(effect) ? works.counts.at(asked.session) : undefined
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
export function askedOf(
  works: Works,
  { request, operation, pathParameters, query }: RestRequest,
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
    now: works.manner.now(),
  }
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'QUERY'
}

/** Whether a rule and the request say all that the answer is made of: no clock, no count, nothing from elsewhere. */
function isRepeatable({ text, stale, headers }: Effect): boolean {
  return text === undefined && stale === undefined && headers?.['RateLimit'] === undefined
}
