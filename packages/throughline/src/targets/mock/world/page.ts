import type { MediaType, Operation, ListShape } from '@throughline/core'
import { isEntity, isValid, replaced, withEntries, within } from './entity.ts'
import type { Entity } from './entity.ts'
import { idOf } from './identity.ts'
import { questionOf } from './question.ts'

export interface Paged {
  readonly operation: Operation
  /** Parameters as the contract reads them: `query.page`. */
  readonly given: ReadonlyMap<string, unknown>
  readonly rows: readonly unknown[]
  readonly shape: ListShape
  readonly path: string
  readonly query: string
  readonly idProperty: string | undefined
  /** Where the mock is asked: `http://localhost:4401`. */
  readonly origin: string | undefined
}

export interface Page {
  readonly rows: readonly unknown[]
  readonly headers: readonly string[]
  /** The answer with these rows in it, its counts and links made to agree. */
  readonly body: (base: unknown, rows: readonly unknown[], media: MediaType) => unknown
}

/** The rows that a query asks for: filtered, searched, sorted, and one page of them. */
export function pageOf(paged: Paged): Page {
  const { operation, given, rows, shape, path, query, idProperty, origin } = paged
  const { most } = shape
  const question = questionOf(operation, given, rows, most)
  const kept = question.keeps === undefined ? rows : rows.filter(question.keeps)
  const sorted = question.order === undefined ? kept : kept.toSorted(question.order)
  const size = question.size ?? most
  const from =
    question.cursor === undefined
      ? question.from
      : afterCursor(question.cursor, sorted, idProperty, size)
  const shown = from === 0 && size >= sorted.length ? sorted : sorted.slice(from, from + size)
  const hasNext = from + size < sorted.length
  const cursor = hasNext ? cursorAfter(shown.at(-1), from + size, idProperty) : undefined
  const to = (start: number): string | undefined => {
    const { next } = question
    if (next === undefined) return undefined
    const pairs = new URLSearchParams(query)
    if (next.by === 'cursor' && start === 0) pairs.delete(next.name)
    else if (next.by === 'cursor') pairs.set(next.name, cursor ?? '')
    else if (next.by === 'offset') pairs.set(next.name, String(start))
    else pairs.set(next.name, String(question.page + Math.round((start - from) / size)))
    return addressOf(path, pairs.toString())
  }
  const next = hasNext ? to(from + size) : undefined
  const previous =
    from > 0 && question.next?.by !== 'cursor' ? to(Math.max(0, from - size)) : undefined
  const pages = Math.max(1, Math.ceil(sorted.length / size))
  const told: Told = {
    total: sorted.length,
    length: shown.length,
    pages,
    page: question.page,
    first: question.first,
    size,
    from,
    cursor,
    origin,
    links: new Map([
      ['self', addressOf(path, query)],
      ['first', to(0)],
      ['prev', previous],
      ['next', next],
      ['last', question.next?.by === 'cursor' ? undefined : to((pages - 1) * size)],
    ]),
  }
  return {
    rows: shown,
    headers: declaresLink(operation) ? linkTo(next, previous) : NO_HEADERS,
    body: (base, list, media) => bodyOf(base, list, shape, media, told),
  }
}

const NO_HEADERS: readonly string[] = []

