import { resolve, validatorOf } from '@throughline/core'
import type { Field, Site } from '@throughline/core'
import { copied, copyOf } from './copies.ts'

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
  const shown = shownOf(known, field)
  const names = Object.keys(shown)
  if (names.length === 0) return made
  return withChanges(made, shown, names, field.schema)
}

/** A thing without what its schema has no room for, or never shows: mostly the thing itself. */
export function shownOf(thing: Entity, field: Field): Entity {
  const copy = copyOf(thing)
  const isAllShown =
    copy !== undefined && isShownWhole(copy.before, field)
      ? areShown(copy.names, field)
      : areShown(Object.keys(thing), field)
  if (isAllShown) return thing
  return Object.fromEntries(Object.entries(thing).filter(([name]) => areShown([name], field)))
}

function areShown(names: readonly string[], field: Field): boolean {
  const { children, open } = childrenOf(field)
  for (const name of names) {
    const child = children.get(name)
    if (child === undefined ? !open : child.writeOnly) return false
  }
  return true
}

/** Found once for what one copy after the other is made of. */
function isShownWhole(thing: Entity, field: Field): boolean {
  if (latest?.thing !== thing || latest.field !== field)
    latest = { thing, field, holds: areShown(Object.keys(thing), field) }
  return latest.holds
}

let latest: { readonly thing: Entity; readonly field: Field; readonly holds: boolean } | undefined

/** A copy with as many of these changes as the schema has room for. */
function withChanges(
  before: Entity,
  changed: Entity,
  names: readonly string[],
  schema: Site | undefined,
): Entity {
  const after: Record<string, unknown> = { ...before, ...changed }
  if (schema === undefined) return after
  const by = meantBy(schema)
  const isKnown = isKnownValid(before, by)
  if (fits(after, changed, schema, isKnown)) return copied(after, before, names, by)
  if (names.length === 1) return before
  return isKnown && names.every((name) => name !== '__proto__' && Object.hasOwn(before, name))
    ? inTurn(after, before, changed, names, schema)
    : oneByOne(before, changed, names, schema)
}

/** One by one on the same copy: what does not fit becomes what it was. */
function inTurn(
  after: Record<string, unknown>,
  before: Entity,
  changed: Entity,
  names: readonly string[],
  schema: Site,
): Entity {
  for (const name of names) after[name] = before[name]
  for (const name of names) {
    // A computed name in a literal would take longer than all the rest.
    const one: Record<string, unknown> = {}
    after[name] = one[name] = changed[name]
    if (!fits(after, one, schema, true)) after[name] = before[name]
  }
  return copied(after, before, names, meantBy(schema))
}

function oneByOne(before: Entity, changed: Entity, names: readonly string[], schema: Site): Entity {
  let result = before
  for (const name of names) result = withValid(result, { [name]: changed[name] }, schema) ?? result
  return result
}

/** A copy with changes; `undefined` where it breaks the schema. */
export function withValid(
  before: Entity,
  changed: Entity,
  schema: Site | undefined,
): Entity | undefined {
  const after = { ...before, ...changed }
  if (schema === undefined) return after
  const by = meantBy(schema)
  return fits(after, changed, schema, isKnownValid(before, by))
    ? copied(after, before, Object.keys(changed), by)
    : undefined
}

/** Of a thing known to have been valid before, only the changes are looked at. */
function fits(after: Entity, changed: Entity, schema: Site, isKnown: boolean): boolean {
  const validator = validatorOf(schema)
  return isKnown
    ? validator.testChanged(after, changed, TO_CLIENT)
    : validator.test(after, TO_CLIENT)
}

/** What a schema says about the properties of its values, looked up once. `open`: it has room for others. */
export function childrenOf(field: Field): {
  readonly children: ReadonlyMap<string, Field>
  readonly open: boolean
} {
  let known = shapes.get(field)
  if (known === undefined) {
    const children = new Map(field.children().map((one) => [one.name, one]))
    shapes.set(field, (known = { children, open: children.size === 0 || children.has('{}') }))
  }
  return known
}

const shapes = new WeakMap<Field, ReturnType<typeof childrenOf>>()

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
  const copy: Record<string, unknown> = { ...value }
  for (const [name, one] of entries) {
    if (name !== '__proto__') copy[name] = one
    else
      Object.defineProperty(copy, name, {
        value: one,
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return copy
}

function without(value: Entity, name: string): Entity {
  return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name))
}

/** Whether a value fits a schema. Remembered: things are never changed in place, and are looked at again and again. */
export function isValid(value: unknown, schema: Site | undefined): boolean {
  if (schema === undefined) return true
  if (!isEntity(value)) return validatorOf(schema).test(value, TO_CLIENT)
  const by = meantBy(schema)
  if (isKnownValid(value, by)) return true
  const fits = validatorOf(schema).test(value, TO_CLIENT)
  if (fits) valid.set(value, by)
  return fits
}

/** The same for all references to one schema that say nothing else. */
function meantBy(schema: Site): unknown {
  let known = meant.get(schema)
  if (known === undefined) {
    const { value } = schema
    const isPlain = isEntity(value) && Object.keys(value).length === 1
    meant.set(schema, (known = isPlain ? resolve(schema).value : value))
  }
  return known
}

const meant = new WeakMap<Site, unknown>()

const TO_CLIENT = { direction: 'response' } as const
/** The schema, as it stands in its document, that a thing was last found to fit. */
const valid = new WeakMap<Entity, unknown>()

function isKnownValid(value: Entity, by: unknown): boolean {
  const copy = copyOf(value)
  return copy === undefined ? valid.get(value) === by : copy.fits === by
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
