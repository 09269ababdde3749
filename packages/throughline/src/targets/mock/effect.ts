import type { Fault } from './fault.ts'
import type { Latency } from './latency.ts'

/** What a situation does to the answer of one call. Nothing set: the answer is the usual one. */
export interface Effect {
  /** `404`, or a class such as `5xx`: then a documented status of that class. */
  readonly status?: string
  readonly example?: string
  /** RFC 9457 problem type. */
  readonly problem?: string
  /** An answer written out; `undefined` is no body, so it counts only when the key is there. */
  readonly body?: unknown
  /** A workspace file to answer with. */
  readonly file?: string
  /** A body to be filled in from the request; `text` is what it became. */
  readonly template?: string
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly latency?: Latency
  readonly fault?: Fault
  /** Bytes of the body a second. */
  readonly bandwidth?: number
  /** Answers are this old, in milliseconds, and know nothing of what was written. */
  readonly stale?: number
  readonly stream?: StreamManner
  /** Every list is empty. */
  readonly empty?: true
  /** Only what the contract promises: optional fields are gone. */
  readonly minimal?: true
  /** The request is refused as invalid, or, where the contract knows no such answer, the answer can't be read. */
  readonly invalid?: true
}

/** How a stream of items comes, and what happens after the last. */
export interface StreamManner {
  /** Milliseconds. */
  readonly every?: number
  readonly items?: number
  readonly after?: 'end' | 'continue' | 'silence' | 'reset'
}

/** How long `loading` lasts: long enough to look at, short enough to wait for. */
const LOADING = 3000

/** The effect of a condition as journeys write it (FORMATS, section 2); `undefined` where it is no condition. */
export function effectOf(condition: string): Effect | undefined {
  switch (condition) {
    case 'loading':
      return { latency: { fixed: LOADING } }
    case 'empty':
      return { empty: true }
    case 'partial':
      return { minimal: true }
    case 'timeout':
      return { fault: { kind: 'timeout' } }
    case 'offline':
      return { fault: { kind: 'reset' } }
    case 'invalid':
      return { invalid: true }
  }
  if (/^[1-5](?:\d\d|xx)$/i.test(condition)) return { status: condition.toLowerCase() }
  const problem = /^problem:\s*(\S.*)$/i.exec(condition)
  return problem === null ? undefined : { problem: problem[1]! }
}
