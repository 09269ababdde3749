import { isObject, type Site } from '../text/site.ts'
import { resolve } from '../1-parse/reference.ts'
import { discriminatorOf, nameIn, tagsOf } from './discriminator.ts'
import { examplesOf, normalised, part, parts } from './dialect.ts'
import { familyOf } from './subtypes.ts'

/** All that one value must satisfy: schemas with references, `allOf` and one chosen branch of each alternative flattened. */
export interface Demand {
  /** `undefined`: any type. */
  types: Set<string> | undefined
  values: readonly unknown[] | undefined
  /** Each source in the order met: the outermost schema's own first. */
  readonly examples: unknown[]
  readonly defaults: unknown[]
  lowest: number
  highest: number
  lowestOpen: boolean
  highestOpen: boolean
  readonly steps: number[]
  shortest: number
  longest: number
  readonly patterns: string[]
  format: string | undefined
  readonly properties: Map<string, Site[]>
  readonly required: Set<string>
  readonly forbidden: Set<string>
  readonly patternProperties: { readonly pattern: string; readonly site: Site }[]
  /** Schemas for names that no property describes. */
  readonly additional: Site[]
  readonly names: Site[]
  fewestProperties: number
  mostProperties: number
  readonly dependentRequired: Map<string, readonly string[]>
  readonly dependentSchemas: Map<string, Site[]>
  readonly items: Site[]
  readonly prefixes: (readonly Site[])[]
  fewestItems: number
  mostItems: number
  unique: boolean
  readonly contains: { readonly site: Site; readonly least: number; readonly most: number }[]
  /** Said by something that merging cannot promise (`not`, `oneOf`, `if`...): the value is checked, and made again. */
  risky: boolean
  /** Whether it says all that the schemas say: a value that keeps to it, and whose parts keep to theirs, need not be validated. */
  whole: boolean
  /** Nothing can satisfy it. */
  impossible: boolean
  typeName: string | undefined
  /** A property's value by the discriminator of a chosen branch. */
  readonly tags: Map<string, string>
}

/** Decides which branch of an alternative is taken. */
export interface Branching {
  /**
   * An index below `count`. `kind` says of what; branches that lead deeper can be avoided with `branches`, and where a
   * property tells them apart, `tagged` says how.
   */
  branch(
    kind: 'oneOf' | 'anyOf' | 'if',
    count: number,
    branches: readonly Site[],
    tagged?: Tagged,
  ): number
}

/** The property that tells branches apart, and the index of each by what it says. */
export interface Tagged {
  readonly property: string
  readonly tags: ReadonlyMap<string, number>
}

/** The demand of a schema that has been met before and leaves nothing to choose: nobody may add to it. */
export function settledDemand(schemas: readonly Site[]): Demand | undefined {
  const raw = schemas.length === 1 ? schemas[0]!.value : undefined
  if (!isObject(raw)) return undefined
  const known = remembered.get(raw)?.first
  return known?.kind === 'demand' ? known.demand : undefined
}

export function demandOf(schemas: readonly Site[], branching: Branching): Demand {
  const raw = schemas.length === 1 ? schemas[0]!.value : undefined
  if (!isObject(raw)) return collected(schemas, branching)
  let known = remembered.get(raw)?.first
  const taken: number[] = []
  while (known !== undefined && known.kind !== 'demand') {
    const index = branching.branch(known.kind, known.count, known.branches, known.tagged)
    taken.push(index)
    known = known.ways.get(index)
  }
  if (known !== undefined) return known.demand
  const met: Met[] = []
  const demand = collected(schemas, {
    branch(kind, count, branches, tagged) {
      const index = taken[met.length] ?? branching.branch(kind, count, branches, tagged)
      met.push({ turn: { kind, count, branches, tagged, ways: new Map() }, index })
      return index
    },
  })
  // Others would be added to.
  if (demand.dependentSchemas.size === 0) remember(raw, met, demand)
  return demand
}

/** A schema after some choices of branches: the next choice, or all that is demanded. Nobody may add to it. */
type Known = { readonly kind: 'demand'; readonly demand: Demand } | Turn

