import {
  GraphQLError,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type {
  GraphQLFieldResolver,
  GraphQLLeafType,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLTypeResolver,
} from 'graphql'
import { descend, plain, rootOf } from '@throughline/core'
import type { Contract } from '@throughline/core'
import { hashOf } from './chance.ts'
import type { Effect } from './effect.ts'
import { generatedValue } from './generated.ts'
import { changedBy, referencesIn } from './graphql-change.ts'
import type { Changed } from './graphql-change.ts'
import { asksForSome, cursorOf, pageOfRows, rowsAsked, saidOfPage } from './graphql-page.ts'
import type { ThingPage, ThingRow } from './graphql-page.ts'
import type { ThingType, Things } from './graphql-things.ts'
import { turnOf, typeOf } from './graphql-type.ts'
import { isEntity } from './world/entity.ts'
import type { Entity } from './world/entity.ts'
import { idOf } from './world/identity.ts'
import type { Shelf } from './world/shelf.ts'

/** What the values of one answer depend on. */
export interface GraphqlWorld {
  readonly contract: Contract
  readonly seed: string
  /** By response key of the field at the top. */
  readonly effects: ReadonlyMap<string, Effect>
  readonly mutation: boolean
  /** The things of all APIs, as this session finds them. */
  readonly things: Things
  readonly budget: { left: number }
  /** Which event of a subscription this is, and what it tells of. */
  readonly event?: { readonly turn: number; readonly happened: Changed | undefined }
}

/**
 * An object of which nothing is known yet but who it is: its fields are made up when the query asks for them. The same
 * key gives the same fields, so one thing looks the same wherever it turns up.
 */
interface Stub {
  readonly key: string
  readonly typename: string
  /** Arguments that led here: a field of the same name answers with them. */
  readonly echo: Readonly<Record<string, unknown>>
  readonly effect: Effect | undefined
  /** How many lists we are inside of. */
  readonly lists: number
  /** What the world knows of it. */
  readonly known?: Entity
  /** Whether what the world does not know of it is not there. */
  readonly whole?: boolean
  /** What it belongs to, by plain names: `productid`. */
  readonly scope?: ReadonlyMap<string, string>
  /** All that can be told of a thing, looked up when the rest does not say. */
  readonly detail?: () => Entity | undefined
  /** A connection, or what stands in one. */
  readonly page?: ThingPage
  /** An edge of a connection. */
  readonly row?: ThingRow
  /** The answer of a mutation, with what it changed. */
  readonly changed?: Changed
}

export const typeResolver: GraphQLTypeResolver<unknown, GraphqlWorld> = (value) =>
  isStub(value) ? value.typename : undefined

export const fieldResolver: GraphQLFieldResolver<unknown, GraphqlWorld, Record<string, unknown>> = (
  source,
  args,
  world,
  info,
) => {
  const parent = isStub(source) ? source : undefined
  const effect = parent === undefined ? world.effects.get(String(info.path.key)) : parent.effect
  if (parent === undefined && effect !== undefined) refuse(effect, world)
  if (--world.budget.left < 0 && !isNonNullType(info.returnType)) return null
  const event = parent === undefined ? world.event : undefined
  const key = `${keyOf(parent, args, info)}${event === undefined ? '' : `#${event.turn}`}`
  const echo =
    parent === undefined
      ? echoOf(args)
      : world.mutation
        ? { ...parent.echo, ...echoOf(args) }
        : echoOf(args)
  const place: Place = { key, echo, effect, lists: parent?.lists ?? 0, parent, args, world, info }
  if (event?.happened !== undefined)
    return valueOf(info.returnType, { ...place, changed: event.happened }, 0)
  if (parent === undefined && world.mutation && effect?.invalid !== true) {
    const changed = changedBy(args, echo, world.things, info)
    if (changed?.kind === 'missing') throw missing()
    if (changed?.kind === 'full')
      throw new GraphQLError(
        'This session has filled its world. POST /_throughline/reset empties it',
        { extensions: { code: 'INSUFFICIENT_STORAGE' } },
      )
    if (changed !== undefined) return valueOf(info.returnType, { ...place, changed }, 0)
  }
  return valueOf(info.returnType, place, 0)
}

function missing(): GraphQLError {
  return new GraphQLError('This is not here any more', {
    extensions: { code: 'NOT_FOUND', http: { status: 404 } },
  })
}

interface Place {
  readonly key: string
  readonly echo: Readonly<Record<string, unknown>>
  readonly effect: Effect | undefined
  readonly lists: number
  readonly parent: Stub | undefined
  readonly args: Readonly<Record<string, unknown>>
  readonly world: GraphqlWorld
  readonly info: GraphQLResolveInfo
  /** What a mutation at the top has changed. */
  readonly changed?: Changed
  /** What the world says stands here. */
  readonly value?: unknown
  /** One of a list of things. */
  readonly row?: ThingRow
}

/** Fields that say what went wrong: nothing did, unless a scenario says so. */
const TROUBLE = /^(user|field|input)?_?(errors?|problems?|violations?|failures?)$/i
const COUNT = /^(total|count|total_?count|total_?items)$/i
const CURSOR =
  /^(next|next_?(cursor|page|token)|has_?(next|previous|more)(_?page)?|end_?cursor|start_?cursor|previous_?(cursor|page))$/i
/** A scenario with a status that a resolver, not a gateway, answers with. */
const CODES: Readonly<Record<string, string>> = {
  '400': 'BAD_USER_INPUT',
  '404': 'NOT_FOUND',
  '409': 'CONFLICT',
  '410': 'GONE',
  '422': 'BAD_USER_INPUT',
  '4xx': 'BAD_USER_INPUT',
}

function refuse(effect: Effect, world: GraphqlWorld): void {
  const { status, problem } = effect
  if (problem !== undefined)
    throw new GraphQLError('That did not work', {
      extensions: { code: 'BAD_REQUEST', type: problem },
    })
  if (status?.startsWith('4') === true) {
    const http = /^\d{3}$/.test(status) ? Number(status) : 400
    throw new GraphQLError('That did not work', {
      extensions: { code: CODES[status] ?? 'BAD_REQUEST', http: { status: http } },
    })
  }
  // A mutation that can say what is wrong does so in its answer (`valueOf`).
  if (effect.invalid === true && !world.mutation) {
    throw new GraphQLError('Check what was entered and send it again', {
      extensions: { code: 'BAD_USER_INPUT' },
    })
  }
}

/** Who the value is: the thing with this id wherever it is asked for, else its place in the answer. */
function keyOf(
  parent: Stub | undefined,
  args: Readonly<Record<string, unknown>>,
  info: GraphQLResolveInfo,
): string {
  const named = getNamedType(info.returnType)
  const id = isListType(info.returnType) ? undefined : idIn(args, named.name)
  if (id !== undefined && !isLeafType(named)) return `${named.name}:${id}`
  // How much is asked for of a list does not change who is in it.
  const own = Object.entries(args).filter(([name]) => !SIZES.has(name))
  const given = own.length === 0 ? '' : `(${JSON.stringify(Object.fromEntries(own))})`
  if (parent === undefined) return `${info.parentType.name}.${info.fieldName}${given}`
  return `${parent.key}.${info.fieldName}${given}`
}

function idIn(args: Readonly<Record<string, unknown>>, type: string): string | undefined {
  const own = `${type.charAt(0).toLowerCase()}${type.slice(1)}Id`
  const id = args['id'] ?? args[own]
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

function echoOf(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { input } = args
  return input !== null && typeof input === 'object' && !Array.isArray(input)
    ? { ...args, ...input }
    : args
}

function valueOf(type: GraphQLOutputType, place: Place, depth: number): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, place, depth)
  const nullable = depth === 0 && !isNonNullType(place.info.returnType)
  const { fieldName } = place.info
  if (isListType(type)) return listOf(type.ofType, place, depth)
  if (isLeafType(type)) return leafOf(type, place, nullable)
  const troubled = TROUBLE.test(fieldName)
  if (nullable && troubled && place.effect?.invalid !== true) return null
  // Optional parts are gone, but not the answer itself.
  if (nullable && place.effect?.minimal === true && place.parent !== undefined) return null
  const typename = isObjectType(type)
    ? type.name
    : isAbstractType(type)
      ? concreteOf(type.name, place)
      : undefined
  if (typename === undefined) return null
  return objectOf(typename, place, nullable)
}

