import { resolveReference } from '../1-parse/reference.ts'
import type { Segment } from '../schema/field-path.ts'
import { familyOf } from '../schema/subtypes.ts'
import { child, isObject, type Site } from '../text/site.ts'
import {
  unchanged,
  type SchemaComparison,
  type SchemaDifference,
  type Side,
} from './compare-schemas.ts'
import { facetsOf, type Facets } from './facets.ts'

/**
 * Compares two schemas that are written alike: only what they refer to can differ, so only their references are followed. Gives
 * `undefined` where a keyword turns its schema around or looks at other places, or a reference leads to a schema with subtypes, and
 * somebody has to look closer.
 */
export function compareAlike(
  comparison: SchemaComparison,
  before: Site,
  after: Site,
  side: Side,
): SchemaDifference | undefined {
  const { value } = before
  if (!isObject(value)) return unchanged
  const below: SchemaDifference['below'] = []
  for (const keyword in value) {
    if (closer.has(keyword)) return undefined
    if (!leading.has(keyword)) continue
    const left = child(before, keyword)
    const right = child(after, keyword)
    if (left === undefined || right === undefined) continue
    if (keyword === '$ref') {
      const to = compareTargets(comparison, before, after, String(left.value), side)
      if (to === undefined) return undefined
      if (to !== unchanged) below.push({ segment: undefined, to })
      continue
    }
    const fits = into(comparison, keyword, left, right, side, below)
    if (!fits) return undefined
  }
  if (below.length === 0) return unchanged
  return meets(before, after, below) ? undefined : { findings: [], below }
}

/**
 * Whether what one part of a schema no longer says is said by another part of it, beside the reference or in `allOf`: a property that is
 * gone from a base and still defined here is not gone.
 */
function meets(before: Site, after: Site, below: SchemaDifference['below']): boolean {
  if (![before, after].some(({ value }) => hasParts(value))) return false
  const lists = [partsOf(before), partsOf(after)]
  if (lists.every((parts) => parts.length < 2)) return false
  const names = new Set<string>()
  let isOfWhole = false
  const seen = new Set<SchemaDifference>()
  const queue = below.flatMap(({ segment, to }) => (segment === undefined ? [to] : []))
  for (const difference of queue) {
    if (seen.has(difference)) continue
    seen.add(difference)
    for (const { code, under } of difference.findings) {
      if (under?.kind === 'name') names.add(under.name)
      else if (/-(?:type|null|enum|enum-value|const|other-properties)-/.test(code)) isOfWhole = true
    }
    for (const { segment, to } of difference.below) if (segment === undefined) queue.push(to)
  }
  if (names.size === 0 && !isOfWhole) return false
  return lists.some((parts) => {
    const all = parts.map((part) => facetsOf([part]))
    const isTwice = (says: (facets: Facets) => boolean): boolean => all.filter(says).length > 1
    return (
      [...names].some((name) =>
        isTwice((one) => one.properties.has(name) || one.required.has(name)),
      ) ||
      (isOfWhole &&
        isTwice(
          (one) => one.types !== undefined || one.values !== undefined || one.nullable === true,
        ))
    )
  })
}

function hasParts(schema: unknown): boolean {
  return isObject(schema) && (Object.hasOwn(schema, '$ref') || Object.hasOwn(schema, 'allOf'))
}

/** What has to hold together: the schema's own keywords, what it refers to, the members of `allOf`. */
function partsOf(site: Site): readonly Site[] {
  const { value } = site
  if (!isObject(value)) return [site]
  const { $ref: reference, allOf: _, ...own } = value
  const all = child(site, 'allOf')
  const members = Array.isArray(all?.value) ? all.value.map((__, index) => child(all, index)!) : []
  const target = typeof reference === 'string' ? resolveReference(site, reference) : undefined
  const hasOwn = ['properties', 'required', 'type', 'enum', 'const', 'nullable'].some((key) =>
    Object.hasOwn(own, key),
  )
  return [
    ...(hasOwn ? [{ ...site, value: own }] : []),
    ...(target === undefined ? [] : [target]),
    ...members,
  ]
}

function compareTargets(
  comparison: SchemaComparison,
  before: Site,
  after: Site,
  reference: string,
  side: Side,
): SchemaDifference | undefined {
  const [left, right] = [resolveReference(before, reference), resolveReference(after, reference)]
  if (left === undefined || right === undefined) return unchanged
  if (familyOf(left) !== undefined || familyOf(right) !== undefined) return undefined
  return comparison.compare([left], [right], side)
}

const closer: ReadonlySet<string> = new Set([
  'not',
  'if',
  'then',
  'else',
  'contains',
  'contentSchema',
  'prefixItems',
  'patternProperties',
  'propertyNames',
  'dependentSchemas',
  'dependencies',
  'additionalItems',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$dynamicRef',
])

/** Keywords that lead on to other schemas. All others say the same on both sides. */
const leading: ReadonlySet<string> = new Set([
  '$ref',
  'properties',
  'items',
  'additionalProperties',
  'allOf',
  'anyOf',
  'oneOf',
])

function into(
  comparison: SchemaComparison,
  keyword: string,
  before: Site,
  after: Site,
  side: Side,
  below: SchemaDifference['below'],
): boolean {
  const go = (segment: Segment | undefined, left: Site, right: Site): boolean => {
    const to = compareAlike(comparison, left, right, side)
    if (to === undefined) return false
    // An only way down needs no station of its own.
    const [only] = to.below
    if (segment === undefined && to.below.length === 1 && only !== undefined) below.push(only)
    else if (to !== unchanged) {
      comparison.note(to)
      below.push({ segment, to })
    }
    return true
  }
  switch (keyword) {
    case 'properties':
      for (const name in before.value as object) {
        const left = child(before, name)
        const right = child(after, name)
        if (left === undefined || right === undefined) continue
        if (!go({ kind: 'name', name }, left, right)) return false
      }
      return true
    case 'items':
      return !Array.isArray(before.value) && go({ kind: 'items' }, before, after)
    case 'additionalProperties':
      return go({ kind: 'values' }, before, after)
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      if (!Array.isArray(before.value)) return true
      return before.value.every((_, index) =>
        go(undefined, child(before, index)!, child(after, index)!),
      )
    default:
      return true
  }
}
