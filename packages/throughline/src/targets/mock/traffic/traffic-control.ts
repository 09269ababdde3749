import { nameOf, nodesOfKind, suggestion } from '@throughline/core'
import type { Graph } from '@throughline/core'
import { htmlAnswer, jsonAnswer } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { NOT_KEPT, only } from '../control-answer.ts'
import type { MockRequest } from '../mock.ts'
import { problemAnswer } from '../problem.ts'
import { jsonObjectIn } from '../request-json.ts'
import { callOf } from './call-of.ts'
import type { Exchange, Traffic } from './traffic.ts'
import { callsThat, verdictOn } from './verify.ts'
import type { CallFilter, Expected } from './verify.ts'
import { whyOf } from './why-of.ts'
import { whyPage } from './why-page.ts'

/**
 * What has been asked of the mock:
 *
 *     GET    calls       the last calls; ?operation=, ?session=, ?since=, ?method=, ?path=, ?status=, ?limit=
 *     DELETE calls       forgets them
 *     POST   verify      whether such calls came, and how often
 *     GET    why/<id>    everything about one call
 *     GET    traffic     each call as it comes, as server-sent events
 *
 * `undefined` for any other address.
 */
export function trafficControl(
  place: string,
  request: MockRequest,
  query: string,
  log: Traffic,
  graph: () => Graph,
): Answer | undefined {
  const { method } = request
  if (place === 'calls') {
    if (method === 'DELETE') {
      log.clear()
      return { status: 204, headers: NOT_KEPT, body: undefined }
    }
    return only(method, ['GET', 'HEAD', 'DELETE']) ?? calls(query, log, graph())
  }
  if (place === 'verify') return only(method, ['POST']) ?? verify(request, log, graph())
  if (place === 'traffic') return only(method, ['GET', 'HEAD']) ?? stream(log, graph)
  if (place.startsWith('why/'))
    return only(method, ['GET', 'HEAD']) ?? why(place.slice('why/'.length), request, log, graph())
  return undefined
}

function calls(query: string, log: Traffic, graph: Graph): Answer {
  const given = new URLSearchParams(query)
  const filter = filterIn(Object.fromEntries(given))
  if ('wrong' in filter) return problemAnswer(400, { title: filter.wrong })
  const limit = Number(given.get('limit') ?? MOST_SHOWN)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_SHOWN)
    return problemAnswer(400, { title: `limit is a whole number from 1 to ${MOST_SHOWN}` })
  const found = callsThat(log.all(), filter).slice(-limit)
  return jsonAnswer(
    200,
    { calls: found.map((one) => callOf(one, graph)), last: log.next() - 1 },
    NOT_KEPT,
  )
}

const MOST_SHOWN = 1000

function verify(request: MockRequest, log: Traffic, graph: Graph): Answer {
  const sent = jsonObjectIn(request.body)
  if (sent === undefined)
    return problemAnswer(400, { title: 'Send {"operation": "store.getBasket"}, as JSON' })
  const filter = filterIn(sent)
  if ('wrong' in filter) return problemAnswer(400, { title: filter.wrong })
  const expected = expectedIn(sent)
  if ('wrong' in expected) return problemAnswer(400, { title: expected.wrong })
  const other = Object.keys(sent).find((key) => !KNOWN.includes(key))
  if (other !== undefined)
    return problemAnswer(400, {
      title: `Nothing is known of ${JSON.stringify(other.slice(0, 100))}.${suggestion(other, KNOWN)}`,
    })
  const unknown = unknownOperation(filter, log, graph)
  if (unknown !== undefined) return problemAnswer(404, { title: unknown })
  return jsonAnswer(200, verdictOn(log.all(), filter, expected, graph), NOT_KEPT)
}

const KNOWN: readonly string[] =
  'operation method path status session since query header body exactly atLeast atMost'.split(' ')