/** The stub of an object: a thing of the world, a connection, the answer of a mutation, or what nobody has said anything about. */
function objectOf(typename: string, place: Place, nullable: boolean): Stub | null {
  const { key, effect, lists, parent, args, world, info, echo } = place
  const { fieldName } = info
  const known = place.value === undefined ? saidIn(parent, fieldName) : place.value
  const changed = place.changed ?? parent?.changed
  if (known === null && nullable) return null
  const thing = world.things.types.of(typename)
  if (place.row !== undefined)
    return thing === undefined
      ? { key, typename, echo: {}, effect, lists, row: place.row }
      : stubOfRow(typename, place.row, place)
  if (thing !== undefined) {
    if (world.mutation && nullable && effect?.invalid === true) return null
    if (changed !== undefined && 'thing' in changed && changed.thing.type === typename)
      return stubOfRow(typename, { id: changed.id, known: changed.known, whole: false }, place)
    if (parent?.row !== undefined && fieldName === 'node')
      return stubOfRow(typename, parent.row, place)
    const found = oneOf(thing, known, place)
    if (found === null) {
      if (nullable) return null
      throw missing()
    }
    return found
  }
  const base: Stub = { key, typename, echo, effect, lists }
  if (changed?.kind === 'single' && changed.type === typename)
    return { ...base, known: changed.known }
  if (place.changed !== undefined) return { ...base, changed: place.changed }
  if (isEntity(known)) return { ...base, known, whole: parent?.whole === true }
  if (parent?.page !== undefined) return { ...base, page: parent.page }
  const listed = parent !== undefined && world.mutation ? undefined : listedIn(typename, place)
  if (listed !== undefined) return { ...base, page: pageOf(listed, args, place) }
  const alone = parent === undefined ? world.things.single(fieldName)?.only() : undefined
  return alone === undefined ? base : { ...base, known: alone }
}

