import type { Case } from './case.ts'

/** What came back for a case, or why nothing did. */
export interface Exchange {
  readonly case: Case
  /** The whole address. */
  readonly url: string
  /** As they were sent, credentials included: mask them before they are shown or written. */
  readonly sent: readonly (readonly [name: string, value: string])[]
  /** Milliseconds since 1970. */
  readonly at: number
  /** From the first byte sent to the last received, milliseconds. */
  readonly ms: number
  readonly outcome: Answered | Failed
}

export interface Answered {
  readonly kind: 'answered'
  readonly status: number
  /** By lower-case name; several lines joined by `, `. */
  readonly headers: ReadonlyMap<string, string>
  /** Decompressed, and no longer than the sender's limit. */
  readonly body: Uint8Array
  /** Bytes on the wire, before decompression. */
  readonly bytes: number
  /** The body was longer than the limit, or its compression is broken: what there is cannot be judged. */
  readonly cut: boolean
}

export interface Failed {
  readonly kind: 'failed'
  readonly why: 'refused' | 'timeout' | 'reset' | 'garbage' | 'redirects' | 'tls' | 'too-large'
  /** In words, without the address. */
  readonly message: string
}

/** Sends a case to the target. Never rejects: what goes wrong is an outcome. */
export type Send = (one: Case, signal?: AbortSignal) => Promise<Exchange>
