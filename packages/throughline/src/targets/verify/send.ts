import { Pool } from 'undici'
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

async function outcomeOf(
  pool: Pool,
  { path, method, headers, body }: Asked,
  { within, most, signal }: Limits,
): Promise<Answered | Failed> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), within)
  const ended = (): void => late.abort()
  signal?.addEventListener('abort', ended, { once: true })
  try {
    const answer = await pool.request({
      path,
      method,
      headers,
      body: body ?? null,
      signal: late.signal,
    })
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > most) break // ends the connection
    }
    const names = new Map(
      Object.entries(answer.headers).map(([name, value]) => [
        name.toLowerCase(),
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    )
    const plain =
      bytes > most
        ? undefined
        : decompressed(Buffer.concat(chunks), names.get('content-encoding'), most)
    return {
      kind: 'answered',
      status: answer.statusCode,
      headers: names,
      body: plain ?? new Uint8Array(),
      bytes,
      cut: plain === undefined,
    }
  } catch (error) {
    return late.signal.aborted
      ? {
          kind: 'failed',
          why: 'timeout',
          message: `the answer was not whole within ${Math.round(within / 100) / 10} seconds`,
        }
      : failureOf(error)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', ended)
  }
}

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