/** One thing: the one with the id that is asked for, or that somebody refers to; `null` where it is not there. */
function oneOf(thing: ThingType, known: unknown, place: Place): Stub | null {
  const { parent, args, world, info, key, echo, effect, lists } = place
  const { type } = thing
  const shelf = world.things.shelf(thing)
  const { idProperty } = shelf.resource
  const reference = `${plain(info.fieldName)}id`
  const id =
    idIn(args, type) ??
    idIn(args, getNamedType(info.returnType).name) ??
    idOf(known, idProperty) ??
    (parent === undefined
      ? undefined
      : (referredIn(parent, reference) ?? parent.scope?.get(reference)))
  if (id !== undefined) {
    const found = shelf.find(id)
    if (found === null) return null
    return stubOfRow(
      type,
      {
        id,
        known: { ...found, ...(isEntity(known) && known) },
        whole: thing.place !== undefined && found !== undefined,
      },
      { ...place, echo: { ...echo, [thing.id]: id } },
    )
  }
  if (isEntity(known)) return { key, typename: type, echo, effect, lists, known }
  if (parent === undefined) {
    const alone = world.things.single(info.fieldName)?.only()
    if (alone !== undefined)
      return { key, typename: type, echo, effect, lists, known: alone, whole: true }
  }
  // What stands in a thing is the same for a mutation as for a query.
  if (world.mutation && parent?.known === undefined)
    return { key, typename: type, echo, effect, lists }
  const event = parent === undefined ? world.event : undefined
  const rows = rowsIn(thing, event === undefined ? new Map() : scopeIn(place, type), place)
  const turn = event?.turn ?? turnOf(world.seed, key, type)
  const row = rows[turn % Math.max(1, rows.length)]
  return row === undefined ? null : stubOfRow(type, row, { ...place, echo: {} })
}

