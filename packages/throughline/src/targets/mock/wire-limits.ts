import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, Server, ServerOptions } from 'node:http'
import type { Duplex } from 'node:stream'
import { problemAnswer } from './problem.ts'
import type { Problem } from './problem.ts'
import { upgradeOf } from './upgrade.ts'

/** How long clients may take, in milliseconds. Uploads that are passed on to a backend take their time. */
export interface WireLimits {
  /** For all headers of a request. */
  readonly headersTimeout: number
  /** For a whole request. */
  readonly requestTimeout: number
}

export const WIRE_LIMITS: WireLimits = { headersTimeout: 20_000, requestTimeout: 300_000 }

/** The options of a server that gives up on clients that send their requests too slowly. */
export function limitedOptions(limits: WireLimits): ServerOptions {
  const { headersTimeout, requestTimeout } = limits
  return {
    keepAlive: true,
    keepAliveTimeout: 65_000,
    headersTimeout,
    requestTimeout,
    shouldUpgradeCallback: ({ headers }) => upgradeOf(headers) !== undefined,
    connectionsCheckingInterval: Math.min(5000, Math.max(20, headersTimeout / 4)),
  }
}

/** Answers what is no request that the mock could see: 431, 408, 413 or 400, each with a body that says what to do. */
export function refuseClearly(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const underWay: unknown = Reflect.get(socket, '_httpMessage')
    const isAnswered =
      underWay !== null &&
      typeof underWay === 'object' &&
      Reflect.get(underWay, 'headersSent') === true
    if (!socket.writable || error.code === 'ECONNRESET' || isAnswered) {
      socket.destroy()
      return
    }
    const [status, problem] = refusalOf(error.code)
    const answer = problemAnswer(status, problem)
    const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Connection: close']
    for (let index = 0; index < answer.headers.length; index += 2)
      lines.push(`${answer.headers[index]!}: ${answer.headers[index + 1]!}`)
    const body = answer.body ?? new Uint8Array()
    lines.push(`Content-Length: ${body.length}`, '', '')
    socket.end(Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body]))
    leaveSoon(socket)
  })
}

function refusalOf(code: string | undefined): [number, Problem] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [
        431,
        { title: 'Send at most 16 KB of headers. Old cookies are the usual reason for more' },
      ]
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return [413, { title: 'Send the chunks of a body without long extensions' }]
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, { title: 'That took too long. Send the whole request at once' }]
    default:
      return [
        400,
        { title: 'This is no HTTP request', ...(code !== undefined && { detail: code }) },
      ]
  }
}

/**
 * Lets a client that is still sending hear the answer first: what comes is thrown away, and after a moment the connection
 * is closed, however much there is. Node would close it with the answer, and what comes then takes the answer with it
 * (RFC 9112, 9.6).
 */
export function hangUpAfter({ socket }: IncomingMessage): void {
  socket.destroySoon = () => {
    socket.end()
    leaveSoon(socket)
  }
}

const MOMENT = 2000

/** Closes a connection after a moment in which the other side may read what was sent. */
export function leaveSoon(socket: Duplex): void {
  const timer = setTimeout(() => socket.destroy(), MOMENT)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}
