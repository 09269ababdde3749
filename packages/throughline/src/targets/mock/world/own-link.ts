import type { Field, Resource } from '@throughline/core'
import { childrenOf, isEntity, replaced, within } from './entity.ts'
import type { Entity } from './entity.ts'

/** The address of one thing below that of its collection, in the way that its contract writes it: `/orders/7`, `/Orders(7)`. */
export function placeOf({ read }: Resource, collection: string, id: unknown): string {
  const key = encodeURIComponent(String(id))
  const path = collection.replace(/\/$/, '')
  const brackets = /(\('?)\{[^}]*\}('?\))$/.exec(read?.operation.path ?? '')
  return brackets === null ? `${path}/${key}` : `${path}(${brackets[2]}${key}${brackets[3]}`
}

/** A thing whose link to itself (JSON:API, HAL, OData) leads to where it is read. */
export function withOwnLink(thing: Entity, item: Field, url: () => string): Entity {
  const place = placeOfLink(item)
  if (place === undefined || typeof within(thing, place) !== 'string') return thing
  const linked = replaced(thing, place, url())
  return isEntity(linked) ? linked : thing
}

/** Whether things of this kind say their own address. */
export function hasOwnLink(item: Field): boolean {
  return placeOfLink(item) !== undefined
}

/** Where a thing says its own address; `undefined` where it does not. */
function placeOfLink(item: Field): readonly string[] | undefined {
  let known = places.get(item)
  if (known === undefined)
    places.set(item, (known = { place: PLACES.find((one) => leadsToText(item, one)) }))
  return known.place
}

const places = new WeakMap<Field, { readonly place: readonly string[] | undefined }>()

const PLACES: readonly (readonly string[])[] = [
  ['_links', 'self', 'href'],
  ['_links', 'self'],
  ['links', 'self', 'href'],
  ['links', 'self'],
  ['@odata.id'],
  ['selfLink'],
  ['self'],
]

function leadsToText(item: Field, place: readonly string[]): boolean {
  let here: Field | undefined = item
  for (const name of place) here = here && childrenOf(here).children.get(name)
  return here?.types.includes('string') === true
}
