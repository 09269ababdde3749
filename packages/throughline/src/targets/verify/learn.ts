import { relationsOf, type Operation, type Relations } from '@throughline/core'
import { isFine, jsonOf, statusOf, type Exchange } from './exchange.ts'
import { pathNames, type Learned } from './usual-request.ts'

/** What answers teach about the values that exist, so that later requests ask for things that are there. */
export interface Learning {
  readonly learned: Learned
  /** Looks at an answer. */
  readonly take: (exchange: Exchange) => void
  readonly relations: (operation: Operation) => Relations
}

/** One thing that exists: the values of the path's parameters that lead to it, in their order. */
interface Known {
  readonly path: readonly (string | number)[]
  /** This run made it, so it may also take it away. */
  readonly own: boolean
}

export function learning(operations: readonly Operation[]): Learning {
  const byApi = new Map<string, Relations>()
  for (const [api, those] of Map.groupBy(operations, (one) => one.api))
    byApi.set(api, relationsOf(those))
  const relations = (operation: Operation): Relations => byApi.get(operation.api)!
  const known = new Map<string, Known[]>()
  /** The last list of each operation: the next answer may say the same. */
  const lists = new Map<Operation, unknown>()

  const keep = (key: string, path: Known['path'], own: boolean): void => {
    let list = known.get(key)
    if (list === undefined) known.set(key, (list = []))
    if (list.some((one) => same(one.path, path))) return
    list.push({ path, own })
    if (list.length > mostKnown) list.splice(list.findIndex((one) => !one.own) === -1 ? 0 : 1, 1)
  }

  return {
    relations,
    learned: {
      pathFor(operation, choices) {
        const key = collectionKey(operation)
        const all = key === undefined ? undefined : known.get(key)
        if (all === undefined || all.length === 0) return undefined
        const own = all.filter((one) => one.own)
        // Only what this run made is its to take away.
        if (operation.method !== 'DELETE') return choices.pick(all).path
        return own.length === 0 ? undefined : choices.pick(own).path
      },
      refer(operation, property, choices) {
        const resource = relations(operation).referred(
          property,
          relations(operation).role(operation)?.resource,
        )
        if (resource === undefined) return undefined
        const all = known.get(`${resource.api} ${nameless(resource.path)}`)
        if (all === undefined || all.length === 0) return undefined
        return choices.pick(all.filter((one) => one.path.length === 1)).path[0]
      },
    },
    take(exchange) {
      const { operation, said, identity } = exchange.case
      if (identity !== 'valid' || exchange.case.probe !== undefined) return
      const names = pathNames(operation.path)
      const own = names.map((name) => said.parameters.get(`path.${name}`))
      const status = statusOf(exchange)
      const gone =
        (operation.method === 'DELETE' && isFine(exchange)) ||
        (operation.method === 'GET' && (status === 404 || status === 410))
      if (gone) {
        lists.clear()
        const key = collectionKey(operation)
        const list = key === undefined ? undefined : known.get(key)
        const at = list?.findIndex((one) => same(one.path, own)) ?? -1
        if (at >= 0) list!.splice(at, 1)
        return
      }
      if (!isFine(exchange) || !own.every(isPlain)) return
      const role = relations(operation).role(operation)
      if (role?.kind !== 'whole' && role?.kind !== 'view') return
      const { resource } = role
      if (resource.kind !== 'collection') return
      const key = `${operation.api} ${nameless(resource.path)}`
      if (role.kind === 'view' || role.does === 'list') {
        const place = (role.kind === 'view' ? role.shape : resource.list)?.place ?? []
        const body = own.length === 0 ? jsonOf(exchange) : undefined
        if (body !== undefined && lists.get(operation) === body) return
        lists.set(operation, body)
        for (const one of itemsIn(exchange, place).slice(0, mostOfList)) {
          const id = idIn(one, resource.idProperty)
          if (id !== undefined) keep(key, [...own, id], false)
        }
      } else if (role.does === 'create') {
        const id = createdId(exchange, resource)
        if (id !== undefined) keep(key, [...own, id], true)
      }
    },
  }
}

const mostKnown = 200
const mostOfList = 50

/** The items of a list answer. */
export function itemsIn(exchange: Exchange, place: readonly string[]): readonly unknown[] {
  const list = place.reduce<unknown>(
    (value, name) =>
      value !== null && typeof value === 'object' && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined,
    jsonOf(exchange),
  )
  return Array.isArray(list) ? list : []
}

/** What a thing is called in paths. */
export function idIn(value: unknown, property: string | undefined): string | number | undefined {
  if (property === undefined || value === null || typeof value !== 'object') return undefined
  const id: unknown = Object.hasOwn(value, property) ? Reflect.get(value, property) : undefined
  return isPlain(id) && id !== '' ? id : undefined
}

/** The id of what was just made: in the answer itself, wrapped in it, or at the end of Location. */
export function createdId(
  exchange: Exchange,
  {
    idProperty,
    read,
  }: Pick<
    NonNullable<Extract<ReturnType<Relations['role']>, { kind: 'whole' }>>['resource'],
    'idProperty' | 'read'
  >,
): string | number | undefined {
  const body = jsonOf(exchange)
  const inner = (read?.place ?? []).reduce<unknown>(
    (value, name) =>
      value !== null && typeof value === 'object' && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined,
    body,
  )
  const id = idIn(inner, idProperty) ?? idIn(body, idProperty)
  if (id !== undefined) return id
  const location =
    exchange.outcome.kind === 'answered' ? exchange.outcome.headers.get('location') : undefined
  const last = location?.split(/[?#]/)[0]!.replace(/\/$/, '').split('/').at(-1)
  if (last === undefined || last === '') return undefined
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

/** The collection that the last parameter of a path points into: `store /orders/{}/lines`. */
function collectionKey({ api, path }: Operation): string | undefined {
  const end = path.lastIndexOf('/{')
  return end <= 0 ? undefined : `${api} ${nameless(path.slice(0, end))}`
}

function nameless(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}').replace(/\/$/, '')
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return (
    one.length === other.length && one.every((value, at) => String(value) === String(other[at]))
  )
}