function referredIn(parent: Stub, word: string): string | undefined {
  for (const from of [parent.known, parent.detail?.()]) {
    const found = Object.entries(from ?? {}).find(([name]) => plain(name) === word)?.[1]
    if (typeof found === 'string' || typeof found === 'number') return String(found)
  }
  return undefined
}

function stubOfRow(type: string, { id, known, whole }: ThingRow, place: Place): Stub {
  const { echo, effect, lists, world } = place
  const thing = world.things.types.of(type)
  const shelf = thing && world.things.shelf(thing)
  const property = shelf?.resource.idProperty
  let told: { readonly value: Entity | undefined } | undefined
  return {
    key: `${type}:${id}`,
    typename: type,
    echo: world.mutation ? echo : echo[thing?.id ?? 'id'] === id ? { [thing?.id ?? 'id']: id } : {},
    effect,
    lists,
    known: {
      ...(thing !== undefined && { [thing.id]: id }),
      ...(property !== undefined && { [property]: id }),
      ...known,
    },
    whole,
    detail: () => (told ??= { value: shelf?.find(id) ?? undefined }).value,
  }
}

/** What the world says stands in a field: as it is called, or as other APIs write it. */
function saidIn(stub: Stub | undefined, field: string): unknown {
  if (stub === undefined) return undefined
  if (stub.known === undefined && stub.detail === undefined) return undefined
  const own = namedIn(stub.known, field)
  return own === undefined ? namedIn(stub.detail?.(), field) : own
}

function namedIn(value: Entity | undefined, field: string): unknown {
  if (value === undefined) return undefined
  if (Object.hasOwn(value, field)) return value[field]
  const word = plain(field)
  for (const name in value) if (plain(name) === word) return value[name]
  return undefined
}

/** What lists of things there are below a thing, or beside an argument that names one. */
function scopeIn({ parent, args, world }: Place, type: string): ReadonlyMap<string, string> {
  const scope = new Map(referencesIn(args))
  const above = parent && world.things.types.of(parent.typename)
  if (parent !== undefined && above !== undefined) {
    const id = parent.key.slice(parent.typename.length + 1)
    if (parent.key.startsWith(`${parent.typename}:`)) scope.set(`${plain(parent.typename)}id`, id)
  }
  scope.delete(`${plain(type)}id`)
  return scope
}

/** Everything of a type that belongs to somebody, before anything is asked of it. */
function rowsIn(
  thing: ThingType,
  scope: ReadonlyMap<string, string>,
  place: Place,
): readonly ThingRow[] {
  const { world, effect, lists } = place
  if (effect?.empty === true || world.budget.left < 0) return []
  const shelf = world.things.shelf(thing, scope)
  const { idProperty } = shelf.resource
  if (thing.place !== undefined || isClosed(shelf, world))
    return related(
      shelf.things().flatMap((known) => {
        const id = idOf(known, idProperty)
        return id === undefined ? [] : [{ id, known, whole: thing.place !== undefined }]
      }),
      scope,
      place,
    )
  const written = shelf.written()
  const own = [...scope].map(([name, value]) => `${name}=${value}`).join('&')
  const ids = idsOf(thing, own, sizeOf(`${thing.type} ${own}`, lists, world), world)
  const shared = saidByScope(thing, scope, place)
  const base = ids.flatMap((id) => {
    if (written?.gone.has(id) === true) return []
    const row = written?.rows.get(id)
    return row?.made === true ? [] : [{ id, known: { ...shared, ...row?.value }, whole: false }]
  })
  const here = new Set(base.map(({ id }) => id))
  const others = [...(written?.rows ?? [])].flatMap(([id, { value, made }]) =>
    !here.has(id) && made === true && belongs(value, scope)
      ? [{ id, known: value, whole: false }]
      : [],
  )
  return [...others.toReversed(), ...base]
}

