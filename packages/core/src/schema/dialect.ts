import { isObject, type Dialect, type Site } from '../text/site.ts'

type Raw = Readonly<Record<string, unknown>>

/**
 * A schema as JSON Schema 2020-12, whatever its document was written in: one object deep, on first
 * look, remembered. What needs no change is given back itself. The view keeps the site's own place,
 * so positions stay right; walk on with `part` and `parts`, which know where a keyword really stands.
 *
 * OpenAPI 2.0 and 3.0: `nullable` (also beside `$ref`, `enum` or `allOf`, where people mean it),
 * boolean `exclusiveMinimum`, siblings of `$ref` ignored, string `discriminator`, `type: file`.
 * Anywhere: `items` lists, `additionalItems` and `dependencies` of older drafts.
 */
export function normalised(schema: Site): Site {
  const raw = schema.value
  if (!isObject(raw)) return schema
  const known = remembered.get(raw)
  if (known !== undefined) return known === raw ? schema : { ...schema, value: known }
  const value = rewritten(raw, schema.document.dialect)
  remembered.set(raw, value)
  if (value !== raw) standsFor(value, raw)
  return value === raw ? schema : { ...schema, value }
}

/** The value of a keyword of a normalised schema, at the place where it really stands. */
export function part(view: Site, keyword: string): Site | undefined {
  const { value } = view
  if (!isObject(value) || !Object.hasOwn(value, keyword)) return undefined
  return {
    document: view.document,
    value: value[keyword],
    parent: asWritten(view),
    key: renamed.get(value)?.[keyword] ?? keyword,
  }
}

/** Each subschema of a keyword that holds several (`allOf`, `prefixItems`, `properties`...), with its key. */
export function parts(view: Site, keyword: string): readonly Site[] {
  const container = part(view, keyword)
  if (container === undefined) return []
  const { value, document } = container
  if (Array.isArray(value)) {
    return value.map((inner: unknown, key) =>
      isObject(inner) && transparent.has(inner)
        ? { document, value: inner, parent: view.parent, key: view.key }
        : { document, value: inner, parent: container, key },
    )
  }
  if (!isObject(value)) return []
  return Object.keys(value).map((key) => ({ document, value: value[key], parent: container, key }))
}

/** The examples that a schema itself carries, `examples` first, then OpenAPI's `example`. */
export function examplesOf(view: Site): readonly unknown[] {
  const { value } = view
  if (!isObject(value)) return []
  const several = Array.isArray(value['examples']) ? (value['examples'] as readonly unknown[]) : []
  return Object.hasOwn(value, 'example') ? [...several, value['example']] : several
}

const remembered = new WeakMap<object, Raw>()
/** What a rewritten schema was made from: parents stay as written, because references are resolved from them. */
const written = new WeakMap<object, Raw>()
/** Where keywords of a rewritten schema really stand: `prefixItems` under `items`. */
const renamed = new WeakMap<object, Readonly<Record<string, string>>>()
/** Subschemas that exist only in the rewritten form, and stand where their parent stands. */
const transparent = new WeakSet<object>()

function standsFor(value: Raw, raw: Raw): void {
  remembered.set(value, value)
  written.set(value, raw)
}

/** The site of a view as it stands in its document: references are resolved from here. */
export function asWritten(view: Site): Site {
  const raw = isObject(view.value) ? written.get(view.value) : undefined
  return raw === undefined ? view : { ...view, value: raw }
}

function rewritten(raw: Raw, dialect: Dialect): Raw {
  let value = raw
  const changed = (): Record<string, unknown> => {
    if (value === raw) value = { ...raw }
    return value
  }
  const places: Record<string, string> = {}
  const before2020 = dialect !== 'json-schema-2020-12'

  if (before2020 && typeof raw['$ref'] === 'string') {
    if (Object.keys(raw).some((key) => assertions.has(key))) {
      value = Object.fromEntries(Object.entries(raw).filter(([key]) => !assertions.has(key)))
    }
  } else {
    for (const [limit, exclusive] of limits) {
      if (typeof raw[exclusive] !== 'boolean') continue
      const target = changed()
      delete target[exclusive]
      if (raw[exclusive] && typeof raw[limit] === 'number') {
        target[exclusive] = raw[limit]
        places[exclusive] = limit
        delete target[limit]
      }
    }
    if (Array.isArray(raw['items'])) {
      const target = changed()
      target['prefixItems'] = raw['items']
      places['prefixItems'] = 'items'
      delete target['items']
      if (Object.hasOwn(raw, 'additionalItems')) {
        target['items'] = raw['additionalItems']
        places['items'] = 'additionalItems'
      }
    }
    if (isObject(raw['dependencies'])) spreadDependencies(raw['dependencies'], changed(), places)
    if (dialect === 'swagger-2.0') {
      if (typeof raw['discriminator'] === 'string') {
        changed()['discriminator'] = { propertyName: raw['discriminator'] }
      }
      if (raw['type'] === 'file') Object.assign(changed(), { type: 'string', format: 'binary' })
    }
  }
  if (raw['nullable'] === true || raw['x-nullable'] === true) value = orNull(raw, value, places)
  if (value !== raw && Object.keys(places).length > 0) renamed.set(value, places)
  return value
}

const limits = [
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
] as const

function spreadDependencies(
  dependencies: Raw,
  target: Record<string, unknown>,
  places: Record<string, string>,
): void {
  const entries = Object.entries(dependencies)
  const names = entries.filter(([, dependency]) => Array.isArray(dependency))
  const schemas = entries.filter(([, dependency]) => !Array.isArray(dependency))
  for (const [keyword, some] of [
    ['dependentRequired', names],
    ['dependentSchemas', schemas],
  ] as const) {
    if (some.length === 0 || Object.hasOwn(target, keyword)) continue
    target[keyword] = Object.fromEntries(some)
    places[keyword] = 'dependencies'
  }
}

/** Lets null in too. A schema with neither type nor anything else that forbids null lets it in already. */
function orNull(raw: Raw, value: Raw, places: Readonly<Record<string, string>>): Raw {
  const { nullable: _, 'x-nullable': __, ...rest } = value
  if (!Object.keys(rest).some((key) => forbidsNull.has(key))) return withNullType(rest)
  transparent.add(rest)
  standsFor(rest, raw)
  if (Object.keys(places).length > 0) renamed.set(rest, places)
  const outer: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).filter(([key]) => annotations.has(key) || key.startsWith('x-')),
  )
  const nothing = { type: 'null' }
  transparent.add(nothing)
  outer['anyOf'] = [rest, nothing]
  return outer
}

function withNullType(rest: Raw): Raw {
  const type = rest['type']
  const types: readonly unknown[] = Array.isArray(type) ? (type as readonly unknown[]) : [type]
  const open: Record<string, unknown> = { ...rest }
  if (type !== undefined && !types.includes('null')) open['type'] = [...types, 'null']
  const options = rest['enum']
  if (Array.isArray(options) && !options.includes(null))
    open['enum'] = [...(options as readonly unknown[]), null]
  return open
}

const forbidsNull: ReadonlySet<string> = new Set([
  '$ref',
  '$dynamicRef',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'const',
  'if',
])
const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'deprecated',
  'readOnly',
  'writeOnly',
  'example',
  'examples',
  'default',
  'externalDocs',
  'xml',
])
/** What OpenAPI 2.0 and 3.0 ignore beside `$ref`. */
const assertions: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'minProperties',
  'maxProperties',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'discriminator',
])
