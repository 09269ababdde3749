import { nameOf } from '@throughline/core'
import type { Graph, TrafficVerdict } from '@throughline/core'
import { contains } from '../scenario.ts'
import { callOf } from './call-of.ts'
import type { Exchange } from './traffic.ts'

/** Which calls are meant; what is not said is not looked at. */
export interface CallFilter {
  /** `store.getBasket` */
  readonly operation?: string
  readonly method?: string
  /** Path without its query; `*` stands for anything within a segment. */
  readonly path?: string
  readonly status?: number
  readonly session?: string
  /** The number of a call: only newer ones. */
  readonly since?: number
  readonly query?: Readonly<Record<string, string>>
  readonly header?: Readonly<Record<string, string>>
  /** Every part of it must stand in the body that was sent. */
  readonly body?: unknown
}

export interface Expected {
  readonly exactly?: number
  readonly atLeast?: number
  readonly atMost?: number
}

/** The calls that a filter means, oldest first. */
export function callsThat(exchanges: readonly Exchange[], filter: CallFilter): readonly Exchange[] {
  return exchanges.filter((one) => differencesOf(one, filter).length === 0)
}

/** Whether as many such calls came as expected; at least one where nothing is said. */
export function verdictOn(
  exchanges: readonly Exchange[],
  filter: CallFilter,
  expected: Expected,
  graph: Graph,
): TrafficVerdict {
  const calls = callsThat(exchanges, filter)
  const count = calls.length
  const { exactly, atMost } = expected
  const atLeast =
    expected.atLeast ?? (exactly === undefined && atMost === undefined ? 1 : undefined)
  const verdict =
    (exactly === undefined || count === exactly) &&
    (atLeast === undefined || count >= atLeast) &&
    (atMost === undefined || count <= atMost)
  const words = [
    ...(exactly === undefined ? [] : [`exactly ${exactly}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ].join(' and ')
  const nearest = verdict || count > 0 ? [] : nearestOf(exchanges, filter)
  const place = [filter.method, filter.path].filter((one) => one !== undefined).join(' ')
  const what = filter.operation ?? (place === '' ? 'anything' : place)
  const near = nearest[0]
  return {
    verdict,
    count,
    expected: words,
    message: verdict
      ? `${what} was ${times(count)}.`
      : `${what} was ${times(count)}${isNarrow(filter) ? ' like that' : ''}, not ${words}.${near === undefined ? '' : ` The nearest is ${near.exchange.method} ${near.exchange.url}: ${near.differences.join(', ')}.`}`,
    calls: calls.slice(-MOST_SHOWN).map((one) => callOf(one, graph)),
    nearest: nearest.map(({ exchange, differences }) => ({
      call: callOf(exchange, graph),
      differs: differences.join(', '),
    })),
  }
}

const MOST_SHOWN = 200

function times(count: number): string {
  return count === 0 ? 'never called' : count === 1 ? 'called once' : `called ${count} times`
}

function isNarrow({ query, header, body, status }: CallFilter): boolean {
  return [query, header, body, status].some((one) => one !== undefined)
}

/** Calls of the same session, fewest differences first, the youngest of equals first. */
function nearestOf(
  exchanges: readonly Exchange[],
  filter: CallFilter,
): readonly { readonly exchange: Exchange; readonly differences: readonly string[] }[] {
  const { session: _, since: __, ...rest } = filter
  return exchanges
    .filter((one) => isInScope(one, filter))
    .map((exchange) => ({ exchange, differences: differencesOf(exchange, rest) }))
    .toSorted(
      (one, other) =>
        one.differences.length - other.differences.length ||
        other.exchange.number - one.exchange.number,
    )
    .slice(0, 3)
}

function isInScope({ session, number }: Exchange, filter: CallFilter): boolean {
  return (
    (filter.session === undefined || filter.session === session) &&
    (filter.since === undefined || number > filter.since)
  )
}

function differencesOf(exchange: Exchange, filter: CallFilter): readonly string[] {
  if (!isInScope(exchange, filter)) return ['it is of another session or older']
  const { told, method, url, answer } = exchange
  const differences: string[] = []
  const { operation, path } = filter
  const [ownPath = '', query = ''] = url.split('?', 2)
  if (operation !== undefined && !told.operations.some((one) => nameOf(one.id) === operation))
    differences.push(
      told.operations[0] === undefined
        ? 'no operation answers it'
        : `it is ${nameOf(told.operations[0].id)}`,
    )
  if (filter.method !== undefined && filter.method.toUpperCase() !== method)
    differences.push(`its method is ${method}`)
  if (path !== undefined && !isPath(ownPath, path)) differences.push(`its path is ${ownPath}`)
  if (filter.status !== undefined && filter.status !== answer.status)
    differences.push(`its status is ${answer.status}`)
  const given = new URLSearchParams(query)
  for (const [name, wanted] of Object.entries(filter.query ?? {})) {
    const all = given.getAll(name)
    if (!all.includes(wanted))
      differences.push(all[0] === undefined ? `it has no ?${name}=` : `its ?${name}= is ${all[0]}`)
  }
  for (const [name, wanted] of Object.entries(filter.header ?? {})) {
    const key = name.toLowerCase()
    const value = Object.hasOwn(exchange.headers, key) ? exchange.headers[key] : undefined
    if (String(value) !== wanted)
      differences.push(
        value === undefined ? `it has no header ${name}` : `its header ${name} is another`,
      )
  }
  if (filter.body !== undefined && !contains(bodyOf(exchange), filter.body))
    differences.push(
      exchange.body === undefined
        ? 'it has no body'
        : `its body is ${Buffer.from(exchange.body).toString().slice(0, 200)}`,
    )
  return differences
}

function isPath(path: string, wanted: string): boolean {
  const own = path.split('/')
  const asked = wanted.split('/')
  return (
    own.length === asked.length && asked.every((one, index) => one === '*' || one === own[index])
  )
}

/** The body as data: JSON, a form by its names, else the text. */
function bodyOf({ body, headers }: Exchange): unknown {
  if (body === undefined) return undefined
  const text = Buffer.from(body).toString()
  if (/urlencoded/i.test(String(headers['content-type'] ?? '')))
    return Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
