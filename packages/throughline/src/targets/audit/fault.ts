/** One way in which a call goes wrong, as it is made up inside the browser. */
export interface Fault {
  /** Part of a cell's id: `500`, `hang`, `missing:price`. */
  readonly name: string
  /** What went wrong, to stand after "when GET /basket": `answers 500`. */
  readonly words: string
  readonly kind: FaultKind
  readonly outcome: Outcome
}

export type Outcome =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly type: string
      readonly body: string
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  /** The healthy answer, after so many milliseconds of a person's time. */
  | { readonly kind: 'slow'; readonly wait: number }

export const faultKinds = [
  '500',
  '401',
  '404',
  'reset',
  'hang',
  'slow',
  'bad-json',
  'empty-object',
  'nulls',
  'empty-list',
  'huge',
  'missing',
] as const

export type FaultKind = (typeof faultKinds)[number]

/** What a call answers on a good day, as far as faults are made of it. */
export interface HealthyAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/**
 * The faults that a call can have, by what it answers on a good day: an answer that is no JSON has no fields to lose. `fields` are
 * those to leave out one by one (`items[].name`); where nobody names any, each field at the top.
 */
export function faultsOf(
  healthy: HealthyAnswer,
  kinds: ReadonlySet<FaultKind>,
  fields?: readonly string[],
): readonly Fault[] {
  const faults: Fault[] = [
    problem(500, 'Internal Server Error'),
    problem(401, 'Unauthorized'),
    problem(404, 'Not Found'),
    { name: 'reset', kind: 'reset', words: 'is cut off', outcome: { kind: 'reset' } },
    { name: 'hang', kind: 'hang', words: 'never answers', outcome: { kind: 'hang' } },
    { name: 'slow', kind: 'slow', words: 'takes 3 s', outcome: { kind: 'slow', wait: 3_000 } },
  ]
  const value = jsonOf(healthy)
  if (value !== undefined) {
    const changed = (name: FaultKind, words: string, body: string): Fault => ({
      name,
      kind: name,
      words,
      outcome: { kind: 'answer', status: healthy.status, type: healthy.type, body },
    })
    const half = healthy.body.slice(0, Math.max(1, Math.floor(healthy.body.length / 2)))
    faults.push(
      changed('bad-json', 'answers broken JSON', half),
      changed('empty-object', 'answers `{}`', '{}'),
    )
    const shaped: readonly (readonly [FaultKind, string, unknown])[] = [
      ['nulls', 'answers only nulls', withNulls(value)],
      ['empty-list', 'answers an empty list', withEmptyLists(value)],
      ['huge', 'answers huge values', withHuge(value)],
    ]
    for (const [name, words, other] of shaped) {
      const body = JSON.stringify(other)
      if (body !== JSON.stringify(value)) faults.push(changed(name, words, body))
    }
    for (const field of (fields ?? topFields(value)).slice(0, mostFields)) {
      const body = JSON.stringify(without(value, field))
      if (body === JSON.stringify(value)) continue
      faults.push({
        ...changed('missing', `answers without \`${field}\``, body),
        name: `missing:${field}`,
      })
    }
  }
  return faults.filter(({ kind }) => kinds.has(kind))
}

const mostFields = 12
const deepest = 40

function problem(status: number, title: string): Fault {
  return {
    name: String(status),
    kind: String(status) as FaultKind,
    words: `answers ${status}`,
    outcome: {
      kind: 'answer',
      status,
      type: 'application/problem+json',
      body: JSON.stringify({ type: 'about:blank', title, status }),
    },
  }
}

/** The answer's JSON object or list; `undefined` where it is something else. */
export function jsonOf({ type, body }: HealthyAnswer): object | undefined {
  if (!/[/+]json\b/i.test(type) && !/^\s*[[{]/.test(body)) return undefined
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Objects keep their keys and lists their length; whatever else there is becomes null. */
function withNulls(value: unknown, depth = 0): unknown {
  if (depth > deepest) return null
  if (Array.isArray(value)) return value.map((one) => withNulls(one, depth + 1))
  if (isRecord(value)) return mapped(value, (one) => withNulls(one, depth + 1))
  return null
}

function withEmptyLists(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return []
  if (isRecord(value) && depth <= deepest)
    return mapped(value, (one) => withEmptyLists(one, depth + 1))
  return value
}

/** Names of four hundred letters, numbers beyond a billion: what a real shop has sooner or later. Ids and links stay. */
function withHuge(value: unknown, key = '', depth = 0): unknown {
  if (depth > deepest) return value
  if (Array.isArray(value)) return value.map((one) => withHuge(one, key, depth + 1))
  if (isRecord(value)) return mapped(value, (one, name) => withHuge(one, name, depth + 1))
  if (typeof value === 'number') return /id$/i.test(key) ? value : value * 1e9 + 123_456_789
  if (typeof value !== 'string' || value === '' || /id$|url|href|link|src|type|status/i.test(key))
    return value
  if (/^[A-Z]{2,3}$|^\d{4}-\d\d|^https?:|^\/|^data:/.test(value)) return value
  return Array.from({ length: Math.ceil(400 / (value.length + 1)) }, () => value).join(' ')
}

/** The names of the fields at the top; of a list, those of its items, as `[].name`. */
function topFields(value: object): readonly string[] {
  if (!Array.isArray(value)) return Object.keys(value)
  const names = new Set<string>()
  for (const item of value.slice(0, 20))
    if (isRecord(item)) for (const name of Object.keys(item)) names.add(`[].${name}`)
  return [...names]
}

/** The value without one field, named as in a journey: `items[].price.amount`, `prices{}.amount`. */
function without(value: unknown, path: string): unknown {
  const names = path.match(/\[\]|\{\}|[^.[\]{}]+/g) ?? []
  const walk = (here: unknown, index: number): unknown => {
    const name = names[index]
    if (name === undefined) return here
    if (name === '[]')
      return Array.isArray(here)
        ? index === names.length - 1
          ? []
          : here.map((one) => walk(one, index + 1))
        : here
    if (!isRecord(here)) return here
    if (name === '{}')
      return index === names.length - 1 ? {} : mapped(here, (one) => walk(one, index + 1))
    if (!Object.hasOwn(here, name)) return here
    if (index < names.length - 1)
      return mapped(here, (one, key) => (key === name ? walk(one, index + 1) : one))
    return Object.fromEntries(Object.entries(here).filter(([key]) => key !== name))
  }
  return walk(value, 0)
}

function mapped(
  value: Readonly<Record<string, unknown>>,
  change: (one: unknown, key: string) => unknown,
): object {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one, key)]))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
