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
 * The answer that a client wants who knows what it has (`If-None-Match`: 304) or who wants a piece (`Range`: 206, or 416
 * where there is no such piece; `If-Range` guards against pieces of two files). RFC 9110, 13 and 14.
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
  const size = answer.body.length
  const wanted = rangeOf(range, size)
  if (wanted === undefined) return answer
  if (wanted === 'nowhere')
    return {
      ...answer,
      status: 416,
      headers: ['Content-Range', `bytes */${size}`],
      body: undefined,
    }
  return {
    ...answer,
    status: 206,
    headers: [...answer.headers, 'Content-Range', `bytes ${wanted.from}-${wanted.to}/${size}`],
    body: answer.body.subarray(wanted.from, wanted.to + 1),
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

/** One range of bytes; several are answered with the whole, as a server may. */
function rangeOf(
  header: string,
  size: number,
): { readonly from: number; readonly to: number } | 'nowhere' | undefined {
  const found = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header)
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
