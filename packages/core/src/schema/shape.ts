import { isObject, type Site } from '../text/site.ts'
import { resolve } from '../1-parse/reference.ts'
import { nameIn } from './discriminator.ts'
import { normalised, part, parts } from './dialect.ts'
import { patternOf } from './pattern.ts'
import { subtypesBehind } from './subtypes.ts'

/**
 * What one place of a value can look like: a schema, or several that hold at once (`all`: the property stands in two
 * branches of an `allOf`) or by turns (`any`).
 */
export type Described =
  | { readonly kind: 'schema'; readonly site: Site }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Described[] }

/** A schema with its `$ref`, `allOf`, `anyOf`, `oneOf`, `if` and `dependentSchemas` merged: one level deep. */
export interface Shape {
  /** JSON types, `null` apart; `undefined` where any type will do. */
  readonly types: ReadonlySet<string> | undefined
  readonly nullable: boolean
  readonly properties: ReadonlyMap<string, Property>
  /** Items of a list; items at fixed places (`prefixItems`) too. */
  readonly items: Described | undefined
  readonly places: readonly Described[]
  /** Values of properties that no name describes; `false` where there must be none, `undefined` where nothing is said. */
  readonly rest: Described | false | undefined
  readonly patterns: readonly { readonly pattern: string; readonly described: Described }[]
  /** First answer found, outermost first. */
  readonly description: string | undefined
  readonly format: string | undefined
  readonly deprecated: boolean
  readonly readOnly: boolean
  readonly writeOnly: boolean
  readonly classification: unknown
  readonly typeName: string | undefined
  /** The schema that says most: after references. */
  readonly site: Site | undefined
}

export interface Property {
  readonly described: Described
  readonly required: boolean
  /** Some of the alternatives do not describe it. */
  readonly onlySome: boolean
}

/** Merges what describes one place. Reference loops end: a schema met again inside itself adds nothing. */
export function shapeOf(described: Described): Shape {
  return merged(described, [])
}

type Within = readonly unknown[]

function merged(described: Described, within: Within): Shape {
  if (described.kind === 'schema') {
    const { site } = described
    return withSubtypes(site, site, ofSchema(site, within), within)
  }
  const shapes = described.of.map((one) => merged(one, within))
  if (shapes.length === 0) return anything
  return described.kind === 'all' ? shapes.reduce(both) : either(shapes)
}

/** Shapes that no loop has cut short. Big unions of GraphQL are merged once, not for every field that has their type. */
const remembered = new WeakMap<object, Shape>()
let loops = 0

function ofSchema(site: Site, within: Within): Shape {
  if (within.includes(site.value) || within.length > 60) {
    loops++
    return anything
  }
  if (!isObject(site.value)) return shapeOfSchema(site, within)
  const known = remembered.get(site.value)
  if (known !== undefined) return known
  const before = loops
  const shape = shapeOfSchema(site, within)
  if (loops === before) remembered.set(site.value, shape)
  return shape
}

function shapeOfSchema(site: Site, within: Within): Shape {
  const view = normalised(site)
  const raw = view.value
  if (raw === false) return { ...anything, types: new Set() }
  if (!isObject(raw)) return anything
  const inside = [...within, site.value]
  let shape = own(view, raw)
  const reference = raw['$ref'] ?? raw['$dynamicRef']
  if (typeof reference === 'string') {
    const target = resolve(site)
    if (target.value !== site.value) {
      const referred = withSubtypes(site, target, ofSchema(target, inside), inside)
      shape = {
        ...both(shape, referred),
        site: referred.site,
        typeName: nameIn(reference) ?? referred.typeName,
      }
    }
  }
  const all = parts(view, 'allOf').map((one) => ofSchema(one, inside))
  if (all.length > 0) {
    const before = shape
    shape = all.reduce(both, shape)
    const only = all.length === 1 && before.properties.size === 0 ? all[0] : undefined
    if (only !== undefined)
      shape = { ...shape, typeName: before.typeName ?? only.typeName, site: only.site }
  }
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = parts(view, keyword).map((one) => ofSchema(one, inside))
    if (branches.length === 0) continue
    const united = either(branches)
    const real = branches.filter((one) => !isOnlyNull(one))
    const joined = both(shape, united)
    const only = real.length === 1 && shape.properties.size === 0 ? real[0] : undefined
    shape =
      only === undefined
        ? joined
        : { ...joined, typeName: shape.typeName ?? only.typeName, site: only.site }
  }
  const conditional = ['then', 'else'].flatMap((keyword) => {
    const branch = Object.hasOwn(raw, 'if') ? part(view, keyword) : undefined
    return branch === undefined ? [anything] : [ofSchema(branch, inside)]
  })
  if (conditional.some((one) => one !== anything)) shape = both(shape, either(conditional))
  for (const dependent of parts(view, 'dependentSchemas')) {
    shape = both(shape, either([ofSchema(dependent, inside), anything]))
  }
  return shape
}