interface Turn {
  readonly kind: Parameters<Branching['branch']>[0]
  readonly count: number
  readonly branches: readonly Site[]
  readonly tagged: Tagged | undefined
  readonly ways: Map<number, Known>
}

interface Met {
  readonly turn: Turn
  readonly index: number
}

const remembered = new WeakMap<object, { first: Known; count: number }>()
/** Unions inside unions have too many ways to keep them all. */
const mostWays = 64

function remember(raw: object, met: readonly Met[], demand: Demand): void {
  const leaf: Known = { kind: 'demand', demand }
  const known = remembered.get(raw)
  if (known === undefined) remembered.set(raw, { first: branchOut(met, 0, leaf), count: 1 })
  else if (known.count < mostWays) {
    known.count++
    let here = known.first
    for (let index = 0; here.kind !== 'demand' && index < met.length; index++) {
      const chosen = met[index]!.index
      const next = here.ways.get(chosen)
      if (next === undefined) here.ways.set(chosen, branchOut(met, index + 1, leaf))
      here = next ?? leaf
    }
  }
}

/** The turns from one on, each with only the way that was taken. */
function branchOut(met: readonly Met[], from: number, leaf: Known): Known {
  return met.slice(from).reduceRight<Known>((then, { turn, index }) => {
    turn.ways.set(index, then)
    return turn
  }, leaf)
}

function collected(schemas: readonly Site[], branching: Branching): Demand {
  const demand = newDemand()
  const met = new Set<unknown>()
  for (const schema of schemas) {
    collect(schema, demand, branching, met, 0)
    inherit(schema, schema, demand, branching, met, 0)
  }
  return demand
}

/** A value of a schema that has subtypes is a value of one of them, and says of which. */
function inherit(
  reference: Site,
  base: Site,
  demand: Demand,
  branching: Branching,
  met: Set<unknown>,
  depth: number,
): void {
  const family = familyOf(base)
  if (family === undefined) return
  const { property, subtypes, tags, edges } = family
  const members = [...met].filter((one) => one !== base.value && tags.has(one))
  const isMember = edges.has(reference.value) || members.length > 0
  const tagged = { property, tags: new Map(subtypes.map(({ tag }, index) => [tag, index])) }
  const sites = subtypes.map(({ site }) => site)
  const chosen = isMember
    ? undefined
    : subtypes[branching.branch('anyOf', sites.length, sites, tagged)]
  const tag = chosen?.tag ?? tags.get(members[0])
  if (tag !== undefined && !demand.tags.has(property)) demand.tags.set(property, tag)
  if (chosen !== undefined) collect(chosen.site, demand, branching, met, depth + 1)
}

/** Adds one more schema that must hold too. */
export function collect(
  schema: Site,
  demand: Demand,
  branching: Branching,
  met: Set<unknown>,
  depth: number,
): void {
  const view = normalised(schema)
  const raw = view.value
  if (raw === false) demand.impossible = true
  if (!isObject(raw) || met.has(schema.value)) return
  if (depth > 60) {
    demand.whole = false
    return
  }
  met.add(schema.value)
  own(view, raw, demand)
  const reference = raw['$ref'] ?? raw['$dynamicRef']
  if (typeof reference === 'string') {
    const target = resolve(schema)
    demand.typeName ??= nameIn(reference)
    if (target.value !== schema.value) {
      collect(target, demand, branching, met, depth + 1)
      inherit(schema, target, demand, branching, met, depth)
    }
    // A reference that leads nowhere asks for nothing that could be kept.
    else demand.whole = false
  }
  for (const one of parts(view, 'allOf')) collect(one, demand, branching, met, depth + 1)
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = parts(view, keyword)
    if (branches.length === 0) continue
    demand.risky = true
    const discriminator = discriminatorOf(view)
    const tagged = discriminator && {
      property: discriminator.propertyName,
      tags: tagsOf(view, discriminator, branches),
    }
    const index = branching.branch(keyword, branches.length, branches, tagged)
    const branch = branches[index]
    if (branch === undefined) continue
    for (const [tag, at] of tagged?.tags ?? [])
      if (at === index && !demand.tags.has(tagged!.property)) demand.tags.set(tagged!.property, tag)
    collect(branch, demand, branching, met, depth + 1)
  }
  const condition = part(view, 'if')
  if (condition !== undefined && (Object.hasOwn(raw, 'then') || Object.hasOwn(raw, 'else'))) {
    demand.risky = true
    const [met2, unmet] = [part(view, 'then'), part(view, 'else')]
    const choice = branching.branch('if', 3, [])
    if (choice === 1) {
      collect(condition, demand, branching, met, depth + 1)
      if (met2 !== undefined) collect(met2, demand, branching, met, depth + 1)
    } else if (choice === 2 && unmet !== undefined)
      collect(unmet, demand, branching, met, depth + 1)
  }
}

