import type { Entity } from './world/entity.ts'
import { orderOf } from './world/row-order.ts'
import { testOf } from './world/row-test.ts'

/** One thing in a list, before anybody has asked for its fields. */
export interface ThingRow {
  readonly id: string
  /** What is known of it; the rest is made up. */
  readonly known: Entity
  /** Written or listed by another API, so that what is missing in it is missing. */
  readonly whole: boolean
}

/** What a connection, a page or a list shows. */
export interface ThingPage {
  readonly type: string
  /** All that the arguments want, over all pages. */
  readonly all: readonly ThingRow[]
  readonly shown: readonly ThingRow[]
  readonly from: number
  /** As many as a page may hold. */
  readonly size: number
}

/** Whether arguments filter or sort, so that rows have to be told in full. */
export function asksForSome(args: Entity): boolean {
  return Object.entries(args).some(
    ([name, value]) => value !== undefined && value !== null && !PAGING.test(name),
  )
}

const PAGING =
  /^(first|last|limit|take|page_?size|per_?page|size|after|before|cursor|offset|skip|page|page_?number)$/i
const SORT = /^(sort|sort_?by|order_?by|ordering|sort_?key|order)$/i
const DIRECTION = /^(direction|sort_?(order|direction)|order_?direction|reverse)$/i
const FILTER = /^(filters?|where|condition|query)$/i

/**
 * The rows that the arguments of a field want, in the order they want: arguments called as a field of the rows, `filter` and
 * `where` with operators, `search`, `minPrice`, `orderBy`. `told` gives a row with its fields.
 */
export function rowsAsked(
  rows: readonly ThingRow[],
  args: Entity,
  passed: ReadonlySet<string>,
  told: (row: ThingRow) => Entity,
): readonly ThingRow[] {
  const asked = Object.entries(args).filter(
    ([name, value]) =>
      value !== undefined && value !== null && !PAGING.test(name) && !passed.has(name),
  )
  if (asked.length === 0) return rows
  const whole = new Map(rows.map((row) => [row, told(row)]))
  const values = [...whole.values()]
  const tests: ((row: unknown) => boolean)[] = []
  let sort: unknown
  let direction: unknown
  for (const [name, value] of asked) {
    if (SORT.test(name)) sort = sortText(value)
    else if (DIRECTION.test(name)) direction = value === true ? 'desc' : value
    else if (FILTER.test(name) && isRecord(value)) tests.push(...filterTests(value, values, 0))
    else {
      const test = testOf(name, value, values)
      if (test !== undefined) tests.push(test)
    }
  }
  const kept = rows.filter((row) => tests.every((test) => test(whole.get(row))))
  const order = orderOf(sort, direction, values)
  return order === undefined ? kept : kept.toSorted((a, b) => order(whole.get(a), whole.get(b)))
}

/** `PRICE_DESC`, `{ field: PRICE, direction: DESC }`, `{ price: DESC }`, or a list of them. */
function sortText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortText).filter((one) => one !== undefined)
  if (!isRecord(value)) return value
  const field = value['field'] ?? value['by'] ?? value['key']
  if (typeof field === 'string') {
    const way = value['direction'] ?? value['order']
    return typeof way === 'string' ? `${field} ${way}` : field
  }
  const [first] = Object.entries(value)
  return first === undefined ? undefined : `${first[0]} ${textOf(first[1])}`
}

function filterTests(
  filter: Entity,
  rows: readonly Entity[],
  depth: number,
): readonly ((row: unknown) => boolean)[] {
  if (depth > 5) return []
  return Object.entries(filter).flatMap(([name, value]) => {
    if (value === undefined || value === null) return []
    const lists = Array.isArray(value) ? value.filter(isRecord) : []
    if (/^_?(and|all)$/i.test(name))
      return lists.flatMap((one) => filterTests(one, rows, depth + 1))
    if (/^_?(or|any)$/i.test(name)) {
      const choices = lists.map((one) => filterTests(one, rows, depth + 1))
      return [(row: unknown) => choices.some((tests) => tests.every((test) => test(row)))]
    }
    if (!isRecord(value)) {
      const test = testOf(name, value, rows)
      return test === undefined ? [] : [test]
    }
    return Object.entries(value).flatMap(([word, wanted]) => operatorTest(name, word, wanted, rows))
  })
}

