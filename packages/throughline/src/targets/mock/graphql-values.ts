import {
  GraphQLError,
  Kind,
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
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLTypeResolver,
  SelectionSetNode,
} from 'graphql'
import { descend, rootOf } from '@throughline/core'
import type { Contract } from '@throughline/core'
import { hashOf } from './chance.ts'
import type { Effect } from './effect.ts'
import { generatedValue } from './generated.ts'

/** What the values of one answer depend on. */
export interface GraphqlWorld {
  readonly contract: Contract
  readonly seed: string
  /** By response key of the field at the top. */
  readonly effects: ReadonlyMap<string, Effect>
  readonly mutation: boolean
  readonly budget: { left: number }
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
  const key = keyOf(parent, args, info)
  const echo =
    parent === undefined
      ? echoOf(args)
      : world.mutation
        ? { ...parent.echo, ...echoOf(args) }
        : echoOf(args)
  const place: Place = { key, echo, effect, lists: parent?.lists ?? 0, parent, args, world, info }
  return valueOf(info.returnType, place, 0)
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
  const given = Object.keys(args).length === 0 ? '' : `(${JSON.stringify(args)})`
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
  const { key, effect, lists } = place
  const typename = isObjectType(type)
    ? type.name
    : isAbstractType(type)
      ? possibleOf(type.name, place)
      : undefined
  if (typename === undefined) return null
  const id =
    idIn(place.args, typename) ?? idIn(place.args, getNamedType(place.info.returnType).name)
  const echo = id === undefined ? place.echo : { ...place.echo, id }
  return { key, typename, echo, effect, lists } satisfies Stub
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

/** As many as fit a screen, fewer inside other lists, never more than was asked for. */
function lengthOf({ parent, args, key, lists, world }: Place): number {
  const asked = limitIn(args) ?? (parent === undefined ? undefined : limitIn(parent.echo))
  const own = lists > 2 ? 1 : lists > 0 ? 2 : 3 + (hashOf(world.seed, parent?.key ?? key) % 4)
  return asked === undefined ? own : Math.max(0, Math.min(asked, own))
}

function limitIn(args: Readonly<Record<string, unknown>>): number | undefined {
  for (const name of ['first', 'last', 'limit', 'take', 'pageSize', 'perPage']) {
    const value = args[name]
    if (typeof value === 'number' && Number.isInteger(value)) return value
  }
  return undefined
}

function leafOf(type: GraphQLLeafType, place: Place, nullable: boolean): unknown {
  const { parent, info, world, key, effect } = place
  const { fieldName, parentType } = info
  if (nullable && effect?.minimal === true) return null
  const echoed = parent === undefined ? undefined : parent.echo[fieldName]
  if (echoed !== undefined && echoed !== null && fits(type, echoed)) return type.serialize(echoed)
  if (parent !== undefined && hasList(parentType)) {
    if (COUNT.test(fieldName) && type.name === 'Int')
      return effect?.empty === true ? 0 : lengthOf({ ...place, lists: parent.lists })
    if (CURSOR.test(fieldName) && nullable) return null
  }
  if (type.name === 'Boolean' && CURSOR.test(fieldName)) return false
  const site =
    descend(rootOf(world.contract.root), ['$defs', parentType.name, 'properties', fieldName]) ??
    descend(rootOf(world.contract.root), [info.operation.operation, fieldName, 'result'])
  if (site === undefined) return null
  const made = generatedValue(site, `${world.seed} ${key}`, {
    name: fieldName,
    of: parentType.name,
  })
  const value = unwrapped(made)
  if (value !== null && fits(type, value)) return value
  return lastResort(type)
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

/** Which of its types an abstract value is: one that the query asks about, rather no error, by chance. */
function possibleOf(name: string, { info, key, world }: Place): string | undefined {
  const type = info.schema.getType(name)
  if (!isAbstractType(type)) return undefined
  const possible = info.schema.getPossibleTypes(type)
  const asked = new Set(info.fieldNodes.flatMap((node) => conditionsIn(node.selectionSet, info, 0)))
  const wanted = possible.filter(
    (one) => asked.has(one.name) || one.getInterfaces().some((each) => asked.has(each.name)),
  )
  const fine = (types: readonly GraphQLObjectType[]): readonly GraphQLObjectType[] =>
    types.filter((one) => !/error|problem|failure/i.test(one.name))
  const choices = [fine(wanted), wanted, fine(possible), possible].find((one) => one.length > 0)
  return choices?.[hashOf(world.seed, key, 'type') % choices.length]?.name
}

function conditionsIn(
  set: SelectionSetNode | undefined,
  info: GraphQLResolveInfo,
  depth: number,
): readonly string[] {
  if (set === undefined || depth > 10) return []
  return set.selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return []
    const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : info.fragments[one.name.value]
    if (fragment === undefined) return []
    const own = fragment.typeCondition?.name.value
    return [
      ...(own === undefined ? [] : [own]),
      ...conditionsIn(fragment.selectionSet, info, depth + 1),
    ]
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
