import { answerWith } from '../answer.ts'
import type { Answer } from '../answer.ts'
import type { MockRequest } from '../mock.ts'
import { sessionOf } from '../session.ts'
import { keptBytes, view } from './kept-bytes.ts'
import type { Shelf } from './kept-bytes.ts'
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
  const kept: (Kept | undefined)[] = Array.from({ length: most }, () => undefined)
  const memory = keptBytes()
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
      const headers = answer.headers.slice()
      if (token !== undefined) headers.push('Throughline-Replay', token)
      headers.push('Throughline-Why', id)
      const whole = answerWith(answer, headers, told, answer.body)
      if (next - oldest > most) forgetOldest()
      const one = keptOf(number, request, whole, told, started)
      kept[number % most] = one
      bytes += one.weight
      while (bytes > mostBytes && oldest < number) forgetOldest()
      if (listeners.size > 0) {
        const exchange = exchangeOf(one)
        for (const listener of listeners) listener(exchange)
      }
      return whole
    },
    get(id) {
      const number = /^[0-9a-z]{1,10}$/.test(id) ? Number.parseInt(id, 36) : 0
      const found = number < oldest ? undefined : kept[number % most]
      return found?.number === number ? exchangeOf(found) : undefined
    },
    all() {
      const found: Exchange[] = []
      for (let number = oldest; number < next; number++) {
        const one = kept[number % most]
        if (one !== undefined) found.push(exchangeOf(one))
      }
      return found
    },
    next: () => next,
    clear() {
      while (oldest < next) forgetOldest()
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

  function keptOf(
    number: number,
    request: MockRequest,
    answer: Answer,
    told: Told,
    started: number,
  ): Kept {
    const { method, url, headers, body } = request
    const sent = body?.length ?? 0
    const heldSent = Math.min(sent, MOST_SENT)
    const length = answer.body?.length ?? 0
    // Nobody reads ten megabytes to learn why.
    const isLong = length > MOST_ANSWER
    const heldBody = isLong ? SHOWN_OF_LONG : hasOwnMemory(answer.body) ? 0 : length
    const size = heldSent + heldBody
    const shelf = size === 0 ? undefined : memory.take(size)
    const from = shelf === undefined ? 0 : shelf.used - size
    if (shelf !== undefined) {
      if (heldSent > 0) shelf.bytes.set(start(body!, heldSent), from)
      if (heldBody > 0) shelf.bytes.set(start(answer.body!, heldBody), from + heldSent)
    }
    return {
      number,
      at: ORIGIN + started,
      work: performance.now() - started,
      method,
      url: url.length > 8000 ? url.slice(0, 8000) : url,
      headers: headers ?? NO_HEADERS,
      session: sessionOf(request),
      told,
      answer: heldBody === 0 ? answer : answerWith(answer, answer.headers, told, undefined),
      shelf,
      from,
      sent,
      heldSent,
      heldBody,
      isLong,
      // Answers that are kept to be sent again cost nothing more.
      weight: heldSent + (answer.lasting === true ? 0 : isLong ? heldBody : length) + url.length,
    }
  }

  function forgetOldest(): void {
    const place = oldest++ % most
    const gone = kept[place]
    if (gone === undefined) return
    bytes -= gone.weight
    if (gone.shelf !== undefined) memory.letGo(gone.shelf)
    kept[place] = undefined
  }
}

/** An exchange as it is kept: bodies lie on a shelf, that of the request first. */
interface Kept {
  readonly number: number
  readonly at: number
  readonly work: number
  readonly method: string
  readonly url: string
  readonly headers: Exchange['headers']
  readonly session: string
  readonly told: Told
  /** With its body where that is not on the shelf. */
  readonly answer: Answer
  readonly shelf: Shelf | undefined
  readonly from: number
  readonly sent: number
  readonly heldSent: number
  readonly heldBody: number
  readonly isLong: boolean
  readonly weight: number
}

function exchangeOf(kept: Kept): Exchange {
  const { number, at, work, method, url, headers, session, told } = kept
  const { answer, shelf, from, sent, heldSent, heldBody, isLong } = kept
  return {
    number,
    at,
    work,
    method,
    url,
    headers,
    body: shelf === undefined || heldSent === 0 ? undefined : view(shelf, from, heldSent),
    sent,
    session,
    answer:
      shelf === undefined || heldBody === 0
        ? answer
        : { ...answer, body: view(shelf, from + heldSent, heldBody) },
    cut: isLong,
    told,
  }
}

function start(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.length === length ? bytes : bytes.subarray(0, length)
}

/** A body that shares its memory with others would hold theirs too. */
function hasOwnMemory(body: Uint8Array | undefined): boolean {
  return body !== undefined && body.byteLength === body.buffer.byteLength
}

const NO_HEADERS: Exchange['headers'] = {}
/** Asking the clock for it costs as much as asking for the time. */
const ORIGIN = performance.timeOrigin
/** Bytes of a body that go into a token as they are: then it costs a tenth. */
const CHEAP_TO_PACK = 1000
const CHEAP_PACK = 0.1
const MOST_PACKS = 200
const PACKS_A_SECOND = 20
const MOST_SENT = 64_000
const MOST_ANSWER = 256_000
const SHOWN_OF_LONG = 4000
