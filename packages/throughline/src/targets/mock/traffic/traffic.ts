import { answerWith } from '../answer.ts'
import type { Answer } from '../answer.ts'
import type { MockRequest } from '../mock.ts'
import { sessionOf } from '../session.ts'
import { answerToken } from './replay-token.ts'
import type { Told } from './told.ts'

/** One request and what it was answered with. */
export interface Exchange {
  readonly number: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds of work, without the scenario's latency. */
  readonly work: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** What was sent, or its beginning; `undefined` where nothing was. */
  readonly body: Uint8Array | undefined
  /** Bytes that were sent. */
  readonly sent: number
  readonly session: string
  /** A long body is cut to its beginning: see `cut`. */
  readonly answer: Answer
  readonly cut: boolean
  readonly told: Told
}

/** The last exchanges of a mock, oldest first. */
export interface Traffic {
  /** Remembers an exchange. Returns the answer with its id and its token in the headers. */
  readonly noted: (request: MockRequest, answer: Answer, told: Told, started: number) => Answer
  /** By the id in `Throughline-Why`; `undefined` where nobody remembers it. */
  readonly get: (id: string) => Exchange | undefined
  readonly all: () => readonly Exchange[]
  /** The number that the next exchange gets. */
  readonly next: () => number
  readonly clear: () => void
  /** Hears each exchange. Returns how to stop. */
  readonly subscribe: (listener: (exchange: Exchange) => void) => () => void
}

/** The id of an exchange as URLs and headers write it. */
export function idOfExchange(number: number): string {
  return number.toString(36)
}

export function traffic(most = 1000, mostBytes = 16_000_000): Traffic {
  const kept: (Exchange | undefined)[] = Array.from({ length: most }, () => undefined)
  const listeners = new Set<(exchange: Exchange) => void>()
  let next = 1
  let oldest = 1
  let bytes = 0
  let packs = MOST_PACKS
  let lastPack = 0

  return {
    noted(request, answer, told, started) {
      const number = next++
      const id = idOfExchange(number)
      const token =
        told.token ??
        (answer.stream === undefined && answer.flow === undefined
          ? (wholeToken(answer, started) ?? `0.${id}`)
          : undefined)
      const headers =
        token === undefined
          ? answer.headers.concat('Throughline-Why', id)
          : answer.headers.concat('Throughline-Replay', token, 'Throughline-Why', id)
      const ended = performance.now()
      const sent = request.body?.length ?? 0
      const whole = answerWith(answer, headers, told)
      const isLong = answer.body !== undefined && answer.body.length > MOST_ANSWER
      const exchange: Exchange = {
        number,
        at: performance.timeOrigin + started,
        work: ended - started,
        method: request.method,
        url: request.url.length > 8000 ? request.url.slice(0, 8000) : request.url,
        headers: request.headers ?? NO_HEADERS,
        // A copy: what came in has memory of its own, which would be held with it.
        body: sent === 0 ? undefined : Buffer.from(request.body!.subarray(0, MOST_SENT)),
        sent,
        session: sessionOf(request),
        // Nobody reads ten megabytes to learn why.
        answer: isLong ? { ...whole, body: answer.body.slice(0, 4000) } : whole,
        cut: isLong,
        told,
      }
      if (next - oldest > most) forgetOldest()
      kept[number % most] = exchange
      bytes += weightOf(exchange)
      while (bytes > mostBytes && oldest < number) forgetOldest()
      if (listeners.size > 0) for (const listener of listeners) listener(exchange)
      return whole
    },
    get(id) {
      const number = /^[0-9a-z]{1,10}$/.test(id) ? Number.parseInt(id, 36) : 0
      const found = number < oldest ? undefined : kept[number % most]
      return found?.number === number ? found : undefined
    },
    all() {
      const found: Exchange[] = []
      for (let number = oldest; number < next; number++) {
        const exchange = kept[number % most]
        if (exchange !== undefined) found.push(exchange)
      }
      return found
    },
    next: () => next,
    clear() {
      kept.fill(undefined)
      oldest = next
      bytes = 0
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  /** Packing an answer may cost more than making it: people get their tokens, a load test does not wait for thousands. */
  function wholeToken(answer: Answer, now: number): string | undefined {
    packs = Math.min(MOST_PACKS, packs + ((now - lastPack) * PACKS_A_SECOND) / 1000)
    lastPack = now
    if (packs < 1) return undefined
    packs -= (answer.body?.length ?? 0) > CHEAP_TO_PACK ? 1 : CHEAP_PACK
    return answerToken(answer)
  }

  function forgetOldest(): void {
    const place = oldest++ % most
    const gone = kept[place]
    if (gone !== undefined) bytes -= weightOf(gone)
    kept[place] = undefined
  }
}

/** Answers that are kept to be sent again cost nothing more. */
function weightOf({ body, answer, url }: Exchange): number {
  return (
    (body?.length ?? 0) + (answer.lasting === true ? 0 : (answer.body?.length ?? 0)) + url.length
  )
}

const NO_HEADERS: Exchange['headers'] = {}
/** Bytes of a body that go into a token as they are: then it costs a tenth. */
const CHEAP_TO_PACK = 1000
const CHEAP_PACK = 0.1
const MOST_PACKS = 200
const PACKS_A_SECOND = 20
const MOST_SENT = 64_000
const MOST_ANSWER = 256_000
