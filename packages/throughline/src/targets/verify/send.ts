import { Pool, type Dispatcher } from 'undici'
import { decompressed } from '../../decompressed.ts'
import { shareRead, type Answered, type Failed, type Send } from './exchange.ts'
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
  const ending = endingOf(within)
  const headersOf = headerMemory()
  const known = answerMemory()

  return {
    async close() {
      ending.close()
      await Promise.all([...pools.values()].map((one) => one.destroy()))
    },
    plain: ({ method, url, headers: own, body }, signal) =>
      new Promise((settle) =>
        dispatch(
          poolOf(url.origin),
          { path: url.pathname + url.search, method, headers: own.flat(), body: body ?? null },
          signal,
          settle,
        ),
      ),
    send: (one, signal) =>
      new Promise((settle) => {
        const { request, origin, credentials = [] } = one
        const query = request.query === '' ? '' : `?${request.query}`
        const path = `${origin === undefined ? prefix : ''}${request.path}${query}`
        const sent =
          headers.length === 0 && credentials.length === 0
            ? request.headers
            : [...headers, ...request.headers, ...credentials]
        const flat: string[] = []
        for (const [name, value] of sent) flat.push(name, value)
        const at = Date.now()
        const from = performance.now()
        dispatch(
          origin === undefined ? pool : poolOf(origin),
          { path, method: request.method, headers: flat, body: request.body ?? null },
          signal,
          (outcome) =>
            settle({
              case: one,
              url: (origin ?? base.origin) + path,
              sent,
              at,
              ms: performance.now() - from,
              outcome,
            }),
        )
      }),
  }

  function dispatch(
    to: Pool,
    asked: Dispatcher.DispatchOptions,
    signal: AbortSignal | undefined,
    settle: (outcome: Answered | Failed) => void,
  ): void {
    const one = new Underway(settle, { most, within, signal, ending, headersOf, known })
    if (signal?.aborted === true) return one.late()
    try {
      to.dispatch(asked, one)
    } catch (error) {
      one.end(failureOf(error))
    }
  }
}

interface Limits {
  readonly most: number
  readonly within: number
  readonly signal: AbortSignal | undefined
  readonly ending: Ending
  readonly headersOf: HeadersOf
  readonly known: (answer: Answered) => Answered
}

/** One request on its way. By hand and not through a stream: tens of thousands of small answers are read in a run. */
class Underway implements Dispatcher.DispatchHandler {
  /** When it must be whole, on the clock of `performance`. */
  readonly due: number
  /** Where `Ending` keeps it. */
  place = 0
  readonly #limits: Limits
  #settle: ((outcome: Answered | Failed) => void) | undefined
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #headers: Answered['headers'] = noHeaders
  #first: Buffer | undefined
  #more: Buffer[] | undefined
  #bytes = 0

  constructor(settle: (outcome: Answered | Failed) => void, limits: Limits) {
    this.#settle = settle
    this.#limits = limits
    this.due = performance.now() + limits.within
    limits.ending.watch(this)
  }

  get signal(): AbortSignal | undefined {
    return this.#limits.signal
  }

