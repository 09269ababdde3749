import type { Path } from '../text/origin.ts'
import { isObject, type Site } from '../text/site.ts'
import { seededChoices, type Choices } from './choices.ts'
import { demandOf, type Branching, type Demand } from './demand.ts'
import { equal } from './equal.ts'
import { generate } from './generate.ts'
import { shapeOf } from './shape.ts'
import { validatorOf } from './validate.ts'
import { shown } from './words.ts'

/** A value with one change: to the edge of what its schema allows, just inside of it, or just beyond. */
export interface Edge {
  /** Where the change is. */
  readonly path: Path
  /** `above-maximum`: with the path, the same in each run. */
  readonly name: string
  /** In words, after the name of the place: `above its maximum of 99`. */
  readonly words: string
  /** The whole value, changed. */
  readonly value: unknown
  /** Whether the whole value still fits its schema. */
  readonly fits: boolean
}

export interface EdgeOptions {
  readonly direction?: 'request' | 'response'
  /** How deep below the root changes are made. 4 unless said. */
  readonly deepest?: number
  /** No more edges than this. 400 unless said. */
  readonly most?: number
}

/**
 * Every edge of a schema around a valid value: bounds, lengths and counts at, inside and beyond; each value of an enum; types,
 * null, properties that are missing or too many. What is named as wrong and still fits (a format that nobody checks) is left out,
 * and the other way round.
 */
export function* edgesOf(schema: Site, base: unknown, options: EdgeOptions = {}): Generator<Edge> {
  const { direction = 'request', deepest = 4, most = 400 } = options
  const whole = validatorOf(schema)
  let count = 0
  const seen = new Set<string>()
  for (const { path, name, words, value, meant } of changesOf(
    [schema],
    base,
    [],
    deepest,
    direction,
  )) {
    if (count >= most) return
    const changed = replaced(base, path, value)
    const fits = whole.test(changed, { direction })
    if (fits !== (meant === 'right')) continue
    const key = `${JSON.stringify(path)} ${name}`
    if (seen.has(key)) continue
    seen.add(key)
    count++
    yield { path, name, words, value: changed, fits }
  }
}

/** One of the edges that do not fit, drawn: only that one is made and judged. `undefined` where there is none. */
export function wrongEdge(
  schema: Site,
  base: unknown,
  choices: Choices,
  { direction = 'request', deepest = 4, most = 400 }: EdgeOptions = {},
): Edge | undefined {
  const changes: Change[] = []
  for (const change of changesOf([schema], base, [], deepest, direction)) {
    if (changes.length >= most) break
    if (change.meant === 'wrong') changes.push(change)
  }
  while (changes.length > 0) {
    const [change] = changes.splice(choices.integer(0, changes.length - 1), 1)
    const { path, name, words } = change!
    const value = replaced(base, path, change!.value)
    if (!validatorOf(schema).test(value, { direction }))
      return { path, name, words, value, fits: false }
  }
  return undefined
}

interface Change {
  readonly path: Path
  readonly name: string
  readonly words: string
  /** The new value at the path; `gone` takes it away. */
  readonly value: unknown
  readonly meant: 'right' | 'wrong'
}

const gone = Symbol('gone')

function* changesOf(
  schemas: readonly Site[],
  value: unknown,
  path: Path,
  deepest: number,
  direction: 'request' | 'response',
): Generator<Change> {
  const demand = demandOf(schemas, fittingBranch(value))
  for (const change of ownChanges(demand, value)) yield { path, ...change }
  if (Array.isArray(value)) {
    yield* listChanges(demand, value, path)
    const items = demand.items
    if (value.length > 0 && items.length > 0 && deepest > 0)
      yield* changesOf(items, value[0], [...path, 0], deepest - 1, direction)
  } else if (isObject(value)) {
    yield* objectChanges(demand, value, path, direction)
    if (deepest === 0) return
    for (const [name, sites] of demand.properties)
      if (Object.hasOwn(value, name))
        yield* changesOf(sites, value[name], [...path, name], deepest - 1, direction)
  }
}

