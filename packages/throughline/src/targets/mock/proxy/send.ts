import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import type { Tunnel } from '../answer.ts'

/** One backend, with connections that are kept open. */
export interface Backend {
  readonly api: string
  /** What paths are added to. The only place that anything is ever sent to. */
  readonly base: URL
  /** Milliseconds until the head of an answer must be there, and until each next piece of it. */
  readonly timeout: number
  send(message: Message): Promise<Reply>
  /** Ends its connections. */
  close(): void
}

/** The head of an answer, with its body to come. */
interface Reply {
  readonly answer: IncomingMessage
  /** It has switched to the protocol that was asked for: then there is no body. */
  readonly tunnel?: Tunnel
}

interface Message {
  readonly method: string
  /** Below the base, with its query: `/basket?page=2`. */
  readonly target: string
  /** Name, value, name, value. */
  readonly headers: readonly string[]
  readonly body: Uint8Array | undefined
  /** A body that is too large to hold. */
  readonly upload?: Readable | undefined
  /** A switch to another protocol is asked for. */
  readonly upgrade?: boolean
  readonly signal: AbortSignal
}

export interface BackendOptions {
  /** Milliseconds until the head of an answer must be there. */
  readonly timeout: number
  /** Takes any certificate. */
  readonly insecure: boolean
}

/** No answer came, and why. */
export class NoAnswer extends Error {
  readonly kind: 'refused' | 'timeout' | 'certificate' | 'gone'

  constructor(kind: NoAnswer['kind'], message: string) {
    super(message)
    this.name = 'NoAnswer'
    this.kind = kind
  }
}

/** A backend at an address; redirects are not followed, and no proxy of the environment is used. */
export function backendAt(api: string, base: URL, { timeout, insecure }: BackendOptions): Backend {
  const secure = base.protocol === 'https:'
  const agent = secure
    ? new HttpsAgent({ keepAlive: true, maxSockets: 128, rejectUnauthorized: !insecure })
    : new HttpAgent({ keepAlive: true, maxSockets: 128 })
  const home = base.pathname.replace(/\/+$/, '')
  const start = secure ? httpsRequest : httpRequest

  const once = (message: Message, again: boolean): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const request = start({
        hostname: base.hostname.replace(/^\[|\]$/g, ''),
        port: base.port === '' ? (secure ? 443 : 80) : Number(base.port),
        method: message.method,
        path: `${home}${asciiOf(message.target)}` || '/',
        headers: [...message.headers],
        agent,
      })
      const timer = setTimeout(() => {
        request.destroy(
          new NoAnswer('timeout', `${base.host} gave no answer within ${inSeconds(timeout)}`),
        )
      }, timeout)
      const leave = (): void => {
        request.destroy(new NoAnswer('gone', 'the client has left'))
      }
      const end = (): void => clearTimeout(timer)
      message.signal.addEventListener('abort', leave, { once: true })
      if (message.signal.aborted) leave()
      request.on('response', (answer) => {
        end()
        answer.once('close', () => message.signal.removeEventListener('abort', leave))
        resolve({ answer })
      })
      request.on('upgrade', (answer, socket, head) => {
        end()
        message.signal.removeEventListener('abort', leave)
        if (message.upgrade === true) return resolve({ answer, tunnel: { socket, head } })
        socket.destroy()
        reject(new NoAnswer('refused', `${base.host} wants to speak another protocol`))
      })
      request.on('error', (error: NodeJS.ErrnoException) => {
        end()
        // A connection that was kept open may have been closed at the other end meanwhile.
        if (
          again &&
          request.reusedSocket &&
          error.code === 'ECONNRESET' &&
          message.upload === undefined
        )
          return resolve(once(message, false))
        reject(error instanceof NoAnswer ? error : refusedBy(base, error))
      })
      if (message.upload === undefined) request.end(message.body)
      else {
        message.upload.on('error', () => request.destroy())
        message.upload.pipe(request)
      }
    })

  return {
    api,
    base,
    timeout,
    send: (message) => once(message, true),
    close: () => agent.destroy(),
  }
}

/** A request line holds visible ASCII only (RFC 9112, 3.2). */
function asciiOf(target: string): string {
  return target.replace(/[^\u0021-\u007e]/gu, (one) => {
    const code = one.codePointAt(0)!
    // Node reads a request line as Latin-1: each character stands for a byte.
    if (code > 0xff) return encodeURIComponent(one.toWellFormed())
    return `%${code.toString(16).toUpperCase().padStart(2, '0')}`
  })
}

function inSeconds(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`
}

function refusedBy(base: URL, error: NodeJS.ErrnoException): NoAnswer {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : ''
  const certificate = CERTIFICATE[code]
  if (certificate !== undefined || /^(CERT_|ERR_TLS_CERT)/.test(code))
    return new NoAnswer(
      'certificate',
      `${base.host} shows a certificate that cannot be trusted: ${certificate ?? (inner as Error).message}`,
    )
  const words =
    REFUSED[code] ?? (inner instanceof Error ? inner.message.slice(0, 200) : 'it failed')
  return new NoAnswer('refused', `${base.host} did not answer: ${words}`)
}

const CERTIFICATE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'nobody vouches for it but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'somebody unknown vouches for it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it is not known who vouches for it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'it is not known who vouches for it',
  UNABLE_TO_GET_ISSUER_CERT: 'it is not known who vouches for it',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it was made for another host',
}

const REFUSED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name could not be resolved',
  ETIMEDOUT: 'the connection took too long',
  EHOSTUNREACH: 'it cannot be reached from here',
  ENETUNREACH: 'it cannot be reached from here',
  EPROTO: 'it does not speak TLS',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP',
}
