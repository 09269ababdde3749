import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { PassThrough, pipeline } from 'node:stream'
import type { Duplex, Readable } from 'node:stream'
import { CannotRun } from '../../cannot-run.ts'
import type { Answer } from './answer.ts'
import { bufferOf } from './buffer-of.ts'
import type { Mock, MockRequest, Wire } from './mock.ts'
import { paced } from './pace.ts'
import { problemAnswer } from './problem.ts'
import { isBodiless } from './response.ts'
import { giveBack } from './text-bytes.ts'
import { switchTo, tunnels } from './tunnels.ts'
import type { Tunnels } from './tunnels.ts'
import { upgradeOf } from './upgrade.ts'
import { hangUpAfter, limitedOptions, refuseClearly, WIRE_LIMITS } from './wire-limits.ts'
import type { WireLimits } from './wire-limits.ts'

export interface ListenOptions {
  /** 0 takes any free port. */
  readonly port?: number
  readonly host?: string
  /** Key and certificate as PEM: then it is https. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined
  /** Bytes of a request body; more is answered with 413. */
  readonly mostBytes?: number
  readonly limits?: WireLimits
}

/** What answers: a mock, or one of its APIs. */
export type Served = Pick<Mock, 'answer' | 'passes'>

export interface Listening {
  /** `http://localhost:4401` */
  readonly url: string
  readonly port: number
  /** Stops taking connections, ends those that are idle, waiting or streaming, and is done when all are gone. */
  close(): Promise<void>
}

/** Serves a mock over HTTP/1.1. Rejects with `CannotRun` (TL9002) when the port or the address is not to be had. */
export function listen(
  mock: Served,
  {
    port = 4401,
    host = '127.0.0.1',
    mostBytes = 20_000_000,
    limits = WIRE_LIMITS,
    tls,
  }: ListenOptions = {},
): Promise<Listening> {
  const held: Held = { bytes: 0 }
  const answered = (request: IncomingMessage, response: ServerResponse): void =>
    serve(mock, request, response, mostBytes, held)
  const server =
    tls === undefined
      ? createServer(limitedOptions(limits), answered)
      : createSecureServer({ ...limitedOptions(limits), ...tls }, answered)
  // Whoever asks before sending is told before sending.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!isTooLong(request, mock, mostBytes)) response.writeContinue()
    serve(mock, request, response, mostBytes, held)
  })
  const switching = tunnels()
  if (CAN_REFUSE_TO_SWITCH)
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      serveSwitch(mock, request, switching.take(request, socket, head), switching),
    )
  refuseClearly(server)
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => reject(cannotListen(error, port, host))
    server.once('error', refused)
    server.listen(port, host, () => {
      server.off('error', refused)
      const taken = portOf(server)
      const name =
        host === '127.0.0.1' || host === '::1' || host === '0.0.0.0' || host === '::'
          ? 'localhost'
          : host
      resolve({
        url: `${tls === undefined ? 'http' : 'https'}://${name.includes(':') ? `[${name}]` : name}:${taken}`,
        port: taken,
        close: () => {
          switching.close()
          return closed(server)
        },
      })
    })
  })
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const why = {
    EADDRINUSE: `Port ${port} is taken. Stop what runs there, or choose another: --port ${port + 10} (0 takes any free one).`,
    EACCES: `Port ${port} may not be opened by this user. Choose one above 1023: --port 4401.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Leave --host out, or use 0.0.0.0 for all addresses.`,
    ENOTFOUND: `The host ${host} is unknown. Leave --host out, or use 0.0.0.0 for all addresses.`,
  }[error.code ?? '']
  return why === undefined ? error : new CannotRun('TL9002', why)
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function serve(
  mock: Served,
  request: IncomingMessage,
  response: ServerResponse,
  mostBytes: number,
  held: Held,
): void {
  const { headers } = request
  // Clients leave in the middle of things; that is their right.
  response.on('error', ignored)
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    answerTo(mock, request, response, undefined)
    return
  }
  if (isTooLong(request, mock, mostBytes)) return refuse(request, response, tooLong(mostBytes))
  const chunks: Buffer[] = []
  let size = 0
  let passed = false
  let refused = false
  const letGo = (): void => {
    held.bytes -= chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    chunks.length = 0
  }
  request.on('data', (chunk: Buffer) => {
    if (passed || refused) return
    size += chunk.length
    if (size > MOST_HELD && size - chunk.length <= MOST_HELD && mock.passes !== undefined) {
      passed = mock.passes(addressOf(request))
      if (passed) {
        request.pause()
        const head = [...chunks, chunk]
        letGo()
        answerTo(mock, request, response, undefined, rest(head, request))
        return
      }
    }
    refused = size > mostBytes || held.bytes + chunk.length > MOST_HELD_AT_ONCE
    if (refused) {
      letGo()
      refuse(request, response, size > mostBytes ? tooLong(mostBytes) : TOO_MANY)
      return
    }
    chunks.push(chunk)
    held.bytes += chunk.length
  })
  request.on('end', () => {
    if (!refused && !passed)
      answerTo(mock, request, response, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
    letGo()
  })
  // Whoever leaves in the middle of a body is an error to those who listen for one.
  request.on('error', letGo)
}

