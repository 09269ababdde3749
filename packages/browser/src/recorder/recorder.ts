import { followed, newPlace, type FieldUse, type Place } from './followed.ts'
import { plain } from './plain.ts'

/** A call as the page made it. */
export interface SentCall {
  readonly method: string
  /** Absolute. */
  readonly url: string
  /** Where it was a text. */
  readonly body?: string
}

export interface RecorderOptions {
  /** What a call is counted under; `undefined` leaves its answer alone. */
  readonly nameOf: (call: SentCall) => string | undefined
  /**
   * Whether a field path is in the contract. Given, nothing else is told: keys it does not know can be personal data and
   * become `*`.
   */
  readonly isKnown?: (name: string, path: string) => boolean
  /** Where a call really goes: for a page that is served from another place than its own. */
  readonly sentTo?: (url: string) => string
}

/** What was read of the answers of one operation since it was last taken. */
export interface ReadFields {
  readonly name: string
  readonly answers: number
  /** Field paths as journeys write them: `items[].price.amount`, `header:Link`. */
  readonly fields: Readonly<Record<string, FieldUse>>
}

export interface Recorder {
  /** The same data, with its reads counted: for apps whose cache copies every answer before anybody reads it. */
  track<Data>(data: Data, name: string): Data
  /** What was read since the last time, and forgets it. */
  take(): readonly ReadFields[]
  /** Puts everything back. Answers that are followed already stay so, and count for nobody. */
  stop(): void
}

/** Names that are counted under at a time; after a long session what was answered first is no longer followed. */
const mostNames = 500
/** Texts of answers that may still be parsed. */
const mostTexts = 12
/** Headers that libraries ask for whatever the page shows. */
const plumbing =
  /^(content-(type|length|encoding|disposition)|set-cookie|date|etag|cache-control|x-request-id)$/i

interface Seen {
  readonly name: string
  readonly place: Place
}

/**
 * Counts which fields of answers a page reads, whether it uses fetch, XMLHttpRequest or a library over them: JSON is
 * recognised by its text when it is parsed. Nothing is sent anywhere; `take` hands out paths and counts, never values.
 */
