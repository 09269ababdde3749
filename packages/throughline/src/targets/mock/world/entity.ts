import { validatorOf } from '@throughline/core'
import type { Field, Site } from '@throughline/core'

/** A thing of the world: plain data, never changed in place. */
export type Entity = Readonly<Record<string, unknown>>

export function isEntity(value: unknown): value is Entity {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/**
 * What is known put over what is made up, as far as the schema has room: all at once where that is valid, else property by
 * property. Names that the schema does not know and write-only ones stay away.
 */
export function overlaid(made: unknown, known: Entity, field: Field): unknown {
  if (!isEntity(made)) return isValid(known, field.schema) ? known : made
  const children = new Map(field.children().map((one) => [one.name, one]))
  const open = children.size === 0 || children.has('{}')
  const shown = Object.entries(known).filter(([name]) => {
    const child = children.get(name)
    return child === undefined ? open : !child.writeOnly
  })
  const whole = withEntries(made, shown)
  if (isValid(whole, field.schema)) return whole
  let result = made
  for (const entry of shown) {
    const next = withEntries(result, [entry])
    if (isValid(next, field.schema)) result = next
  }
  return result
}

/** A JSON merge patch (RFC 7396). A `null` stays where the schema allows it, as plain JSON means it. */
export function patched(
  before: Entity,
  patch: Entity,
  schema: Site | undefined,
  depth = 0,
): Entity {
  let result: Entity = before
  for (const [name, value] of Object.entries(patch)) {
    const old: unknown = Object.hasOwn(before, name) ? before[name] : undefined
    if (value === null) {
      const kept = withEntries(result, [[name, null]])
      result = depth === 0 && isValid(kept, schema) ? kept : without(result, name)
    } else if (isEntity(value) && isEntity(old) && depth < 50) {
      result = withEntries(result, [[name, patched(old, value, undefined, depth + 1)]])
    } else result = withEntries(result, [[name, value]])
  }
  return result
}

/** A copy with these entries: names that objects inherit are names like any other. */
export function withEntries(
  value: Entity,
  entries: readonly (readonly [string, unknown])[],
): Entity {
  return Object.fromEntries([...Object.entries(value), ...entries])
}

function without(value: Entity, name: string): Entity {
  return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name))
}

export function isValid(value: unknown, schema: Site | undefined): boolean {
  return schema === undefined || validatorOf(schema).test(value, { direction: 'response' })
}

/** The value under a list of names. */
export function within(value: unknown, place: readonly string[]): unknown {
  let here = value
  for (const name of place) {
    if (!isEntity(here) || !Object.hasOwn(here, name)) return undefined
    here = here[name]
  }
  return here
}

/** A copy with something else under a list of names. */
export function replaced(value: unknown, place: readonly string[], inner: unknown): unknown {
  const [first, ...rest] = place
  if (first === undefined) return inner
  const here = isEntity(value) ? value : {}
  return withEntries(here, [[first, replaced(here[first], rest, inner)]])
}