/**
 * Older versions take a connection away from every request that names another protocol, Java's `Upgrade: h2c` too; with
 * them, WebSockets get plain answers.
 */
const CAN_REFUSE_TO_SWITCH = isNodeFrom([22, 21], [24, 9])

function isNodeFrom(...versions: readonly (readonly [number, number])[]): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const same = versions.find(([one]) => one === major)
  return same === undefined ? versions.every(([one]) => major > one) : minor >= same[1]
}

function serveSwitch(
  mock: Served,
  request: IncomingMessage,
  response: ServerResponse | undefined,
  { isFull }: Tunnels,
): void {
  if (response === undefined) return
  response.on('error', ignored)
  if (isFull()) send(request, response, TOO_MANY_SWITCHED)
  else answerTo(mock, request, response, undefined, undefined, upgradeOf(request.headers))
}

const TOO_MANY_SWITCHED: Answer = problemAnswer(
  503,
  { title: 'Too many WebSockets are open at once. Close some, or try again in a moment' },
  ['Retry-After', '1'],
)

function ignored(): void {}

/** Bytes of bodies that are coming in, over all connections. */
interface Held {
  bytes: number
}

const MOST_HELD_AT_ONCE = 200_000_000

/** Whether a request says itself that it is too long. One that is passed on may be as long as it likes. */
function isTooLong(request: IncomingMessage, mock: Served, mostBytes: number): boolean {
  return (
    Number(request.headers['content-length'] ?? 0) > mostBytes &&
    mock.passes?.(addressOf(request)) !== true
  )
}

function tooLong(mostBytes: number): Answer {
  const title = `Send at most ${Math.round(mostBytes / 1e6)} MB`
  return problemAnswer(413, { title }, ['Connection', 'close'])
}

const TOO_MANY: Answer = problemAnswer(
  503,
  { title: 'Too many long bodies are coming in at once. Try again in a moment' },
  ['Retry-After', '1', 'Connection', 'close'],
)

function refuse(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  request.resume()
  hangUpAfter(request)
  send(request, response, answer)
}

function answerTo(
  mock: Served,
  request: IncomingMessage,
  response: ServerResponse,
  body: Uint8Array | undefined,
  upload?: Readable,
  upgrade?: string,
): void {
  const { headers } = request
  const { method, url, header } = addressOf(request)
  try {
    const answer = mock.answer(
      mock.passes === undefined
        ? { method, url, header, body, headers, upgrade }
        : { method, url, header, body, headers, upgrade, wire: wireOf(request, response, upload) },
    )
    if (!(answer instanceof Promise)) return give(mock, request, response, answer)
    answer.then(
      (one) => give(mock, request, response, one),
      (error: unknown) => send(request, response, bug(error)),
    )
  } catch (error) {
    send(request, response, bug(error))
  }
}

function give(
  mock: Served,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): void {
  if (answer.speaks === undefined) send(request, response, answer)
  else void talkGraphql(mock, request, response)
}

/** Few need it, so that it is loaded when somebody asks. */
async function talkGraphql(
  mock: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { overSocket } = await import('./graphql-socket.ts')
  overSocket(mock, pathOf(request.url ?? '/'), request, response)
}

/** Bodies above this size are passed on to a backend while they come. */
const MOST_HELD = 1_000_000

/** What has come of a body, and then the rest of it. */
function rest(head: readonly Buffer[], request: IncomingMessage): Readable {
  const whole = new PassThrough()
  for (const chunk of head) whole.write(chunk)
  request.on('error', (error) => whole.destroy(error))
  request.on('aborted', () => whole.destroy(new Error('the client has left')))
  return request.pipe(whole)
}

