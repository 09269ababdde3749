import { getNamedType, isObjectType } from 'graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { plain } from '@throughline/core'
import { idOf } from './world/identity.ts'
import { isEntity } from './world/entity.ts'
import type { Entity } from './world/entity.ts'
import type { Shelf } from './world/shelf.ts'
import type { ThingType, Things } from './graphql-things.ts'

/** What a mutation has done. */
export type Changed =
  | {
      readonly kind: 'changed' | 'removed'
      readonly thing: ThingType
      readonly id: string
      readonly known: Entity
    }
  | { readonly kind: 'single'; readonly type: string; readonly known: Entity }
  | { readonly kind: 'missing' | 'full' }

/**
 * Does to the world what the name of a mutation says: `addReview`, `updateProduct`, `orderDelete`. `undefined` where the
 * name or the type of its answer tell of no thing; then the answer only repeats what was sent.
 */
export function changedBy(
  args: Entity,
  sent: Entity,
  things: Things,
  info: GraphQLResolveInfo,
): Changed | undefined {
  const verb = verbIn(info.fieldName)
  if (verb === undefined) return undefined
  const thing = thingIn(verb.of, verb.does, things, info)
  if (thing === undefined)
    return verb.does === 'update' ? single(verb.of, sent, things, info) : undefined
  const shelf = things.shelf(thing, referencesIn(sent))
  const id = idIn(sent, thing)
  const values = written(sent, thing, shelf)
  if (verb.does === 'create' || (verb.does === 'save' && id === undefined)) {
    const made = shelf.add(values)
    return made === undefined
      ? { kind: 'full' }
      : { kind: 'changed', thing, id: made, known: { ...values, ...shelf.find(made) } }
  }
  if (id === undefined) return undefined
  const before = shelf.find(id)
  if (before === null && verb.does !== 'save') return { kind: 'missing' }
  const { idProperty } = shelf.resource
  const own = before === undefined || before === null ? undefined : idOf(before, idProperty)
  const key = own ?? id
  if (verb.does === 'remove') {
    shelf.remove(key)
    return { kind: 'removed', thing, id: key, known: before ?? {} }
  }
  const after = {
    ...before,
    ...values,
    ...(idProperty !== undefined && { [idProperty]: before?.[idProperty] ?? id }),
  }
  return shelf.amend(key, after)
    ? { kind: 'changed', thing, id: key, known: { ...after, ...shelf.find(key) } }
    : { kind: 'full' }
}

interface Verb {
  readonly does: 'create' | 'update' | 'save' | 'remove'
  /** What stands behind the verb, in plain letters: `reviewtext`. */
  readonly of: string
}

const CREATES = /^(create|add|new|post|submit|place|insert|make|write|register|open|book)$/
const UPDATES =
  /^(update|edit|set|change|rename|patch|modify|mark|move|cancel|complete|confirm|approve|reject|reschedule|close|assign|archive|publish)$/
const SAVES = /^(save|upsert|put|store)$/
const REMOVES = /^(delete|remove|destroy|erase)$/

function verbIn(name: string): Verb | undefined {
  const words = name.split(/_|(?=[A-Z])/).map((one) => one.toLowerCase())
  // `reviewAdd` is said as well.
  for (const [verb, rest] of [
    [words[0], words.slice(1)],
    [words.at(-1), words.slice(0, -1)],
  ] as const) {
    if (verb === undefined) continue
    const of = rest.join('')
    if (CREATES.test(verb)) return { does: 'create', of }
    if (UPDATES.test(verb)) return { does: 'update', of }
    if (SAVES.test(verb)) return { does: 'save', of }
    if (REMOVES.test(verb)) return { does: 'remove', of }
  }
  return undefined
}

/** The thing that a mutation is about: as it is called, in the type that it answers with, or beside it. */
function thingIn(
  word: string,
  does: Verb['does'],
  { types }: Things,
  { returnType }: GraphQLResolveInfo,
): ThingType | undefined {
  const answer = getNamedType(returnType)
  const direct = types.of(answer.name)
  const inside = isObjectType(answer)
    ? Object.values(answer.getFields()).flatMap(
        (one) => types.of(getNamedType(one.type).name) ?? [],
      )
    : []
  const near = direct === undefined ? inside : [direct, ...inside]
  const called = near.find((one) => plain(one.type) === word)
  if (called !== undefined) return called
  if (does === 'remove') return types.all().find((one) => plain(one.type) === word)
  // `cancelOrderItem` on an order; but what is added to a basket is no basket.
  const begun = near.find((one) => word.startsWith(plain(one.type)))
  if (does === 'update' || does === 'save') return begun ?? direct ?? inside[0]
  return inside.length === 1 && direct === undefined ? inside[0] : undefined
}

function single(
  word: string,
  sent: Entity,
  things: Things,
  info: GraphQLResolveInfo,
): Changed | undefined {
  const shelf = things.single(word)
  const before = shelf?.only()
  if (shelf === undefined || before === undefined) return undefined
  const after = { ...before, ...named(sent, shelf, before) }
  if (!shelf.amend('', after)) return { kind: 'full' }
  const answer = getNamedType(info.returnType)
  const holder = isObjectType(answer)
    ? Object.values(answer.getFields()).find((one) => plain(one.name) === plain(word))
    : undefined
  const type = holder === undefined ? answer.name : getNamedType(holder.type).name
  return { kind: 'single', type, known: shelf.only() ?? after }
}

/** The id of a thing among arguments: `id`, `orderId`. */
export function idIn(sent: Entity, { type, id }: ThingType): string | undefined {
  for (const name of ['id', id, `${type.charAt(0).toLowerCase()}${type.slice(1)}Id`]) {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined
    if (typeof value === 'string' || typeof value === 'number') return String(value)
  }
  return undefined
}

/** `productId: 'rye'`, by plain names. */
export function referencesIn(args: Entity): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(args).flatMap(([name, value]) =>
      /.[-_]?(id|slug|code|key)$/i.test(name) &&
      name.toLowerCase() !== 'id' &&
      (typeof value === 'string' || typeof value === 'number')
        ? [[plain(name), String(value)] as const]
        : [],
    ),
  )
}

/** What was sent, in the words of those who keep it. */
function written(sent: Entity, thing: ThingType, shelf: Shelf): Entity {
  const own = `${plain(thing.type)}id`
  const given = Object.fromEntries(
    Object.entries(sent).filter(
      ([name, value]) =>
        value !== undefined &&
        plain(name) !== own &&
        name !== 'clientMutationId' &&
        !(name === 'id' && shelf.resource.idProperty !== 'id'),
    ),
  )
  return thing.place === undefined ? given : named(given, shelf, undefined)
}

/** Values under the names of the collection, and in its spelling: `IN_TRANSIT` is `in-transit` where the contract says so. */
function named(sent: Entity, { resource }: Shelf, before: Entity | undefined): Entity {
  const children = resource.item.children()
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const field = children.find((one) => plain(one.name) === plain(name))
      if (field === undefined) return [name, value]
      const schema = field.schema?.value
      const choices: unknown = isEntity(schema) ? schema['enum'] : undefined
      if (typeof value === 'string' && Array.isArray(choices)) {
        const own: unknown = choices.find(
          (one) => typeof one === 'string' && plain(one) === plain(value),
        )
        return [field.name, own ?? value]
      }
      const old = before?.[field.name]
      if (typeof value === 'number' && isEntity(old) && typeof old['amount'] === 'number')
        return [field.name, { ...old, amount: value }]
      return [field.name, value]
    }),
  )
}