/** What all things of a scope say of it: messages of a channel, its id. */
function saidByScope(
  { type }: ThingType,
  scope: ReadonlyMap<string, string>,
  { info }: Place,
): Entity {
  const object = scope.size === 0 ? undefined : info.schema.getType(type)
  if (!isObjectType(object)) return {}
  return Object.fromEntries(
    Object.values(object.getFields()).flatMap((field) => {
      const value = scope.get(plain(field.name))
      return value === undefined || !isLeafType(getNamedType(field.type))
        ? []
        : [[field.name, value]]
    }),
  )
}

/** Somebody wrote down all that there is. */
function isClosed(shelf: Shelf, { things }: GraphqlWorld): boolean {
  return (
    shelf.written()?.closed === true || things.ground.filled.data?.has(shelf.resource.name) === true
  )
}

/** Those that belong to the scope; where things do not say what they belong to, a few that stay the same. */
function related(
  rows: readonly ThingRow[],
  scope: ReadonlyMap<string, string>,
  { parent, world, lists }: Place,
): readonly ThingRow[] {
  if (scope.size === 0) return rows
  const says = rows.some(({ known }) =>
    [...scope.keys()].some((name) => Object.keys(known).some((one) => plain(one) === name)),
  )
  if (says) return rows.filter(({ known }) => belongs(known, scope))
  if (parent === undefined || rows.length <= 3) return rows
  const from = hashOf(world.seed, parent.key) % rows.length
  const few = lists > 2 ? 1 : lists > 0 ? 2 : 3
  return Array.from({ length: few }, (_, index) => rows[(from + index) % rows.length]!)
}

/** Whether a thing says nothing else than that it belongs there. */
export function belongs(known: Entity, scope: ReadonlyMap<string, string>): boolean {
  return [...scope].every(([name, value]) => {
    const own = namedIn(known, name)
    return (typeof own !== 'string' && typeof own !== 'number') || String(own) === value
  })
}

function sizeOf(key: string, lists: number, { seed, things }: GraphqlWorld): number {
  switch (things.ground.dataset) {
    case 'empty':
      return 0
    case 'one':
      return 1
    case 'many':
      return lists > 0 ? 4 : 200
    case 'extreme':
      return lists > 0 ? 4 : 1000
    default:
      return lists > 2 ? 1 : lists > 1 ? 2 : 3 + (hashOf(seed, key) % 5)
  }
}

function idsOf(
  { type, id }: ThingType,
  scope: string,
  length: number,
  { contract, seed }: GraphqlWorld,
): readonly string[] {
  const site = descend(rootOf(contract.root), ['$defs', type, 'properties', id])
  const ids = new Set<string>()
  for (let attempt = 0; ids.size < length && attempt < length + 20; attempt++) {
    const made =
      site === undefined
        ? undefined
        : unwrapped(
            generatedValue(site, `${seed} ${type} ${scope} ${attempt}`, { name: id, of: type }),
          )
    const text = typeof made === 'string' || typeof made === 'number' ? String(made) : ''
    ids.add(text === '' || ids.has(text) ? `${type.toLowerCase()}-${attempt + 1}` : text)
  }
  return [...ids]
}

/** The things that a type lists: itself in `nodes`, `items` or `edges`. */
function listedIn(typename: string, { info, world }: Place): ThingType | undefined {
  const type = info.schema.getType(typename)
  if (!isObjectType(type)) return undefined
  const found = new Map<string, ThingType>()
  for (const field of Object.values(type.getFields())) {
    const own = isNonNullType(field.type) ? field.type.ofType : field.type
    if (!isListType(own) || TROUBLE.test(field.name)) continue
    const item = getNamedType(own)
    const thing = world.things.types.of(item.name) ?? thingOfEdge(item, world)
    if (thing !== undefined) found.set(thing.type, thing)
  }
  return found.size === 1 ? [...found.values()][0] : undefined
}

