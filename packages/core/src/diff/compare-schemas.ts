import type { Segment } from '../schema/field-path.ts'
import { canonical, equal } from '../schema/equal.ts'
import { isObject, type Site } from '../text/site.ts'
import { compareAlike } from './compare-alike.ts'
import { compareChoices, withoutLoneChoice } from './compare-choices.ts'
import { facetsOf, type Facets } from './facets.ts'
import type { Finding } from './finding.ts'
import { schemaCode, type SchemaAction } from './rules.ts'
import type { Sameness } from './same-as-written.ts'
import { siteKey } from './site-key.ts'

/** Who sends the data: clients (`request`) or the API (`response`). */
export type Side = 'request' | 'response'

/**
 * What differs between two schemas, one level deep, and the way to what lies below. Shared schemas are compared once: they are the
 * same object wherever they are reached, and a schema inside itself leads back to its own object.
 */
export interface SchemaDifference {
  readonly findings: Finding[]
  /** Without a segment, another view of the same value: an alternative, a condition. */
  readonly below: {
    readonly segment: Segment | undefined
    readonly to: SchemaDifference
    /** GraphQL: what differs is sent as this argument of the field that the segment leads to. */
    readonly argument?: string
  }[]
}

export interface SchemaComparison {
  /** Compares what all of some schemas say; none at all accepts anything. */
  compare(before: readonly Site[], after: readonly Site[], side: Side): SchemaDifference
  /** The same for what was taken together already. */
  compareFacets(before: Facets, after: Facets, side: Side, into: SchemaDifference): void
  /** Counts a difference that was made elsewhere. */
  note(difference: SchemaDifference): void
  /** Every difference that was made. */
  readonly all: readonly SchemaDifference[]
  readonly sunsetPassed: (site: Site) => boolean
}

export const unchanged: SchemaDifference = { findings: [], below: [] }

/** A comparison of many schemas that remembers each pair. */
export function schemaComparison(
  same: Sameness,
  sunsetPassed: (site: Site) => boolean,
): SchemaComparison {
  const known = new Map<string, SchemaDifference>()
  const facets = new Map<string, Facets>()
  const all: SchemaDifference[] = []
  let depth = 0
  const facetsFor = (sites: readonly Site[], key: string): Facets => {
    let found = facets.get(key)
    if (found === undefined) facets.set(key, (found = facetsOf(sites)))
    return found
  }
  const comparison: SchemaComparison = {
    all,
    sunsetPassed,
    note: (difference) => all.push(difference),
    compare(before, after, side) {
      const [first] = before
      const [other] = after
      if (first === undefined && other === undefined) return unchanged
      const isOne = before.length === 1 && after.length === 1
      const how =
        isOne && first !== undefined && other !== undefined ? same.how(first, other) : 'other'
      if (how === 'same') return unchanged
      if (
        !isOne &&
        before.length === after.length &&
        before.every((site, index) => same(site, after[index]!))
      )
        return unchanged
      const left = before.map(siteKey).join('&')
      const right = after.map(siteKey).join('&')
      const key = `${side} ${left} ${right}`
      const remembered = known.get(key)
      if (remembered !== undefined) return remembered
      const difference: SchemaDifference = { findings: [], below: [] }
      known.set(key, difference)
      if (depth > deepest) return difference
      all.push(difference)
      depth++
      const alike =
        how === 'alike' && first !== undefined && other !== undefined
          ? compareAlike(comparison, first, other, side)
          : undefined
      if (alike !== undefined) difference.below.push(...alike.below)
      else if (first === undefined || other === undefined) {
        const code = schemaCode(side, first === undefined ? 'schema added' : 'schema removed')
        difference.findings.push({ code, before: first, after: other })
      } else {
        comparison.compareFacets(facetsFor(before, left), facetsFor(after, right), side, difference)
      }
      depth--
      return difference
    },
    compareFacets(before, after, side, into) {
      compareAll({ comparison, before, after, side, into })
    },
  }
  return comparison
}

const deepest = 150

/** Two facets while they are compared. */
export interface Pair {
  readonly comparison: SchemaComparison
  readonly before: Facets
  readonly after: Facets
  readonly side: Side
  readonly into: SchemaDifference
}

/** Adds one finding to what a pair differs in. */
export function found(
  { side, into, before, after }: Pair,
  action: SchemaAction,
  details: Omit<Finding, 'code'> = {},
): void {
  into.findings.push({
    code: schemaCode(side, action),
    before: before.site,
    after: after.site,
    ...details,
  })
}

