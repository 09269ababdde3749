import { closest, nodeOf } from '@throughline/core'
import type { Graph } from '@throughline/core'
import { jsonAnswer } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { NOT_KEPT, only } from '../control-answer.ts'
import type { MockRequest } from '../mock.ts'
import { problemAnswer } from '../problem.ts'
import type { Backends } from './backends.ts'
import { fallbackOf, fallbackText } from './fallback.ts'
import { nameOf } from './routes.ts'
import type { Answering, Route } from './routes.ts'

/** `GET` and `PUT proxy`, `GET` and `DELETE violations` of the mock's own addresses. */
export function proxyControl(
  place: 'proxy' | 'violations',
  { method, body }: Pick<MockRequest, 'method' | 'body'>,
  backends: Backends | undefined,
  graph: Graph,
): Answer {
  if (place === 'violations') {
    const wrong = only(method, ['GET', 'HEAD', 'DELETE'])
    if (wrong !== undefined) return wrong
    if (method !== 'DELETE')
      return jsonAnswer(200, { violations: backends?.violations.list ?? [] }, NOT_KEPT)
    backends?.violations.clear()
    return { status: 204, headers: NOT_KEPT, body: undefined }
  }
  const wrong = only(method, ['GET', 'HEAD', 'PUT'])
  if (wrong !== undefined) return wrong
  if (method !== 'PUT') return jsonAnswer(200, proxyState(backends, graph), NOT_KEPT)
  return backends === undefined
    ? problemAnswer(409, { title: 'Nothing is passed on: start the mock with --proxy URL' })
    : changedProxy(backends, graph, body)
}

/** Who answers what. */
interface ProxyState {
  readonly backends: readonly { readonly api: string; readonly url: string }[]
  readonly fallback: string
  readonly counts: Backends['counts']
  readonly operations: readonly ({ readonly operation: string; readonly stage: string } & Route)[]
}

export function proxyState(backends: Backends | undefined, graph: Graph): ProxyState {
  if (backends === undefined)
    return {
      backends: [],
      fallback: 'none',
      counts: { backend: 0, mock: 0, fallback: 0, failed: 0 },
      operations: [],
    }
  return {
    backends: [...backends.all.values()].map(({ api, base }) => ({ api, url: base.href })),
    fallback: fallbackText(backends.fallback),
    counts: { ...backends.counts },
    operations: graph.apis
      .filter(({ name }) => backends.all.has(name))
      .flatMap(({ contract }) => contract?.operations ?? [])
      .map((one) => nodeOf(graph, 'operation', one.id) ?? one)
      .map((one) => ({ operation: nameOf(one), stage: one.stage, ...backends.routeOf(one) })),
  }
}

/**
 * Changes who answers, while the mock runs: `{"operation": "store.createPayment", "to": "mock"}` (or `backend`; `null` for
 * what flags and stage say), `{"fallback": "404,refused"}`, or both. Answers with the new state, or with a problem.
 */
function changedProxy(backends: Backends, graph: Graph, body: Uint8Array | undefined): Answer {
  const change = changeIn(body)
  if (change === undefined)
    return problemAnswer(400, {
      title:
        'Send {"operation": "store.getBasket", "to": "mock"} (backend, or null for back to normal), or {"fallback": "404,501,refused,timeout"}',
    })
  const fallback = change.fallback === undefined ? undefined : fallbackOf(change.fallback)
  if (fallback !== undefined && 'wrong' in fallback)
    return problemAnswer(400, {
      title: `${fallback.wrong.slice(0, 40)} is no reason to fall back. Use none, or statuses such as 404 and 5xx, refused, timeout`,
    })
  if (change.operation !== undefined) {
    const names = graph.apis
      .filter(({ name }) => backends.all.has(name))
      .flatMap(({ contract }) => contract?.operations ?? [])
      .map(nameOf)
    if (!names.includes(change.operation)) {
      const [near] = closest(change.operation, names, 1)
      return problemAnswer(404, {
        title: `No operation with a backend is called ${change.operation.slice(0, 100)}${near === undefined ? '' : `. Did you mean ${near}?`}`,
      })
    }
    backends.set(change.operation, change.to ?? undefined)
  }
  if (fallback !== undefined) backends.setFallback(fallback)
  return jsonAnswer(200, proxyState(backends, graph), NOT_KEPT)
}

interface Change {
  readonly operation?: string
  readonly to?: Answering | null
  readonly fallback?: string
}

function changeIn(body: Uint8Array | undefined): Change | undefined {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body ?? []).toString())
  } catch {
    return undefined
  }
  if (value === null || typeof value !== 'object') return undefined
  const of = (name: string): unknown =>
    Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
  const [operation, to, fallback] = [of('operation'), of('to'), of('fallback')]
  const routed = typeof operation === 'string' && (to === 'mock' || to === 'backend' || to === null)
  if (operation !== undefined && !routed) return undefined
  if (fallback !== undefined && typeof fallback !== 'string') return undefined
  if (operation === undefined && fallback === undefined) return undefined
  return {
    ...(routed && { operation, to }),
    ...(typeof fallback === 'string' && { fallback }),
  }
}
