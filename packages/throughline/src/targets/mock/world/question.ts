import { plain } from '@throughline/core'
import type { Operation, Parameter } from '@throughline/core'
import { isEntity } from './entity.ts'

/** What the query of a list asks for, in the words of whatever API it is. */
export interface Question {
  /** How many rows a page has; `undefined` where the API has no pages. */
  readonly size: number | undefined
  /** From which row on; `undefined` where only a cursor can say. */
  readonly from: number
  readonly page: number
  /** The query parameter that leads to the next page, and in what manner. */
  readonly next: { readonly name: string; readonly by: 'page' | 'offset' | 'cursor' } | undefined
  /** A cursor as it came. */
  readonly cursor: string | undefined
  /** `undefined` where all rows are wanted. */
  readonly keeps: ((row: unknown) => boolean) | undefined
  /** `undefined` where nobody asks for an order. */
  readonly order: ((a: unknown, b: unknown) => number) | undefined
}

const SIZE =
  /^(limit|per_?page|page_?(size|limit)|size|first|top|take|count|max_?results|page\[(size|limit)\])$/i
const OFFSET = /^(offset|skip|start|start_?index|page\[offset\])$/i
const PAGE = /^(page|page_?(number|no|num|index)|p|page\[number\])$/i
const CURSOR =
  /^(cursor|after|page_?token|next_?token|starting_?after|continuation(_?token)?|marker|since_?id|next|page\[(cursor|after)\])$/i
const SORT = /^(sort|sort_?by|order_?by|ordering|order_?field|sort_?field|sorting)$/i
const DIRECTION = /^(order|direction|sort_?(order|dir|direction)|dir|order_?dir(ection)?)$/i
const SEARCH = /^(q|query|search|search_?(term|text|query)|term|keywords?|text|filter)$/i

/**
 * Reads the query of a list. Only what the contract declares counts: `limit`, `page`, `offset`, `cursor`, `sort`, `search`
 * under the names that APIs give them, and filters called as a property of the rows (`status`, `minPrice`, `created_after`).
 */
export function questionOf(
  operation: Operation,
  given: ReadonlyMap<string, unknown>,
  rows: readonly unknown[],
  most: number,
): Question {
  const { sizing, cursor, page, offset, sort, direction, filters } = wordsOfList(operation)
  const valueOf = (one: Parameter | undefined): unknown =>
    one === undefined ? undefined : given.get(`query.${one.name}`)
  const pages = (cursor ?? page ?? offset ?? sizing) !== undefined
  const size = pages
    ? Math.max(1, Math.min(numberIn(valueOf(sizing)) ?? numberIn(defaultOf(sizing)) ?? 20, most))
    : undefined
  const first = numberIn(defaultOf(page)) === 0 ? 0 : 1
  const number = Math.max(first, numberIn(valueOf(page)) ?? first)
  const start = numberIn(valueOf(offset))
  const next =
    cursor !== undefined
      ? ({ name: cursor.name, by: 'cursor' } as const)
      : page !== undefined
        ? ({ name: page.name, by: 'page' } as const)
        : offset !== undefined
          ? ({ name: offset.name, by: 'offset' } as const)
          : undefined
  const tests =
    given.size === 0
      ? []
      : filters.flatMap((one) => {
          const value = valueOf(one)
          if (value === undefined || value === '') return []
          const test = testOf(bare(one.name), value, rows)
          return test === undefined ? [] : [test]
        })
  const cursorValue = valueOf(cursor)
  return {
    size,
    from: start ?? (size === undefined ? 0 : (number - first) * size),
    page: number,
    next,
    cursor: cursorValue === undefined || cursorValue === '' ? undefined : textOf(cursorValue),
    keeps: tests.length === 0 ? undefined : (row) => tests.every((test) => test(row)),
    order: orderOf(valueOf(sort), valueOf(direction), rows),
  }
}

/** The parameters of a list by what they are for. Found once. */
interface WordsOfList {
  readonly sizing: Parameter | undefined
  readonly cursor: Parameter | undefined
  readonly page: Parameter | undefined
  readonly offset: Parameter | undefined
  readonly sort: Parameter | undefined
  readonly direction: Parameter | undefined
  /** All that are not about pages. */
  readonly filters: readonly Parameter[]
}

function wordsOfList(operation: Operation): WordsOfList {
  let words = knownWords.get(operation)
  if (words === undefined) {
    const declared = operation.parameters().filter((one) => one.in === 'query')
    const named = (pattern: RegExp): Parameter | undefined =>
      declared.find((one) => pattern.test(bare(one.name)))
    words = {
      sizing: named(SIZE),
      cursor: named(CURSOR),
      page: named(PAGE),
      offset: named(OFFSET),
      sort: named(SORT),
      direction: named(DIRECTION),
      filters: declared.filter(
        (one) => ![SIZE, OFFSET, PAGE, CURSOR].some((each) => each.test(bare(one.name))),
      ),
    }
    knownWords.set(operation, words)
  }
  return words
}

const knownWords = new WeakMap<Operation, WordsOfList>()

/** Whether the query says anything that a list has to do with. */
export function asksSomething(operation: Operation, given: ReadonlyMap<string, unknown>): boolean {
  return (
    given.size > 0 &&
    operation.parameters().some((one) => one.in === 'query' && given.has(`query.${one.name}`))
  )
}

function bare(name: string): string {
  return name.replace(/^\$/, '')
}

function defaultOf(parameter: Parameter | undefined): unknown {
  const value = parameter?.schema?.value
  return isEntity(value) ? value['default'] : undefined
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}

type Test = (row: unknown) => boolean