function compareAll(whole: Pair): void {
  const pair = withoutLoneChoice(whole)
  const { before, after } = pair
  if (before.never || after.never) {
    if (before.never !== after.never)
      found(pair, after.never ? 'schema forbidden' : 'schema permitted')
    return
  }
  const isSomethingElse = compareTypes(pair)
  compareNull(pair)
  // Bounds and parts of what it was before say nothing about what it is now.
  if (isSomethingElse) {
    compareAccess(pair)
    compareWords(pair)
    return
  }
  compareValues(pair)
  compareBounds(pair)
  compareTexts(pair)
  compareLists(pair)
  compareProperties(pair)
  compareOtherProperties(pair)
  compareDependents(pair)
  compareChoices(pair)
  compareNots(pair)
  compareConditions(pair)
  compareAccess(pair)
  compareWords(pair)
}

/** Whether nothing that fitted before can fit now. */
function compareTypes(pair: Pair): boolean {
  const { before, after } = pair
  const [from, to] = [typesOf(before), typesOf(after)]
  const fits = accepts(to, from)
  const fitted = accepts(from, to)
  if (fits && fitted) return false
  const action = fits ? 'type widened' : fitted ? 'type narrowed' : 'type changed'
  found(pair, action, { from: typeWords(from), to: typeWords(to) })
  return (
    from !== undefined &&
    to !== undefined &&
    from.size > 0 &&
    to.size > 0 &&
    [...from].every((one) => !accepts(to, new Set([one])) && !accepts(new Set([one]), to)) &&
    [...to].every((one) => !accepts(from, new Set([one])))
  )
}

/** Types as said, or as all alternatives say together. */
function typesOf(facets: Facets): ReadonlySet<string> | undefined {
  if (facets.types !== undefined || facets.choices.length === 0) return facets.types
  for (const choice of facets.choices) {
    const types = choice.branches.map((branch) => facetsOf([branch]).types)
    if (types.every((one) => one !== undefined)) return new Set(types.flatMap((one) => [...one]))
  }
  return undefined
}

function accepts(
  wide: ReadonlySet<string> | undefined,
  narrow: ReadonlySet<string> | undefined,
): boolean {
  if (wide === undefined) return true
  if (narrow === undefined) return false
  return [...narrow].every((type) => wide.has(type) || (type === 'integer' && wide.has('number')))
}

function typeWords(types: ReadonlySet<string> | undefined): unknown {
  if (types === undefined) return 'anything'
  const all = [...types].toSorted()
  return all.length === 1 ? all[0] : all.length === 0 ? 'null' : all
}

function compareNull(pair: Pair): void {
  const { before, after } = pair
  if (before.nullable === false && after.nullable === true) found(pair, 'null allowed')
  if (before.nullable === true && after.nullable === false) found(pair, 'null forbidden')
}

function compareValues(pair: Pair): void {
  const { before, after } = pair
  const [from, to] = [before.values, after.values]
  const listed = (values: NonNullable<Facets['values']>): readonly unknown[] =>
    [...values.values()].map((one) => one.value)
  if (from === undefined && to === undefined) return
  if (from === undefined) {
    // A type that is gone has been told already.
    found(pair, 'enum added', { to: listed(to!), after: [...to!.values()][0]?.site ?? after.site })
    return
  }
  if (to === undefined) {
    const site = [...from.values()][0]?.site ?? before.site
    found(pair, 'enum removed', { from: listed(from), before: site })
    return
  }
  const [one] = from.values()
  const [other] = to.values()
  if (before.isConst && after.isConst && from.size === 1 && to.size === 1) {
    if (canonical(one!.value) !== canonical(other!.value)) {
      const sites = { before: one!.site, after: other!.site }
      found(pair, 'const changed', { from: one!.value, to: other!.value, ...sites })
    }
    return
  }
  const sites = { before: one?.site ?? before.site, after: other?.site ?? after.site }
  for (const [key, { value }] of from)
    if (!to.has(key)) found(pair, 'enum-value removed', { from: value, ...sites })
  for (const [key, { value }] of to)
    if (!from.has(key)) found(pair, 'enum-value added', { to: value, ...sites })
}

function numberAt(facets: Facets, keyword: string): { value: number; site: Site } | undefined {
  const site = facets.single.get(keyword)
  return site !== undefined && typeof site.value === 'number'
    ? { value: site.value, site }
    : undefined
}

