import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Answer, SocketFault } from '../answer.ts'
import type { Preferences } from '../prefer.ts'

/** What decided an answer besides the request itself: enough to give it again in any process with the same files. */
export interface Recipe {
  readonly seed: string
  readonly dynamic: boolean
  readonly errors: boolean
  readonly dataset: string
  readonly preferences: Preferences
  readonly scenario?: string
  /** The rule that was taken; absent where none held. */
  readonly rule?: number
  /** Whether a flaky rule failed this time. */
  readonly fails?: boolean
  /** Of latencies that vary from call to call. */
  readonly turn?: number
}

export type ReplayToken =
  | {
      readonly kind: 'recipe'
      readonly recipe: Recipe
      readonly status: number
      readonly sum: string
    }
  /** The whole answer. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** An answer that this process remembers. */
  | { readonly kind: 'remembered'; readonly id: string }

/**
 * A token from which the answer is made again: `1.200.1k9df3;p=checkout/basket/404;r=0`. Short, as it goes with every
 * answer; the sum tells whether what was made again is the same.
 */
export function recipeToken(recipe: Recipe, answer: Answer): string {
  let text = `1.${answer.status}.${sumOf(answer)}`
  if (recipe.seed !== '1') text += part('s', recipe.seed)
  if (recipe.dataset !== '') text += part('d', recipe.dataset)
  if (recipe.dynamic) text += ';y=1'
  if (recipe.errors) text += ';o=1'
  if (recipe.scenario !== undefined) text += part('p', recipe.scenario)
  if (recipe.rule !== undefined) text += `;r=${recipe.rule}`
  if (recipe.fails === true) text += ';f=1'
  if (recipe.turn !== undefined) text += `;t=${recipe.turn}`
  const { code, example, dynamic, seed } = recipe.preferences
  if (code !== undefined) text += `;c=${code}`
  if (example !== undefined) text += part('e', example)
  if (dynamic !== undefined) text += `;g=${dynamic ? 1 : 0}`
  if (seed !== undefined) text += part('z', seed)
  return text
}

/** A token that holds the answer itself; `undefined` where it is too long for a header. */
export function answerToken(answer: Answer): string | undefined {
  const { status, headers, body, delay, fault, stream } = answer
  if (stream !== undefined || (body?.length ?? 0) > LONGEST_BODY) return undefined
  const head = JSON.stringify({ status, headers: withoutOwn(headers), delay, fault })
  const whole = Buffer.concat([Buffer.from(`${head}\n`), body ?? new Uint8Array()])
  if (whole.length <= LONGEST_PLAIN) return `2.${whole.toString('base64url')}`
  const packed = deflateRawSync(whole, { level: 1 })
  return packed.length <= LONGEST_PACKED ? `3.${packed.toString('base64url')}` : undefined
}

/** Reads a token that anybody may have sent; `undefined` for what is none. */
export function replayTokenOf(text: string): ReplayToken | undefined {
  const token = text.trim()
  if (token.startsWith('0.')) {
    const id = token.slice(2)
    return /^[0-9a-z]{1,12}$/.test(id) ? { kind: 'remembered', id } : undefined
  }
  if (token.startsWith('1.')) return recipeIn(token)
  if (token.startsWith('2.') || token.startsWith('3.')) return answerIn(token)
  return undefined
}

/** A sum over status and body: two answers with the same sum are the same. */
export function sumOf({ status, body, fault }: Answer): string {
  const start = fault === undefined ? status : status + fault.length * 1000
  return inBase36(body === undefined ? start : crc32(body, start))
}

/** As `toString(36)`, which takes long for numbers of more than 30 bits. */
function inBase36(number: number): string {
  if (number < PLACES_5) return number.toString(36)
  const rest = number % PLACES_5
  return ((number - rest) / PLACES_5).toString(36) + rest.toString(36).padStart(5, '0')
}

const PLACES_5 = 36 ** 5

function recipeIn(token: string): ReplayToken | undefined {
  const [first = '', ...parts] = token.split(';')
  const head = /^1\.([1-5]\d\d)\.([0-9a-z]{1,8})$/.exec(first)
  if (head === null || parts.length > 20) return undefined
  const given = new Map<string, string>()
  for (const one of parts) {
    const value = decoded(one.slice(2))
    if (one[1] !== '=' || value === undefined) return undefined
    given.set(one[0]!, value)
  }
  const whole = (key: string): number | undefined => {
    const value = given.get(key)
    return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined
  }
  const scenario = given.get('p')
  const [rule, turn, code] = [whole('r'), whole('t'), whole('c')]
  const [example, seed, dynamic] = [given.get('e'), given.get('z'), given.get('g')]
  return {
    kind: 'recipe',
    status: Number(head[1]),
    sum: head[2]!,
    recipe: {
      seed: given.get('s') ?? '1',
      dataset: given.get('d') ?? '',
      dynamic: given.get('y') === '1',
      errors: given.get('o') === '1',
      preferences: {
        ...(code !== undefined && { code }),
        ...(example !== undefined && { example }),
        ...(dynamic !== undefined && { dynamic: dynamic === '1' }),
        ...(seed !== undefined && { seed }),
      },
      ...(scenario !== undefined && { scenario }),
      ...(rule !== undefined && { rule }),
      ...(given.get('f') === '1' && { fails: true }),
      ...(turn !== undefined && { turn }),
    },
  }
}

function answerIn(token: string): ReplayToken | undefined {
  try {
    const bytes = Buffer.from(token.slice(2), 'base64url')
    const whole = token.startsWith('2.')
      ? bytes
      : inflateRawSync(bytes, { maxOutputLength: LONGEST_BODY + 20_000 })
    const end = whole.indexOf('\n')
    const head: unknown = JSON.parse(whole.subarray(0, end).toString())
    if (head === null || typeof head !== 'object') return undefined
    const status: unknown = Reflect.get(head, 'status')
    const headers: unknown = Reflect.get(head, 'headers')
    const delay: unknown = Reflect.get(head, 'delay')
    const fault: unknown = Reflect.get(head, 'fault')
    if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599)
      return undefined
    if (!Array.isArray(headers) || headers.length % 2 !== 0 || !headers.every(isHeaderText))
      return undefined
    if (!headers.every((one, index) => index % 2 === 1 || /^[\w!#$%&'*+.^`|~-]+$/.test(one)))
      return undefined
    const body = end + 1 < whole.length ? whole.subarray(end + 1) : undefined
    return {
      kind: 'answer',
      answer: {
        status,
        headers,
        body,
        ...(typeof delay === 'number' && delay > 0 && { delay: Math.min(delay, 120_000) }),
        ...(isFault(fault) && { fault }),
      },
    }
  } catch {
    return undefined
  }
}

function isHeaderText(value: unknown): value is string {
  return typeof value === 'string' && !/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)
}

function isFault(value: unknown): value is SocketFault {
  return value === 'timeout' || value === 'reset' || value === 'truncate'
}

/** The token is of this exchange; the one that replays it gets its own id. */
function withoutOwn(headers: readonly string[]): readonly string[] {
  return headers.filter((_, index) => !/^throughline-(replay|why)$/i.test(headers[index & ~1]!))
}

function part(key: string, value: string): string {
  return `;${key}=${encodeURIComponent(value.toWellFormed()).replaceAll('%2F', '/')}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Node takes 16 KB of headers, many proxies half of it. */
const LONGEST_PLAIN = 1500
const LONGEST_PACKED = 4500
const LONGEST_BODY = 100_000