  late(): void {
    this.#leave({
      kind: 'failed',
      why: 'timeout',
      message: `the answer was not whole within ${Math.round(this.#limits.within / 100) / 10} seconds`,
    })
  }

  end(outcome: Answered | Failed): void {
    const settle = this.#settle
    if (settle === undefined) return
    // The connection remembers its last request for a while: not also what came of it.
    this.#settle = undefined
    this.#limits.ending.forget(this)
    settle(outcome)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#settle === undefined) controller.abort(leaving)
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: GivenHeaders,
  ): void {
    if (status < 200) return
    this.#status = status
    this.#headers = this.#limits.headersOf(status, headers)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#first === undefined) this.#first = chunk
    else (this.#more ??= [this.#first]).push(chunk)
    this.#bytes += chunk.length
    if (this.#bytes > this.#limits.most) this.#leave(this.#answered(undefined))
  }

  onResponseEnd(): void {
    const whole = this.#more === undefined ? (this.#first ?? noBody) : Buffer.concat(this.#more)
    const encoding = this.#headers.get('content-encoding')
    const { most, known } = this.#limits
    this.end(known(this.#answered(decompressed(whole, encoding, most))))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end(failureOf(error))
  }

  #answered(plain: Uint8Array | undefined): Answered {
    return {
      kind: 'answered',
      status: this.#status,
      headers: this.#headers,
      body: plain ?? noBody,
      bytes: this.#bytes,
      cut: plain === undefined,
    }
  }

  #leave(outcome: Answered | Failed): void {
    this.end(outcome)
    this.#controller?.abort(leaving)
  }
}

const noBody = Buffer.alloc(0)
const noHeaders: Answered['headers'] = new Map()

interface Ending {
  /** From now on it ends when its time is over, and with its signal. */
  readonly watch: (one: Underway) => void
  readonly forget: (one: Underway) => void
  readonly close: () => void
}

/**
 * One timer and one listener for all requests. A listener for each hangs in a chain through the signal, and a set leaves one of its old
 * tables behind at each turn: both keep every answer alive until the next big collection of garbage. A list does not.
 */
function endingOf(within: number): Ending {
  const underway: Underway[] = []
  const heard = new WeakSet<AbortSignal>()
  let timer: NodeJS.Timeout | undefined

  return {
    watch(one) {
      one.place = underway.push(one) - 1
      timer ??= wake(within)
      const { signal } = one
      if (signal === undefined || heard.has(signal)) return
      heard.add(signal)
      const stop = (): void => {
        for (const each of underway.filter((other) => other.signal === signal)) each.late()
      }
      signal.addEventListener('abort', stop, { once: true })
    },
    forget(one) {
      const last = underway.pop()
      if (last === undefined || last === one) return
      underway[one.place] = last
      last.place = one.place
    },
    close: () => clearTimeout(timer),
  }

  /** Sockets keep the process alive while something is under way; a timer that was left over must not. */
  function wake(ms: number): NodeJS.Timeout {
    return setTimeout(look, ms).unref()
  }

  function look(): void {
    timer = undefined
    const now = performance.now()
    for (const one of underway.filter(({ due }) => due <= now)) one.late()
    if (underway.length > 0) timer = wake(Math.min(...underway.map(({ due }) => due)) - now)
  }
}

type GivenHeaders = Readonly<Record<string, string | string[] | undefined>>
type HeadersOf = (status: number, given: GivenHeaders) => Answered['headers']

/** Answers of one status mostly have the same headers: they are then the same map. */
function headerMemory(): HeadersOf {
  const last = new Map<number, Remembered>()

  return (status, given) => {
    const before = last.get(status)
    if (before !== undefined && isSame(before.given, before.map.size, given)) return before.map
    const map = new Map<string, string>()
    for (const [name, value] of Object.entries(given))
      map.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? ''))
    last.set(status, { given, map })
    return map
  }
}

interface Remembered {
  readonly given: GivenHeaders
  readonly map: Answered['headers']
}

/** Lists of values are never the same: a server that sets cookies sets others each time. */
function isSame(before: GivenHeaders, size: number, given: GivenHeaders): boolean {
  let count = 0
  for (const name in given) {
    if (before[name] !== given[name]) return false
    count++
  }
  return count === size
}

/** Many answers say the same, byte for byte: what was read of one need not be read of the next. */
function answerMemory(): (answer: Answered) => Answered {
  const last = new Map<number, Answered>()

  return (answer) => {
    const { status, headers, body, cut } = answer
    if (cut || body.length === 0 || body.length > longestKnown) return answer
    const key = body.length * 1000 + status
    const before = last.get(key)
    if (
      before !== undefined &&
      before.headers.get('content-type') === headers.get('content-type') &&
      Buffer.compare(before.body, body) === 0
    ) {
      shareRead(before, answer)
      return answer
    }
    if (last.size >= mostKnown) last.clear()
    last.set(key, answer)
    return answer
  }
}

const longestKnown = 20_000
const mostKnown = 200

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