/** A limit with whether the limit itself is allowed: `5`, or `5 (exclusive)` as `> 5`. */
function limitOf(facets: Facets, keyword: 'minimum' | 'maximum') {
  const own = numberAt(facets, keyword)
  const strict = numberAt(facets, keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum')
  if (strict === undefined) return own === undefined ? undefined : { ...own, isStrict: false }
  const tighter =
    own === undefined ||
    (keyword === 'minimum' ? strict.value >= own.value : strict.value <= own.value)
  return tighter ? { ...strict, isStrict: true } : { ...own, isStrict: false }
}

function compareBounds(pair: Pair): void {
  const { before, after } = pair
  for (const keyword of ['minimum', 'maximum'] as const) {
    const [from, to] = [limitOf(before, keyword), limitOf(after, keyword)]
    const shown = (one: NonNullable<typeof from>): unknown =>
      one.isStrict ? `${keyword === 'minimum' ? 'more' : 'less'} than ${one.value}` : one.value
    if (from === undefined || to === undefined) {
      if (to !== undefined) found(pair, `${keyword} added`, { to: shown(to), after: to.site })
      if (from !== undefined)
        found(pair, `${keyword} removed`, { from: shown(from), before: from.site })
      continue
    }
    const steps = Math.sign(to.value - from.value)
    const strictness = Number(to.isStrict) - Number(from.isStrict)
    const direction = steps !== 0 ? steps : keyword === 'minimum' ? strictness : -strictness
    if (direction === 0) continue
    const details = { from: shown(from), to: shown(to), before: from.site, after: to.site }
    found(pair, direction > 0 ? `${keyword} increased` : `${keyword} decreased`, details)
  }
  for (const [keyword, name] of bounds) {
    const [from, to] = [numberAt(before, keyword), numberAt(after, keyword)]
    const left = from?.value ?? (name.startsWith('min') ? 0 : Infinity)
    const right = to?.value ?? (name.startsWith('min') ? 0 : Infinity)
    if (left === right) continue
    const details = {
      ...(from !== undefined && { from: from.value, before: from.site }),
      ...(to !== undefined && { to: to.value, after: to.site }),
    }
    if (from === undefined) found(pair, `${name} added`, details)
    else if (to === undefined) found(pair, `${name} removed`, details)
    else found(pair, right > left ? `${name} increased` : `${name} decreased`, details)
  }
  compareMultiple(pair)
}

const bounds = [
  ['minLength', 'min-length'],
  ['maxLength', 'max-length'],
  ['minItems', 'min-items'],
  ['maxItems', 'max-items'],
  ['minProperties', 'min-properties'],
  ['maxProperties', 'max-properties'],
] as const

function compareMultiple(pair: Pair): void {
  const from = numberAt(pair.before, 'multipleOf')
  const to = numberAt(pair.after, 'multipleOf')
  if (from?.value === to?.value) return
  const details = {
    ...(from !== undefined && { from: from.value, before: from.site }),
    ...(to !== undefined && { to: to.value, after: to.site }),
  }
  if (from === undefined) found(pair, 'multiple-of added', details)
  else if (to === undefined) found(pair, 'multiple-of removed', details)
  else if (to.value % from.value === 0) found(pair, 'multiple-of narrowed', details)
  else if (from.value % to.value === 0) found(pair, 'multiple-of widened', details)
  else found(pair, 'multiple-of changed', details)
}

function compareTexts(pair: Pair): void {
  compareKeyword(pair, 'pattern', (from, to) =>
    from === undefined ? 'pattern added' : to === undefined ? 'pattern removed' : 'pattern changed',
  )
  compareKeyword(pair, 'format', (from, to) => {
    if (from === undefined) return 'format added'
    if (to === undefined) return 'format removed'
    if (isWider(to, from)) return 'format widened'
    return isWider(from, to) ? 'format narrowed' : 'format changed'
  })
  compareKeyword(pair, 'contentEncoding', () => 'content-encoding changed')
  compareKeyword(pair, 'contentMediaType', () => 'content-media-type changed')
  compareKeyword(pair, '$ref', () => 'reference changed')
  const [from, to] = [
    pair.before.single.get('contentSchema'),
    pair.after.single.get('contentSchema'),
  ]
  if (from !== undefined || to !== undefined)
    into(pair, undefined, from ? [from] : [], to ? [to] : [])
}

/** What each format is a special case of. */
const widerFormats: ReadonlyMap<string, string> = new Map([
  ['int32', 'int64'],
  ['float', 'double'],
  ['uri', 'uri-reference'],
  ['iri', 'iri-reference'],
  ['uri-reference', 'iri-reference'],
  ['email', 'idn-email'],
  ['hostname', 'idn-hostname'],
])

function isWider(wide: unknown, narrow: unknown): boolean {
  return typeof narrow === 'string' && widerFormats.get(narrow) === wide
}

function compareKeyword(
  pair: Pair,
  keyword: string,
  action: (from: unknown, to: unknown) => SchemaAction,
): void {
  const [from, to] = [pair.before.single.get(keyword), pair.after.single.get(keyword)]
  if (equal(from?.value, to?.value)) return
  found(pair, action(from?.value, to?.value), {
    ...(from !== undefined && { from: brief(from.value), before: from }),
    ...(to !== undefined && { to: brief(to.value), after: to }),
  })
}

/** A value that a report can hold: long ones are cut, deep ones are named. */
export function brief(value: unknown): unknown {
  if (typeof value === 'string' && value.length > 300) return `${value.slice(0, 297)}...`
  if (value === null || typeof value !== 'object') return value
  const text = canonical(value)
  return text.length > 300 ? `${text.slice(0, 297)}...` : value
}

/** Goes on below: compares what stands under a step of both sides. */
export function into(
  { comparison, side, into: here }: Pair,
  segment: Segment | undefined,
  before: readonly Site[],
  after: readonly Site[],
): void {
  const to = comparison.compare(before, after, side)
  if (to !== unchanged) here.below.push({ segment, to })
}

function compareLists(pair: Pair): void {
  const { before, after } = pair
  const isTrue = (facets: Facets): boolean => facets.single.get('uniqueItems')?.value === true
  if (isTrue(before) !== isTrue(after))
    found(pair, isTrue(after) ? 'unique-items added' : 'unique-items removed')
  const [from, to] = [open(before.items), open(after.items)]
  const places = Math.max(before.prefixItems.length, after.prefixItems.length)
  for (let index = 0; index < places; index++) {
    const [left, right] = [before.prefixItems[index], after.prefixItems[index]]
    if (left !== undefined && right !== undefined) {
      into(pair, { kind: 'item', index }, [left], [right])
      continue
    }
    const details = {
      name: String(index + 1),
      before: left ?? before.site,
      after: right ?? after.site,
    }
    found(pair, left === undefined ? 'tuple-item added' : 'tuple-item removed', details)
  }
  if (from === 'none' || to === 'none') {
    if (from !== to) found(pair, to === 'none' ? 'other-items forbidden' : 'other-items allowed')
  } else if (from.length > 0 || to.length > 0) into(pair, { kind: 'items' }, from, to)
  compareContains(pair)
}

function compareContains(pair: Pair): void {
  const { before, after } = pair
  if (before.contains.length === 0 && after.contains.length === 0) return
  if (before.contains.length === 0)
    return found(pair, 'contains added', { after: after.contains[0] })
  if (after.contains.length === 0)
    return found(pair, 'contains removed', { before: before.contains[0] })
  into(pair, undefined, before.contains, after.contains)
  const least = (facets: Facets): number => numberAt(facets, 'minContains')?.value ?? 1
  const most = (facets: Facets): number => numberAt(facets, 'maxContains')?.value ?? Infinity
  const details = (from: number, to: number) => ({
    ...(Number.isFinite(from) && { from }),
    ...(Number.isFinite(to) && { to }),
  })
  if (least(before) !== least(after)) {
    const action =
      least(after) > least(before) ? 'min-contains increased' : 'min-contains decreased'
    found(pair, action, details(least(before), least(after)))
  }
  if (most(before) !== most(after)) {
    const action = most(after) > most(before) ? 'max-contains increased' : 'max-contains decreased'
    found(pair, action, details(most(before), most(after)))
  }
}

/** Schemas of further items or properties: none where anything goes, `none` where nothing may come. */
function open(sites: readonly Site[]): readonly Site[] | 'none' {
  if (sites.some((site) => site.value === false)) return 'none'
  return sites.filter((site) => isObject(site.value) && Object.keys(site.value).length > 0)
}

function compareProperties(pair: Pair): void {
  const { before, after, side, comparison } = pair
  const isHidden = (sites: readonly Site[]): boolean => {
    const keyword = side === 'request' ? 'readOnly' : 'writeOnly'
    return facetsOf(sites).single.get(keyword)?.value === true
  }
  for (const [name, sites] of before.properties) {
    const others = after.properties.get(name)
    const under: Segment = { kind: 'name', name }
    const details = { name, under, before: sites[0] }
    if (others === undefined) {
      if (isHidden(sites)) continue
      const wasRequired = before.required.has(name)
      if (comparison.sunsetPassed(sites[0]!)) found(pair, 'property removed-after-sunset', details)
      else if (side === 'request' && open(after.additional) === 'none')
        found(pair, 'property refused', details)
      else if (side === 'request' || wasRequired) found(pair, 'property removed', details)
      else found({ ...pair, side: 'response' }, 'optional-property removed', details)
      continue
    }
    into(pair, under, sites, others)
    if (before.required.has(name) === after.required.has(name) || isHidden(others)) continue
    const isRequired = after.required.has(name)
    found(pair, isRequired ? 'property became-required' : 'property became-optional', {
      name,
      under,
      before: before.required.get(name) ?? sites[0],
      after: after.required.get(name) ?? others[0],
    })
  }
  for (const [name, sites] of after.properties) {
    if (before.properties.has(name) || isHidden(sites)) continue
    const action = after.required.has(name) ? 'required-property added' : 'property added'
    found(pair, action, { name, under: { kind: 'name', name }, after: sites[0] })
  }
  // Required without being described.
  for (const [name, site] of after.required) {
    if (before.required.has(name) || after.properties.has(name) || before.properties.has(name))
      continue
    found(pair, 'property became-required', { name, under: { kind: 'name', name }, after: site })
  }
  for (const [name, site] of before.required) {
    if (after.required.has(name) || after.properties.has(name) || before.properties.has(name))
      continue
    found(pair, 'property became-optional', { name, under: { kind: 'name', name }, before: site })
  }
}

function compareOtherProperties(pair: Pair): void {
  const { before, after } = pair
  const [from, to] = [open(before.additional), open(after.additional)]
  if (from === 'none' || to === 'none') {
    if (from !== to) {
      const action = to === 'none' ? 'other-properties forbidden' : 'other-properties allowed'
      found(pair, action, {
        before: before.additional[0] ?? before.site,
        after: after.additional[0] ?? after.site,
      })
    }
  } else if (from.length > 0 || to.length > 0) into(pair, { kind: 'values' }, from, to)
  for (const [name, sites] of before.patternProperties) {
    const others = after.patternProperties.get(name)
    if (others !== undefined) into(pair, { kind: 'values' }, sites, others)
    else found(pair, 'pattern-property removed', { name, before: sites[0] })
  }
  for (const [name, sites] of after.patternProperties)
    if (!before.patternProperties.has(name))
      found(pair, 'pattern-property added', { name, after: sites[0] })
  if (before.propertyNames.length > 0 || after.propertyNames.length > 0)
    into(pair, { kind: 'values' }, before.propertyNames, after.propertyNames)
}

function compareDependents(pair: Pair): void {
  const { before, after } = pair
  const names = (sites: readonly Site[] = []): ReadonlySet<string> =>
    new Set(
      sites
        .flatMap(({ value }) => (Array.isArray(value) ? (value as readonly unknown[]) : []))
        .filter((one) => typeof one === 'string'),
    )
  for (const name of new Set([
    ...before.dependentRequired.keys(),
    ...after.dependentRequired.keys(),
  ])) {
    const [left, right] = [before.dependentRequired.get(name), after.dependentRequired.get(name)]
    const [from, to] = [names(left), names(right)]
    const sites = { before: left?.[0] ?? before.site, after: right?.[0] ?? after.site }
    for (const one of to)
      if (!from.has(one)) found(pair, 'dependent-required added', { name, to: one, ...sites })
    for (const one of from)
      if (!to.has(one)) found(pair, 'dependent-required removed', { name, from: one, ...sites })
  }
  for (const [name, sites] of before.dependentSchemas) {
    const others = after.dependentSchemas.get(name)
    if (others !== undefined) into(pair, undefined, sites, others)
    else found(pair, 'dependent-schema removed', { name, before: sites[0] })
  }
  for (const [name, sites] of after.dependentSchemas)
    if (!before.dependentSchemas.has(name))
      found(pair, 'dependent-schema added', { name, after: sites[0] })
}

/** `not` turns everything around, so only whether it changed is told. */
function compareNots(pair: Pair): void {
  const { before, after, comparison, side } = pair
  const most = Math.max(before.not.length, after.not.length)
  for (let index = 0; index < most; index++) {
    const [from, to] = [before.not[index], after.not[index]]
    if (from === undefined) found(pair, 'not added', { after: to })
    else if (to === undefined) found(pair, 'not removed', { before: from })
    else if (changesAnything(comparison.compare([from], [to], side), new Set()))
      found(pair, 'not changed', { before: from, after: to })
  }
}

function compareConditions(pair: Pair): void {
  const { before, after, comparison, side } = pair
  const most = Math.max(before.conditions.length, after.conditions.length)
  for (let index = 0; index < most; index++) {
    const [from, to] = [before.conditions[index], after.conditions[index]]
    if (from === undefined) found(pair, 'condition added', { after: to!.site })
    else if (to === undefined) found(pair, 'condition removed', { before: from.site })
    else {
      if (changesAnything(comparison.compare([from.when], [to.when], side), new Set()))
        found(pair, 'condition changed', { before: from.when, after: to.when })
      into(pair, undefined, from.whenTrue ? [from.whenTrue] : [], to.whenTrue ? [to.whenTrue] : [])
      into(
        pair,
        undefined,
        from.otherwise ? [from.otherwise] : [],
        to.otherwise ? [to.otherwise] : [],
      )
    }
  }
}

/** Whether anything but words differs below. */
function changesAnything(difference: SchemaDifference, seen: Set<SchemaDifference>): boolean {
  if (seen.has(difference)) return false
  seen.add(difference)
  return (
    difference.findings.some(({ code }) => !wordsOnly.test(code)) ||
    difference.below.some(({ to }) => changesAnything(to, seen))
  )
}

const wordsOnly = /-(title|description|example|extension|type-name|field)-/

function compareAccess(pair: Pair): void {
  const { before, after } = pair
  for (const [keyword, name] of [
    ['readOnly', 'read-only'],
    ['writeOnly', 'write-only'],
    ['deprecated', 'field'],
  ] as const) {
    const [from, to] = [before.single.get(keyword), after.single.get(keyword)]
    if ((from?.value === true) === (to?.value === true)) continue
    const isOn = to?.value === true
    const action: SchemaAction =
      name === 'field'
        ? isOn
          ? 'field deprecated'
          : 'field no-longer-deprecated'
        : isOn
          ? `${name} added`
          : `${name} removed`
    found(pair, action, { ...(from && { before: from }), ...(to && { after: to }) })
  }
  const [from, to] = [before.single.get('default'), after.single.get('default')]
  if (!equal(from?.value, to?.value)) {
    found(
      pair,
      from === undefined
        ? 'default added'
        : to === undefined
          ? 'default removed'
          : 'default changed',
      {
        ...(from !== undefined && { from: brief(from.value), before: from }),
        ...(to !== undefined && { to: brief(to.value), after: to }),
      },
    )
  }
  const [name, other] = [nameOfShared(before), nameOfShared(after)]
  if (name !== undefined && other !== undefined && name !== other)
    found(pair, 'type-name changed', { from: name, to: other })
}

/** The name of a schema that stands among the shared ones, where generators name types after it. */
function nameOfShared({ site }: Facets): string | undefined {
  const holder = site.parent?.key
  return holder === 'schemas' || holder === 'definitions' || holder === '$defs'
    ? String(site.key)
    : undefined
}

function compareWords(pair: Pair): void {
  compareKeyword(pair, 'title', () => 'title changed')
  compareKeyword(pair, 'description', () => 'description changed')
  compareKeyword(pair, 'example', () => 'example changed')
  compareKeyword(pair, 'examples', () => 'example changed')
  compareKeyword(pair, 'xml', () => 'xml changed')
  const { before, after } = pair
  for (const name of new Set([...before.extensions.keys(), ...after.extensions.keys()])) {
    const [from, to] = [before.extensions.get(name), after.extensions.get(name)]
    if (equal(from?.value, to?.value) || name === 'x-nullable') continue
    found(pair, 'extension changed', {
      name,
      ...(from !== undefined && { from: brief(from.value), before: from }),
      ...(to !== undefined && { to: brief(to.value), after: to }),
    })
  }
}
