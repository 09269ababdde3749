import { isAbstractType } from 'graphql'
import type { GraphQLObjectType, GraphQLSchema } from 'graphql'
import { plain } from '@throughline/core'
import { hashOf } from './chance.ts'
import type { ThingType, Things } from './graphql-things.ts'
import { isEntity } from './world/entity.ts'
import { idOf } from './world/identity.ts'

/** A value of an interface or a union, as far as it is known before its type is. */
export interface Untyped {
  readonly schema: GraphQLSchema
  /** The interface or the union. */
  readonly name: string
  /** Names the value, whatever is asked of it: `Query.search({"words":"rye"})[2]`. */
  readonly key: string
  /** The id that it is asked for by. */
  readonly id: string | undefined
  /** What the world says stands here. */
  readonly known: unknown
  readonly seed: string
  readonly things: Things
  /** Something is to go wrong, and the type may say so. */
  readonly troubled: boolean
}

/**
 * Which of its types a value is. It depends on who the value is and never on what a query asks of it, so that two queries
 * see the same things: what the world knows, else what its id says, else chance, turn by turn along a list.
 */
export function typeOf(value: Untyped): string | undefined {
  const { schema, name, key, id, known, seed, troubled } = value
  const type = schema.getType(name)
  if (!isAbstractType(type)) return undefined
  const possible = schema.getPossibleTypes(type)
  const told = isEntity(known) ? known['__typename'] : undefined
  if (possible.some((one) => one.name === told)) return told as string
  const meant = id === undefined ? [] : meantBy(id, possible, value)
  const usual = possible.filter((one) => TROUBLE.test(one.name) === troubled)
  const choices = [meant, usual, possible].find((one) => one.length > 0)
  if (choices === undefined) return undefined
  return choices[turnOf(seed, key, 'type') % choices.length]!.name
}

/** A number by chance; along a list one after the other, so that what is chosen by it varies. */
export function turnOf(seed: string, key: string, what: string): number {
  const [, list = key, index = 0] = /^(.*)\[(\d+)\](?:\.node)?$/s.exec(key) ?? []
  return hashOf(seed, list, what) + Number(index)
}

/** Types that tell of something that went wrong. */
const TROUBLE =
  /error|problem|failure|failed|exception|invalid|denied|declined|rejected|forbidden|unauthori[sz]ed|not_?found|unavailable/i

/** The types that a thing with this id can be: the one that has it, else those that the id names, as `prod_7f` and Relay's ids do. */
function meantBy(
  id: string,
  possible: readonly GraphQLObjectType[],
  { things }: Untyped,
): readonly GraphQLObjectType[] {
  const words = [id, decoded(id)].flatMap((text) => text.split(/[^A-Za-z]+/).map(plain))
  const [first = ''] = words
  const named = possible.filter((one) => words.includes(plain(one.name)))
  const begun = first.length < 3 ? [] : possible.filter((one) => plain(one.name).startsWith(first))
  const hinted = named.length > 0 ? named : begun
  const owners = (hinted.length > 0 ? hinted : possible).filter((one) => {
    const thing = things.types.of(one.name)
    return thing !== undefined && has(thing, id, things)
  })
  return owners.length > 0 ? owners : hinted
}

function has(thing: ThingType, id: string, things: Things): boolean {
  const shelf = things.shelf(thing)
  if (shelf.written()?.rows.has(id) === true) return true
  const { idProperty } = shelf.resource
  return thing.place !== undefined && shelf.things().some((one) => idOf(one, idProperty) === id)
}

/** An id as Relay writes it is base64: `UHJvZHVjdDox`, `Product:1`. */
function decoded(id: string): string {
  const text = id.length > 200 ? '' : Buffer.from(id, 'base64').toString('latin1')
  return /^[\x20-\x7e]+$/.test(text) ? text : ''
}