/** The branch that the value itself is of. */
function fittingBranch(value: unknown): Branching {
  return {
    branch: (kind, _count, branches) =>
      kind === 'if'
        ? 0
        : Math.max(
            0,
            branches.findIndex((one) => validatorOf(one).test(value)),
          ),
  }
}

type OwnChange = Omit<Change, 'path'>

function* ownChanges(demand: Demand, value: unknown): Generator<OwnChange> {
  const right = (name: string, words: string, next: unknown): OwnChange => ({
    name,
    words,
    value: next,
    meant: 'right',
  })
  const wrong = (name: string, words: string, next: unknown): OwnChange => ({
    name,
    words,
    value: next,
    meant: 'wrong',
  })
  if (demand.values !== undefined) {
    for (const one of demand.values.slice(0, 40))
      if (!equal(one, value))
        yield right(`value-${shown(one).slice(0, 40)}`, `is ${shown(one)}`, one)
    yield wrong(
      'not-in-enum',
      'is none of its values',
      typeof value === 'number' ? 987_654_321 : 'no-such-value',
    )
  } else if (typeof value === 'number') yield* numberChanges(demand, right, wrong)
  else if (typeof value === 'string') yield* textChanges(demand, right, wrong)
  for (const [type, other] of otherTypes(value))
    yield wrong(`type-${type}`, `is ${type === 'null' ? 'null' : `of the type ${type}`}`, other)
}

type Say = (name: string, words: string, next: unknown) => OwnChange

function* numberChanges(demand: Demand, right: Say, wrong: Say): Generator<OwnChange> {
  const { lowest, highest, lowestOpen, highestOpen } = demand
  const step = demand.steps[0] ?? (demand.types?.has('integer') === true ? 1 : 0.5)
  const whole = demand.types !== undefined && !demand.types.has('number')
  if (lowest !== -Infinity) {
    const first = lowestOpen ? lowest + step : lowest
    yield right('at-minimum', `at its minimum of ${lowest}`, first)
    yield right('above-minimum', `just above its minimum of ${lowest}`, first + step)
    yield wrong(
      'below-minimum',
      `below its minimum of ${lowest}`,
      lowestOpen ? lowest : lowest - step,
    )
  }
  if (highest !== Infinity) {
    const last = highestOpen ? highest - step : highest
    yield right('at-maximum', `at its maximum of ${highest}`, last)
    yield right('below-maximum', `just below its maximum of ${highest}`, last - step)
    yield wrong(
      'above-maximum',
      `above its maximum of ${highest}`,
      highestOpen ? highest : highest + step,
    )
  }
  if (lowest <= 0 && highest >= 0) yield right('zero', 'is 0', 0)
  if (lowest < 0) yield right('negative', 'is negative', -step)
  if (whole) yield wrong('fraction', 'is no whole number', Math.max(lowest, 0) + 0.5)
  if (demand.steps.length > 0)
    yield wrong('off-step', `is no multiple of ${step}`, Math.max(lowest, 0) + step / 2)
}

function* textChanges(demand: Demand, right: Say, wrong: Say): Generator<OwnChange> {
  const { shortest, longest, patterns, format } = demand
  const free = patterns.length === 0 && format === undefined
  if (shortest > 0) yield wrong('too-short', `shorter than ${shortest}`, 'x'.repeat(shortest - 1))
  if (longest !== Infinity && longest < 1_000_000)
    yield wrong('too-long', `longer than ${longest}`, 'x'.repeat(longest + 1))
  if (free) {
    const length = (count: number): string => 'x'.repeat(count)
    if (shortest > 0) yield right('shortest', `as short as ${shortest}`, length(shortest))
    else yield right('empty', 'is empty', '')
    if (longest !== Infinity && longest <= 20_000) {
      yield right('longest', `as long as ${longest}`, length(longest))
      if (longest > shortest + 1)
        yield right('almost-longest', `almost as long as ${longest}`, length(longest - 1))
    } else yield right('long', 'is very long', length(Math.max(shortest, 2000)))
    const words = 'Ünïcödé 名前 🥖'
    const fitting = words.length <= longest ? words : Array.from(words).slice(0, longest).join('')
    yield right('unicode', 'has letters of many scripts', fitting.padEnd(shortest, 'é'))
    yield right(
      'spaces',
      'has blanks and quotes',
      ` '"<&> `.slice(0, Math.min(7, longest)).padEnd(shortest, '.'),
    )
  }
  for (const pattern of patterns) {
    yield wrong('off-pattern', `does not match ${pattern.slice(0, 60)}`, '~ not this ~')
    yield wrong('empty-for-pattern', `is empty, where it must match ${pattern.slice(0, 60)}`, '')
  }
  if (format !== undefined) yield wrong('off-format', `is no ${format}`, 'not-of-this-format !')
}