function thingOfEdge(item: GraphQLNamedType, { things }: GraphqlWorld): ThingType | undefined {
  const node = isObjectType(item) ? item.getFields()['node'] : undefined
  return node && things.types.of(getNamedType(node.type).name)
}

function pageOf(thing: ThingType, args: Entity, place: Place): ThingPage {
  const scope = scopeIn(place, thing.type)
  const rows = rowsIn(thing, scope, place)
  const wanted = asksForSome(args)
    ? rowsAsked(
        rows,
        args,
        new Set(Object.keys(args).filter((name) => scope.has(plain(name)))),
        (row) => inFull(thing, row, place),
      )
    : rows
  return pageOfRows(thing.type, wanted, args)
}

/** A row with its plain fields, as a query would show them. */
function inFull({ type }: ThingType, row: ThingRow, place: Place): Entity {
  const { info, world } = place
  const own = info.schema.getType(type)
  if (!isObjectType(own)) return row.known
  const stub = stubOfRow(type, row, { ...place, echo: {} })
  const entries = Object.values(own.getFields()).flatMap((field) => {
    const named = getNamedType(field.type)
    if (!isLeafType(named)) {
      const inner = saidIn(stub, field.name)
      return inner === undefined ? [] : [[field.name, inner] as const]
    }
    if (isListType(isNonNullType(field.type) ? field.type.ofType : field.type)) return []
    const at = { world, key: `${stub.key}.${field.name}`, effect: stub.effect, parent: stub }
    const nullable = !isNonNullType(field.type)
    return [[field.name, leafIn(named, field.name, own, nullable, at)] as const]
  })
  return Object.fromEntries(entries)
}

function listOf(item: GraphQLOutputType, place: Place, depth: number): unknown {
  const { parent, info, world, effect } = place
  const { fieldName } = info
  if (TROUBLE.test(fieldName)) {
    const wrong = effect?.invalid === true ? 1 : 0
    return Array.from({ length: wrong }, (_, index) =>
      valueOf(item, { ...place, key: `${place.key}[${index}]` }, depth + 1),
    )
  }
  const leaf = isLeafType(isNonNullType(item) ? item.ofType : item)
  const said = saidIn(parent, fieldName)
  if (Array.isArray(said))
    return said.map((value: unknown, index) =>
      valueOf(
        item,
        { ...place, value, key: `${place.key}[${index}]`, lists: place.lists + 1 },
        depth + 1,
      ),
    )
  const ids = isAbstractType(getNamedType(item)) ? place.args['ids'] : undefined
  if (Array.isArray(ids) && said === undefined)
    return ids.map((id: unknown) =>
      valueOf(
        item,
        { ...place, args: { id }, echo: { id }, key: `${getNamedType(item).name}:${String(id)}` },
        depth + 1,
      ),
    )
  const shown = leaf || world.mutation ? undefined : shownIn(getNamedType(item), place)
  if (shown !== undefined)
    return shown.map((row) =>
      valueOf(
        item,
        { ...place, row, key: `${place.key}[${row.id}]`, lists: place.lists + 1 },
        depth + 1,
      ),
    )
  const length = effect?.empty === true || world.budget.left < 0 ? 0 : lengthOf(place)
  // `nodes` and `edges` are two views of one list.
  const base =
    parent !== undefined && /^(nodes|edges|items)$/.test(fieldName) ? parent.key : place.key
  const suffix = fieldName === 'nodes' ? '.node' : ''
  return Array.from({ length }, (_, index) =>
    valueOf(
      item,
      { ...place, key: `${base}[${index}]${leaf ? fieldName : suffix}`, lists: place.lists + 1 },
      depth + 1,
    ),
  )
}

/** The things of a list, or of the connection that it stands in; `undefined` for a list of something else. */
function shownIn(item: GraphQLNamedType, place: Place): readonly ThingRow[] | undefined {
  const { parent, args, world } = place
  const thing = world.things.types.of(item.name)
  const listed = thing ?? thingOfEdge(item, world)
  if (listed === undefined) return undefined
  if (parent?.page?.type === listed.type)
    return pageOfRows(listed.type, parent.page.shown, args).shown
  return thing === undefined ? undefined : pageOf(thing, args, place).shown
}

