import { isJsonType, type AnswerJudged, type Operation } from '@throughline/core'
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
  /** Only for what is read of it here. */
  [read]?: Read
}

export interface Failed {
  readonly kind: 'failed'
  readonly why: 'refused' | 'timeout' | 'reset' | 'garbage' | 'redirects' | 'tls' | 'too-large'
  /** In words, without the address. */
  readonly message: string
}

/** The JSON of an answer, read once; `undefined` where it is none. */
export function jsonOf({ outcome }: Pick<Exchange, 'outcome'>): unknown {
  if (outcome.kind !== 'answered' || outcome.cut || outcome.body.length === 0) return undefined
  const known = readOf(outcome)
  if (known.json === undefined) {
    known.json = { value: undefined }
    if (isJsonType(outcome.headers.get('content-type') ?? '')) {
      try {
        known.json.value = JSON.parse(textOf(outcome)) as unknown
      } catch {
        // No JSON: what the contract's own check says.
      }
    }
  }
  return known.json.value
}

/** The body as text, decoded once. */
export function textOf(outcome: Answered): string {
  return (readOf(outcome).text ??= decoder.decode(outcome.body))
}

function readOf(outcome: Answered): Read {
  return (outcome[read] ??= {})
}

/** Lets an answer have what was read of another one that says the same, byte for byte. */
export function shareRead(from: Answered, to: Answered): void {
  to[read] = readOf(from)
}

/** How an answer and its contract agree: worked out once for answers to one operation that are the same. */
export function judgedOnce(
  outcome: Answered,
  operation: Operation,
  judge: () => AnswerJudged,
): AnswerJudged {
  const known = readOf(outcome)
  const { headers } = outcome
  if (known.judged?.operation !== operation || known.judged.headers !== headers)
    known.judged = { operation, headers, judged: judge() }
  return known.judged.judged
}

/** What was read of an answer, on the answer itself: a weak map with an entry for each keeps the collector of garbage busy. */
interface Read {
  text?: string
  json?: { value: unknown }
  judged?: {
    readonly operation: Operation
    readonly headers: Answered['headers']
    readonly judged: AnswerJudged
  }
}

const read = Symbol('read')
const decoder = new TextDecoder()

/** A success: 2xx. */
export function isFine({ outcome }: Exchange): boolean {
  return outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300
}

/** The status of an answer; 0 where none came. */
export function statusOf({ outcome }: Exchange): number {
  return outcome.kind === 'answered' ? outcome.status : 0
}

/** Sends a case to the target. Never rejects: what goes wrong is an outcome. */
export type Send = (one: Case, signal?: AbortSignal) => Promise<Exchange>