function* otherTypes(value: unknown): Generator<readonly [string, unknown]> {
  if (value !== null) yield ['null', null]
  if (typeof value !== 'string') yield ['string', 'text']
  if (typeof value === 'string') yield ['number', 4711]
  if (typeof value !== 'boolean') yield ['boolean', true]
  if (!Array.isArray(value)) yield ['array', []]
  if (!isObject(value)) yield ['object', {}]
}

function* listChanges(demand: Demand, value: readonly unknown[], path: Path): Generator<Change> {
  const { fewestItems, mostItems, unique, items } = demand
  const item = (index: number): unknown =>
    index < value.length
      ? value[index]
      : items.length === 0
        ? index
        : generate(items[0]!, seededChoices(`item ${index}`), { direction: 'request', length: 1 })
  const listOf = (count: number): readonly unknown[] =>
    Array.from({ length: count }, (_, index) => item(index))
  const change = (name: string, words: string, next: unknown, meant: Change['meant']): Change => ({
    path,
    name,
    words,
    value: next,
    meant,
  })
  if (fewestItems === 0) yield change('no-items', 'is empty', [], 'right')
  else {
    yield change(
      'fewest-items',
      `with its fewest items, ${fewestItems}`,
      listOf(fewestItems),
      'right',
    )
    yield change(
      'too-few-items',
      `with fewer than ${fewestItems} items`,
      listOf(fewestItems - 1),
      'wrong',
    )
  }
  if (mostItems <= 1000) {
    yield change('most-items', `with its most items, ${mostItems}`, listOf(mostItems), 'right')
    yield change(
      'too-many-items',
      `with more than ${mostItems} items`,
      listOf(mostItems + 1),
      'wrong',
    )
  }
  if (unique && value.length > 0)
    yield change('same-twice', 'has an item twice', [...value, value[0]], 'wrong')
}

function* objectChanges(
  demand: Demand,
  value: Readonly<Record<string, unknown>>,
  path: Path,
  direction: 'request' | 'response',
): Generator<Change> {
  for (const [name, sites] of demand.properties) {
    const at = [...path, name]
    if (Object.hasOwn(value, name)) {
      if (demand.required.has(name))
        yield { path: at, name: 'missing', words: 'is missing', value: gone, meant: 'wrong' }
      else yield { path: at, name: 'absent', words: 'is left out', value: gone, meant: 'right' }
      continue
    }
    const made = generate(sites[0]!, seededChoices(`${name} added`), { direction, name, length: 1 })
    if (direction === 'request' && sites.some((site) => shapeOf({ kind: 'schema', site }).readOnly))
      yield {
        path: at,
        name: 'read-only',
        words: 'is read-only, and sent',
        value: made,
        meant: 'wrong',
      }
    else yield { path: at, name: 'present', words: 'is there', value: made, meant: 'right' }
  }
  yield {
    path: [...path, 'unexpectedProperty'],
    name: 'unexpected',
    words: 'is not described',
    value: 'unexpected',
    meant: 'wrong',
  }
}

/** A copy with another value at a place; `gone` takes it away. */
function replaced(whole: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(whole))
    return whole.map((one: unknown, index) => (index === key ? replaced(one, rest, value) : one))
  if (!isObject(whole)) return whole
  if (rest.length > 0) return { ...whole, [key]: replaced(whole[key], rest, value) }
  if (value !== gone) return { ...whole, [key]: value }
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== String(key)))
}