function operatorTest(
  name: string,
  word: string,
  wanted: unknown,
  rows: readonly Entity[],
): readonly ((row: unknown) => boolean)[] {
  const operator = word.replace(/^_/, '').toLowerCase()
  const plain = testOf(name, wanted, rows)
  switch (operator) {
    case 'eq':
    case 'equals':
    case 'in':
    case 'is':
      return plain === undefined ? [] : [plain]
    case 'ne':
    case 'neq':
    case 'not':
    case 'nin':
    case 'notin':
      return plain === undefined ? [] : [(row) => !plain(row)]
    case 'contains':
    case 'like':
    case 'ilike':
    case 'icontains':
    case 'startswith': {
      const text = textOf(wanted).replaceAll('%', '').toLowerCase()
      return [
        (row) =>
          isRecord(row) &&
          textOf(Object.hasOwn(row, name) ? row[name] : '')
            .toLowerCase()
            .includes(text),
      ]
    }
    default: {
      const bound = testOf(`${name}_${operator}`, wanted, rows)
      return bound === undefined ? [] : [bound]
    }
  }
}

/** The part of the rows that `first` and `after`, `last` and `before`, `limit` and `offset`, or `page` want. */
export function pageOfRows(type: string, all: readonly ThingRow[], args: Entity): ThingPage {
  const of = (names: readonly string[]): unknown =>
    names.map((name) => args[name]).find((one) => one !== undefined && one !== null)
  const number = (...names: readonly string[]): number | undefined => {
    const value = of(names)
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
  }
  const last = number('last')
  const size =
    number('first', 'limit', 'take', 'pageSize', 'perPage', 'per_page', 'size') ??
    last ??
    all.length
  const after = of(['after', 'cursor'])
  const page = number('page', 'pageNumber')
  let from = 0
  let to = all.length
  if (typeof after === 'string' && after !== '') from = placeAfter(after, all, size)
  else if (number('offset', 'skip') !== undefined) from = number('offset', 'skip') ?? 0
  else if (page !== undefined) from = Math.max(0, page - 1) * size
  const before = args['before']
  if (typeof before === 'string' && before !== '')
    to = Math.max(from, placeAfter(before, all, 0) - 1)
  if (last !== undefined && args['first'] === undefined) from = Math.max(from, to - last)
  return { type, all, shown: all.slice(from, Math.min(to, from + size)), from, size }
}

function placeAfter(cursor: string, rows: readonly ThingRow[], otherwise: number): number {
  const text = Buffer.from(cursor, 'base64url').toString()
  const id = text.startsWith('after:') ? text.slice(6) : cursor
  const index = rows.findIndex((one) => one.id === id)
  return index === -1 ? otherwise : index + 1
}

export function cursorOf({ id }: ThingRow): string {
  return Buffer.from(`after:${id}`).toString('base64url')
}

/** What a page says of itself in a field of this name; `undefined` for what has nothing to do with paging. */
export function saidOfPage(
  name: string,
  { all, shown, from, size }: ThingPage,
  siblings: readonly string[],
): unknown {
  const word = name.replaceAll('_', '').toLowerCase()
  const hasNext = from + shown.length < all.length
  const [first, last] = [shown[0], shown.at(-1)]
  switch (word) {
    case 'total':
    case 'totalcount':
    case 'totalitems':
    case 'totalresults':
    case 'totalelements':
      return all.length
    case 'count':
      return siblings.some((one) => /^total/i.test(one)) ? shown.length : all.length
    case 'totalpages':
    case 'pages':
    case 'pagecount':
    case 'lastpage':
      return Math.max(1, Math.ceil(all.length / Math.max(1, size)))
    case 'page':
    case 'currentpage':
    case 'pagenumber':
      return Math.floor(from / Math.max(1, size)) + 1
    case 'limit':
    case 'pagesize':
    case 'perpage':
    case 'size':
      return size
    case 'offset':
    case 'skip':
      return from
    case 'hasnextpage':
    case 'hasnext':
    case 'hasmore':
      return hasNext
    case 'haspreviouspage':
    case 'hasprevious':
    case 'hasprev':
      return from > 0
    case 'startcursor':
      return first === undefined ? null : cursorOf(first)
    case 'endcursor':
      return last === undefined ? null : cursorOf(last)
    case 'next':
    case 'nextcursor':
    case 'nexttoken':
    case 'nextpagetoken':
    case 'cursor':
      return hasNext && last !== undefined ? cursorOf(last) : null
    case 'nextpage':
      return hasNext ? Math.floor(from / Math.max(1, size)) + 2 : null
    default:
      return undefined
  }
}

function isRecord(value: unknown): value is Entity {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
