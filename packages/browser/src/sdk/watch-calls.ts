import { now, onEntries, quietly } from './quietly.ts'

export interface Call {
  readonly operation: string
  readonly name: string
  readonly method: string
  readonly href: string
  readonly view: number
  readonly start: number
  trace?: string
  span?: string
  status?: number
  /** When the answer was there, as far as the page could see. */
  end?: number
  entry?: PerformanceResourceTiming
}

/** As a beacon says it: ok, error, aborted, pending, timeout. */
export type Outcome = 'o' | 'e' | 'a' | 'p' | 't'

/**
 * Watches `fetch` and `XMLHttpRequest`, and what the browser says of their timing. `began` makes the call, or nothing for one
 * that is not watched; `headersOf` gives what to add to its headers, unless somebody else traces it (`parent`); `delayOf` gives
 * the milliseconds that a speed experiment holds it back. Returns how to end what still waits when the page is left.
 */
export function watchCalls(
  began: (method: string, url: string, body?: unknown, start?: number) => Call | undefined,
  ended: (call: Call, outcome: Outcome) => void,
  headersOf: (call: Call, parent?: string | null) => readonly [string, string][],
  delayOf: (call: Call) => number | undefined,
): () => void {
  const waiting = new Set<Call>()
  const installed = now()

  const opened = (method: string, url: string, body: unknown): Call | undefined => {
    const call = began(method.toUpperCase(), url, body)
    if (call) waiting.add(call)
    return call
  }
  /** Without an outcome, its status says it. */
  const closed = (call: Call | undefined, outcome?: Outcome, end = now()): void => {
    if (!call || !waiting.delete(call)) return
    if (outcome) call.end = end
    quietly(() => ended(call, outcome ?? (call.status! > 399 ? 'e' : 'o')))
  }
  /** A browser ends all calls of a page that is about to be left: those are pending, not broken. */
  const failed = (call: Call | undefined, outcome: Outcome): void =>
    void setTimeout(closed, 99, call, outcome, now())
  /** The headers are there; the end is when the browser has all of it. */
  const answered = (call: Call | undefined, status: number): void => {
    if (!call) return
    call.status = status
    call.end = now()
    if (call.entry) closed(call)
  }

  const realFetch = fetch
  const watchedFetch: typeof fetch = function (this: unknown, input, init) {
    let call: Call | undefined
    let hold: number | undefined
    // Where this goes wrong, the page's own `fetch` says what is the matter.
    quietly(() => {
      const request = input instanceof Request ? input : undefined
      const asked = { ...init }
      call = opened(
        asked.method ?? request?.method ?? 'GET',
        request?.url ?? `${input as URL}`,
        asked.body,
      )
      if (!call) return
      const signal = asked.signal ?? request?.signal
      signal?.addEventListener('abort', () =>
        closed(call, signal.reason?.name === 'TimeoutError' ? 't' : 'a'),
      )
      const headers = new Headers(asked.headers ?? request?.headers)
      const added = headersOf(call, headers.get('traceparent'))
      if (added[0] && (asked.mode ?? request?.mode) !== 'no-cors') {
        for (const [name, value] of added) if (!headers.has(name)) headers.set(name, value)
        init = { ...init, headers }
      }
      hold = delayOf(call)
    })
    const go = (): Promise<Response> => realFetch.call(this as Window, input, init)
    const promise = hold ? new Promise((after) => setTimeout(after, hold)).then(go) : go()
    promise.then(
      ({ status }) => answered(call, status),
      () => failed(call, 'e'),
    )
    return promise
  }
  // A page may have frozen it: then the browser's own list of requests has to do.
  quietly(() => (window.fetch = watchedFetch))

  const { prototype } = XMLHttpRequest
  // oxlint-disable-next-line typescript/unbound-method -- they are called with the page's requests
  const { open, send, setRequestHeader } = prototype
  type Opened = [method: string, url: string, later?: unknown, parent?: string]
  const requests = new WeakMap<XMLHttpRequest, Opened>()
  quietly(() => {
    prototype.open = function (this: XMLHttpRequest, ...all: Opened) {
      requests.set(this, [all[0], all[1], all[2]])
      return open.apply(this, all as unknown as Parameters<typeof open>)
    }
    prototype.setRequestHeader = function (name, value) {
      const request = requests.get(this)
      if (request && /^traceparent$/i.test(name)) request[3] = value
      return setRequestHeader.call(this, name, value)
    }
    prototype.send = function (body) {
      let hold: number | undefined
      quietly(() => {
        const [method, url, later, parent] = requests.get(this)!
        const call = opened(method, url, body)
        if (!call) return
        for (const header of headersOf(call, parent)) setRequestHeader.apply(this, header)
        this.addEventListener('load', () => answered(call, this.status))
        for (const type of ['abort', 'timeout', 'error'] as const)
          this.addEventListener(type, () => failed(call, type[0] as Outcome))
        if (later !== false) hold = delayOf(call)
      })
      if (!hold) return send.call(this, body)
      setTimeout(() => quietly(() => send.call(this, body)), hold)
    }
  })

  onEntries('resource', (entry) => {
    const { name, startTime, responseStatus, initiatorType } = entry
    if (!/^(fetch|xml)/.test(initiatorType)) return
    let call: Call | undefined
    for (const one of waiting)
      if (one.href === name && !one.entry && one.start <= startTime + 1) call = one
    // Before this script came, or past it.
    if (!call && (startTime < installed || fetch !== watchedFetch)) {
      call = began('', name, undefined, startTime)
      if (call) {
        waiting.add(call)
        if (responseStatus) call.status = responseStatus
      }
    }
    if (!call) return
    call.entry = entry
    if (call.status || !call.method)
      closed(call, responseStatus === 0 && !call.status ? 'e' : undefined)
  })

  // Where the headers came and nobody read the rest, nobody waited either.
  return () => waiting.forEach((call) => closed(call, call.status ? undefined : 'p'))
}
