import type { Graph, Operation } from '@throughline/core'
import { nameOf } from '@throughline/core'
import { decompressed } from '../../../decompressed.ts'
import type { Exchange } from '../traffic/traffic.ts'
import { redactionOf } from '@throughline/core'
import type { RedactedHeader as Header, Redaction } from '@throughline/core'

/** One call as it may be written down: redacted. */
export interface Recorded {
  readonly operation?: Operation
  /** RFC 3339. */
  readonly started: string
  readonly ms: number
  readonly method: string
  readonly url: string
  readonly requestHeaders: readonly Header[]
  /** `undefined` where there was none, or it is left out. */
  readonly requestBody?: string
  readonly status: number
  readonly responseHeaders: readonly Header[]
  readonly responseBody?: string
  /** Bytes as they were. */
  readonly sent: number
  readonly received: number
  /** `store.getBasket`; why something is left out. */
  readonly notes: readonly string[]
  readonly answeredBy: 'backend' | 'mock'
}

/** What may be written down of an exchange. */
export function recordedOf(exchange: Exchange, graph: Graph): Recorded {
  const redaction = redactionOfGraph(graph)
  const { answer, told } = exchange
  const [operation] = told.operations
  const notes: string[] = []
  const requestHeaders = headersOf(exchange.headers)
  const responseHeaders = pairsOf(answer.headers)
  const requestBody = bodyOf(exchange.body, exchange.sent, requestHeaders)
  const responseBody = bodyOf(answer.body, undefined, responseHeaders)
  const host = requestHeaders.find(({ name }) => name === 'host')?.value ?? 'localhost'
  const clean = (side: string, body: Body, status?: string): string | undefined => {
    if (body.kind === 'none') return undefined
    const text =
      body.kind === 'text' ? redaction.body(operation, body.type, body.text, status) : undefined
    if (text === undefined)
      notes.push(
        `the body of the ${side} is left out: ${body.kind === 'text' ? `${body.type || 'an unknown type'} cannot be looked through` : body.why}`,
      )
    return text
  }
  const status = operation === undefined ? undefined : describedBy(operation, answer.status)
  const asked = clean('request', requestBody)
  const told2 = answer.flow === undefined ? clean('answer', responseBody, status ?? '') : undefined
  // What breaks the contract is said with its value.
  const withoutValues = (said: string): string =>
    [[requestBody, undefined] as const, [responseBody, status ?? ''] as const].reduce(
      (clean, [body, of]) =>
        body.kind === 'text' ? redaction.about(operation, body.type, body.text, of)(clean) : clean,
      said,
    )
  if (answer.flow !== undefined) notes.push('the body of the answer is left out: it was streamed')
  return {
    ...(operation !== undefined && { operation }),
    started: new Date(exchange.at).toISOString(),
    ms: Math.round((exchange.work + (answer.delay ?? 0)) * 1000) / 1000,
    method: exchange.method,
    url: redaction.url(operation, `http://${host}${exchange.url}`),
    requestHeaders: redaction.headers(operation, requestHeaders),
    ...(asked !== undefined && { requestBody: asked }),
    status: answer.status,
    responseHeaders: redaction.headers(operation, responseHeaders).map(({ name, value }) => ({
      name,
      value: name.toLowerCase() === 'throughline-violation' ? withoutValues(value) : value,
    })),
    ...(told2 !== undefined && { responseBody: told2 }),
    sent: exchange.sent,
    received: answer.body?.length ?? -1,
    notes: [...told.operations.map((one) => nameOf(one.id)), ...notes],
    answeredBy: told.because.kind === 'backend' ? 'backend' : 'mock',
  }
}

const redactions = new WeakMap<Graph, Redaction>()

function redactionOfGraph(graph: Graph): Redaction {
  let redaction = redactions.get(graph)
  if (redaction === undefined) redactions.set(graph, (redaction = redactionOf(graph)))
  return redaction
}

/** Which response of the contract a status is: `200`, `4XX`, `default`. */
export function describedBy(operation: Operation, status: number): string | undefined {
  const known = operation.responses().map((one) => one.status)
  return [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((one) =>
    known.includes(one),
  )
}

type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string; readonly type: string }
  | { readonly kind: 'left-out'; readonly why: string }

function bodyOf(
  bytes: Uint8Array | undefined,
  whole: number | undefined,
  headers: readonly Header[],
): Body {
  if (bytes === undefined || bytes.length === 0) return { kind: 'none' }
  if (whole !== undefined && whole > bytes.length)
    return { kind: 'left-out', why: 'it is too long' }
  const of = (wanted: string): string =>
    headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? ''
  const plain = decompressed(Buffer.from(bytes), of('content-encoding'))
  if (plain === undefined) return { kind: 'left-out', why: 'it cannot be decompressed' }
  return { kind: 'text', text: plain.toString(), type: of('content-type') }
}

function headersOf(headers: Exchange['headers']): readonly Header[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined
      ? []
      : (typeof value === 'string' ? [value] : value).map((one) => ({ name, value: one })),
  )
}

function pairsOf(headers: readonly string[]): readonly Header[] {
  return headers.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, value: headers[index + 1] ?? '' }] : [],
  )
}
