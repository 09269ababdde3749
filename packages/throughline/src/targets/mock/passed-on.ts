import { nodeOf, requestViolations } from '@throughline/core'
import type { Answer } from './answer.ts'
import type { Effect } from './effect.ts'
import { asGraphql } from './graphql-turn.ts'
import { delayOf } from './latency.ts'
import { locate, placesOf, prefixOf } from './locate.ts'
import type { MockRequest } from './mock-request.ts'
import { withObserved } from './observed-latency.ts'
import { preferencesOf } from './prefer.ts'
import type { Backends } from './proxy/backends.ts'
import { hybridAnswer } from './proxy/hybrid.ts'
import { targetOf, undescribedTarget } from './proxy/target.ts'
import { inDocument, inRequest, notDescribed } from './proxy/violations.ts'
import type { RestRequest } from './rest-request.ts'
import { askedOf, asRest } from './rest-turn.ts'
import { effectOn } from './scenario.ts'
import type { ServedApi } from './served-apis.ts'
import { unrouted } from './unrouted.ts'
import { scenarioFor, usualData } from './wishes.ts'
import type { Works } from './works.ts'

/** The answer of the mock, or of the backend behind it where nothing is played that only the mock can do. */
export function hybridRest(works: Works, call: RestRequest): Answer | Promise<Answer> {
  const { request, operation, pathParameters, path, query, preferences } = call
  const { method, header, body } = request
  const scenario = scenarioFor(works, request)
  if (scenario !== undefined && 'status' in scenario) return scenario
  // Tried on a copy: what is counted counts once, whoever answers.
  const before = scenario && works.counts.of(scenario, request)
  const counts = new Map(before)
  const asked = askedOf(works, call)
  const taken = scenario && effectOn(scenario, asked, counts)
  const effect = taken && withObserved(taken, operation, works.grounds.observed)
  const playing =
    (effect !== undefined && !isOnlyLate(effect)) ||
    (scenario?.dataset ?? usualData(works, request)) !== undefined ||
    Object.keys(preferences).length > 0
  const passes = !playing && works.options.backends?.routeOf(operation).to === 'backend'
  if (passes) for (const [key, count] of counts) before?.set(key, count)
  const answer = hybridAnswer({
    backends: works.options.backends!,
    graph: works.graph,
    api: operation.api,
    operations: [operation],
    described: true,
    request,
    asked: () =>
      inRequest(
        works.graph,
        operation,
        requestViolations(operation, { method, pathParameters, query, header, body }),
      ),
    target: targetOf(operation, pathParameters, query),
    prefix: prefixOf(operation.api, path),
    playing,
    errors: works.manner.errors,
    ownCors: works.options.cors !== false,
    mocked: () => asRest(works, call),
  })
  if (!passes || effect?.latency === undefined) return answer
  const delay = delayOf(effect.latency, operation.id, works.turn++)
  const late = (one: Answer): Answer => (one.passed === true ? { ...one, delay } : one)
  return answer instanceof Promise ? answer.then(late) : late(answer)
}

/** The same for a GraphQL document. */
export function hybridGraphql(
  works: Works,
  all: Backends,
  api: ServedApi,
  request: MockRequest,
  { path, query }: { readonly path: string; readonly query: string },
): Answer | Promise<Answer> {
  const scenario = scenarioFor(works, request)
  if (scenario !== undefined && 'status' in scenario) return scenario
  const { operations, errors } = api.graphql()!.asked({ request, query })
  const ruled = scenario?.rules.some((rule) =>
    operations.some((one) => rule.operations.has(one.id)),
  )
  return hybridAnswer({
    backends: all,
    graph: works.graph,
    api: api.name,
    operations: operations.map((one) => nodeOf(works.graph, 'operation', one.id) ?? one),
    described: true,
    request,
    asked: () => inDocument(api.name, errors),
    target: query === '' ? '' : `?${query}`,
    prefix: prefixOf(api.name, path),
    playing:
      ruled === true ||
      (scenario?.dataset ?? usualData(works, request)) !== undefined ||
      Object.keys(preferencesOf(request.header('prefer'))).length > 0,
    errors: works.manner.errors,
    ownCors: works.options.cors !== false,
    mocked: () => asGraphql(works, api, request, query),
  })
}

/** What no contract describes is for the backend to answer, where it is clear which one. */
export function undescribed(
  works: Works,
  all: Backends,
  request: MockRequest,
  { path, query }: { readonly path: string; readonly query: string },
): Answer | Promise<Answer> | undefined {
  for (const [api, rest] of placesOf(works.apis, request, path)) {
    if (!all.all.has(api.name) || api.contract.protocol === 'graphql') continue
    const { method } = request
    return hybridAnswer({
      backends: all,
      graph: works.graph,
      api: api.name,
      operations: [],
      described: false,
      request,
      asked: () => [notDescribed(api.name, method, rest.slice(0, 300))],
      target: undescribedTarget(rest, api.contract.basePaths, query),
      prefix: prefixOf(api.name, path),
      playing: false,
      errors: works.manner.errors,
      ownCors: works.options.cors !== false,
      mocked: () =>
        unrouted(
          works.apis,
          { kind: 'not-found', nearest: () => [] },
          method,
          path,
          works.manner.seed,
        ),
    })
  }
  return undefined
}

/** Whether a backend may answer this request. */
export function mayPass(
  works: Works,
  request: Pick<MockRequest, 'method' | 'url' | 'api' | 'header'>,
): boolean {
  const [path = ''] = request.url.split('?', 1)
  if (path.startsWith('/_throughline')) return false
  const found = locate(works.apis, request, path, '')
  if (found.kind === 'rest')
    return works.options.backends?.routeOf(found.match.operation).to === 'backend'
  for (const [api] of placesOf(works.apis, request, path))
    if (works.options.backends?.all.has(api.name) === true) return true
  return false
}

/** A scenario that only takes its time can be played on a backend's answer too. */
function isOnlyLate(effect: Effect): boolean {
  return Object.keys(effect).every((key) => key === 'latency')
}