export function startRecorder(options: RecorderOptions): Recorder {
  const places = new Map<string, { place: Place; headers: Map<string, number>; answers: number }>()
  const responses = new WeakMap<Response, Seen>()
  const requests = new WeakMap<XMLHttpRequest, { call: SentCall; seen?: Seen }>()
  const headerOwners = new WeakMap<Headers, string>()
  let texts: { text: string; readonly seen: Seen }[] = []
  const undo: (() => void)[] = []

  function startedBy(call: SentCall): Seen | undefined {
    const name = options.nameOf(call)
    if (name === undefined) return undefined
    return { name, place: countsOf(name).place }
  }

  function countsOf(name: string): { place: Place; headers: Map<string, number>; answers: number } {
    let counts = places.get(name)
    if (counts === undefined)
      places.set(name, (counts = { place: newPlace(), headers: new Map(), answers: 0 }))
    return counts
  }

  function follow<Value>(value: Value, { name }: Seen): Value {
    const counts = countsOf(name)
    counts.answers++
    return followed(value, counts.place)
  }

  function remember(text: string, seen: Seen): void {
    if (text.length < 2) return
    texts = texts.filter((one) => one.text !== text)
    texts.push({ text, seen })
    if (texts.length > mostTexts) texts.shift()
  }

  function replace<Owner extends object, Key extends keyof Owner>(
    owner: Owner,
    key: Key,
    make: (before: Owner[Key]) => Owner[Key],
  ): void {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key)
    if (descriptor === undefined || descriptor.configurable !== true) return
    Object.defineProperty(owner, key, { ...descriptor, value: make(owner[key]) })
    undo.push(() => Object.defineProperty(owner, key, descriptor))
  }

  function replaceGetter<Owner extends object>(
    owner: Owner,
    key: keyof Owner & string,
    make: (before: (this: Owner) => unknown) => (this: Owner) => unknown,
  ): void {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key)
    // oxlint-disable-next-line typescript/unbound-method -- called with its owner below
    const before = descriptor?.get
    if (descriptor === undefined || before === undefined || descriptor.configurable !== true) return
    Object.defineProperty(owner, key, { ...descriptor, get: make(before) })
    undo.push(() => Object.defineProperty(owner, key, descriptor))
  }

  replace(
    JSON,
    'parse',
    (before) =>
      function parseFollowed(this: unknown, text: string, reviver?: never) {
        const value: unknown = before.call(JSON, text, reviver)
        if (typeof text !== 'string' || typeof value !== 'object' || value === null) return value
        const found = texts.find((one) => one.text === text)
        return found === undefined ? value : follow(value, found.seen)
      } as typeof JSON.parse,
  )

  replace(
    globalThis,
    'fetch',
    (before) =>
      function fetchFollowed(input: RequestInfo | URL, init?: RequestInit) {
        const call = callOf(input, init)
        const seen = call === undefined ? undefined : startedBy(call)
        const there = call === undefined ? undefined : options.sentTo?.(call.url)
        const next =
          there === undefined || there === call?.url
            ? input
            : input instanceof Request
              ? new Request(there, input)
              : there
        const answer = before.call(globalThis, next, init)
        if (seen === undefined) return answer
        return answer.then((response) => {
          // What a refusal says is a state of the screen, not a need.
          if (response.status < 400) {
            responses.set(response, seen)
            headerOwners.set(response.headers, seen.name)
          }
          return response
        })
      },
  )

  const response = Response.prototype
  replace(
    response,
    'text',
    (before) =>
      async function textFollowed(this: Response) {
        const text = await before.call(this)
        const seen = responses.get(this)
        if (seen !== undefined) remember(text, seen)
        return text
      },
  )
  replace(
    response,
    'json',
    (before) =>
      async function jsonFollowed(this: Response) {
        const value: unknown = await before.call(this)
        const seen = responses.get(this)
        return seen === undefined ? value : follow(value, seen)
      },
  )
  replace(
    response,
    'clone',
    (before) =>
      function cloneFollowed(this: Response) {
        const copy = before.call(this)
        const seen = responses.get(this)
        if (seen !== undefined) {
          responses.set(copy, seen)
          headerOwners.set(copy.headers, seen.name)
        }
        return copy
      },
  )
  // Who reads the stream decodes the text by hand: a second reader learns it first.
  const streamed = new WeakSet<Response>()
  replaceGetter(
    response,
    'body',
    (before) =>
      function bodyFollowed(this: Response) {
        const seen = responses.get(this)
        if (
          seen !== undefined &&
          !streamed.has(this) &&
          !this.bodyUsed &&
          /[/+]json\b/i.test(this.headers.get('content-type') ?? '')
        ) {
          streamed.add(this)
          void listen(before.call(this.clone()) as Response['body'], seen)
        }
        return before.call(this)
      },
  )
  replace(
    Headers.prototype,
    'get',
    (before) =>
      function getFollowed(this: Headers, name: string) {
        const owner = headerOwners.get(this)
        const value = before.call(this, name)
        if (owner !== undefined && value !== null && !plumbing.test(name)) {
          const { headers } = countsOf(owner)
          headers.set(name.toLowerCase(), (headers.get(name.toLowerCase()) ?? 0) + 1)
        }
        return value
      },
  )

  if (typeof XMLHttpRequest !== 'undefined') {
    const xhr = XMLHttpRequest.prototype
    replace(
      xhr,
      'open',
      (before) =>
        function openFollowed(
          this: XMLHttpRequest,
          method: string,
          url: string | URL,
          ...rest: [boolean?, string?, string?]
        ) {
          const absolute = new URL(url, document.baseURI).href
          requests.set(this, { call: { method: method.toUpperCase(), url: absolute } })
          const there = options.sentTo?.(absolute)
          return before.call(
            this,
            method,
            there === undefined || there === absolute ? url : there,
            ...((rest.length === 0 ? [true] : rest) as [boolean]),
          )
        },
    )
    replace(
      xhr,
      'send',
      (before) =>
        function sendFollowed(
          this: XMLHttpRequest,
          body?: Document | XMLHttpRequestBodyInit | null,
        ) {
          const request = requests.get(this)
          if (request !== undefined) {
            const call = { ...request.call, ...(typeof body === 'string' && { body }) }
            const seen = startedBy(call)
            requests.set(this, { call, ...(seen !== undefined && { seen }) })
          }
          return before.call(this, body)
        },
    )
    replaceGetter(
      xhr,
      'responseText',
      (before) =>
        function textOfXhr(this: XMLHttpRequest) {
          const text = before.call(this)
          const seen = requests.get(this)?.seen
          if (seen !== undefined && isAnswered(this) && typeof text === 'string')
            remember(text, seen)
          return text
        },
    )
    replaceGetter(
      xhr,
      'response',
      (before) =>
        function responseOfXhr(this: XMLHttpRequest) {
          const value = before.call(this)
          const seen = requests.get(this)?.seen
          if (seen === undefined || !isAnswered(this)) return value
          if (typeof value === 'string') remember(value, seen)
          else if (this.responseType === 'json') return follow(value, seen)
          return value
        },
    )
    replace(
      xhr,
      'getResponseHeader',
      (before) =>
        function headerOfXhr(this: XMLHttpRequest, name: string) {
          const value = before.call(this, name)
          const seen = requests.get(this)?.seen
          if (seen !== undefined && value !== null && !plumbing.test(name)) {
            const { headers } = countsOf(seen.name)
            headers.set(name.toLowerCase(), (headers.get(name.toLowerCase()) ?? 0) + 1)
          }
          return value
        },
    )
  }

  // What clones by structure refuses a proxy: it gets the object behind it, and nobody notices.
  for (const [owner, keys] of cloning())
    for (const key of keys)
      replace(
        owner,
        key,
        (before) =>
          function cloneable(this: unknown, ...rest: unknown[]): unknown {
            try {
              return before.apply(this, rest)
            } catch (error) {
              if (!(error instanceof DOMException) || error.name !== 'DataCloneError') throw error
              return before.apply(this, [plain(rest[0]), ...rest.slice(1)])
            }
          },
      )

  return {
    track: (data, name) => {
      const seen = { name, place: countsOf(name).place }
      // Its owner may hold it elsewhere: what is followed is a copy.
      return follow(plain(data) as typeof data, seen)
    },
    take() {
      const taken: ReadFields[] = []
      for (const [name, counts] of places) {
        const fields: Record<string, FieldUse> = {}
        for (const [header, read] of counts.headers)
          fields[`header:${titled(header)}`] = { read, copied: 0, missed: 0 }
        gather(counts.place, '', (path, use) => {
          const told = toldPath(name, path)
          const before = fields[told] ?? { read: 0, copied: 0, missed: 0 }
          fields[told] = {
            read: before.read + use.read,
            copied: before.copied + use.copied,
            missed: before.missed + use.missed,
          }
        })
        if (counts.answers > 0 || Object.keys(fields).length > 0)
          taken.push({ name, answers: counts.answers, fields })
        counts.answers = 0
        counts.headers.clear()
      }
      for (const name of places.keys()) {
        if (places.size <= mostNames) break
        places.delete(name)
      }
      return taken
    },
    stop() {
      for (let one = undo.pop(); one !== undefined; one = undo.pop()) one()
      texts = []
      places.clear()
    },
  }

  async function listen(stream: ReadableStream<Uint8Array> | null, seen: Seen): Promise<void> {
    const entry = { text: '', seen }
    texts.push(entry)
    if (texts.length > mostTexts) texts.shift()
    const decoder = new TextDecoder()
    const reader = stream?.getReader()
    try {
      for (;;) {
        const part = await reader?.read()
        if (part === undefined || part.done) break
        entry.text += decoder.decode(part.value, { stream: true })
      }
    } catch {
      // The page has given the call up.
    }
  }

  /** The longest beginning that the contract knows, with `*` for what follows. */
  function toldPath(name: string, path: string): string {
    const { isKnown } = options
    if (isKnown === undefined || isKnown(name, path)) return path
    const parts = path.split('.')
    for (let end = parts.length - 1; end > 0; end--) {
      const beginning = parts.slice(0, end).join('.')
      if (isKnown(name, beginning)) return `${beginning}.*`
    }
    return '*'
  }

  function callOf(input: RequestInfo | URL, init?: RequestInit): SentCall | undefined {
    try {
      const url = new URL(input instanceof Request ? input.url : input, document.baseURI).href
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
      const body = init?.body
      return { method: method.toUpperCase(), url, ...(typeof body === 'string' && { body }) }
    } catch {
      return undefined // an address that fetch will refuse
    }
  }

  /** Counts of every place that was used, set back to nothing. */
  function gather(place: Place, path: string, tell: (path: string, use: FieldUse) => void): void {
    for (const [key, inner] of place.inner) {
      const below = key === '[]' ? `${path}[]` : `${path}${path === '' ? '' : '.'}${quoted(key)}`
      if (inner.read + inner.copied + inner.missed > 0) {
        tell(below, { read: inner.read, copied: inner.copied, missed: inner.missed })
        inner.read = inner.copied = inner.missed = 0
      }
      gather(inner, below, tell)
    }
  }

  function isAnswered({ readyState, status }: XMLHttpRequest): boolean {
    return readyState === 4 && status < 400
  }

  function quoted(key: string): string {
    return /^[^."[\]{}]+$/.test(key) ? key : `"${key.replace(/["\\]/g, String.raw`\$&`)}"`
  }

  function titled(header: string): string {
    return header.replace(
      /(^|-)([a-z])/g,
      (_, dash: string, letter: string) => dash + letter.toUpperCase(),
    )
  }

  type Cloner = Record<string, (this: unknown, ...rest: unknown[]) => unknown>

  function cloning(): readonly (readonly [Cloner, readonly string[]])[] {
    const owners: (readonly [unknown, readonly string[]])[] = [
      [globalThis, ['structuredClone', 'postMessage']],
      [globalThis.History?.prototype, ['pushState', 'replaceState']],
      [globalThis.IDBObjectStore?.prototype, ['put', 'add']],
      [globalThis.IDBCursor?.prototype, ['update']],
      [globalThis.BroadcastChannel?.prototype, ['postMessage']],
      [globalThis.MessagePort?.prototype, ['postMessage']],
      [globalThis.Worker?.prototype, ['postMessage']],
      [globalThis.ServiceWorker?.prototype, ['postMessage']],
    ]
    return owners.filter((one): one is readonly [Cloner, readonly string[]] => one[0] !== undefined)
  }
}
