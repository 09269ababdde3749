import { startRecorder, type SentCall } from './recorder.ts'

/** What a page tells about itself: the form of `Observation` in core. */
export type Told = Readonly<Record<string, unknown>> & { readonly kind: string }

export interface WatchOptions {
  /** Origins whose calls are watched; the page's own is always one. */
  readonly origins: readonly string[]
  readonly tell: (told: readonly Told[]) => void
  /** How it is told when the page is left; like everything else unless said. */
  readonly leave?: (told: readonly Told[]) => void
  readonly sentTo?: (url: string) => string
}

/** Answers larger than this are not looked at. */
const largest = 3_000_000
const waiting = ['[aria-busy=true]', '[data-state=loading]', '[role=progressbar]', '.skeleton']

/**
 * Watches an app while somebody clicks through it: screens, calls with their answers, which fields were read on which
 * screen, and what people were told when a call failed.
 */
export function watchApp({ origins, tell, leave = tell, sentTo }: WatchOptions): void {
  const watched = new Set([...origins, location.origin])
  const queue: Told[] = []
  /** Where links lead that were told of. */
  const linked = new Set<string>()
  let acted = -Infinity
  let shown = ''
  let named = false
  let timer: ReturnType<typeof setTimeout> | undefined

  // Its own looks at answers must not count as the page's.
  const parse = JSON.parse
  const { clone, text: textOf } = unbound(Response.prototype, 'clone', 'text')
  const recorder = startRecorder({ nameOf, ...(sentTo !== undefined && { sentTo }) })
  const page = globalThis as unknown as { throughline?: object }
  Object.assign((page.throughline ??= {}), {
    track: (data: unknown, name: string) => recorder.track(data, name),
  })
  const followed = globalThis.fetch
  globalThis.fetch = function fetchWatched(input: RequestInfo | URL, init?: RequestInit) {
    const call = sentBy(input, init)
    const answer = followed.call(globalThis, input, init)
    if (call === undefined || nameOf(call) === undefined) return answer
    void look(answer, call, begin(), authOf(input, init))
    return answer
  }

  const opening = new WeakMap<XMLHttpRequest, { method: string; url: string; auth?: string }>()
  const xhr = XMLHttpRequest.prototype
  const { open, send, setRequestHeader } = unbound(xhr, 'open', 'send', 'setRequestHeader')
  xhr.open = function openWatched(this: XMLHttpRequest, ...rest: unknown[]) {
    opening.set(this, {
      method: String(rest[0]).toUpperCase(),
      url: new URL(String(rest[1]), document.baseURI).href,
    })
    return open.apply(this, rest)
  }
  xhr.setRequestHeader = function headerWatched(this: XMLHttpRequest, name: string, value: string) {
    const auth = authIn(name, value)
    const call = opening.get(this)
    if (auth !== undefined && call !== undefined) call.auth = auth
    return setRequestHeader.call(this, name, value)
  }
  xhr.send = function sendWatched(this: XMLHttpRequest, body?: unknown) {
    const request = opening.get(this)
    const call =
      request === undefined ? undefined : { ...request, ...(typeof body === 'string' && { body }) }
    if (call !== undefined && nameOf(call) !== undefined) {
      const began = begin()
      this.addEventListener('loadend', () => {
        if (this.status === 0) return
        const headers = new Headers()
        for (const line of this.getAllResponseHeaders()
          .trim()
          .split(/[\r\n]+/)) {
          const colon = line.indexOf(':')
          if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
        }
        if (!isJson(headers) && this.status < 400 && this.status !== 204) return
        const text =
          this.responseType === 'json'
            ? JSON.stringify(this.response)
            : this.responseType === '' || this.responseType === 'text'
              ? this.responseText
              : ''
        finish(call, began, now() - began.at, this.status, headers, text, request?.auth)
      })
    }
    return send.call(this, body)
  }

  for (const name of ['click', 'keydown', 'change', 'submit', 'pointerdown'])
    addEventListener(name, () => (acted = now()), { capture: true, passive: true })
  for (const name of ['pushState', 'replaceState'] as const) {
    const before = history[name].bind(history)
    history[name] = (...rest: Parameters<History['pushState']>) => {
      before(...rest)
      screen('move')
    }
  }
  addEventListener('popstate', () => screen('move'))
  addEventListener('hashchange', () => screen('move'))
  addEventListener('pagehide', () => {
    if (!named) name()
    flush(leave)
  })
  screen('load')

  async function look(
    answer: Promise<Response>,
    call: SentCall,
    began: Began,
    auth: string | undefined,
  ): Promise<void> {
    try {
      const response = await answer
      const ms = now() - began.at
      const { status, headers } = response
      if (isJson(headers)) {
        const copy = clone.call(response) as Response
        finish(call, began, ms, status, headers, (await textOf.call(copy)) as string, auth)
      } else if (status === 204 || status >= 400) {
        finish(call, began, ms, status, headers, '', auth)
      }
    } catch {
      // The call was given up, or nobody answered.
    }
  }

  function screen(via: 'load' | 'move'): void {
    const route = /^#!?\//.test(location.hash) ? location.hash.split('?', 1)[0]! : ''
    const path = location.pathname + route
    if (path === shown) return
    tellReads()
    shown = path
    named = false
    put({ kind: 'screen', at: Date.now(), path, via })
    setTimeout(name, 250)
    setTimeout(name, 1_000)
  }

  function name(): void {
    named = true
    const heading = document.querySelector('main h1, h1')?.textContent?.trim().slice(0, 120) ?? ''
    put({ kind: 'named', title: document.title.slice(0, 120), heading })
    const paths = new Set<string>()
    for (const { origin, pathname, hash } of document.querySelectorAll('a')) {
      const route = /^#!?\//.test(hash) ? hash.split('?', 1)[0]! : ''
      const path = pathname + route
      if (origin === location.origin && paths.size < 60 && !linked.has(path)) paths.add(path)
    }
    for (const one of paths) if (linked.size < 2_000) linked.add(one)
    if (paths.size > 0) put({ kind: 'links', paths: [...paths] })
  }

  function begin(): Began {
    const began: Began = { at: now(), acted: now() - acted < 250, waited: undefined, on: shown }
    setTimeout(() => {
      began.waited = waiting.find((one) => document.querySelector(one) !== null)
    }, 30)
    return began
  }

  function finish(
    call: SentCall,
    began: Began,
    ms: number,
    status: number,
    headers: Headers,
    text: string,
    auth: string | undefined,
  ): void {
    const body = text.length > largest ? undefined : parsed(text)
    const asked = call.body === undefined ? undefined : parsed(call.body)
    const link = headers.has('link') ? ['Link'] : []
    const told: Told = {
      kind: 'call',
      at: Math.round(began.at),
      ms: Math.round(ms),
      method: call.method,
      url: call.url,
      status,
      type: (headers.get('content-type') ?? '').split(';')[0]!.trim(),
      size: text.length,
      on: began.on,
      acted: began.acted,
      ...(asked !== undefined && { sent: asked }),
      ...(body !== undefined && { body }),
      ...(link.length > 0 && { headers: link }),
      ...(auth !== undefined && { auth }),
      ...(began.waited !== undefined && { waited: began.waited }),
    }
    if (status < 400) return put(told)
    // What people are told comes a moment after the answer.
    setTimeout(() => {
      const alert = document.querySelector('[role=alert], [aria-invalid=true]')
      const words = alert?.textContent?.trim().replace(/\s+/g, ' ').slice(0, 120) ?? ''
      const test = alert?.getAttribute('role') === 'alert' ? 'role=alert' : '[aria-invalid=true]'
      put(
        alert === null
          ? told
          : { ...told, told: { text: words || 'The message beside the field', test } },
      )
    }, 200)
  }

  function put(one: Told): void {
    queue.push(one)
    timer ??= setTimeout(() => flush(), 400)
  }

  function tellReads(): void {
    for (const { name: of, fields } of recorder.take())
      if (Object.keys(fields).length > 0) queue.push({ kind: 'reads', name: of, fields })
  }

  function flush(to = tell): void {
    clearTimeout(timer)
    timer = undefined
    tellReads()
    if (queue.length > 0) to(queue.splice(0))
  }
  setInterval(() => flush(), 1_000)

  function parsed(text: string): unknown {
    try {
      return parse(text) as unknown
    } catch {
      return undefined
    }
  }

  function nameOf({ method, url, body }: SentCall): string | undefined {
    if (!URL.canParse(url)) return undefined
    const { origin } = new URL(url)
    if (!watched.has(origin) || method === 'OPTIONS' || url.includes('/_throughline/'))
      return undefined
    const [address = ''] = url.split(/[?#]/, 1)
    const operation =
      body === undefined ? undefined : /"operationName"\s*:\s*"(\w+)"/.exec(body)?.[1]
    return `${method} ${address}${operation === undefined ? '' : ` ${operation}`}`
  }

  function sentBy(input: RequestInfo | URL, init?: RequestInit): SentCall | undefined {
    try {
      const url = new URL(input instanceof Request ? input.url : input, document.baseURI).href
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
      const body = init?.body
      return { method: method.toUpperCase(), url, ...(typeof body === 'string' && { body }) }
    } catch {
      return undefined
    }
  }

  function authOf(input: RequestInfo | URL, init?: RequestInit): string | undefined {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}))
    for (const [header, value] of headers) {
      const auth = authIn(header, value)
      if (auth !== undefined) return auth
    }
    return undefined
  }
}

interface Began {
  readonly at: number
  readonly acted: boolean
  waited: string | undefined
  /** The screen that asked: an answer may come when it has been left. */
  readonly on: string
}

/** Methods to be called with the object that they belong to. */
function unbound<Name extends string>(
  owner: object,
  // oxlint-disable-next-line no-unused-vars -- says which methods there are
  ..._: readonly Name[]
): Readonly<Record<Name, (this: unknown, ...rest: unknown[]) => unknown>> {
  return owner as never
}

/** How a caller says who it is: never what it says. */
function authIn(header: string, value: string): string | undefined {
  if (/^authorization$/i.test(header))
    return /^bearer /i.test(value) ? 'bearer' : /^basic /i.test(value) ? 'basic' : 'Authorization'
  return /^x-(api-key|auth-token|access-token)$/i.test(header) ? header : undefined
}

function isJson(headers: Headers): boolean {
  return /[/+]json\b/i.test(headers.get('content-type') ?? '')
}

function now(): number {
  return performance.timeOrigin + performance.now()
}