/** What a reference leads to, with what its subtypes have besides. */
function withSubtypes(reference: Site, base: Site, shape: Shape, within: Within): Shape {
  const subtypes = subtypesBehind(reference, base)
  if (subtypes.length === 0) return shape
  return both(shape, either(subtypes.map((one) => ofSchema(one.site, within))))
}

const anything: Shape = {
  types: undefined,
  nullable: true,
  properties: new Map(),
  items: undefined,
  places: [],
  rest: undefined,
  patterns: [],
  description: undefined,
  format: undefined,
  deprecated: false,
  readOnly: false,
  writeOnly: false,
  classification: undefined,
  typeName: undefined,
  site: undefined,
}

function own(view: Site, raw: Readonly<Record<string, unknown>>): Shape {
  const required = new Set(
    Array.isArray(raw['required']) ? (raw['required'] as readonly unknown[]) : [],
  )
  const properties = new Map<string, Property>()
  if (isObject(raw['properties'])) {
    for (const site of parts(view, 'properties')) {
      const name = String(site.key)
      properties.set(name, {
        described: { kind: 'schema', site },
        required: required.has(name),
        onlySome: false,
      })
    }
  }
  for (const name of required) {
    if (typeof name !== 'string' || properties.has(name)) continue
    properties.set(name, { described: { kind: 'all', of: [] }, required: true, onlySome: false })
  }
  const rest = part(view, 'additionalProperties') ?? part(view, 'unevaluatedProperties')
  const items = part(view, 'items')
  const { types, nullable } = typesOf(raw)
  return {
    types,
    nullable,
    properties,
    items: items && isSchema(items) ? { kind: 'schema', site: items } : undefined,
    places: parts(view, 'prefixItems').map((site) => ({ kind: 'schema', site })),
    rest:
      rest === undefined || !isSchema(rest)
        ? undefined
        : rest.value === false
          ? false
          : { kind: 'schema', site: rest },
    patterns: parts(view, 'patternProperties').map((site) => ({
      pattern: String(site.key),
      described: { kind: 'schema', site },
    })),
    description: textOf(raw['description']) ?? textOf(raw['title']),
    format: textOf(raw['format']),
    deprecated: raw['deprecated'] === true,
    readOnly: raw['readOnly'] === true,
    writeOnly: raw['writeOnly'] === true,
    classification: raw['x-data-classification'] ?? raw['x-sensitive-data'] ?? raw['x-pii'],
    typeName: undefined,
    site: view,
  }
}

/** The types as written, else what enum, const or the other keywords give away. */
function typesOf(raw: Readonly<Record<string, unknown>>): {
  readonly types: ReadonlySet<string> | undefined
  readonly nullable: boolean
} {
  const written =
    typeof raw['type'] === 'string'
      ? [raw['type']]
      : Array.isArray(raw['type'])
        ? (raw['type'] as readonly unknown[])
        : undefined
  const values = Array.isArray(raw['enum'])
    ? (raw['enum'] as readonly unknown[])
    : Object.hasOwn(raw, 'const')
      ? [raw['const']]
      : undefined
  const fromValues = values?.map((value) =>
    value === null
      ? 'null'
      : Array.isArray(value)
        ? 'array'
        : typeof value === 'number' && Number.isInteger(value)
          ? 'integer'
          : typeof value,
  )
  const types = written?.filter((type) => typeof type === 'string') ?? fromValues
  if (types === undefined) {
    if (
      isObject(raw['properties']) ||
      isObject(raw['additionalProperties']) ||
      isObject(raw['patternProperties'])
    ) {
      return { types: new Set(['object']), nullable: false }
    }
    if (isObject(raw['items']) || Array.isArray(raw['prefixItems']))
      return { types: new Set(['array']), nullable: false }
    return { types: undefined, nullable: true }
  }
  const nullable =
    types.includes('null') && (fromValues === undefined || fromValues.includes('null'))
  return { types: new Set(types.filter((type) => type !== 'null')), nullable }
}