function newDemand(): Demand {
  return {
    types: undefined,
    values: undefined,
    examples: [],
    defaults: [],
    lowest: -Infinity,
    highest: Infinity,
    lowestOpen: false,
    highestOpen: false,
    steps: [],
    shortest: 0,
    longest: Infinity,
    patterns: [],
    format: undefined,
    properties: new Map(),
    required: new Set(),
    forbidden: new Set(),
    patternProperties: [],
    additional: [],
    names: [],
    fewestProperties: 0,
    mostProperties: Infinity,
    dependentRequired: new Map(),
    dependentSchemas: new Map(),
    items: [],
    prefixes: [],
    fewestItems: 0,
    mostItems: Infinity,
    unique: false,
    contains: [],
    risky: false,
    whole: true,
    impossible: false,
    typeName: undefined,
    tags: new Map(),
  }
}

type Raw = Readonly<Record<string, unknown>>

/** Keywords that a demand keeps to the letter, and those that ask for nothing. Nobody vouches for others. */
const KEPT: ReadonlySet<string> = new Set([
  '$ref',
  'allOf',
  'const',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'properties',
  'required',
  'type',
  'uniqueItems',
  '$comment',
  '$defs',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'readOnly',
  'title',
  'writeOnly',
  'xml',
])

function keeps(raw: Raw, keyword: string, demand: Demand): boolean {
  if (keyword === 'additionalProperties') return raw[keyword] === true
  // Of two formats only the first is asked for.
  if (keyword === 'format') return demand.format === undefined || demand.format === raw[keyword]
  return KEPT.has(keyword) || keyword.startsWith('x-')
}

function own(view: Site, raw: Raw, demand: Demand): void {
  for (const keyword of Object.keys(raw))
    if (!keeps(raw, keyword, demand)) {
      demand.whole = false
      break
    }
  narrowTypes(raw, demand)
  if (Array.isArray(raw['enum'])) narrowValues(raw['enum'], demand)
  if (Object.hasOwn(raw, 'const')) narrowValues([raw['const']], demand)
  demand.examples.push(...examplesOf(view))
  if (Object.hasOwn(raw, 'default')) demand.defaults.push(raw['default'])
  limits(raw, demand)
  if (typeof raw['pattern'] === 'string') demand.patterns.push(raw['pattern'])
  if (typeof raw['format'] === 'string') demand.format ??= raw['format']
  if (raw['uniqueItems'] === true) demand.unique = true
  objects(view, raw, demand)
  lists(view, raw, demand)
  const not = part(view, 'not')
  if (not !== undefined) {
    demand.risky = true
    const names =
      isObject(not.value) && Object.keys(not.value).length === 1 ? not.value['required'] : undefined
    if (Array.isArray(names) && names.length === 1 && typeof names[0] === 'string')
      demand.forbidden.add(names[0])
  }
}