/** "Never called" would be right by mistake of an operation that nobody has. */
function unknownOperation(
  { operation }: CallFilter,
  log: Traffic,
  graph: Graph,
): string | undefined {
  if (operation === undefined) return undefined
  const names = Array.from(nodesOfKind(graph, 'operation'), ({ id }) => nameOf(id))
  const isKnown =
    names.includes(operation) ||
    log.all().some(({ told }) => told.operations.some(({ id }) => nameOf(id) === operation))
  return isKnown
    ? undefined
    : `There is no operation ${operation.slice(0, 200)}.${suggestion(operation, names)}`
}

/** Reads a filter that anybody may have sent. */
function filterIn(
  sent: Readonly<Record<string, unknown>>,
): CallFilter | { readonly wrong: string } {
  const filter: { -readonly [Key in keyof CallFilter]: CallFilter[Key] } = {}
  for (const key of ['operation', 'method', 'path', 'session'] as const) {
    const value = own(sent, key)
    if (value === undefined) continue
    if (typeof value !== 'string') return { wrong: `${key} must be a text` }
    filter[key] = value
  }
  for (const key of ['status', 'since'] as const) {
    const value = own(sent, key)
    if (value === undefined) continue
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0)
      return { wrong: `${key} must be a whole number` }
    filter[key] = number
  }
  for (const key of ['query', 'header'] as const) {
    const value = own(sent, key)
    if (value === undefined) continue
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      return { wrong: `${key} must be an object of texts` }
    filter[key] = Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        typeof one === 'string' ? one : JSON.stringify(one),
      ]),
    )
  }
  const body = own(sent, 'body')
  if (body !== undefined) filter.body = body
  return filter
}

function expectedIn(
  sent: Readonly<Record<string, unknown>>,
): Expected | { readonly wrong: string } {
  const expected: { -readonly [Key in keyof Expected]: Expected[Key] } = {}
  for (const key of ['exactly', 'atLeast', 'atMost'] as const) {
    const value = own(sent, key)
    if (value === undefined) continue
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      return { wrong: `${key} must be a whole number` }
    expected[key] = value
  }
  return expected
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function why(id: string, request: MockRequest, log: Traffic, graph: Graph): Answer {
  const exchange = log.get(id)
  const isBrowser = /text\/html/.test(request.header('accept') ?? '')
  if (exchange === undefined)
    return problemAnswer(404, {
      title: `Nobody remembers the call ${id.slice(0, 20)}`,
      detail: 'The mock remembers its last 1,000 calls, until it ends.',
    })
  const told = whyOf(exchange, graph, `http://${request.header('host') ?? 'localhost'}`)
  return isBrowser
    ? htmlAnswer(200, whyPage(told), [...NOT_KEPT, 'Vary', 'Accept'])
    : jsonAnswer(200, told, [...NOT_KEPT, 'Vary', 'Accept'])
}

/** Calls come in bundles: a load test must not be slowed by somebody who watches. */
function stream(log: Traffic, graph: () => Graph): Answer {
  return {
    status: 200,
    headers: ['Content-Type', 'text/event-stream', ...NOT_KEPT],
    body: undefined,
    stream(send) {
      let waiting: Exchange[] = []
      let left = 0
      let timer: ReturnType<typeof setTimeout> | undefined
      const flush = (): void => {
        timer = undefined
        const calls = waiting.map((one) => callOf(one, graph()))
        send(
          `data: ${JSON.stringify({ calls, last: log.next() - 1, ...(left > 0 && { left }) })}\n\n`,
        )
        waiting = []
        left = 0
      }
      flush()
      const stop = log.subscribe((exchange) => {
        if (waiting.length < MOST_AT_ONCE) waiting.push(exchange)
        else left += 1
        timer ??= setTimeout(flush, EVERY).unref()
      })
      const heartbeat = setInterval(() => send(': still here\n\n'), 15_000).unref()
      return () => {
        clearTimeout(timer)
        clearInterval(heartbeat)
        stop()
      }
    },
  }
}

const MOST_AT_ONCE = 100
/** Milliseconds. */
const EVERY = 100
