import { bodyField, validatorOf } from '@throughline/core'
import type { Field, Site } from '@throughline/core'

// Changes to a value that keep it valid: whatever would break the schema is left as it was.

/** Every list of the value emptied, and the counts beside them set to 0; lists that may not be empty keep their items. */
export function withEmptyLists(value: unknown, schema: Site | undefined): unknown {
  const empty = emptied(value, 0)
  return isValid(empty, schema) ? empty : eachChanged(value, schema, (one) => emptied(one, 1))
}

/** Only what the contract promises: optional fields gone, at any depth. */
export function withoutOptional(value: unknown, schema: Site | undefined): unknown {
  if (schema === undefined) return value
  const least = stripped(value, bodyField(schema), 0)
  return isValid(least, schema) ? least : value
}

/**
 * The ids of the path put into the body, so that the detail is the one that was asked for: a property called as the
 * parameter, or `id` for the last parameter of a path that ends with it (`/orders/{orderId}`).
 */
export function withPathParameters(
  value: unknown,
  schema: Site | undefined,
  path: string,
  given: ReadonlyMap<string, string>,
): unknown {
  if (given.size === 0 || value === null || typeof value !== 'object' || Array.isArray(value))
    return value
  const wanted = new Map<string, string>()
  let last: string | undefined
  const names = Object.keys(value)
  for (const [name, raw] of given) {
    const called = plain(name)
    const own = names.find((key) => plain(key) === called)
    if (own !== undefined) wanted.set(own, raw)
    last = isLast(name, path) && own === undefined ? name : last
  }
  if (
    last !== undefined &&
    Object.hasOwn(value, 'id') &&
    /id$|^(key|number|code|slug)$/i.test(last)
  )
    wanted.set('id', given.get(last)!)
  if (wanted.size === 0) return withPathInside(value, schema, path, given)
  let result: object = value
  for (const [key, raw] of wanted) {
    const before: unknown = Reflect.get(result, key)
    const echoed = sameKind(before, raw)
    if (echoed === undefined || echoed === before) continue
    const next = { ...result, [key]: echoed }
    if (schema === undefined || validatorOf(schema).testChanged(next, { [key]: echoed }, TO_CLIENT))
      result = next
  }
  return result
}

/** Whether a path ends with this parameter: `/orders/{id}`, OData's `/orders({id})`. */
function isLast(name: string, path: string): boolean {
  const at = path.lastIndexOf(`{${name}}`)
  return at !== -1 && /^(?:'?\))?$/.test(path.slice(at + name.length + 2))
}

/** The same for a thing in its envelope: `{ data: {…} }`. */
function withPathInside(
  value: object,
  schema: Site | undefined,
  path: string,
  given: ReadonlyMap<string, string>,
): unknown {
  const name = Object.keys(value).find((one) => ENVELOPE.test(one))
  const before: unknown = name === undefined ? undefined : Reflect.get(value, name)
  const after = withPathParameters(before, undefined, path, given)
  if (name === undefined || after === before) return value
  const next = { ...value, [name]: after }
  return isValid(next, schema) ? next : value
}

const ENVELOPE = /^(data|result|item|payload|response|record|entity|content|body)$/i

const TO_CLIENT = { direction: 'response' } as const

/** The properties put in, one by one, as far as the schema has room for them. */
export function withProperties(
  value: unknown,
  properties: Readonly<Record<string, unknown>>,
  schema: Site | undefined,
  direction: 'request' | 'response' = 'response',
): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  let result: Readonly<Record<string, unknown>> = { ...value }
  for (const [name, one] of Object.entries(properties)) {
    const next = { ...result, [name]: one }
    if (isValid(next, schema, direction)) result = next
  }
  return result
}

/** Counts made to agree with the one list beside them, at any depth. */
export function withCounts(value: unknown, schema: Site | undefined): unknown {
  if (value === null || typeof value !== 'object' || !miscounts(value, 0)) return value
  const counted = countsIn(value, 0)
  return isValid(counted, schema) ? counted : value
}

/** Whether this is the thing that the last parameter of a path asks for. */
export function isThing(value: unknown, path: string, given: ReadonlyMap<string, string>): boolean {
  if (value === null || typeof value !== 'object') return false
  return [...given].some(([name, raw]) => {
    if (!isLast(name, path)) return false
    const key = Object.keys(value).find((one) => plain(one) === plain(name)) ?? 'id'
    const own: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
    return own !== undefined && sameKind(own, raw) === own
  })
}

