import { Pool, type Dispatcher } from 'undici'
import { decompressed } from '../../decompressed.ts'
import type { Answered, Exchange, Failed, Send } from './exchange.ts'
import type { HeaderList } from './identities.ts'

export interface SendOptions {
  /** `https://staging.store.example/api`: where the paths of the contract begin. */
  readonly target: string
  /** How many requests are under way at once. */
  readonly connections: number
  /** Milliseconds until the whole answer must be there. */
  readonly within?: number
  /** Bytes of an answer that are read, compressed or not. */
  readonly most?: number
  /** Headers for every request: `User-Agent`, a tenant. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Takes a server's certificate as it is. */
  readonly insecure?: boolean
}

export interface Sender {
  readonly send: Send
  /** Sends what is no operation's, anywhere; nothing of the target's goes along. */
  readonly plain: (
    request: {
      readonly method: string
      readonly url: URL
      readonly headers: HeaderList
      readonly body: Uint8Array | undefined
    },
    signal?: AbortSignal,
  ) => Promise<Answered | Failed>
  readonly close: () => Promise<void>
}

/**
 * Sends cases to one target over kept connections. Redirects are answers, not followed: a contract describes them, and a
 * credential must not travel. Whatever a server does, it is an outcome and not an error of ours.
 */
export function senderTo({
  target,
  connections,
  within = 10_000,
  most = 5_000_000,
  headers = [],
  insecure = false,
}: SendOptions): Sender {
  const base = new URL(target)
  const prefix = base.pathname.replace(/\/+$/, '')
  const pools = new Map<string, Pool>()
  const poolOf = (origin: string): Pool => {
    let pool = pools.get(origin)
    if (pool === undefined) {
      pool = new Pool(origin, {
        connections,
        pipelining: 1,
        headersTimeout: within,
        bodyTimeout: within,
        connect: { timeout: within, rejectUnauthorized: !insecure },
        keepAliveTimeout: 20_000,
      })
      pools.set(origin, pool)
    }
    return pool
  }
  const pool = poolOf(base.origin)
  return {
    async close() {
      await Promise.all([...pools.values()].map((one) => one.destroy()))
    },
    plain: ({ method, url, headers: own, body }, signal) =>
      outcomeOf(
        poolOf(url.origin),
        { path: url.pathname + url.search, method, headers: own.flat(), body },
        { within, most, signal },
      ),
    async send(one, signal) {
      const { request, origin } = one
      const query = request.query === '' ? '' : `?${request.query}`
      const path = `${origin === undefined ? prefix : ''}${request.path}${query}`
      const sent = [...headers, ...request.headers, ...(one.credentials ?? [])]
      const at = Date.now()
      const from = performance.now()
      const outcome = await outcomeOf(
        origin === undefined ? pool : poolOf(origin),
        { path, method: request.method, headers: sent.flat(), body: request.body },
        { within, most, signal },
      )
      return {
        case: one,
        url: (origin ?? base.origin) + path,
        sent,
        at,
        ms: performance.now() - from,
        outcome,
      } satisfies Exchange
    },
  }
}

interface Limits {
  readonly within: number
  readonly most: number
  readonly signal: AbortSignal | undefined
}

interface Asked {
  readonly path: string
  readonly method: string
  readonly headers: string[]
  readonly body: Uint8Array | undefined
}

/** By hand and not through a stream: tens of thousands of small answers are read in a run. */
function outcomeOf(
  pool: Pool,
  { path, method, headers, body }: Asked,
  { within, most, signal }: Limits,
): Promise<Answered | Failed> {
  return new Promise((settle) => {
    let controller: Dispatcher.DispatchController | undefined
    let isOver = false
    let status = 0
    let names: Map<string, string> = new Map()
    const chunks: Buffer[] = []
    let bytes = 0
    const end = (outcome: Answered | Failed): void => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', late)
      settle(outcome)
    }
    const leave = (outcome: Answered | Failed): void => {
      end(outcome)
      controller?.abort(leaving)
    }
    const late = (): void =>
      leave({
        kind: 'failed',
        why: 'timeout',
        message: `the answer was not whole within ${Math.round(within / 100) / 10} seconds`,
      })
    const answered = (plain: Uint8Array | undefined): Answered => ({
      kind: 'answered',
      status,
      headers: names,
      body: plain ?? new Uint8Array(),
      bytes,
      cut: plain === undefined,
    })
    const timer = setTimeout(late, within)
    if (signal?.aborted === true) return late()
    signal?.addEventListener('abort', late, { once: true })
    try {
      pool.dispatch(
        { path, method, headers, body: body ?? null },
        {
          onRequestStart(one) {
            controller = one
            if (isOver) one.abort(leaving)
          },
          onResponseStart(_one, code, given) {
            if (code < 200) return
            status = code
            names = new Map(
              Object.entries(given).map(([name, value]) => [
                name.toLowerCase(),
                Array.isArray(value) ? value.join(', ') : (value ?? ''),
              ]),
            )
          },
          onResponseData(_one, chunk) {
            chunks.push(chunk)
            bytes += chunk.length
            if (bytes > most) leave(answered(undefined))
          },
          onResponseEnd() {
            const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
            end(answered(decompressed(whole, names.get('content-encoding'), most)))
          },
          onResponseError(_one, error) {
            end(failureOf(error))
          },
        },
      )
    } catch (error) {
      end(failureOf(error))
    }
  })
}

const leaving = new Error('enough of it is known')

function failureOf(error: unknown): Failed {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const failed = (why: Failed['why'], message: string): Failed => ({ kind: 'failed', why, message })
  switch (code) {
    case 'ECONNREFUSED':
      return failed('refused', 'nothing listens there')
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failed('refused', 'there is no such host')
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return failed('refused', 'it cannot be reached from here')
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'ETIMEDOUT':
      return failed('timeout', 'the answer took too long')
    case 'UND_ERR_HEADERS_OVERFLOW':
      return failed('garbage', 'its headers are longer than any client reads')
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return failed('garbage', 'the body is not as long as Content-Length says')
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return failed('reset', 'the connection was cut before the answer was whole')
  }
  if (code.startsWith('HPE_') || (cause instanceof Error && cause.name === 'HTTPParserError'))
    return failed('garbage', 'what came is no HTTP answer')
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code))
    return failed('tls', `its certificate is not trusted (${code})`)
  return failed(
    'reset',
    cause instanceof Error ? cause.message.slice(0, 200) : 'the connection failed',
  )
}