function limits(raw: Raw, demand: Demand): void {
  const number = (name: string): number | undefined =>
    typeof raw[name] === 'number' ? raw[name] : undefined
  for (const [name, open] of [
    ['minimum', false],
    ['exclusiveMinimum', true],
  ] as const) {
    const bound = number(name)
    if (bound === undefined || bound < demand.lowest || (bound === demand.lowest && !open)) continue
    demand.lowest = bound
    demand.lowestOpen = open
  }
  for (const [name, open] of [
    ['maximum', false],
    ['exclusiveMaximum', true],
  ] as const) {
    const bound = number(name)
    if (bound === undefined || bound > demand.highest || (bound === demand.highest && !open))
      continue
    demand.highest = bound
    demand.highestOpen = open
  }
  const step = number('multipleOf')
  if (step !== undefined && step > 0) demand.steps.push(step)
  demand.shortest = Math.max(demand.shortest, number('minLength') ?? 0)
  demand.longest = Math.min(demand.longest, number('maxLength') ?? Infinity)
  demand.fewestItems = Math.max(demand.fewestItems, number('minItems') ?? 0)
  demand.mostItems = Math.min(demand.mostItems, number('maxItems') ?? Infinity)
  demand.fewestProperties = Math.max(demand.fewestProperties, number('minProperties') ?? 0)
  demand.mostProperties = Math.min(demand.mostProperties, number('maxProperties') ?? Infinity)
}

function objects(view: Site, raw: Raw, demand: Demand): void {
  if (isObject(raw['properties'])) {
    for (const site of parts(view, 'properties')) add(demand.properties, String(site.key), site)
  }
  if (Array.isArray(raw['required'])) {
    for (const name of raw['required']) if (typeof name === 'string') demand.required.add(name)
  }
  if (isObject(raw['patternProperties'])) {
    for (const site of parts(view, 'patternProperties'))
      demand.patternProperties.push({ pattern: String(site.key), site })
  }
  const additional = part(view, 'additionalProperties') ?? part(view, 'unevaluatedProperties')
  if (additional !== undefined) {
    demand.additional.push(additional)
    if (additional.value === false) demand.risky = true
  }
  const names = part(view, 'propertyNames')
  if (names !== undefined) demand.names.push(names)
  if (isObject(raw['dependentRequired'])) {
    for (const [name, needs] of Object.entries(raw['dependentRequired'])) {
      if (Array.isArray(needs))
        demand.dependentRequired.set(name, [
          ...(demand.dependentRequired.get(name) ?? []),
          ...needs.filter((one) => typeof one === 'string'),
        ])
    }
  }
  for (const site of parts(view, 'dependentSchemas'))
    add(demand.dependentSchemas, String(site.key), site)
}

function lists(view: Site, raw: Raw, demand: Demand): void {
  const prefix = parts(view, 'prefixItems')
  const items = part(view, 'items') ?? part(view, 'unevaluatedItems')
  if (prefix.length > 0) {
    demand.prefixes.push(prefix)
    if (items?.value === false) demand.mostItems = Math.min(demand.mostItems, prefix.length)
    demand.risky = true
  }
  if (items !== undefined && items.value !== false) demand.items.push(items)
  else if (items !== undefined && prefix.length === 0) demand.mostItems = 0
  const contains = part(view, 'contains')
  if (contains === undefined) return
  const count = (name: string, otherwise: number): number =>
    typeof raw[name] === 'number' ? raw[name] : otherwise
  demand.contains.push({
    site: contains,
    least: count('minContains', 1),
    most: count('maxContains', Infinity),
  })
  demand.risky = true
}

const TYPES: ReadonlySet<string> = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'null',
])

function narrowTypes(raw: Raw, demand: Demand): void {
  const type = raw['type']
  const types =
    typeof type === 'string'
      ? [type]
      : Array.isArray(type)
        ? type.filter((one) => typeof one === 'string')
        : undefined
  if (types === undefined || types.length === 0) return
  if (!types.every((one) => TYPES.has(one))) demand.whole = false
  const before = demand.types
  const both =
    before === undefined
      ? types
      : types.filter((one) => before.has(one) || (one === 'integer' && before.has('number')))
  if (before?.has('integer') && types.includes('number') && !both.includes('integer'))
    both.push('integer')
  demand.types = new Set(both)
  if (demand.types.size === 0) demand.impossible = true
}

function narrowValues(values: readonly unknown[], demand: Demand): void {
  demand.values =
    demand.values === undefined
      ? values
      : demand.values.filter((one) =>
          values.some((other) => JSON.stringify(one) === JSON.stringify(other)),
        )
  if (demand.values.length === 0) demand.impossible = true
}

function add(map: Map<string, Site[]>, name: string, site: Site): void {
  const sites = map.get(name)
  if (sites === undefined) map.set(name, [site])
  else sites.push(site)
}
