import { child, firstPageOf, knownBody, resolve } from '@throughline/core'
import type { Operation, Parameter, Site } from '@throughline/core'
import { isEntity } from './entity.ts'
import { odataTest } from './odata-filter.ts'
import { orderOf } from './row-order.ts'
import { textOf } from './row-property.ts'
import { testOf } from './row-test.ts'

/** What the query of a list asks for, in the words of whatever API it is. */
export interface Question {
  /** How many rows a page has; `undefined` where the API has no pages. */
  readonly size: number | undefined
  /** From which row on; `undefined` where only a cursor can say. */
  readonly from: number
  readonly page: number
  /** The number of the first page. */
  readonly first: number
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
  const { sizing, cursor, page, offset, sort, direction, filters, first } = wordsOfList(operation)
  const valueOf = (one: Word | undefined): unknown => one?.read(given)
  const pages = (cursor ?? page ?? offset ?? sizing) !== undefined
  const size = pages
    ? Math.max(1, Math.min(numberIn(valueOf(sizing)) ?? numberIn(sizing?.usual) ?? 20, most))
    : undefined
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
          const test =
            one.name === '$filter'
              ? odataTest(textOf(value), rows)
              : testOf(bare(one.name), value, rows)
          return test ?? []
        })
  const cursorValue = valueOf(cursor)
  return {
    size,
    from: start ?? (size === undefined ? 0 : (number - first) * size),
    page: number,
    first,
    next,
    cursor: cursorValue === undefined || cursorValue === '' ? undefined : textOf(cursorValue),
    keeps: tests.length === 0 ? undefined : (row) => tests.every((test) => test(row)),
    order: orderOf(valueOf(sort), valueOf(direction), rows),
  }
}

/** A parameter of a list, or a property of one that is an object: `page[size]`. */
interface Word {
  readonly name: string
  readonly read: (given: ReadonlyMap<string, unknown>) => unknown
  /** The schema's default. */
  readonly usual: unknown
  readonly schema: Site | undefined
  readonly description: string | undefined
}

/** The parameters of a list by what they are for. Found once. */
interface WordsOfList {
  readonly sizing: Word | undefined
  readonly cursor: Word | undefined
  readonly page: Word | undefined
  readonly offset: Word | undefined
  readonly sort: Word | undefined
  readonly direction: Word | undefined
  /** All that are not about pages. */
  readonly filters: readonly Word[]
  /** The number of the first page: 0 or 1. */
  readonly first: number
}

function wordsOfList(operation: Operation): WordsOfList {
  let words = knownWords.get(operation)
  if (words === undefined) {
    const declared = [
      ...operation.parameters().filter((one) => one.in === 'query'),
      ...(operation.method === 'POST' ? sentIn(operation) : []),
    ].flatMap(wordsIn)
    const named = (pattern: RegExp): Word | undefined =>
      declared.find((one) => pattern.test(bare(one.name)))
    const page = named(PAGE)
    words = {
      sizing: named(SIZE),
      cursor: named(CURSOR),
      page,
      offset: named(OFFSET),
      sort: named(SORT),
      direction: named(DIRECTION),
      filters: declared.filter(
        (one) =>
          one.name === '$filter' ||
          ![SIZE, OFFSET, PAGE, CURSOR].some((each) => each.test(bare(one.name))),
      ),
      first: firstPageOf(operation, page),
    }
    knownWords.set(operation, words)
  }
  return words
}

const knownWords = new WeakMap<Operation, WordsOfList>()

/** The properties of a body that asks for things. */
function sentIn(operation: Operation): readonly Pick<Parameter, 'name' | 'schema'>[] {
  const body = operation.requestBody()?.content.find((one) => one.schema !== undefined)
  return body?.schema === undefined ? [] : knownBody(body.schema).field.children()
}

/** A parameter, and what it holds where it is an object: `page[number]`, `filter[status]`. */
function wordsIn({
  name,
  schema,
  description,
}: Pick<Parameter, 'name' | 'schema' | 'description'>): readonly Word[] {
  const word = (called: string, from: Site | undefined, read: Word['read']): Word => {
    const raw = from === undefined ? undefined : resolve(from).value
    return {
      name: called,
      read,
      usual: isEntity(raw) ? raw['default'] : undefined,
      schema: from,
      description,
    }
  }
  const own: Word['read'] = (given) => given.get(`query.${name}`)
  const properties = schema === undefined ? undefined : child(resolve(schema), 'properties')
  if (properties === undefined || !isEntity(properties.value)) return [word(name, schema, own)]
  return Object.keys(properties.value).map((key) =>
    word(`${name}[${key}]`, child(properties, key), (given) => {
      const value = own(given)
      return isEntity(value) ? value[key] : undefined
    }),
  )
}

/** Whether the query, or what a search by POST sends, says anything that a list has to do with. */
export function asksSomething(operation: Operation, given: ReadonlyMap<string, unknown>): boolean {
  return (
    given.size > 0 &&
    (operation.method === 'POST' ||
      operation.parameters().some((one) => one.in === 'query' && given.has(`query.${one.name}`)))
  )
}

/** OData's names begin with `$`. */
function bare(name: string): string {
  return name.replace(/^\$/, '')
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}
