import { firstPageOf } from '@throughline/core'
import type { Operation, Resource } from '@throughline/core'
import { isFine, jsonOf, type Exchange } from '../exchange.ts'
import { idIn, itemsIn } from '../learn.ts'
import { asking, type Script, type Talk } from '../talk.ts'

/** `pagination`: all pages of a list together are the list: nothing twice, nothing left out, an end, and a total that is right. */
export function pages({ list, idProperty }: Resource): Script | undefined {
  if (list === undefined) return undefined
  const style = styleOf(list.operation)
  if (style === undefined) return undefined
  return async (talk) => {
    // What changes while somebody turns the pages is no fault: it must be there twice.
    const first = await problems(talk, list.operation, list.place, idProperty, style)
    if (first.length === 0) return
    const again = await problems(talk, list.operation, list.place, idProperty, style)
    for (const { exchange, cause, message } of again)
      if (first.some((one) => one.cause === cause))
        talk.note(exchange, { check: 'pagination', severity: 'error', cause, message, at: 'body' })
  }
}

interface Problem {
  readonly exchange: Exchange
  readonly cause: string
  readonly message: string
}

interface Style {
  readonly limit: { readonly key: string; readonly most: number }
  readonly turn: {
    readonly kind: 'cursor' | 'offset' | 'page'
    readonly key: string
    readonly first: number
  }
}

const limits = /^(\$?top|limit|per_?page|page_?size|size|max_?results|take|first)$/i
const turns = {
  cursor: /^(cursor|after|page_?token|next_?token|continuation_?token|starting_?after|marker)$/i,
  offset: /^(\$?skip|offset|start|start_?index)$/i,
  page: /^(page|page_?number|page_?no)$/i,
} as const

function styleOf(operation: Operation): Style | undefined {
  const query = operation.parameters().filter((one) => one.in === 'query')
  const limit = query.find((one) => limits.test(one.name))
  if (limit === undefined) return undefined
  for (const kind of ['cursor', 'offset', 'page'] as const) {
    const found = query.find((one) => turns[kind].test(one.name))
    if (found === undefined) continue
    return {
      limit: { key: `query.${limit.name}`, most: numberIn(limit.schema?.value, 'maximum') ?? 100 },
      turn: {
        kind,
        key: `query.${found.name}`,
        first: firstPageOf(operation, found),
      },
    }
  }
  return undefined
}

function numberIn(value: unknown, name: string): number | undefined {
  const found: unknown =
    value !== null && typeof value === 'object' && Object.hasOwn(value, name)
      ? Reflect.get(value, name)
      : undefined
  return typeof found === 'number' ? found : undefined
}

async function problems(
  talk: Talk,
  operation: Operation,
  place: readonly string[],
  idProperty: string | undefined,
  { limit, turn }: Style,
): Promise<readonly Problem[]> {
  const key = (item: unknown): string => String(idIn(item, idProperty) ?? JSON.stringify(item))
  const ask = (name: string, parameters: Readonly<Record<string, unknown>>) =>
    talk.ask(asking(talk, operation, { phase: 'stateful', name: `pages/${name}`, parameters }))

  const whole = await ask('all', { [limit.key]: limit.most })
  if (whole === undefined || !isFine(whole)) return []
  const all = itemsIn(whole, place).map(key)
  if (all.length < 2) return []
  const isWhole = all.length < limit.most && nextIn(whole, turn.key) === undefined
  const size = Math.max(1, Math.min(limit.most, Math.ceil(all.length / 4)))
  const met: string[] = []
  const twice = new Set<string>()
  let exchange = whole
  let cursor: unknown
  let ended = false
  for (let page = 0; page < mostPages; page++) {
    const at =
      turn.kind === 'cursor'
        ? page === 0
          ? {}
          : { [turn.key]: cursor }
        : { [turn.key]: turn.kind === 'offset' ? page * size : turn.first + page }
    const next = await ask(`page-${page + 1}`, { [limit.key]: size, ...at })
    if (next === undefined || !isFine(next)) return []
    exchange = next
    const items = itemsIn(next, place).map(key)
    for (const one of items) {
      if (met.includes(one)) twice.add(one)
      met.push(one)
    }
    if (turn.kind === 'cursor') {
      const following = nextIn(next, turn.key)
      if (following === undefined) ended = true
      else if (
        following === cursor ||
        (page > 0 && items.length > 0 && items.every((one) => twice.has(one)))
      )
        return [problem('endless', 'The last page names a next one for ever.')]
      cursor = following
    } else ended = items.length < size
    if (ended) break
    if (items.length === 0) break
  }
  const found: Problem[] = []
  if (!ended && turn.kind === 'cursor' && met.length > all.length + size && isWhole)
    return [problem('endless', 'The pages do not end.')]
  if (twice.size > 0)
    found.push(problem('overlap', `A thing stands on two pages (${[...twice][0]!.slice(0, 60)}).`))
  const missing = isWhole && ended ? all.filter((one) => !met.includes(one)) : []
  if (missing.length > 0)
    found.push(
      problem(
        'left-out',
        `The pages leave a thing out that the whole list has (${missing[0]!.slice(0, 60)}).`,
      ),
    )
  const total = totalIn(whole)
  const count = new Set(met).size
  if (found.length === 0 && ended && total !== undefined && total !== count)
    found.push({
      exchange: whole,
      cause: 'total',
      message: `The total is not the number of things on all pages (${total} and ${count}).`,
    })
  return found

  function problem(cause: string, message: string): Problem {
    return { exchange, cause, message }
  }
}

const mostPages = 40

/** What leads to the next page: a cursor in the answer, or in the address of `rel=next`. */
function nextIn(exchange: Exchange, key: string): string | undefined {
  const name = key.slice('query.'.length)
  const fromUrl = (url: string): string | undefined =>
    URL.canParse(url, 'http://here')
      ? (new URL(url, 'http://here').searchParams.get(name) ?? undefined)
      : undefined
  for (const [property, value] of besideList(exchange)) {
    if (
      !/^(next|next_?cursor|next_?page_?token|next_?token|continuation_?token|next_?marker)$/i.test(
        property,
      )
    )
      continue
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string' && value !== '')
      return /[?/]/.test(value) ? (fromUrl(value) ?? value) : value
  }
  if (exchange.outcome.kind !== 'answered') return undefined
  const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(
    exchange.outcome.headers.get('link') ?? '',
  )?.[1]
  return link === undefined ? undefined : fromUrl(link)
}

function totalIn(exchange: Exchange): number | undefined {
  for (const [name, value] of besideList(exchange))
    if (/^total(_?(count|items|results|elements))?$/i.test(name) && typeof value === 'number')
      return value
  return undefined
}

/** Properties of the body and of the objects right inside of it. */
function* besideList(exchange: Exchange): Generator<readonly [string, unknown]> {
  const body = jsonOf(exchange)
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return
  for (const [name, value] of Object.entries(body) as [string, unknown][]) {
    yield [name, value]
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      yield* Object.entries(value) as [string, unknown][]
  }
}
