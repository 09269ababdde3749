import { resolveReference } from '../1-parse/reference.ts'
import { normalised, part, parts } from '../schema/dialect.ts'
import { canonical } from '../schema/equal.ts'
import { familyOf } from '../schema/subtypes.ts'
import { isObject, type Site } from '../text/site.ts'

/**
 * All that holds for one value: a schema with its `$ref`s, `allOf`s and single alternatives taken together, one level deep. Two
 * contracts that say the same in different ways have equal facets. What lies below stays sites, several where several hold at once.
 */
export interface Facets {
  /** Nothing is accepted. */
  readonly never: boolean
  /** JSON types, `null` apart; `undefined` where any will do. */
  readonly types: ReadonlySet<string> | undefined
  /** `undefined` where nothing speaks about null. */
  readonly nullable: boolean | undefined
  /** The values of `enum` or `const` by canonical text, null apart. */
  readonly values: ReadonlyMap<string, { readonly value: unknown; readonly site: Site }> | undefined
  readonly isConst: boolean
  /** Keywords with one value: the tightest limit, else the outermost. */
  readonly single: ReadonlyMap<string, Site>
  readonly properties: ReadonlyMap<string, readonly Site[]>
  readonly required: ReadonlyMap<string, Site>
  readonly patternProperties: ReadonlyMap<string, readonly Site[]>
  /** `additionalProperties`, else `unevaluatedProperties`. */
  readonly additional: readonly Site[]
  readonly propertyNames: readonly Site[]
  readonly dependentRequired: ReadonlyMap<string, readonly Site[]>
  readonly dependentSchemas: ReadonlyMap<string, readonly Site[]>
  readonly items: readonly Site[]
  readonly prefixItems: readonly Site[]
  readonly contains: readonly Site[]
  readonly not: readonly Site[]
  readonly conditions: readonly Condition[]
  /** Each an `anyOf` or `oneOf` with more than one alternative beside null, or the subtypes of a schema that has some. */
  readonly choices: readonly Choice[]
  readonly extensions: ReadonlyMap<string, Site>
  /** References on the way, outermost first. */
  readonly references: readonly string[]
  /** The schema that says most. */
  readonly site: Site
}

export interface Choice {
  readonly keyword: 'anyOf' | 'oneOf'
  readonly branches: readonly Site[]
  readonly site: Site
}

interface Condition {
  readonly site: Site
  readonly when: Site
  readonly whenTrue: Site | undefined
  readonly otherwise: Site | undefined
}

/** Takes together what all of some schemas say. */
export function facetsOf(sites: readonly Site[]): Facets {
  const draft = newDraft(sites[0]!)
  for (const site of sites) add(draft, site, 0)
  return finished(draft)
}

/** The same with one of its choices taken: what holds for a value of that alternative. */
export function withChoice(facets: Facets, choice: Choice, branch: Site): Facets {
  const draft = newDraft(branch)
  join(draft, { ...facets, choices: facets.choices.filter((one) => one !== choice) })
  const inner = newDraft(branch)
  add(inner, branch, 0)
  join(draft, finished(inner))
  return { ...finished(draft), site: branch, references: inner.references }
}

/** Keywords where the smaller value is the tighter one. */
const upper: ReadonlySet<string> = new Set([
  'maximum',
  'exclusiveMaximum',
  'maxLength',
  'maxItems',
  'maxProperties',
  'maxContains',
])
const lower: ReadonlySet<string> = new Set([
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
  'minContains',
])
const alone: ReadonlySet<string> = new Set([
  'multipleOf',
  'pattern',
  'format',
  'uniqueItems',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'title',
  'description',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'example',
  'examples',
  'discriminator',
  'xml',
])

interface Draft {
  never: boolean
  types: Set<string> | undefined
  nullable: boolean | undefined
  values: Map<string, { readonly value: unknown; readonly site: Site }> | undefined
  isConst: boolean
  readonly single: Map<string, Site>
  readonly properties: Map<string, readonly Site[]>
  readonly required: Map<string, Site>
  readonly patternProperties: Map<string, readonly Site[]>
  readonly additional: Site[]
  readonly propertyNames: Site[]
  readonly dependentRequired: Map<string, readonly Site[]>
  readonly dependentSchemas: Map<string, readonly Site[]>
  readonly items: Site[]
  prefixItems: readonly Site[]
  readonly contains: Site[]
  readonly not: Site[]
  readonly conditions: Condition[]
  readonly choices: Choice[]
  readonly extensions: Map<string, Site>
  readonly references: string[]
  site: Site
  readonly seen: Set<unknown>
}

function newDraft(site: Site): Draft {
  return {
    never: false,
    types: undefined,
    nullable: undefined,
    values: undefined,
    isConst: false,
    single: new Map(),
    properties: new Map(),
    required: new Map(),
    patternProperties: new Map(),
    additional: [],
    propertyNames: [],
    dependentRequired: new Map(),
    dependentSchemas: new Map(),
    items: [],
    prefixItems: [],
    contains: [],
    not: [],
    conditions: [],
    choices: [],
    extensions: new Map(),
    references: [],
    site,
    seen: new Set(),
  }
}

