import type { Reference, Site } from '@throughline/core'
import { hashOf } from '../chance.ts'
import { baseList } from './base.ts'
import type { Ground } from './base.ts'
import { isValid } from './entity.ts'
import { idOf } from './identity.ts'

/** What a value with references in it belongs to. */
export interface Holder {
  readonly schema: Site | undefined
  /** The parameters of the path that the value is the answer to, as they stand there. */
  readonly parameters: ReadonlyMap<string, string>
  readonly ground: Ground
  readonly seed: string
}

/** Made-up values that links of the contract lead on with become the ids of things that are there. */
export function led(value: unknown, references: readonly Reference[], holder: Holder): unknown {
  let result = value
  for (const reference of references)
    for (const place of placesIn(result, reference.at).slice(0, MOST_LED)) {
      const next = ledAt(result, place, reference, holder)
      if (next !== undefined && isValid(next, holder.schema)) result = next
    }
  return result
}

/** A long list is looked at as far as somebody reads it. */
const MOST_LED = 200

/** `undefined` where there is nothing to be led to. */
function ledAt(
  value: unknown,
  place: Place,
  { target, parents }: Reference,
  { parameters, ground, seed }: Holder,
): unknown {
  const before = at(value, place)
  if (typeof before !== 'string' && typeof before !== 'number') return undefined
  const path = new Map<string, string>()
  for (const [name, from] of parents) {
    const text =
      from.kind === 'given'
        ? from.text
        : from.kind === 'path'
          ? parameters.get(from.name)
          : textOf(at(value, besides(from.at, place)))
    if (text === undefined) return undefined
    path.set(name, from.kind === 'path' ? text : encodeURIComponent(text))
  }
  const { rows } = baseList(target, path, ground)
  const id = idOf(rows[hashOf(seed, place.join('/')) % rows.length], target.idProperty)
  if (id === undefined) return undefined
  return withAt(value, place, typeof before === 'number' ? Number(id) : id)
}

type Place = readonly (string | number)[]

/** Every place that a pointer means: an index stands for all of the list. */
function placesIn(value: unknown, pointer: readonly string[]): readonly Place[] {
  const [first, ...rest] = pointer
  if (first === undefined) return [[]]
  if (Array.isArray(value))
    return /^\d+$/.test(first)
      ? value.flatMap((one, index) => placesIn(one, rest).map((place) => [index, ...place]))
      : []
  const inner = at(value, [first])
  return inner === undefined ? [] : placesIn(inner, rest).map((place) => [first, ...place])
}

/** A pointer into the same item as a place. */
function besides(pointer: readonly string[], place: Place): Place {
  const split = pointer.findIndex((one, index) =>
    typeof place[index] === 'number' ? !/^\d+$/.test(one) : one !== place[index],
  )
  const shared = split === -1 ? pointer.length : split
  return [...place.slice(0, shared), ...pointer.slice(shared)]
}

function at(value: unknown, place: Place): unknown {
  let here = value
  for (const key of place) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

function withAt(value: unknown, [first, ...rest]: Place, inner: unknown): unknown {
  if (first === undefined) return inner
  if (Array.isArray(value))
    return value.map((one, index) => (index === first ? withAt(one, rest, inner) : one))
  return { ...(value as object), [first]: withAt(at(value, [first]), rest, inner) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
