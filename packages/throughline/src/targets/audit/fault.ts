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
  'null',
  'empty',
  'long',
  'rtl',
  'unlisted',
] as const

/** What befalls single fields that a journey needs, and those that none lists: many cells, so only where asked for. */
export const fieldKinds: readonly FaultKind[] = ['null', 'empty', 'long', 'rtl', 'unlisted']

export type FaultKind = (typeof faultKinds)[number]

/** What a call answers on a good day, as far as faults are made of it. */
export interface HealthyAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/**
 * The faults that a call can have, by what it answers on a good day: an answer that is no JSON has no fields to lose. `fields` are
 * those to leave out one by one (`items[].name`); where nobody names any, each field at the top. An empty list
 * names none, and so tells nothing about those that it leaves out.
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
    const onField = (kind: FaultKind, field: string, words: string, change?: Change): void => {
      const body = JSON.stringify(withField(value, field, change))
      if (body !== JSON.stringify(value))
        faults.push({ ...changed(kind, words, body), name: `${kind}:${field}` })
    }
    for (const field of (fields ?? topFields(value)).slice(0, mostFields)) {
      onField('missing', field, `answers without \`${field}\``)
      if (fields === undefined) continue
      onField('null', field, `answers null for \`${field}\``, () => null)
      onField('empty', field, `answers an empty \`${field}\``, emptied)
      onField('long', field, `answers a very long \`${field}\``, lengthened)
      onField('rtl', field, `answers \`${field}\` in Arabic`, arabic)
    }
    if (fields !== undefined && fields.length > 0)
      for (const field of unlisted(value, fields).slice(0, mostFields))
        onField('unlisted', field, `answers without \`${field}\`, which no step needs`)
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
function jsonOf({ type, body }: HealthyAnswer): object | undefined {
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

/** A GraphQL need starts at the operation's field, which the answer wraps in `data`; of several fields nobody says which one. */
export function underData(needed: readonly string[], healthy: HealthyAnswer): readonly string[] {
  const value = jsonOf(healthy)
  const roots = isRecord(value) && isRecord(value['data']) ? Object.keys(value['data']) : []
  const [root] = roots
  if (root === undefined || roots.length > 1) return []
  return needed.map((path) => `data.${root}${path.startsWith('[') ? '' : '.'}${path}`)
}

/** The names of the fields at the top; of a list, those of its items, as `[].name`. */
function topFields(value: object): readonly string[] {
  if (!Array.isArray(value)) return Object.keys(value)
  const names = new Set<string>()
  for (const item of value.slice(0, 20))
    if (isRecord(item)) for (const name of Object.keys(item)) names.add(`[].${name}`)
  return [...names]
}

type Change = (value: unknown) => unknown

const emptied: Change = (value) =>
  typeof value === 'string' ? '' : typeof value === 'number' ? 0 : Array.isArray(value) ? [] : value

const lengthened: Change = (value) =>
  typeof value === 'string' && value !== '' && !/^https?:|^\/|^\d{4}-\d\d/.test(value)
    ? Array.from({ length: Math.ceil(400 / (value.length + 1)) }, () => value).join(' ')
    : value

const arabic: Change = (value) =>
  typeof value === 'string' && /^[A-Z]?[a-z]+( |$)/.test(value)
    ? 'خبز طازج من الفرن كل صباح'
    : value

/** Paths of the leaves that no need names: `items[].sku`. A need of a whole object covers what is in it. */
function unlisted(value: unknown, needed: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const walk = (here: unknown, path: string, depth: number): void => {
    if (depth > 6 || needed.includes(path)) return
    if (Array.isArray(here)) for (const one of here.slice(0, 5)) walk(one, `${path}[]`, depth + 1)
    else if (isRecord(here))
      for (const [key, one] of Object.entries(here))
        walk(one, path === '' ? key : `${path}.${key}`, depth + 1)
    else if (path !== '' && !path.endsWith('[]')) found.add(path)
  }
  walk(value, '', 0)
  return [...found]
}

/** The value with one field changed, or without it; named as in a journey: `items[].price.amount`, `prices{}.amount`. */
function withField(value: unknown, path: string, change?: Change): unknown {
  const names = path.match(/\[\]|\{\}|[^.[\]{}]+/g) ?? []
  const walk = (here: unknown, index: number): unknown => {
    const name = names[index]
    if (name === undefined) return change === undefined ? here : change(here)
    const isLast = index === names.length - 1 && change === undefined
    if (name === '[]') {
      if (!Array.isArray(here)) return here
      return isLast ? [] : here.map((one) => walk(one, index + 1))
    }
    if (!isRecord(here)) return here
    if (name === '{}') return isLast ? {} : mapped(here, (one) => walk(one, index + 1))
    if (!Object.hasOwn(here, name)) return here
    if (!isLast) return mapped(here, (one, key) => (key === name ? walk(one, index + 1) : one))
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