/** What makes a schema more than a reference with words beside it. */
const says: ReadonlySet<string> = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'allOf',
  'anyOf',
  'oneOf',
])

/** More schemas than this are not taken together: contracts come from strangers. */
const mostTogether = 500

function add(draft: Draft, schema: Site, depth: number): void {
  const view = normalised(schema)
  const raw = view.value
  if (raw === false) draft.never = true
  if (
    !isObject(raw) ||
    depth > 50 ||
    draft.seen.has(schema.value) ||
    draft.seen.size > mostTogether
  )
    return
  draft.seen.add(schema.value)
  own(draft, view, raw)
  const reference = raw['$ref'] ?? raw['$dynamicRef']
  if (typeof reference === 'string') {
    const target = resolveReference(schema, reference)
    if (target === undefined) draft.single.set('$ref', part(view, '$ref') ?? view)
    else {
      draft.references.push(reference)
      const family = familyOf(target)
      const tagged = draft.single.get('discriminator')
      add(draft, target, depth + 1)
      if (family?.edges.has(schema.value) === true) {
        // Which others there are is nothing that a subtype says.
        if (tagged === undefined) draft.single.delete('discriminator')
      } else if (family !== undefined) {
        const branches = family.subtypes.map((one) => one.site)
        draft.choices.push({ keyword: 'anyOf', branches, site: target })
      }
      if (Object.keys(raw).every((key) => !says.has(key))) draft.site = target
    }
  }
  for (const one of parts(view, 'allOf')) add(draft, one, depth + 1)
  for (const keyword of ['oneOf', 'anyOf'] as const) addChoice(draft, view, keyword, depth)
}

function addChoice(draft: Draft, view: Site, keyword: Choice['keyword'], depth: number): void {
  const all = parts(view, keyword)
  if (all.length === 0) return
  const branches = all.filter((one) => !isOnlyNull(one.value))
  const [only] = branches
  const hasNull = branches.length < all.length
  if (branches.length === 1 && only !== undefined) {
    const inner = newDraft(only)
    for (const one of draft.seen) inner.seen.add(one)
    add(inner, only, depth + 1)
    const facets = finished(inner)
    join(draft, hasNull ? { ...facets, nullable: true } : facets)
    draft.references.push(...facets.references)
    if (draft.properties.size === facets.properties.size) draft.site = facets.site
    return
  }
  if (branches.length > 1) {
    draft.choices.push({ keyword, branches, site: part(view, keyword) ?? view })
    const nulls = branches.map((one) => {
      const inner = newDraft(one)
      for (const other of draft.seen) inner.seen.add(other)
      if (depth < 3) add(inner, one, depth + 1)
      return finished(inner).nullable
    })
    const open = hasNull || nulls.includes(true)
    const known = open || nulls.every((one) => one === false)
    if (known) draft.nullable = draft.nullable === false ? false : open
  } else if (hasNull) {
    draft.types = new Set()
    draft.nullable = true
  }
}

function own(draft: Draft, view: Site, raw: Readonly<Record<string, unknown>>): void {
  for (const keyword of Object.keys(raw)) {
    const value = raw[keyword]
    if (upper.has(keyword) || lower.has(keyword)) {
      if (typeof value === 'number') limit(draft.single, keyword, part(view, keyword)!)
    } else if (alone.has(keyword)) {
      if (!draft.single.has(keyword)) draft.single.set(keyword, part(view, keyword)!)
    } else if (keyword.startsWith('x-')) {
      if (!draft.extensions.has(keyword)) draft.extensions.set(keyword, part(view, keyword)!)
    }
  }
  ownValues(draft, view, raw)
  ownObjects(draft, view, raw)
  for (const site of schemasAt(view, 'items')) draft.items.push(site)
  const places = parts(view, 'prefixItems')
  if (places.length > draft.prefixItems.length) draft.prefixItems = places
  for (const site of schemasAt(view, 'unevaluatedItems')) draft.items.push(site)
  for (const site of schemasAt(view, 'contains')) draft.contains.push(site)
  for (const site of schemasAt(view, 'not')) draft.not.push(site)
  const when = part(view, 'if')
  if (when !== undefined) {
    draft.conditions.push({
      site: view,
      when,
      whenTrue: part(view, 'then'),
      otherwise: part(view, 'else'),
    })
  }
}