/** As many as fit a screen, fewer inside other lists, never more than was asked for. */
function lengthOf({ parent, args, key, lists, world }: Place): number {
  const asked = limitIn(args) ?? (parent === undefined ? undefined : limitIn(parent.echo))
  const own = sizeOf(parent?.key ?? key, lists === 0 ? 0 : lists + 1, world)
  return asked === undefined ? own : Math.max(0, Math.min(asked, own))
}

const SIZES: ReadonlySet<string> = new Set([
  'first',
  'last',
  'limit',
  'take',
  'pageSize',
  'perPage',
])

function limitIn(args: Readonly<Record<string, unknown>>): number | undefined {
  for (const name of SIZES) {
    const value = args[name]
    if (typeof value === 'number' && Number.isInteger(value)) return value
  }
  return undefined
}

function leafOf(type: GraphQLLeafType, place: Place, nullable: boolean): unknown {
  const { parent, info, world, key, effect, value, lists } = place
  const { fieldName, parentType } = info
  if (nullable && effect?.minimal === true) return null
  if (value !== undefined) {
    const own = fitted(type, value)
    if (own !== undefined) return own
  }
  const echoed = parent === undefined ? undefined : parent.echo[fieldName]
  const changed = place.changed ?? parent?.changed
  if (changed !== undefined && 'thing' in changed) {
    const isId = /^(deleted|removed)?\w*id$/i.test(fieldName) && type.name !== 'Boolean'
    if (isId || (parent === undefined && type.name === 'ID'))
      return fitted(type, changed.id) ?? null
    if (type.name === 'Boolean') return true
  }
  if (parent?.row !== undefined && /^cursor$/i.test(fieldName)) return cursorOf(parent.row)
  if (parent?.page !== undefined) {
    const said = saidOfPage(fieldName, parent.page, Object.keys(parentType.getFields()))
    if (said !== undefined && (said !== null || nullable)) {
      if (said === null) return null
      const own = fitted(type, said)
      if (own !== undefined) return own
    }
    if (/^(average|mean)(_?(rating|score|stars))?$/i.test(fieldName))
      return meanOf(parent.page, place) ?? (nullable ? null : 0)
  }
  if (
    parent !== undefined &&
    echoed !== undefined &&
    echoed !== null &&
    saidIn(parent, fieldName) === undefined &&
    fits(type, echoed)
  )
    return type.serialize(echoed)
  if (parent !== undefined && parent.page === undefined && hasList(parentType)) {
    if (COUNT.test(fieldName) && type.name === 'Int' && saidIn(parent, fieldName) === undefined)
      return effect?.empty === true ? 0 : lengthOf({ ...place, lists: parent.lists })
    if (CURSOR.test(fieldName) && nullable) return null
  }
  if (type.name === 'Boolean' && CURSOR.test(fieldName)) return false
  return leafIn(type, fieldName, parentType, nullable, { world, key, effect, parent, lists, info })
}

/** A plain value: as the world knows it, else made up from the schema. */
function leafIn(
  type: GraphQLLeafType,
  fieldName: string,
  parentType: GraphQLObjectType,
  nullable: boolean,
  {
    world,
    key,
    parent,
    info,
  }: {
    readonly world: GraphqlWorld
    readonly key: string
    readonly effect: Effect | undefined
    readonly parent: Stub | undefined
    readonly lists?: number
    readonly info?: GraphQLResolveInfo
  },
): unknown {
  const said = saidIn(parent, fieldName)
  if (said === null && nullable) return null
  if (said !== undefined) {
    const own = fitted(type, said)
    if (own !== undefined) return own
  }
  if (
    said === undefined &&
    nullable &&
    parent?.whole === true &&
    isToldElsewhere(parent, fieldName, world)
  )
    return null
  const { dataset } = world.things.ground
  if (nullable && dataset === 'minimal') return null
  const root = rootOf(world.contract.root)
  const site =
    descend(root, ['$defs', parentType.name, 'properties', fieldName]) ??
    (info && descend(root, [info.operation.operation, fieldName, 'result']))
  if (site === undefined) return null
  const made = generatedValue(site, `${world.seed} ${key}`, {
    // Who is deleted is no date.
    name: type.name === 'ID' && parent === undefined ? 'id' : fieldName,
    of: parentType.name,
    ...(dataset === 'extreme' && { dataset }),
  })
  const value = unwrapped(made)
  if (value !== null && fits(type, value)) return value
  return lastResort(type)
}

