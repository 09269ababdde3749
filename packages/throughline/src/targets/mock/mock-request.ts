import type { Readable } from 'node:stream'

/** A request before anybody has looked at it. */
export interface MockRequest {
  readonly method: string
  /** Path and query, as in the request line. */
  readonly url: string
  /** A header by its lower-case name; several lines joined by `, `. */
  readonly header: (name: string) => string | undefined
  readonly body?: Uint8Array | undefined
  /** The body as it came, where `body` is what it was before somebody compressed it. */
  readonly compressed?: Uint8Array
  /** All headers by their lower-case names, for those who read along. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The protocol that the client would like to switch to: `websocket`. */
  readonly upgrade?: string | undefined
  /** The API whose own port it came to. */
  readonly api?: string
  /** The client's side of it, where `passes` says that a backend may answer. */
  readonly wire?: Wire
}

/** What is needed of a connection to pass a request on. */
export interface Wire {
  /** As they came: name, value, name, value. */
  readonly headers: readonly string[]
  /** The client's address. */
  readonly remote?: string | undefined
  readonly encrypted: boolean
  /** Runs when the client has left, or has all that it wanted. */
  readonly onGone: (act: () => void) => void
  /** A body that is too large to hold. */
  readonly upload?: Readable
}