/** Both hold. */
function both(left: Shape, right: Shape): Shape {
  if (right === anything) return left
  if (left === anything) return right
  const properties = new Map(left.properties)
  for (const [name, property] of right.properties) {
    const other = properties.get(name)
    properties.set(
      name,
      other === undefined
        ? property
        : {
            described: join('all', [other.described, property.described]),
            required: other.required || property.required,
            onlySome: other.onlySome && property.onlySome,
          },
    )
  }
  return {
    types: common(left.types, right.types),
    nullable: left.nullable && right.nullable,
    properties,
    items: joined('all', left.items, right.items),
    places: left.places.length > 0 ? left.places : right.places,
    rest:
      left.rest === false || right.rest === false ? false : joined('all', left.rest, right.rest),
    patterns: [...left.patterns, ...right.patterns],
    description: left.description ?? right.description,
    format: left.format ?? right.format,
    deprecated: left.deprecated || right.deprecated,
    readOnly: left.readOnly || right.readOnly,
    writeOnly: left.writeOnly || right.writeOnly,
    classification: left.classification ?? right.classification,
    typeName: left.typeName ?? right.typeName,
    site:
      left.properties.size === 0 &&
      left.items === undefined &&
      (right.properties.size > 0 || right.items !== undefined)
        ? right.site
        : (left.site ?? right.site),
  }
}

/** One of them holds. */
function either(branches: readonly Shape[]): Shape {
  const nullable = branches.some((one) => one.nullable)
  const real = branches.filter((one) => !isOnlyNull(one))
  const [first] = real
  if (first === undefined) return branches[0] ?? anything
  if (real.length === 1) return { ...first, nullable }
  const properties = new Map<string, Property>()
  for (const name of new Set(real.flatMap((one) => [...one.properties.keys()]))) {
    const found = real.flatMap((one) => one.properties.get(name) ?? [])
    properties.set(name, {
      described: join(
        'any',
        found.map((one) => one.described),
      ),
      required: found.length === real.length && found.every((one) => one.required),
      onlySome: found.length < real.length || found.some((one) => one.onlySome),
    })
  }
  const types = real.some((one) => one.types === undefined)
    ? undefined
    : new Set(real.flatMap((one) => [...(one.types ?? [])]))
  const items = real.flatMap((one) => one.items ?? [])
  const rests = real.flatMap((one) => one.rest || [])
  return {
    types,
    nullable,
    properties,
    items: items.length === 0 ? undefined : join('any', items),
    places: first.places,
    rest:
      rests.length > 0
        ? join('any', rests)
        : real.every((one) => one.rest === false)
          ? false
          : undefined,
    patterns: real.flatMap((one) => one.patterns),
    description: real.every((one) => one.description === first.description)
      ? first.description
      : undefined,
    format: real.every((one) => one.format === first.format) ? first.format : undefined,
    deprecated: real.every((one) => one.deprecated),
    readOnly: real.every((one) => one.readOnly),
    writeOnly: real.every((one) => one.writeOnly),
    classification: real.find((one) => one.classification !== undefined)?.classification,
    typeName: undefined,
    site: first.site,
  }
}

function isOnlyNull(shape: Shape): boolean {
  return shape.types?.size === 0 && shape.nullable
}

function common(
  left: ReadonlySet<string> | undefined,
  right: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  if (left === undefined || right === undefined) return left ?? right
  const found = new Set([...left].filter((type) => right.has(type)))
  if ((left.has('number') && right.has('integer')) || (left.has('integer') && right.has('number')))
    found.add('integer')
  return found
}

function joined(
  kind: 'all' | 'any',
  left: Described | undefined,
  right: Described | undefined,
): Described | undefined {
  return left === undefined || right === undefined ? (left ?? right) : join(kind, [left, right])
}

/** Flattens, and leaves out what is there already. */
function join(kind: 'all' | 'any', members: readonly Described[]): Described {
  const flat = members.flatMap((one) => (one.kind === kind ? one.of : [one]))
  const seen = new Set<unknown>()
  const distinct = flat.filter((one) => {
    if (one.kind !== 'schema' || one.site.value === null || typeof one.site.value !== 'object')
      return true
    return !seen.has(one.site.value) && seen.add(one.site.value) !== undefined
  })
  return distinct.length === 1 ? distinct[0]! : { kind, of: distinct }
}

function isSchema(site: Site): boolean {
  return typeof site.value === 'boolean' || isObject(site.value)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The described value of a name that no property has: a pattern's, else the map's. */
export function restFor(shape: Shape, name: string): Described | false | undefined {
  const pattern = shape.patterns.find((one) => patternOf(one.pattern)?.test(name))
  return pattern?.described ?? shape.rest
}
