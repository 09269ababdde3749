import { child, childrenOf, isObject, type Site } from '../text/site.ts'
import { resolve, resolveReference } from '../1-parse/reference.ts'
import { normalised, parts } from './dialect.ts'
import { discriminatorOf } from './discriminator.ts'

/**
 * A schema that tells by a discriminator which of the schemas that build on it with `allOf` a value has (OpenAPI 3.2, 4.25.3.2).
 * It does not name them as alternatives, and validates as if they were not there: they say what a value may have besides.
 */
export interface Family {
  readonly property: string
  /** Those that the discriminator's mapping names, else all that build on it. */
  readonly subtypes: readonly Subtype[]
  /** What the property says for a schema of the family, by the schema's value. */
  readonly tags: ReadonlyMap<unknown, string>
  /** The references in `allOf` by which members build on others: from there, the value is known to be theirs. */
  readonly edges: ReadonlySet<unknown>
}

export interface Subtype {
  readonly tag: string
  readonly site: Site
}

/** The family of a schema; `undefined` where it has no discriminator of its own, or nothing builds on it. */
export function familyOf(base: Site): Family | undefined {
  const raw = base.value
  if (!isObject(raw) || !Object.hasOwn(raw, 'discriminator')) return undefined
  let known = families.get(raw)
  if (known === undefined) families.set(raw, (known = gathered(base) ?? NONE))
  return known === NONE ? undefined : known
}

/** What a value may have besides, where a reference leads to a schema that has subtypes; empty in the `allOf` of one of them. */
export function subtypesBehind(reference: Site, target: Site): readonly Subtype[] {
  const family = familyOf(target)
  return family === undefined || family.edges.has(reference.value) ? [] : family.subtypes
}

const NONE: Family = { property: '', subtypes: [], tags: new Map(), edges: new Set() }
const families = new WeakMap<object, Family>()

function gathered(base: Site): Family | undefined {
  const view = normalised(base)
  const discriminator = discriminatorOf(view)
  if (discriminator === undefined || parts(view, 'oneOf').length + parts(view, 'anyOf').length > 0)
    return undefined
  const edges = new Set<unknown>()
  const heirs = heirsOf(base, edges)
  const mapped = [...discriminator.mapping].flatMap(([tag, target]): readonly Subtype[] => {
    const site = named(base, target)
    if (site === undefined || !isObject(site.value)) return []
    buildsOn(site, base.value, edges, 0)
    return [{ tag, site }]
  })
  const subtypes = mapped.length > 0 ? mapped : heirs
  if (subtypes.length === 0) return undefined
  const tags = new Map<unknown, string>()
  for (const { tag, site } of [...mapped, ...heirs])
    if (!tags.has(site.value)) tags.set(site.value, tag)
  return { property: discriminator.propertyName, subtypes, tags, edges }
}

/** Schemas beside this one that build on it, on one of those, and so on. */
function heirsOf(base: Site, edges: Set<unknown>): readonly Subtype[] {
  if (!isNamed(base)) return []
  const heirs: Subtype[] = []
  for (const site of childrenOf(base.parent!)) {
    if (site.value === base.value || !buildsOn(site, base.value, edges, 0)) continue
    const own = ['x-discriminator-value', 'x-ms-discriminator-value']
      .map((word) => (site.value as Readonly<Record<string, unknown>>)[word])
      .find((one) => typeof one === 'string')
    heirs.push({ tag: own ?? String(site.key), site })
  }
  return heirs
}

/** Whether a schema stands under its name among others. */
export function isNamed({ parent }: Site): boolean {
  return parent !== undefined && places.has(String(parent.key))
}

const places: ReadonlySet<string> = new Set(['schemas', 'definitions', '$defs'])

/** Whether a schema's `allOf` leads to another, however far up. Notes the references on the way. */
function buildsOn(schema: Site, base: unknown, edges: Set<unknown>, depth: number): boolean {
  if (!isObject(schema.value) || depth > furthest) return false
  let does = false
  for (const one of parts(normalised(schema), 'allOf')) {
    if (!isObject(one.value) || typeof one.value['$ref'] !== 'string') continue
    const target = resolve(one)
    if (target.value !== base && !buildsOn(target, base, edges, depth + 1)) continue
    edges.add(one.value)
    does = true
  }
  return does
}

const furthest = 20

/** What a mapping means: the name of a schema beside this one, else a reference. */
function named(base: Site, target: string): Site | undefined {
  const beside = base.parent && child(base.parent, target)
  if (beside !== undefined || !/[#./]/.test(target)) return beside
  const site = resolveReference(base, target)
  return site && resolve(site)
}