/** Whether another API would have told the field of a thing, had there been something to tell. */
function isToldElsewhere({ typename }: Stub, field: string, { things }: GraphqlWorld): boolean {
  const thing = things.types.of(typename)
  const word = plain(field)
  return thing?.resource.item.children().some((one) => plain(one.name) === word) === true
}

/** The mean of what people gave the things of a page; `undefined` where there is nothing to take it of. */
function meanOf({ type, all }: ThingPage, place: Place): number | undefined {
  const thing = place.world.things.types.of(type)
  if (thing === undefined) return undefined
  const given = all.slice(0, MOST_IN_MEAN).flatMap((row) => {
    const whole = inFull(thing, row, place)
    const one = whole['rating'] ?? whole['score'] ?? whole['stars']
    return typeof one === 'number' ? [one] : []
  })
  if (given.length === 0) return undefined
  return Math.round((given.reduce((sum, one) => sum + one, 0) / given.length) * 10) / 10
}

const MOST_IN_MEAN = 200

/** What another API says, as this type writes it; `undefined` where it cannot. */
function fitted(type: GraphQLLeafType, value: unknown): unknown {
  if (isEntity(value)) {
    const amount = [value['amount'], value['value']].find((one) => typeof one === 'number')
    if (type.name === 'Int' || type.name === 'Float')
      return amount === undefined ? undefined : fitted(type, amount)
    if (type.name === 'ID') return idOf(value, 'id')
    if (type.name === 'String') return undefined
  }
  if ('getValues' in type) {
    if (typeof value !== 'string') return undefined
    const word = plain(value)
    return type.getValues().find((one) => plain(one.name) === word)?.name
  }
  try {
    return type.serialize(value)
  } catch {
    return undefined
  }
}

/** A leaf inside a list is generated with the list around it. */
function unwrapped(value: unknown): unknown {
  return Array.isArray(value) ? unwrapped(value[0] as unknown) : (value ?? null)
}

function fits(type: GraphQLLeafType, value: unknown): boolean {
  try {
    return type.serialize(value) !== undefined
  } catch {
    return false
  }
}

function lastResort(type: GraphQLLeafType): unknown {
  if ('getValues' in type) return type.getValues()[0]?.value as unknown
  switch (type.name) {
    case 'Int':
    case 'Float':
      return 1
    case 'Boolean':
      return false
    default:
      return 'text'
  }
}

function hasList(type: GraphQLObjectType): boolean {
  return Object.values(type.getFields()).some((one) => {
    const { type: own } = one
    return isListType(isNonNullType(own) ? own.ofType : own)
  })
}

/** Which of its types a value of an interface or a union is. */
function concreteOf(name: string, place: Place): string | undefined {
  const { info, key, args, world, effect, parent } = place
  const { seed, things, mutation } = world
  const known = place.value === undefined ? saidIn(parent, info.fieldName) : place.value
  return typeOf({
    schema: info.schema,
    name,
    key,
    id: idIn(args, name),
    known,
    seed,
    things,
    troubled: mutation && effect?.invalid === true,
  })
}

function isStub(value: unknown): value is Stub {
  return (
    value !== null &&
    typeof value === 'object' &&
    'typename' in value &&
    'key' in value &&
    'lists' in value
  )
}
