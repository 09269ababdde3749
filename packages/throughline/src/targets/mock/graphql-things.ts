import { getNamedType, isLeafType, isObjectType } from 'graphql'
import type { GraphQLObjectType, GraphQLSchema } from 'graphql'
import { bodyField, descend, plain, rootOf, singular } from '@throughline/core'
import type { Contract, Field, Resource } from '@throughline/core'
import type { Place } from './data-control.ts'
import type { MockRequest } from './mock.ts'
import type { Resources } from './world/resources.ts'
import { shelfOf } from './world/shelf.ts'
import type { Shelf } from './world/shelf.ts'
import type { Ground } from './world/base.ts'
import type { World } from './world/worlds.ts'

/** A type whose values are things: they have an id, and live somewhere. */
export interface ThingType {
  readonly type: string
  /** The field that says who it is. */
  readonly id: string
  /** Where such things live. Its own `api` is this one where no other API knows them. */
  readonly resource: Resource
  /** Collections of another API that stand under a parent, if such things live there. */
  readonly nested: readonly Resource[]
  /** The REST API's place in the list of places; `undefined` where only GraphQL knows such things. */
  readonly place: number | undefined
}

/** Which types of a GraphQL contract are things, and where they live. Found when somebody asks, once. */
export interface ThingTypes {
  readonly of: (type: string) => ThingType | undefined
  readonly all: () => readonly ThingType[]
  /** The things that only this API knows, for those who fill collections by their name. */
  readonly resources: Resources
}

/**
 * A type is a thing where it has an id. It is that of a REST collection where it is called like it and shares a field
 * besides the id: `type Product` and `/products` are one.
 */
export function thingTypes(
  contract: Contract,
  schema: GraphQLSchema,
  elsewhere: readonly Resources[],
): ThingTypes {
  const found = new Map<string, ThingType | undefined>()
  let own: readonly Resource[] | undefined

  const self: ThingTypes = {
    of(type) {
      if (found.has(type)) return found.get(type)
      const thing = thingOf(type)
      found.set(type, thing)
      return thing
    },
    all: () =>
      Object.keys(schema.getTypeMap()).flatMap((name) =>
        name.startsWith('__') ? [] : (self.of(name) ?? []),
      ),
    resources: {
      role: () => undefined,
      referred: () => undefined,
      referencesOf: () => [],
      referencesIn: () => [],
      named: called,
      called,
      placeable: ownOnes,
      nested: () => [],
      doors: () => [],
    },
  }
  return self

  function ownOnes(): readonly Resource[] {
    return (own ??= self
      .all()
      .flatMap(({ place, resource }) => (place === undefined ? [resource] : [])))
  }

  function called(name: string): Resource | undefined {
    const word = plain(singular(name))
    return ownOnes().find((one) => plain(one.path) === word)
  }

  function thingOf(name: string): ThingType | undefined {
    const type = schema.getType(name)
    if (!isObjectType(type) || ROOT.test(name)) return undefined
    for (const [place, resources] of elsewhere.entries()) {
      const resource = resources.named(name)
      const nested = resources
        .nested()
        .filter((one) => plain(singular(one.name)) === plain(name) && isAlike(type, one))
      const first = resource !== undefined && isAlike(type, resource) ? resource : nested[0]
      const id = first && idFieldOf(type, first.idProperty)
      if (first !== undefined && id !== undefined)
        return { type: name, id, resource: first, nested, place }
    }
    const id = idFieldOf(type, undefined)
    const site = descend(rootOf(contract.root), ['$defs', name])
    if (id === undefined || site === undefined) return undefined
    return {
      type: name,
      id,
      resource: ownResource(contract.api, name, id, bodyField(site)),
      nested: [],
      place: undefined,
    }
  }
}

const ROOT = /^(Query|Mutation|Subscription)$|(Payload|Connection|Edge|Error|PageInfo)$/

function ownResource(api: string, type: string, id: string, item: Field): Resource {
  return {
    kind: 'collection',
    api,
    path: type,
    name: pluralOf(type.charAt(0).toLowerCase() + type.slice(1)),
    idParameter: undefined,
    idProperty: id,
    list: undefined,
    elsewhere: undefined,
    read: undefined,
    item,
  }
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|sh|ch|x|z)$/.test(word) ? `${word}es` : `${word}s`
}

function idFieldOf(type: GraphQLObjectType, property: string | undefined): string | undefined {
  const leaves = Object.values(type.getFields()).filter(
    (one) => isLeafType(getNamedType(one.type)) && one.args.length === 0,
  )
  const called = (word: string): string | undefined =>
    leaves.find((one) => plain(one.name) === word)?.name
  return (
    (property === undefined ? undefined : called(plain(property))) ??
    called('id') ??
    called(`${plain(type.name)}id`) ??
    leaves.find((one) => getNamedType(one.type).name === 'ID')?.name
  )
}

/** Whether a type and a collection tell of the same: an id, and half of what the shorter one says, but one field at least. */
function isAlike(type: GraphQLObjectType, { item, idProperty }: Resource): boolean {
  if (idProperty === undefined) return false
  const told = new Set(item.children().map((one) => plain(one.name)))
  const id = plain(idProperty)
  const fields = Object.keys(type.getFields())
    .map(plain)
    .filter((one) => one !== id && one !== 'id')
  const shared = fields.filter((one) => told.has(one)).length
  return shared > 0 && shared * 2 >= Math.min(fields.length, told.size - 1)
}

/** The things of one call: the types, and the world that they are looked up in. */
export interface Things {
  readonly types: ThingTypes
  /** The shelf of things of a type; `parents` tells what they belong to, by plain names: `productid`. */
  readonly shelf: (thing: ThingType, parents?: ReadonlyMap<string, string>) => Shelf
  /** The single thing that is called so: `basket`, `me`. */
  readonly single: (name: string) => Shelf | undefined
  readonly ground: Ground
}

export function thingsOf(
  types: ThingTypes,
  places: readonly Place[],
  world: World,
  ground: Ground,
  header: MockRequest['header'],
): Things {
  return {
    types,
    ground,
    shelf({ resource, nested, place }, parents) {
      const own = place === undefined ? undefined : places[place]
      const under = parents && nestedUnder(nested, parents)
      if (own !== undefined && under !== undefined)
        return shelfOf(under.resource, under.parents, world, own.ground, header)
      return shelfOf(resource, NOBODY, world, own?.ground ?? ground, header)
    },
    single(name) {
      for (const place of places) {
        const resource = place.resources.called(name.replace(/^(get|my|current|viewer)(?=.)/, ''))
        if (resource?.kind === 'single')
          return shelfOf(resource, NOBODY, world, place.ground, header)
      }
      return undefined
    },
  }
}

const NOBODY: ReadonlyMap<string, string> = new Map()

/** The collection under these parents: `/products/{id}/reviews` for `productid`. */
function nestedUnder(
  nested: readonly Resource[],
  parents: ReadonlyMap<string, string>,
): { readonly resource: Resource; readonly parents: ReadonlyMap<string, string> } | undefined {
  for (const resource of nested) {
    const found = new Map<string, string>()
    const parts = resource.path.split('/')
    for (const [index, part] of parts.entries()) {
      const name = /^\{(.+)\}$/.exec(part)?.[1]
      if (name === undefined) continue
      const of = `${plain(singular(parts[index - 1] ?? ''))}id`
      const id = parents.get(plain(name)) ?? parents.get(of)
      if (id !== undefined) found.set(name, encodeURIComponent(id))
    }
    if (found.size === resource.path.split('{').length - 1) return { resource, parents: found }
  }
  return undefined
}
