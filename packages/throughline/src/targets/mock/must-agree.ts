import { child, resolve } from '@throughline/core'
import type { Site } from '@throughline/core'
import { isCountName } from './reshape.ts'
import { partOfLine } from './world/sums.ts'

/** What values of a schema may hold that has to agree with something else in them. */
export interface MustAgree {
  /** A count beside a list, at any depth. */
  readonly counts: boolean
  /** Lines with a price and a quantity, or with a total of their own. */
  readonly sums: boolean
}

/**
 * Whether values that are made up for a schema can disagree with themselves. Looked up once for a schema; where that
 * cannot be told from the names in it, they can.
 */
export function mustAgree(schema: Site): MustAgree {
  const { value } = schema
  if (!isRaw(value)) return BOTH
  let known = remembered.get(value)
  if (known === undefined) {
    const search: Search = { counts: false, sums: false, met: new Set(), ends: false }
    look(schema, search, 0)
    known = search.ends ? BOTH : { counts: search.counts, sums: search.sums }
    remembered.set(value, known)
  }
  return known
}

const remembered = new WeakMap<object, MustAgree>()
const BOTH: MustAgree = { counts: true, sums: true }
const MOST_SCHEMAS = 20_000
const DEEPEST = 60

interface Search {
  counts: boolean
  sums: boolean
  readonly met: Set<unknown>
  /** Something stands here that names say nothing about. */
  ends: boolean
}

type Raw = Readonly<Record<string, unknown>>

/** Schemas that say more about the same value. */
const SAME_VALUE = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'not', '$ref']
const INSIDE = ['items', 'prefixItems', 'contains', 'additionalProperties', 'additionalItems']
/** Names that come from elsewhere than `properties`. */
const UNSEEN = [
  'patternProperties',
  'propertyNames',
  'dependentSchemas',
  'dependentRequired',
  'dependencies',
  'discriminator',
  'unevaluatedProperties',
  '$dynamicRef',
]
/** Values that stand in the schema: they may hold anything. */
const SPELLED_OUT = ['example', 'examples', 'default', 'const', 'enum']

function look(site: Site, search: Search, depth: number): void {
  const { value } = site
  if (!isRaw(value) || search.met.has(value) || search.ends) return
  search.met.add(value)
  if (search.met.size > MOST_SCHEMAS || depth > DEEPEST) {
    search.ends = true
    return
  }
  for (const word of UNSEEN) if (Object.hasOwn(value, word)) search.ends = true
  const names = new Map<string, boolean>()
  namesIn(site, names, new Set())
  take(names, search)
  for (const word of SPELLED_OUT) {
    if (!Object.hasOwn(value, word)) continue
    const spelledOut = new Map<string, boolean>()
    namesOfValue(value[word], spelledOut, 0)
    take(spelledOut, search)
  }
  for (const word of [...SAME_VALUE, ...INSIDE])
    eachIn(site, word, (one) => look(one, search, depth + 1))
  const properties = child(site, 'properties')
  if (properties !== undefined && isRaw(properties.value))
    for (const name of Object.keys(properties.value))
      look(child(properties, name)!, search, depth + 1)
}

/** The names of one object, and whether a list may stand under them, wherever its schema says them. */
function namesIn(site: Site, names: Map<string, boolean>, met: Set<unknown>): void {
  const { value } = site
  if (!isRaw(value) || met.has(value) || met.size > 200) return
  met.add(value)
  const properties = child(site, 'properties')
  if (properties !== undefined && isRaw(properties.value))
    for (const name of Object.keys(properties.value))
      names.set(name, names.get(name) === true || mayBeList(child(properties, name)!))
  const { required } = value
  if (Array.isArray(required))
    for (const name of required)
      if (typeof name === 'string' && !names.has(name)) names.set(name, true)
  for (const word of SAME_VALUE) eachIn(site, word, (one) => namesIn(one, names, met))
}

function mayBeList(site: Site): boolean {
  const { value } = resolve(site)
  if (!isRaw(value)) return true
  const { type } = value
  if (type === undefined) return true
  return Array.isArray(type) ? type.includes('array') : type === 'array'
}

/** The schemas under a keyword that holds one, or several. */
function eachIn(site: Site, word: string, act: (one: Site) => void): void {
  if (word === '$ref') {
    const target = resolve(site)
    if (target !== site) act(target)
    return
  }
  const held = child(site, word)
  if (held === undefined) return
  if (!Array.isArray(held.value)) return act(held)
  for (let index = 0; index < held.value.length; index++) act(child(held, index)!)
}

function take(names: ReadonlyMap<string, boolean>, search: Search): void {
  const all = [...names.keys()]
  const parts = new Set(all.map(partOfLine))
  if ([...names.values()].includes(true) && all.some(isCountName)) search.counts = true
  if (parts.has('total') || (parts.has('price') && parts.has('quantity'))) search.sums = true
}

/** The names in a value at any depth, as if it were one object. */
function namesOfValue(value: unknown, names: Map<string, boolean>, depth: number): void {
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return
  if (Array.isArray(value)) {
    for (const one of value) namesOfValue(one, names, depth + 1)
    return
  }
  for (const [name, inner] of Object.entries(value)) {
    names.set(name, names.get(name) === true || Array.isArray(inner))
    namesOfValue(inner, names, depth + 1)
  }
}

function isRaw(value: unknown): value is Raw {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
