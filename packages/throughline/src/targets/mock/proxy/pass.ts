import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import type { Readable } from 'node:stream'
import { isJsonType } from '@throughline/core'
import type { Answered } from '@throughline/core'
import type { MockRequest } from '../mock.ts'
import type { Tunnel } from '../answer.ts'
import { isBodiless } from '../response.ts'
import { decompressed } from '../../../decompressed.ts'
import { forwardedHeaders } from './forwarded-headers.ts'
import { returnedHeaders } from './returned-headers.ts'
import { NoAnswer } from './send.ts'
import type { Backend } from './send.ts'

/** An answer of a backend, as far as it is here. */
export interface Passed {
  readonly status: number
  /** For the client. */
  readonly headers: readonly string[]
  /** The whole body as it came (perhaps compressed); `undefined` where it has none or it flows. */
  readonly body: Uint8Array | undefined
  /** The rest of a body that is too large to hold, or must not wait. */
  readonly flow?: Readable
  readonly tunnel?: Tunnel
  /** What a validator may look at; for a body that flows, later. */
  readonly answered: Answered | Promise<Answered>
}

export interface Passing {
  readonly backend: Backend
  /** Below the backend's base. */
  readonly target: string
  readonly request: MockRequest
  /** Where the mock serves the API: `/store`, or `''`. */
  readonly prefix: string
  readonly ownCors: boolean
}

/** Sends a request to its backend and takes the answer in. Rejects with `NoAnswer` where none comes. */
export async function pass({
  backend,
  target,
  request,
  prefix,
  ownCors,
}: Passing): Promise<Passed> {
  const { wire, method, header, upgrade } = request
  const upload = wire?.upload
  const gone = new AbortController()
  wire?.onGone(() => gone.abort())
  const body = request.compressed ?? request.body
  const headers = forwardedHeaders(
    {
      headers: wire?.headers ?? headersKnown(header),
      remote: wire?.remote,
      encrypted: wire?.encrypted ?? false,
      prefix,
    },
    backend.base.host,
    upload === undefined ? (body?.length ?? (takesBody(method) ? 0 : undefined)) : undefined,
  )
  if (upload !== undefined && header('content-length') === undefined)
    headers.push('Transfer-Encoding', 'chunked')
  if (upgrade !== undefined) headers.push(...switchingTo(upgrade))
  const { answer, tunnel } = await backend.send({
    method,
    target,
    headers,
    body,
    upload,
    upgrade: upgrade !== undefined,
    signal: gone.signal,
  })
  const scheme = wire?.encrypted === true ? 'https' : 'http'
  const seen = {
    base: backend.base,
    origin: `${scheme}://${header('host') ?? 'localhost'}`,
    prefix,
    ownCors,
  }
  const returned = returnedHeaders(answer.rawHeaders, seen)
  if (tunnel === undefined) return taken(answer, method, returned, backend)
  returned.push(...switchingTo(answer.headers.upgrade ?? upgrade ?? ''))
  const answered = { status: 101, header: () => undefined, body: '', opaque: true }
  return { status: 101, headers: returned, body: undefined, tunnel, answered }
}

/** These belong to each connection, so they are written anew for each (RFC 9110, 7.8). */
function switchingTo(protocol: string): readonly string[] {
  return ['Connection', 'Upgrade', 'Upgrade', protocol]
}