/** Whether there are lists near the top of a value, and all of them are empty. */
export function hasOnlyEmptyLists(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (value === null || typeof value !== 'object') return false
  const lists = Object.values(value).filter((one) => Array.isArray(one))
  return lists.length > 0 && lists.every((one) => one.length === 0)
}

/** Whether a number of this name says how long the list beside it is. */
export function isCountName(name: string): boolean {
  return COUNTS.test(name)
}

/** Counts agree with the list that they count: a `total` of 86 million makes a page draw a million links. */
const COUNTS =
  /^(total|count|total_?count|total_?(items|results|elements|records)|number_?of_?(items|elements|results)|results?_?count)$/i
const DEEPEST = 30

function emptied(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return value
  if (Array.isArray(value)) return []
  const entries = Object.entries(value)
  const hasList = entries.some(([, inner]) => Array.isArray(inner))
  return Object.fromEntries(
    entries.map(([name, inner]) => [
      name,
      hasList && typeof inner === 'number' && COUNTS.test(name) ? 0 : emptied(inner, depth + 1),
    ]),
  )
}

/** Whether some count disagrees: looked at for every generated answer, so it allocates nothing. */
function miscounts(value: object, depth: number): boolean {
  const length = lengthBeside(value)
  const record = value as Readonly<Record<string, unknown>>
  for (const name in record) {
    const inner = record[name]
    if (typeof inner === 'number') {
      if (length !== undefined && inner !== length && COUNTS.test(name)) return true
    } else if (
      inner !== null &&
      typeof inner === 'object' &&
      depth < DEEPEST &&
      miscounts(inner, depth + 1)
    )
      return true
  }
  return false
}

/** The length of the only list in an object. */
function lengthBeside(value: object): number | undefined {
  if (Array.isArray(value)) return undefined
  let length: number | undefined
  const record = value as Readonly<Record<string, unknown>>
  for (const name in record) {
    const inner = record[name]
    if (!Array.isArray(inner)) continue
    if (length !== undefined) return undefined
    length = inner.length
  }
  return length
}

function countsIn(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return value
  if (Array.isArray(value)) return value.map((one) => countsIn(one, depth + 1))
  const length = lengthBeside(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isCount = length !== undefined && typeof inner === 'number' && COUNTS.test(name)
      return [name, isCount ? length : countsIn(inner, depth + 1)]
    }),
  )
}

function eachChanged(
  value: unknown,
  schema: Site | undefined,
  change: (value: unknown) => unknown,
): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  let result: Readonly<Record<string, unknown>> = { ...value }
  for (const [name, inner] of Object.entries(value)) {
    const next = { ...result, [name]: change(inner) }
    if (isValid(next, schema)) result = next
  }
  return result
}

function stripped(value: unknown, field: Field, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return value
  const children = new Map(field.children().map((one) => [one.name, one]))
  if (Array.isArray(value)) {
    const items = children.get('[]')
    return items === undefined ? value : value.map((one) => stripped(one, items, depth + 1))
  }
  const entries: [string, unknown][] = []
  for (const [name, inner] of Object.entries(value)) {
    const own = children.get(name)
    if (own === undefined || own.required)
      entries.push([name, own === undefined ? inner : stripped(inner, own, depth + 1)])
  }
  return Object.fromEntries(entries)
}

function isValid(
  value: unknown,
  schema: Site | undefined,
  direction: 'request' | 'response' = 'response',
): boolean {
  return schema === undefined || validatorOf(schema).test(value, { direction })
}

function plain(name: string): string {
  let found = known.get(name)
  if (found === undefined) {
    found = name.replace(/[-_.]/g, '').toLowerCase()
    if (known.size > 20_000) known.clear()
    known.set(name, found)
  }
  return found
}

/** Contracts use the same names again and again. */
const known = new Map<string, string>()

/** The text of a URL as the kind of value that stands there now. */
function sameKind(now: unknown, raw: string): unknown {
  let text = raw
  try {
    if (raw.includes('%')) text = decodeURIComponent(raw)
  } catch {
    // no valid encoding: as it stands
  }
  if (typeof now === 'string') return text
  if (typeof now === 'number' && /^-?\d{1,15}$/.test(text)) return Number(text)
  return undefined
}