/** The test that an argument of a list stands for: a property, a search or a bound by its name. */
export function testOf(name: string, value: unknown, rows: readonly unknown[]): Test | undefined {
  const own = propertyCalled(name.replace(/\[(eq|in)?\]$|^filter\[(.+)\]$/, '$2'), rows)
  if (own !== undefined) return (row) => isOneOf(at(row, own), value)
  if (SEARCH.test(name)) {
    const words = textOf(value).toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20)
    return (row) => {
      const text = wordsOf(row).toLowerCase()
      return words.every((word) => text.includes(word))
    }
  }
  const bound =
    /^(?:(min|max|from|to|after|before|since|until)[-_]?(.+?)|(.+?)[-_[]?(min|max|from|to|after|before|since|until|gte?|lte?)\]?)$/i.exec(
      name,
    )
  if (bound === null) return undefined
  const word = (bound[1] ?? bound[4]!).toLowerCase()
  const wanted = bound[2] ?? bound[3]!
  const property = propertyCalled(wanted, rows) ?? propertyCalled(`${wanted}at`, rows)
  if (property === undefined) return undefined
  const isLower = /^(min|from|after|since|gte?)$/.test(word)
  const strict = /^(after|before|gt|lt)$/.test(word)
  return (row) => {
    const order = compared(at(row, property), value)
    if (order === undefined) return false
    return (strict ? order !== 0 : true) && (isLower ? order >= 0 : order <= 0)
  }
}

/** A property of the rows as a query calls it, with dots for what lies inside: `customer.id`, `customer_id`. */
function propertyCalled(name: string, rows: readonly unknown[]): readonly string[] | undefined {
  const wanted = plain(name)
  for (const row of rows.slice(0, 20)) {
    if (!isEntity(row)) continue
    for (const [key, inner] of Object.entries(row)) {
      if (plain(key) === wanted) return [key]
      if (!isEntity(inner) || !wanted.startsWith(plain(key))) continue
      const deeper = Object.keys(inner).find((one) => plain(key) + plain(one) === wanted)
      if (deeper !== undefined) return [key, deeper]
    }
  }
  return undefined
}

function at(row: unknown, path: readonly string[]): unknown {
  let here = row
  for (const name of path)
    here = isEntity(here) && Object.hasOwn(here, name) ? here[name] : undefined
  // Money: the amount is what people filter and sort by.
  return isEntity(here) ? (here['amount'] ?? here['id'] ?? here['name'] ?? here['value']) : here
}

function isOneOf(own: unknown, wanted: unknown): boolean {
  const values = Array.isArray(wanted) ? wanted : [wanted]
  const mine = Array.isArray(own) ? own : [own]
  return mine.some((one) =>
    values.some((value) => textOf(value).toLowerCase() === textOf(one).toLowerCase()),
  )
}

function compared(own: unknown, wanted: unknown): number | undefined {
  if (own === undefined || own === null) return undefined
  if (typeof own === 'number')
    return Number.isNaN(Number(wanted)) ? undefined : own - Number(wanted)
  const [a, b] = [Date.parse(textOf(own)), Date.parse(textOf(wanted))]
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b
  return textOf(own).localeCompare(textOf(wanted), 'en')
}

const WORDY = /name|title|label|text|description|summary|subject|headline|brand|author|e?mail|tags/i

/** What people read in a row; where nothing is called so, every text in it. */
function wordsOf(row: unknown): string {
  if (!isEntity(row)) return wordsIn(row, 0)
  const wordy = Object.entries(row).filter(([name]) => WORDY.test(name))
  const read = wordsIn(Object.fromEntries(wordy), 0)
  return read === '' ? wordsIn(row, 0) : read
}

function wordsIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return `${value} `
  if (depth > 3 || value === null || typeof value !== 'object') return ''
  return Object.values(value)
    .map((one) => wordsIn(one, depth + 1))
    .join('')
}

/** The order that `sort` and `direction` ask for, as APIs write them: `-price`, `name:desc`, `PRICE_DESC`. */
export function orderOf(
  sort: unknown,
  direction: unknown,
  rows: readonly unknown[],
): Question['order'] {
  // `?order=name` is what to sort by, `?order=desc` which way round.
  const isWay = (one: unknown): boolean => /^(asc|desc)(ending)?$/i.test(textOf(one))
  const by = sort ?? (direction === undefined || isWay(direction) ? undefined : direction)
  if (by === undefined || by === '') return undefined
  const way = isWay(direction) ? textOf(direction) : ''
  const keys = (Array.isArray(by) ? by : textOf(by).split(',')).slice(0, 5).flatMap((one) => {
    const text = textOf(one).trim()
    const parts = /^([-+]?)(.+?)(?:[\s:._-](asc|desc)(?:ending)?)?$/i.exec(text)
    if (parts === null || isWay(text)) return []
    const property = sortable(parts[2]!, rows)
    const down = parts[1] === '-' || /^desc/i.test(parts[3] ?? way)
    return property === undefined ? [] : [{ property, down }]
  })
  if (keys.length === 0) return undefined
  return (a, b) => {
    for (const { property, down } of keys) {
      const [own, other] = [at(a, property), at(b, property)]
      const known = Number(isMissing(own)) - Number(isMissing(other))
      if (known !== 0) return known
      const order = compared(own, other) ?? 0
      if (order !== 0) return down ? -order : order
    }
    return 0
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

/** `created` finds `created_at`. */
function sortable(name: string, rows: readonly unknown[]): readonly string[] | undefined {
  return (
    propertyCalled(name, rows) ??
    propertyCalled(`${name}at`, rows) ??
    propertyCalled(`${name}date`, rows)
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined
      ? ''
      : (JSON.stringify(value) ?? '')
}
