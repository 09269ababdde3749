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
}

export interface Page {
  readonly rows: readonly unknown[]
  readonly headers: readonly string[]
  /** The answer with these rows in it, its counts and links made to agree. */
  readonly body: (base: unknown, rows: readonly unknown[], media: MediaType) => unknown
}

/** The rows that a query asks for: filtered, searched, sorted, and one page of them. */
export function pageOf({ operation, given, rows, shape, path, query, idProperty }: Paged): Page {
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
    if (next.by === 'cursor') pairs.set(next.name, cursor ?? '')
    else if (next.by === 'offset') pairs.set(next.name, String(start))
    else pairs.set(next.name, String(question.page + Math.round((start - from) / size)))
    return `${path}?${pairs.toString()}`
  }
  const next = hasNext ? to(from + size) : undefined
  const previous =
    from > 0 && question.next?.by !== 'cursor' ? to(Math.max(0, from - size)) : undefined
  const told: Told = {
    total: sorted.length,
    length: shown.length,
    pages: Math.max(1, Math.ceil(sorted.length / size)),
    page: question.page,
    size,
    from,
    cursor,
    next,
    previous,
  }
  return {
    rows: shown,
    headers: declaresLink(operation) ? linkTo(next, previous) : NO_HEADERS,
    body: (base, list, media) => bodyOf(base, list, shape, media, told),
  }
}

const NO_HEADERS: readonly string[] = []

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
  readonly size: number
  readonly from: number
  readonly cursor: string | undefined
  readonly next: string | undefined
  readonly previous: string | undefined
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
  if (whole === placed || isValid(whole, schema)) return whole
  // Something has no room for the truth: keep what has.
  let result: Entity = placed
  if (!isEntity(whole)) return placed
  for (const [name, value] of Object.entries(whole)) {
    const next = withEntries(result, [[name, value]])
    if (isValid(next, schema)) result = next
  }
  return result
}

function retold(value: Entity, told: Told, place: readonly string[], depth: number): Entity {
  const names = Object.keys(value)
  const hasTotal = names.some((one) => /^total/i.test(one))
  const entries: [string, unknown][] = []
  let dropped = false
  for (const [name, inner] of Object.entries(value)) {
    if (isEntity(inner) && depth < 2 && (HOLDERS.test(name) || place[depth] === name)) {
      entries.push([name, retold(inner, told, place, depth + 1)])
      continue
    }
    const next = tell(name, inner, told, hasTotal)
    if (next === GONE) dropped = true
    else entries.push([name, next])
  }
  const result = Object.fromEntries(entries)
  return !dropped && names.every((one) => result[one] === value[one]) ? value : result
}

const GONE = Symbol('not there on this page')

function tell(name: string, value: unknown, told: Told, hasTotal: boolean): unknown {
  if (typeof value === 'number') {
    if (
      /^(total|total_?(count|items|results|elements|records|rows|hits)|(results?|items?)_?count)$/i.test(
        name,
      )
    )
      return told.total
    if (/^count$/i.test(name)) return hasTotal ? told.length : told.total
    if (/^(number_?of_?elements|returned)$/i.test(name)) return told.length
    if (/^(total_?pages|pages|page_?count|last_?page)$/i.test(name)) return told.pages
    if (/^(page|page_?(number|no)|current_?page)$/i.test(name)) return told.page
    if (/^(limit|per_?page|page_?size|size)$/i.test(name))
      return Number.isFinite(told.size) ? told.size : told.length
    if (/^(offset|skip|start_?index)$/i.test(name)) return told.from
    if (/^next_?page$/i.test(name)) return told.next === undefined ? null : told.page + 1
    return value
  }
  if (typeof value === 'boolean') {
    if (/^has_?(more|next(_?page)?)$/i.test(name)) return told.from + told.length < told.total
    if (/^has_?prev(ious)?(_?page)?$/i.test(name)) return told.from > 0
    return value
  }
  if (typeof value !== 'string' && value !== null) return value
  const isLink = typeof value === 'string' && /^(https?:\/\/|\/)/.test(value)
  if (
    /^(next(_?(cursor|page_?token|token|page|url|link|href))?|(end_?)?cursor|continuation(_?token)?)$/i.test(
      name,
    )
  )
    return (isLink ? told.next : (told.cursor ?? undefined)) ?? (value === null ? null : GONE)
  if (/^prev(ious)?(_?(page|url|link|href))?$/i.test(name) && isLink) return told.previous ?? GONE
  return value
}
