import { accepted } from './accept.ts'
import type { Answer } from './answer.ts'

/** How the results of a subscription follow each other in a body. */
export interface Framing {
  /** The media type of the body. */
  readonly type: string
  readonly begin: string
  /** One result, as JSON on one line. */
  readonly next: (json: string) => string
  readonly end: string
}

export const EVENTS = 'text/event-stream'
/** A result a line, for those who frame it themselves. */
export const LINES = 'application/jsonl'

const FRAMINGS: readonly Framing[] = [
  // GraphQL over Server-Sent Events, "distinct connections mode".
  {
    type: EVENTS,
    begin: '',
    next: (json) => `event: next\ndata: ${json}\n\n`,
    end: 'event: complete\ndata:\n\n',
  },
  // Each part ends with the next boundary: Apollo's client hands a part on when it has seen that.
  {
    type: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
    begin: '\r\n--graphql',
    next: (json) => `\r\nContent-Type: application/json\r\n\r\n{"payload":${json}}\r\n--graphql`,
    end: '--\r\n',
  },
  { type: LINES, begin: '', next: (json) => `${json}\n`, end: '' },
]

/** The framing that an `Accept` asks for; `undefined` where it asks for none of them. */
export function framingOf(accept: string | undefined): Framing | undefined {
  const type = accepted(
    accept,
    FRAMINGS.map((one) => one.type),
  )
  return FRAMINGS.find((one) => one.type === type)
}

/** The answer to a query as a stream of one event. */
export function asOneEvent(answer: Answer): Answer {
  const { body, status } = answer
  if (body === undefined || answer.stream !== undefined || status !== 200) return answer
  const { next, end } = FRAMINGS[0]!
  const headers = answer.headers.map((one, index) =>
    index % 2 === 1 && answer.headers[index - 1] === 'Content-Type' ? EVENTS : one,
  )
  return { ...answer, headers, body: Buffer.from(next(Buffer.from(body).toString()) + end) }
}
