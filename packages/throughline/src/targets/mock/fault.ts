import type { SocketFault } from './answer.ts'

/** What goes wrong with an answer: at the socket, in its text, or in one of its fields. */
export type Fault =
  | { readonly kind: SocketFault }
  | { readonly kind: 'malformed' }
  /** The body comes in drops: nothing is lost, and it takes seconds. */
  | { readonly kind: 'dribble' }
  | { readonly kind: 'drop' | 'null'; readonly paths: readonly string[] }
  /** This share of the calls (0 to 1) answers 503. */
  | { readonly kind: 'flaky'; readonly share: number }

/** `timeout`, `drop:eta, items[].price`, `flaky:20%` (FORMATS, section 3). `undefined` for `none` and for what is no fault. */
export function faultOf(text: string): Fault | undefined {
  const trimmed = text.trim()
  switch (trimmed) {
    case 'timeout':
    case 'reset':
    case 'truncate':
    case 'malformed':
    case 'dribble':
      return { kind: trimmed }
  }
  const colon = trimmed.indexOf(':')
  const kind = trimmed.slice(0, colon)
  const detail = trimmed.slice(colon + 1).trim()
  if (kind === 'drop' || kind === 'null') {
    const paths = detail
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
    return paths.length === 0 ? undefined : { kind, paths }
  }
  if (kind === 'flaky') {
    const share = detail.endsWith('%') ? Number(detail.slice(0, -1)) / 100 : Number(detail)
    if (detail !== '' && share >= 0 && share <= 1) return { kind, share }
  }
  return undefined
}

/** JSON that stops in the middle, as a proxy or a crash leaves it. */
export function malformed(body: Uint8Array): Uint8Array {
  const half = body.subarray(0, Math.max(1, Math.floor(body.length * 0.6)))
  return body.length === 0 ? new TextEncoder().encode('{"') : half
}

/** The value without the field, or with null in its place; paths as in journeys: `items[].price.amount`, `prices{}.amount`. */
export function withField(value: unknown, path: string, change: 'drop' | 'null'): unknown {
  return changed(value, segmentsOf(path), change)
}

function segmentsOf(path: string): readonly string[] {
  return path.split(/\.|(?=\[\]|\{\})/).filter((one) => one !== '')
}

function changed(value: unknown, path: readonly string[], change: 'drop' | 'null'): unknown {
  const [first, ...rest] = path
  if (first === undefined || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    if (first !== '[]') return value
    if (rest.length > 0) return value.map((one) => changed(one, rest, change))
    return change === 'drop' ? [] : value.map(() => null)
  }
  const entries: [string, unknown][] = []
  for (const [name, inner] of Object.entries(value)) {
    if (first !== name && first !== '{}') entries.push([name, inner])
    else if (rest.length > 0) entries.push([name, changed(inner, rest, change)])
    else if (change === 'null') entries.push([name, null])
  }
  return Object.fromEntries(entries)
}