function ownValues(draft: Draft, view: Site, raw: Readonly<Record<string, unknown>>): void {
  const type = raw['type']
  const types = (typeof type === 'string' ? [type] : Array.isArray(type) ? type : []).filter(
    (one): one is string => typeof one === 'string',
  )
  if (types.length > 0) {
    restrict(draft, new Set(types.filter((one) => one !== 'null')), types.includes('null'))
  }
  const isConst = Object.hasOwn(raw, 'const')
  const listed: unknown = isConst ? [raw['const']] : raw['enum']
  if (!Array.isArray(listed)) return
  const site = part(view, isConst ? 'const' : 'enum')!
  const values = new Map<string, { value: unknown; site: Site }>()
  for (const value of listed as readonly unknown[])
    if (value !== null) values.set(canonical(value), { value, site })
  limitValues(draft, values)
  draft.isConst ||= values.size === 1
  if (!listed.includes(null)) draft.nullable = false
  else if (values.size > 0 && draft.types === undefined) draft.nullable ??= true
}

function ownObjects(draft: Draft, view: Site, raw: Readonly<Record<string, unknown>>): void {
  for (const site of parts(view, 'properties')) append(draft.properties, String(site.key), site)
  for (const site of parts(view, 'patternProperties'))
    append(draft.patternProperties, String(site.key), site)
  for (const site of parts(view, 'dependentRequired'))
    append(draft.dependentRequired, String(site.key), site)
  for (const site of parts(view, 'dependentSchemas'))
    append(draft.dependentSchemas, String(site.key), site)
  for (const site of parts(view, 'required')) {
    if (typeof site.value === 'string' && !draft.required.has(site.value))
      draft.required.set(site.value, site)
  }
  const rest = schemasAt(view, 'additionalProperties')
  draft.additional.push(...rest)
  if (rest.length === 0) draft.additional.push(...schemasAt(view, 'unevaluatedProperties'))
  for (const site of schemasAt(view, 'propertyNames')) draft.propertyNames.push(site)
  if (raw['type'] === undefined && draft.types === undefined && isObject(raw['properties']))
    restrict(draft, new Set(['object']), undefined)
}

function schemasAt(view: Site, keyword: string): readonly Site[] {
  const site = part(view, keyword)
  return site !== undefined && (isObject(site.value) || typeof site.value === 'boolean')
    ? [site]
    : []
}

function append(map: Map<string, readonly Site[]>, name: string, site: Site): void {
  map.set(name, [...(map.get(name) ?? []), site])
}

function limit(single: Map<string, Site>, keyword: string, site: Site): void {
  const known = single.get(keyword)?.value
  const value = site.value as number
  if (typeof known !== 'number' || (upper.has(keyword) ? value < known : value > known))
    single.set(keyword, site)
}

function restrict(draft: Draft, types: Set<string>, nullable: boolean | undefined): void {
  draft.types = draft.types === undefined ? types : common(draft.types, types)
  if (nullable !== undefined) draft.nullable = (draft.nullable ?? true) && nullable
}

function common(left: ReadonlySet<string>, right: ReadonlySet<string>): Set<string> {
  const found = new Set([...left].filter((type) => right.has(type)))
  if ((left.has('number') && right.has('integer')) || (left.has('integer') && right.has('number')))
    found.add('integer')
  return found
}

function limitValues(draft: Draft, values: NonNullable<Draft['values']>): void {
  draft.values =
    draft.values === undefined
      ? values
      : new Map([...draft.values].filter(([key]) => values.has(key)))
}

function join(draft: Draft, facets: Facets): void {
  draft.never ||= facets.never
  if (facets.types !== undefined) restrict(draft, new Set(facets.types), undefined)
  if (facets.nullable !== undefined) draft.nullable = (draft.nullable ?? true) && facets.nullable
  if (facets.values !== undefined) limitValues(draft, new Map(facets.values))
  draft.isConst ||= facets.isConst
  for (const [keyword, site] of facets.single) {
    if (upper.has(keyword) || lower.has(keyword)) limit(draft.single, keyword, site)
    else if (!draft.single.has(keyword)) draft.single.set(keyword, site)
  }
  for (const map of [
    'properties',
    'patternProperties',
    'dependentRequired',
    'dependentSchemas',
  ] as const)
    for (const [name, sites] of facets[map])
      for (const site of sites) append(draft[map], name, site)
  for (const [name, site] of facets.required)
    if (!draft.required.has(name)) draft.required.set(name, site)
  for (const list of ['additional', 'propertyNames', 'items', 'contains', 'not'] as const)
    draft[list].push(...facets[list])
  if (facets.prefixItems.length > draft.prefixItems.length) draft.prefixItems = facets.prefixItems
  draft.conditions.push(...facets.conditions)
  draft.choices.push(...facets.choices)
  for (const [name, site] of facets.extensions)
    if (!draft.extensions.has(name)) draft.extensions.set(name, site)
}

function finished(draft: Draft): Facets {
  return draft
}

function isOnlyNull(value: unknown): boolean {
  if (!isObject(value)) return false
  const { type } = value
  if (type === 'null' || (Array.isArray(type) && type.length === 1 && type[0] === 'null'))
    return true
  return (
    (Object.hasOwn(value, 'const') && value['const'] === null) ||
    (Array.isArray(value['enum']) && value['enum'].length === 1 && value['enum'][0] === null)
  )
}
