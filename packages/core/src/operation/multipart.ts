/** One part of a multipart body, as it came. */
export interface Part {
  /** `name` of its Content-Disposition; `''` where it has none. */
  readonly name: string
  readonly filename?: string
  /** As written; `undefined` where nobody said. */
  readonly type?: string
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>
  readonly bytes: Uint8Array
}

/** A body with more is refused: nobody fills in such a form. */
const MOST_PARTS = 1000
const MOST_HEADER_BYTES = 16_384
const MOST_HEADERS = 50

/** The parts of a multipart body (RFC 2046, RFC 7578), or what is wrong with it in a few words. Nothing is copied. */
export function partsOf(body: Uint8Array, contentType: string): readonly Part[] | string {
  const boundary = parameterOf(contentType, 'boundary')
  if (boundary === undefined || boundary === '' || boundary.length > 200)
    return 'a content type without a boundary'
  const marker = encoder.encode(`--${boundary}`)
  const parts: Part[] = []
  let at = find(body, marker, 0)
  if (at === -1) return `no line --${boundary}`
  for (;;) {
    at += marker.length
    if (body[at] === HYPHEN && body[at + 1] === HYPHEN) return parts
    while (body[at] === SPACE || body[at] === TAB) at++
    at = afterLineBreak(body, at)
    if (at === -1) return 'a boundary that is not on a line of its own'
    const end = nextBoundary(body, marker, at)
    if (end === -1) return 'an end in the middle of a part'
    if (parts.length >= MOST_PARTS) return `more than ${MOST_PARTS} parts`
    const part = partIn(body, at, end.from)
    if (typeof part === 'string') return part
    parts.push(part)
    at = end.at
  }
}

/** A parameter of a header such as Content-Type: `boundary=x`, `name="x"`. */
function parameterOf(header: string, name: string): string | undefined {
  const pattern = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g
  for (const [, key, quoted, bare] of header.slice(0, 4000).matchAll(pattern)) {
    if (key!.toLowerCase() === name) return quoted?.replace(/\\(.)/g, '$1') ?? bare
  }
  return undefined
}

const HYPHEN = 45
const SPACE = 32
const TAB = 9
const CR = 13
const LF = 10
const encoder = new TextEncoder()
const decoder = new TextDecoder()

function find(body: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = body.indexOf(wanted[0]!, from); at !== -1; at = body.indexOf(wanted[0]!, at + 1)) {
    let index = 1
    while (index < wanted.length && body[at + index] === wanted[index]) index++
    if (index === wanted.length) return at
  }
  return -1
}

/** The next boundary that begins a line: where the part before it ends, and where it stands. */
function nextBoundary(
  body: Uint8Array,
  marker: Uint8Array,
  from: number,
): { readonly from: number; readonly at: number } | -1 {
  for (let at = find(body, marker, from); at !== -1; at = find(body, marker, at + 1)) {
    if (at === from) return { from, at }
    if (body[at - 1] === LF) return { from: body[at - 2] === CR ? at - 2 : at - 1, at }
  }
  return -1
}

function afterLineBreak(body: Uint8Array, at: number): number {
  if (body[at] === CR && body[at + 1] === LF) return at + 2
  return body[at] === LF ? at + 1 : -1
}

function partIn(body: Uint8Array, start: number, end: number): Part | string {
  const headers = new Map<string, string>()
  let at = start
  for (;;) {
    const empty = afterLineBreak(body, at)
    if (empty !== -1) {
      at = empty
      break
    }
    const line = body.indexOf(LF, at)
    if (line === -1 || line >= end || line - start > MOST_HEADER_BYTES)
      return 'a part whose headers do not end'
    const text = decoder.decode(body.subarray(at, line)).trim()
    const colon = text.indexOf(':')
    if (colon > 0 && headers.size < MOST_HEADERS)
      headers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim())
    at = line + 1
  }
  const disposition = headers.get('content-disposition') ?? ''
  const filename = parameterOf(disposition, 'filename')
  const type = headers.get('content-type')
  return {
    name: parameterOf(disposition, 'name') ?? '',
    ...(filename !== undefined && { filename }),
    ...(type !== undefined && { type }),
    headers,
    bytes: body.subarray(Math.min(at, end), end),
  }
}