function wireOf(request: IncomingMessage, response: ServerResponse, upload?: Readable): Wire {
  const { socket, rawHeaders } = request
  return {
    headers: rawHeaders,
    remote: socket.remoteAddress,
    encrypted: 'encrypted' in socket && socket.encrypted === true,
    onGone: (act) => response.once('close', act),
    ...(upload !== undefined && { upload }),
  }
}

function addressOf({
  headers,
  method = 'GET',
  url = '/',
}: IncomingMessage): Pick<MockRequest, 'method' | 'url' | 'header'> {
  return {
    method,
    url: pathOf(url),
    header(name) {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
  }
}

/** A request line may hold a whole URL (RFC 9112, 3.2.2). */
function pathOf(url: string): string {
  if (url.startsWith('/')) return url
  return URL.canParse(url) ? new URL(url).pathname + new URL(url).search : `/${url}`
}

/** One wrong answer must not end the server. */
function bug(error: unknown): Answer {
  const detail =
    error instanceof Error ? error.stack?.split('\n').slice(0, 4).join(' ') : String(error)
  return problemAnswer(500, {
    title: 'The mock has a bug. Please report it, with the request that led here',
    detail: detail ?? '',
  })
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { tunnel } = answer
  if (tunnel !== undefined) response.once('close', () => tunnel.socket.destroy())
  if (answer.delay === undefined || answer.delay <= 0) return act(request, response, answer)
  const timer = setTimeout(() => act(request, response, answer), answer.delay)
  response.once('close', () => clearTimeout(timer))
}

function act(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, fault, stream, flow, tunnel, passed, pace }: Answer,
): void {
  const { socket } = response
  if (fault === 'timeout' || response.destroyed) return // the client gives up, or `close` ends it
  if (fault === 'reset') return reset(socket)
  if (tunnel !== undefined) return switchTo(response, tunnel, headers)
  const bodiless = isBodiless(status) || request.method === 'HEAD'
  if (flow !== undefined && bodiless) flow.destroy()
  if (flow !== undefined && !bodiless) {
    response.writeHead(status, [...headers])
    response.flushHeaders()
    // Cut in the middle there, cut in the middle here.
    pipeline(flow, response, () => {})
    return
  }
  if (stream !== undefined && !bodiless) {
    response.writeHead(status, [...headers])
    response.flushHeaders()
    const stop = stream(
      (chunk) => {
        // Whoever does not read would fill the memory.
        if (response.writableLength > MOST_WAITING) response.destroy()
        else response.write(chunk)
      },
      (cut) => {
        if (!cut) response.end()
        // A reset would take with it what was sent and not read yet.
        else response.destroy()
      },
    )
    response.once('close', stop)
    return
  }
  const length = body?.length ?? 0
  // A backend has said itself how long the body would be.
  const said = isBodiless(status) || (passed === true && request.method === 'HEAD')
  const whole = headers.slice()
  if (!said) whole.push('Content-Length', String(length))
  response.writeHead(status, whole)
  if (bodiless || body === undefined) {
    response.end()
    return
  }
  if (pace !== undefined) {
    const cut = fault === 'truncate'
    const sent = cut ? body.subarray(0, Math.floor(length / 2)) : body
    const stop = paced(sent, pace, (piece, last) => {
      if (!last) response.write(piece)
      else if (cut) response.write(piece, () => socket?.destroy())
      else response.end(piece)
    })
    response.once('close', stop)
    return
  }
  if (fault === 'truncate') {
    response.write(body.subarray(0, Math.floor(length / 2)), () => socket?.destroy())
    return
  }
  // Head and body as one text go out in one piece; a text and bytes are two, and take longer.
  if (length > MOST_IN_ONE) response.end(body)
  else response.end(bufferOf(body).toString('latin1'), 'latin1')
  // Where nothing waits for the client, the system has it all.
  if (length <= MOST_IN_ONE || response.writableLength === 0) giveBack(body)
}

/** Of longer bodies the text takes longer to make than the second piece to send. */
const MOST_IN_ONE = 3000

/** Bytes that wait for a slow client. */
const MOST_WAITING = 4_000_000

/** RST, as a crashed process or a cut line leaves it: `fetch` sees ECONNRESET. */
function reset(socket: Socket | null): void {
  if (socket === null) return
  if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy()
  else socket.destroy()
}
