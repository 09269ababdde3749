import { headerOf, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { hashOf } from './chance.ts'

/** A validator for a body (RFC 9110, 8.8.3): the same bytes have the same. */
export function entityTag(body: Uint8Array): string {
  // Latin-1 keeps each byte apart; two seeds make a clash as unlikely as it need be here.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  return `"${hashOf(text).toString(36)}${hashOf(text, 'tag').toString(36)}"`
}

/**
 * The answer that a client wants who knows what it has (`If-None-Match`: 304) or who wants pieces (`Range`: 206, several
 * of them as `multipart/byteranges`, or 416 where there is no such piece; `If-Range` guards against pieces of two files). RFC 9110, 13 and 14.
 */
export function partialContent(
  answer: Answer,
  method: string,
  header: (name: string) => string | undefined,
): Answer {
  if (answer.status !== 200 || answer.fault !== undefined || answer.stream !== undefined)
    return answer
  const tag = headerOf(answer, 'etag')
  const known = header('if-none-match')
  if (known !== undefined && tag !== undefined && (method === 'GET' || method === 'HEAD')) {
    if (matches(known, tag))
      return {
        ...answer,
        status: 304,
        headers: withoutHeaders(answer.headers, ABOUT_BODY),
        body: undefined,
      }
  }
  const range = header('range')
  if (range === undefined || method !== 'GET' || answer.body === undefined) return answer
  if (headerOf(answer, 'accept-ranges') !== 'bytes') return answer
  const only = header('if-range')
  if (only !== undefined && only.trim() !== tag) return answer
  const { body } = answer
  const size = body.length
  const wanted = rangesOf(range, size)
  if (wanted === undefined) return answer
  if (wanted === 'nowhere')
    return {
      ...answer,
      status: 416,
      headers: ['Content-Range', `bytes */${size}`],
      body: undefined,
    }
  const [{ from, to }, ...others] = wanted as readonly [Range, ...Range[]]
  if (others.length > 0) return severalParts(answer, body, wanted)
  return {
    ...answer,
    status: 206,
    headers: [...answer.headers, 'Content-Range', `bytes ${from}-${to}/${size}`],
    body: body.subarray(from, to + 1),
  }
}

const ABOUT_BODY: ReadonlySet<string> = new Set(['content-type', 'content-language'])

function matches(known: string, tag: string): boolean {
  const weak = (one: string): string => one.trim().replace(/^W\//, '')
  return (
    known.trim() === '*' ||
    known
      .slice(0, 4000)
      .split(',')
      .some((one) => weak(one) === weak(tag))
  )
}

interface Range {
  readonly from: number
  /** The last byte, itself included. */
  readonly to: number
}

/**
 * The ranges of bytes that a client asks for, in its order, those that overlap or touch as one. `undefined` where the
 * header says nothing that can be read, or asks for so much that the whole is less: then there is the whole (RFC 9110, 14.2).
 */
function rangesOf(header: string, size: number): readonly Range[] | 'nowhere' | undefined {
  const set = /^\s*bytes\s*=(.*)$/is.exec(header.length > LONGEST_HEADER ? '' : header)?.[1]
  if (set === undefined) return undefined
  const found: Range[] = []
  let asked = 0
  for (const one of set.split(',')) {
    if (one.trim() === '') continue
    const range = rangeOf(one, size)
    if (range === undefined || ++asked > MOST_RANGES) return undefined
    if (range !== 'nowhere') join(found, range)
  }
  if (asked === 0) return undefined
  if (found.length === 0) return 'nowhere'
  const bytes = found.reduce((sum, { from, to }) => sum + to - from + 1 + BESIDE_PART, 0)
  return found.length > 1 && bytes > size ? undefined : found
}

const LONGEST_HEADER = 4000
const MOST_RANGES = 50
/** Bytes that go with each of several parts. */
const BESIDE_PART = 80

function join(ranges: Range[], range: Range): void {
  let { from, to } = range
  let place = ranges.length
  for (let index = ranges.length - 1; index >= 0; index--) {
    const other = ranges[index]!
    if (other.from > to + 1 || from > other.to + 1) continue
    from = Math.min(from, other.from)
    to = Math.max(to, other.to)
    ranges.splice(index, 1)
    place = index
  }
  ranges.splice(place, 0, { from, to })
}

function rangeOf(text: string, size: number): Range | 'nowhere' | undefined {
  const found = /^\s*(\d{0,15})-(\d{0,15})\s*$/.exec(text)
  if (found === null) return undefined
  const [, first, last] = found
  if (first === '') {
    const length = last === '' ? undefined : Number(last)
    if (length === undefined) return undefined
    return length === 0 || size === 0
      ? 'nowhere'
      : { from: Math.max(0, size - length), to: size - 1 }
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return undefined
  return from >= size ? 'nowhere' : { from, to }
}

/** Several pieces in one body (RFC 9110, 14.6). */
function severalParts(answer: Answer, body: Uint8Array, ranges: readonly Range[]): Answer {
  const type = headerOf(answer, 'content-type')
  const boundary = boundaryFor(body)
  const pieces: Uint8Array[] = []
  for (const { from, to } of ranges) {
    const head = [
      `--${boundary}`,
      ...(type === undefined ? [] : [`Content-Type: ${type}`]),
      `Content-Range: bytes ${from}-${to}/${body.length}`,
    ]
    pieces.push(
      Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'),
      body.subarray(from, to + 1),
      Buffer.from('\r\n'),
    )
  }
  return {
    ...answer,
    status: 206,
    headers: [
      'Content-Type',
      `multipart/byteranges; boundary=${boundary}`,
      ...withoutHeaders(answer.headers, CONTENT_TYPE),
    ],
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

const CONTENT_TYPE: ReadonlySet<string> = new Set(['content-type'])

/** A line that the body does not have: the same for the same body. */
function boundaryFor(body: Uint8Array): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  for (let attempt = 0; ; attempt++) {
    const boundary = `part-${hashOf(body.length, attempt).toString(36)}`
    if (!bytes.includes(`--${boundary}`, 0, 'latin1')) return boundary
  }
}