function addressOf(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`
}

/** RFC 8288. */
function linkTo(next: string | undefined, previous: string | undefined): readonly string[] {
  const links: string[] = []
  if (next !== undefined) links.push(`<${next}>; rel="next"`)
  if (previous !== undefined) links.push(`<${previous}>; rel="prev"`)
  return links.length === 0 ? NO_HEADERS : ['Link', links.join(', ')]
}

/** The rows in their place; those that the contract has no room for stay away where that helps. */
function fitting(
  base: unknown,
  rows: readonly unknown[],
  place: readonly string[],
  schema: MediaType['schema'],
): unknown {
  const own = within(base, place)
  // The list as it was made: nothing has to be looked at again.
  if (Array.isArray(own) && own.length === rows.length && own.every((one, at) => one === rows[at]))
    return base
  const placed = replaced(base, place, rows)
  if (rows.length === 0 || isValid(placed, schema)) return placed
  const good = rows.filter((one) => isValid(replaced(base, place, [one]), schema))
  const fewer = replaced(base, place, good)
  return isValid(fewer, schema) ? fewer : placed
}

interface Told {
  readonly total: number
  readonly length: number
  readonly pages: number
  readonly page: number
  /** The number of the first page. */
  readonly first: number
  readonly size: number
  readonly from: number
  readonly cursor: string | undefined
  readonly origin: string | undefined
  /** By their relation (RFC 8288); `undefined` where there is none from here. */
  readonly links: ReadonlyMap<string, string | undefined>
}

function declaresLink(operation: Operation): boolean {
  let declares = linking.get(operation)
  if (declares === undefined) {
    declares = operation
      .responses()
      .some(
        (one) =>
          one.status.startsWith('2') &&
          one.headers.some((each) => each.name.toLowerCase() === 'link'),
      )
    linking.set(operation, declares)
  }
  return declares
}

const linking = new WeakMap<Operation, boolean>()

/** Where a cursor leads: behind the row that it names; a cursor of the contract's examples leads to the second page. */
function afterCursor(
  cursor: string,
  rows: readonly unknown[],
  idProperty: string | undefined,
  size: number,
): number {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (text.startsWith('after:')) {
    const index = rows.findIndex((one) => idOf(one, idProperty) === text.slice(6))
    if (index !== -1) return index + 1
  }
  const offset = /^from:(\d{1,9})$/.exec(text)?.[1]
  if (offset !== undefined) return Number(offset)
  // Some APIs take the id itself.
  const own = rows.findIndex((one) => idOf(one, idProperty) === cursor)
  return own === -1 ? size : own + 1
}

function cursorAfter(row: unknown, from: number, idProperty: string | undefined): string {
  const id = idOf(row, idProperty)
  return Buffer.from(id === undefined ? `from:${from}` : `after:${id}`).toString('base64url')
}

const HOLDERS =
  /^(_?meta|_?links|pagination|paging|page|page_?info|paginator|data|_embedded|result|response)$/i

function bodyOf(
  base: unknown,
  rows: readonly unknown[],
  { place }: ListShape,
  { schema }: MediaType,
  told: Told,
): unknown {
  const placed = fitting(base, rows, place, schema)
  if (place.length === 0 || !isEntity(placed)) return placed
  const whole = retold(placed, told, place, 0)
  // A page that is shorter than the contract wants breaks it anyway.
  if (whole === placed || isValid(whole, schema) || !isValid(placed, schema)) return whole
  // Something has no room for the truth: keep what has.
  let result: Entity = placed
  if (!isEntity(whole)) return placed
  for (const [name, value] of Object.entries(whole)) {
    const next = withEntries(result, [[name, value]])
    if (isValid(next, schema)) result = next
  }
  // What there is nothing of must still be there, and may be null.
  for (const name of Object.keys(placed)) {
    const next = Object.hasOwn(whole, name) ? result : withEntries(result, [[name, null]])
    if (next !== result && isValid(next, schema)) result = next
  }
  return result
}

function retold(value: Entity, told: Told, place: readonly string[], depth: number): Entity {
  const names = Object.keys(value)
  const beside = new Set(names.map(bareName))
  const entries: [string, unknown][] = []
  let dropped = false
  for (const [name, inner] of Object.entries(value)) {
    if (LINKS.test(name) && isEntity(inner)) {
      entries.push([name, linksTold(inner, told)])
      continue
    }
    if (isEntity(inner) && depth < 2 && (HOLDERS.test(name) || place[depth] === name)) {
      entries.push([name, retold(inner, told, place, depth + 1)])
      continue
    }
    const next = tell(bareName(name), inner, told, beside)
    if (next === GONE) dropped = true
    else entries.push([name, next])
  }
  const result = Object.fromEntries(entries)
  return !dropped && names.every((one) => result[one] === value[one]) ? value : result
}

/** `total_pages`, `totalPages`, `@odata.totalPages` -> `totalpages` */
function bareName(name: string): string {
  return name
    .replace(/^@?odata\./i, '')
    .replace(/[-_]/g, '')
    .toLowerCase()
}

const LINKS = /^_?links$/i
const GONE = Symbol('not there on this page')

/** JSON:API and HAL: links by their relation, as texts or with an `href`; those that lead nowhere are null or gone. */
function linksTold(links: Entity, told: Told): Entity {
  const entries: [string, unknown][] = []
  for (const [name, value] of Object.entries(links)) {
    const relation = RELATIONS.get(name.toLowerCase())
    if (relation === undefined) entries.push([name, value])
    else if (isEntity(value) && 'href' in value) {
      const href = linkTold(relation, undefined, told)
      if (href !== undefined) entries.push([name, withEntries(value, [['href', href]])])
    } else {
      const link = linkTold(relation, undefined, told)
      if (link !== undefined) entries.push([name, link])
      else if (value === null || relation === 'next' || relation === 'prev')
        entries.push([name, null])
    }
  }
  return Object.fromEntries(entries)
}

const RELATIONS: ReadonlyMap<string, string> = new Map([
  ['self', 'self'],
  ['first', 'first'],
  ['prev', 'prev'],
  ['previous', 'prev'],
  ['next', 'next'],
  ['last', 'last'],
])

/** Where what stands there is an address of its own, so is the link; else it leads from the root. */
function linkTold(relation: string, before: unknown, { links, origin }: Told): string | undefined {
  const link = links.get(relation)
  const isWhole = typeof before !== 'string' || /^https?:/.test(before)
  return link === undefined || !isWhole ? link : `${origin ?? ''}${link}`
}

function tell(name: string, value: unknown, told: Told, beside: ReadonlySet<string>): unknown {
  if (typeof value === 'number') {
    const number = numberTold(name, told, beside)
    return number === undefined ? value : number
  }
  if (typeof value === 'boolean') {
    const { from, length, total } = told
    if (/^hasmore$|^hasnext(page)?$/.test(name)) return from + length < total
    if (/^hasprev(ious)?(page)?$/.test(name)) return from > 0
    if (/^(is)?firstpage$|^isfirst$/.test(name)) return from === 0
    if (/^(is)?lastpage$|^islast$/.test(name)) return from + length >= total
    if (!beside.has('totalpages')) return value
    // Spring
    if (name === 'first') return from === 0
    if (name === 'last') return from + length >= total
    return name === 'empty' ? length === 0 : value
  }
  if (typeof value !== 'string' && value !== null) return value
  const isLink = typeof value === 'string' && /^(https?:\/\/|\/)/.test(value)
  const parts = /^(next|prev(?:ious)?|first|last)(?:page)?(?:url|uri|link|href)?$/.exec(name)
  const relation = parts === null ? undefined : RELATIONS.get(parts[1]!)
  if (relation !== undefined && (isLink || /(url|uri|link|href)$/.test(name)))
    return linkTold(relation, value, told) ?? (value === null ? null : GONE)
  if (/^(next((page)?(cursor|token)|page)?|(end)?cursor|continuation(token)?)$/.test(name))
    return told.cursor ?? (value === null ? null : GONE)
  return value
}

/** `undefined` where a number says nothing about the page. */
function numberTold(
  name: string,
  told: Told,
  beside: ReadonlySet<string>,
): number | null | undefined {
  const { total, length, pages, page, first, size, from, links } = told
  if (
    /^(total(count|size|items|results|elements|records|rows|hits)?|(results?|items?)count)$/.test(
      name,
    )
  )
    return total
  if (name === 'count') return [...beside].some((one) => one.startsWith('total')) ? length : total
  if (/^(numberofelements|returned)$/.test(name)) return length
  if (/^(totalpages|pages|pagecount)$/.test(name)) return pages
  if (name === 'lastpage') return first + pages - 1
  if (/^(page|page(number|no)|currentpage)$/.test(name)) return page
  // Spring and HAL; Laravel
  if (name === 'number' && beside.has('totalpages')) return page
  if (beside.has('lastpage') && (name === 'from' || name === 'to'))
    return length === 0 ? null : name === 'from' ? from + 1 : from + length
  if (/^(limit|perpage|pagesize|size)$/.test(name)) return Number.isFinite(size) ? size : length
  if (/^(offset|skip|startindex)$/.test(name)) return from
  if (name === 'nextpage') return links.get('next') === undefined ? null : page + 1
  return undefined
}