async function taken(
  answer: IncomingMessage,
  method: string,
  returned: string[],
  backend: Backend,
): Promise<Passed> {
  const status = answer.statusCode ?? 502
  const of = (name: string): string | undefined => {
    const value = answer.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
  const told = (body: Buffer | undefined, opaque = false): Answered => {
    const plain = body === undefined ? undefined : decompressed(body, of('content-encoding'))
    const hidden = opaque || (body !== undefined && plain === undefined)
    return { status, header: of, body: plain?.toString() ?? '', opaque: hidden }
  }
  if (method === 'HEAD' || isBodiless(status)) {
    answer.resume()
    return {
      status,
      headers: returned,
      body: undefined,
      answered: told(undefined, method === 'HEAD'),
    }
  }
  const type = of('content-type') ?? ''
  const length = Number(of('content-length') ?? NaN)
  const isJson = isJsonType(type)
  // What nobody looks into, and what comes by and by, is passed on as it comes.
  if ((!isJson && !(length <= MOST_SMALL)) || length > MOST_HELD)
    return flowing(
      // Events come when they come.
      /event-stream|multipart\/x-mixed|json-seq|jsonl|ndjson/i.test(type)
        ? (answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>)
        : watched(answer, backend),
      status,
      returned,
      [],
      isJson,
      told,
    )
  const head: Buffer[] = []
  let size = 0
  const iterator = watched(answer, backend)
  for (;;) {
    const next = await iterator.next()
    if (next.done === true) {
      const body = Buffer.concat(head)
      return { status, headers: withoutLength(returned), body, answered: told(body) }
    }
    head.push(next.value)
    size += next.value.length
    if (size > MOST_HELD) return flowing(iterator, status, returned, head, isJson, told)
  }
}

/** JSON up to this size is looked at before it is passed on, so that the answer can say what is wrong with it. */
const MOST_HELD = 1_000_000
/** JSON up to this size is looked at while it is passed on. */
const MOST_LATER = 16_000_000
/** Anything else up to this size is held: an error page, a small form. */
const MOST_SMALL = 64_000

/** The chunks of an answer; an end to waiting for one that stops in the middle. */
function watched(answer: IncomingMessage, { base, timeout }: Backend): AsyncIterator<Buffer> {
  const chunks = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const stopped = new NoAnswer('timeout', `${base.host} stopped in the middle of its answer`)
  return {
    async next() {
      const timer = setTimeout(() => answer.destroy(stopped), timeout)
      try {
        return await chunks.next()
      } catch (error) {
        if (error instanceof NoAnswer) throw error
        throw new NoAnswer('refused', `${base.host} cut its answer off in the middle`)
      } finally {
        clearTimeout(timer)
      }
    },
    return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
  }
}

function flowing(
  iterator: AsyncIterator<Buffer>,
  status: number,
  headers: string[],
  head: readonly Buffer[],
  isJson: boolean,
  told: (body: Buffer | undefined, opaque?: boolean) => Answered,
): Passed {
  const seen: Buffer[] = [...head]
  let size = head.reduce((sum, one) => sum + one.length, 0)
  let tell: (answered: Answered) => void = () => {}
  const answered = new Promise<Answered>((resolve) => {
    tell = resolve
  })
  const flow = new PassThrough()
  void (async () => {
    flow.once('close', () => void iterator.return?.())
    try {
      for (const chunk of head) flow.write(chunk)
      for (;;) {
        const next = await iterator.next()
        if (next.done === true) break
        size += next.value.length
        if (isJson && size <= MOST_LATER) seen.push(next.value)
        else seen.length = 0
        if (!flow.write(next.value) && !(await drained(flow))) break
      }
      flow.end()
      tell(
        isJson && size <= MOST_LATER && !flow.destroyed
          ? told(Buffer.concat(seen))
          : told(undefined, true),
      )
    } catch (error) {
      // Cut in the middle at the other end: the client sees the same.
      flow.destroy(error instanceof Error ? error : undefined)
      tell(told(undefined, true))
    }
  })()
  return { status, headers, body: undefined, flow, answered }
}

/** Whether there is room again; `false` when the other side has left. */
function drained(flow: PassThrough): Promise<boolean> {
  if (flow.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    const finish = (): void => {
      flow.off('drain', finish)
      flow.off('close', finish)
      resolve(!flow.destroyed)
    }
    flow.once('drain', finish)
    flow.once('close', finish)
  })
}

function takesBody(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH'
}

function withoutLength(headers: readonly string[]): string[] {
  return headers.filter(
    (_, index) => headers[index - (index % 2)]!.toLowerCase() !== 'content-length',
  )
}

/** Where only single headers can be asked for: those that an API is likely to need. */
function headersKnown(header: (name: string) => string | undefined): readonly string[] {
  const names = [
    'accept',
    'accept-language',
    'authorization',
    'content-type',
    'cookie',
    'host',
    'if-match',
    'if-none-match',
  ]
  return names.flatMap((name) => {
    const value = header(name)
    return value === undefined ? [] : [name, value]
  })
}
