import type { Duplex, Readable } from 'node:stream'
import type { Because, Told } from './traffic/told.ts'

/** What goes over the wire for one call, and what happens to it on the way. */
export interface Answer {
  readonly status: number
  /** Name, value, name, value: written as they stand. Content-Length is added by whoever sends it. */
  readonly headers: readonly string[]
  readonly body: Uint8Array | undefined
  /** Milliseconds to wait before the first byte. */
  readonly delay?: number
  /**
   * A body that takes its time: sends chunks until the function that it returns is called, or until it says that it is
   * over: at its end, or cut off in the middle.
   */
  readonly stream?: (send: (chunk: string) => void, finish?: (cut: boolean) => void) => () => void
  /** A body that comes by and by and ends, such as a backend's. */
  readonly flow?: Readable
  /** The line to a backend that has switched to another protocol, as the status 101 says. */
  readonly tunnel?: Tunnel
  /** The connection switches to WebSockets, and speaks GraphQL over them. */
  readonly speaks?: 'graphql'
  /** It is a backend's, or says why there is none: headers stand as they are, and nothing is made of it. */
  readonly passed?: boolean
  readonly fault?: SocketFault
  /** How fast the body goes out; at once where nothing is said. */
  readonly pace?: Pace
  /** Whether the answer depends on nothing but method and URL, so that it may be kept and sent again. */
  readonly lasting?: boolean
  /** What the content is made of. */
  readonly because?: Because
  /** What was decided for it; absent for the mock's own addresses. */
  readonly told?: Told
}

/** A connection that speaks no HTTP any more. Whoever takes it ends it. */
export interface Tunnel {
  readonly socket: Duplex
  /** What came over it right after the switch. */
  readonly head: Uint8Array
}

/** So many bytes, then a rest of so many milliseconds. */
export interface Pace {
  readonly bytes: number
  readonly every: number
}

/** What can happen to a connection: no answer ever, cut before one, cut in the middle of the body. */
export type SocketFault = 'timeout' | 'reset' | 'truncate'

/** An answer with other headers and body, and with what was decided for it. Done for every answer, so the usual kind is spelled out. */
export function answerWith(
  answer: Answer,
  headers: readonly string[],
  told: Told,
  body: Uint8Array | undefined,
): Answer {
  const { status, lasting, because, delay, fault, stream, flow, tunnel, passed, pace } = answer
  return lasting !== undefined &&
    because !== undefined &&
    delay === undefined &&
    fault === undefined &&
    stream === undefined &&
    flow === undefined &&
    tunnel === undefined &&
    passed === undefined &&
    pace === undefined
    ? { status, headers, body, lasting, because, told }
    : { ...answer, headers, body, told }
}

const encoder = new TextEncoder()

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: readonly string[] = [],
  type = 'application/json',
): Answer {
  return {
    status,
    headers: ['Content-Type', type, ...headers],
    body: encoder.encode(JSON.stringify(value)),
  }
}

export function htmlAnswer(status: number, html: string, headers: readonly string[] = []): Answer {
  return {
    status,
    headers: [
      'Content-Type',
      'text/html; charset=utf-8',
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      ...headers,
    ],
    body: encoder.encode(html),
  }
}

export function headerOf(answer: Answer, name: string): string | undefined {
  const wanted = name.toLowerCase()
  for (let index = 0; index < answer.headers.length; index += 2) {
    if (answer.headers[index]!.toLowerCase() === wanted) return answer.headers[index + 1]
  }
  return undefined
}

/** Headers without those of these names, given in lower case. */
export function withoutHeaders(
  headers: readonly string[],
  names: ReadonlySet<string>,
): readonly string[] {
  return headers.filter((_, index) => !names.has(headers[index - (index % 2)]!.toLowerCase()))
}

/** The names of headers, in lower case. */
export function headerNames(headers: readonly string[]): ReadonlySet<string> {
  return new Set(headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()))
}

/** A text that may stand in a header: one line, visible characters of Latin-1; others become `?`. */
export function headerText(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[^\u0020-\u007e\u00a0-\u00ff]/gu, '?')
}
