import { nameIn } from '../schema/discriminator.ts'
import { equal } from '../schema/equal.ts'
import { isNamed } from '../schema/subtypes.ts'
import { isObject, type Site } from '../text/site.ts'
import { takePairs } from './take-pairs.ts'
import {
  found,
  into,
  unchanged,
  type Pair,
  type SchemaComparison,
  type SchemaDifference,
  type Side,
} from './compare-schemas.ts'
import { ruleOf } from './rules.ts'
import { facetsOf, withChoice, type Choice, type Facets } from './facets.ts'

/**
 * Where only one side has alternatives, the one that is most like the other side stands in for them, and the rest are told as
 * alternatives that came or went: `Card` that becomes `oneOf: [Card, Voucher]` has one new alternative and else no change.
 */
export function withoutLoneChoice(pair: Pair): Pair {
  const [choice] = pair.before.choices.length > 0 ? pair.before.choices : pair.after.choices
  if (choice === undefined || (pair.before.choices.length > 0 && pair.after.choices.length > 0))
    return pair
  const isAfter = pair.before.choices.length === 0
  const [single, several] = isAfter ? [pair.before, pair.after] : [pair.after, pair.before]
  if (isUndescribed(single)) return pair
  const best = mostLike(single, choice)
  for (const branch of choice.branches) {
    if (branch === best || isInside(pair, branch, single, isAfter)) continue
    if (isAfter) found(pair, 'alternative added', { to: titleOf(branch), after: branch })
    else found(pair, 'alternative removed', { from: titleOf(branch), before: branch })
  }
  const taken = { ...withChoice(several, choice, best), nullable: several.nullable }
  return isAfter ? { ...pair, after: taken } : { ...pair, before: taken }
}

/** Compares the alternatives of `anyOf` and `oneOf`, whatever order they stand in, and what tells them apart. */
export function compareChoices(pair: Pair): void {
  const { before, after } = pair
  const told = new Set<string>()
  before.choices.forEach((choice, index) => {
    const other = after.choices[index]
    if (other === undefined) return
    compareBranches(pair, choice, other, told)
    if (choice.keyword !== other.keyword && choice.branches.length > 1) {
      found(
        pair,
        other.keyword === 'oneOf'
          ? 'alternatives became-exclusive'
          : 'alternatives became-inclusive',
        { before: choice.site, after: other.site },
      )
    }
  })
  compareDiscriminators(pair, told)
}

function compareBranches(pair: Pair, before: Choice, after: Choice, told: Set<string>): void {
  const left = [...before.branches]
  const right = [...after.branches]
  const paired: (readonly [Site, Site])[] = []
  const take = (fits: (one: Site, other: Site) => boolean): void => {
    paired.push(...takePairs(left, right, fits))
  }
  take((one, other) => nameOf(one) !== undefined && nameOf(one) === nameOf(other))
  take((one, other) => nameOf(one) === undefined && equal(one.value, other.value))
  take((one, other) => pair.comparison.compare([one], [other], pair.side) === unchanged)
  if (left.length * right.length <= 400) {
    take((one, other) => likeness(facetsOf([one]), facetsOf([other])) >= 0.6)
    const [one, other] = [left[0], right[0]]
    if (left.length === 1 && right.length === 1 && one !== undefined && other !== undefined)
      take(() => likeness(facetsOf([one]), facetsOf([other])) >= 0.3)
  }
  for (const [one, other] of paired) into(pair, undefined, [one], [other])
  // What went into another alternative can still be sent; what came out of one was there before.
  const isKept = (one: Site): boolean =>
    pair.side === 'request' &&
    after.branches
      .slice(0, mostTried)
      .some((other) => isSafe(pair.comparison, one, other, 'request'))
  const wasThere = (one: Site): boolean =>
    pair.side === 'response' &&
    before.branches
      .slice(0, mostTried)
      .some((other) => isSafe(pair.comparison, other, one, 'response'))
  for (const one of left) {
    if (isKept(one)) continue
    told.add(titleOf(one))
    found(pair, 'alternative removed', { from: titleOf(one), before: one })
  }
  for (const one of right) {
    if (wasThere(one)) continue
    told.add(titleOf(one))
    found(pair, 'alternative added', { to: titleOf(one), after: one })
  }
}

/** With how many alternatives one that is left over is compared. */
const mostTried = 20

/** Whether one schema can take the place of the other, and nobody would notice. */
function isSafe(comparison: SchemaComparison, before: Site, after: Site, side: Side): boolean {
  return isHarmless(comparison.compare([before], [after], side))
}

/** Whether one of several alternatives went into what is left of them, or was part of what there was. */
function isInside(
  { comparison, side }: Pair,
  branch: Site,
  single: Facets,
  isAfter: boolean,
): boolean {
  if (isAfter !== (side === 'response')) return false
  const into: SchemaDifference = { findings: [], below: [] }
  const [before, after] = isAfter ? [single, facetsOf([branch])] : [facetsOf([branch]), single]
  comparison.compareFacets(before, after, side, into)
  return isHarmless(into)
}

function isHarmless(start: SchemaDifference): boolean {
  const seen = new Set([start])
  for (const { findings, below } of seen) {
    if (seen.size > mostFollowed || findings.some(({ code }) => ruleOf(code).class !== 'safe'))
      return false
    for (const { to } of below) seen.add(to)
  }
  return true
}

const mostFollowed = 200

function mostLike(single: Facets, choice: Choice): Site {
  let best = choice.branches[0]!
  let most = -1
  for (const branch of choice.branches.slice(0, 100)) {
    const how = likeness(single, facetsOf([branch]))
    if (how > most) [best, most] = [branch, how]
  }
  return best
}

/** How alike two schemas are, from 0 to 1: their names, types, properties and fixed values. */
function likeness(a: Facets, b: Facets): number {
  if (a.references[0] !== undefined && a.references[0] === b.references[0]) return 1
  const [left, right] = [a.types, b.types]
  const sameTypes =
    left === undefined || right === undefined
      ? left === right
      : left.size === right.size && [...left].every((type) => right.has(type))
  if (!sameTypes) return 0
  if (a.properties.size === 0 && b.properties.size === 0) {
    const sameFormat = equal(a.single.get('format')?.value, b.single.get('format')?.value)
    return sameFormat && (a.values === undefined) === (b.values === undefined) ? 0.8 : 0.4
  }
  const both = [...a.properties.keys()].filter((name) => b.properties.has(name))
  for (const name of both) {
    const [one, other] = [facetsOf(a.properties.get(name)!), facetsOf(b.properties.get(name)!)]
    if (one.isConst && other.isConst && [...one.values!.keys()][0] !== [...other.values!.keys()][0])
      return 0.1
  }
  return both.length / (a.properties.size + b.properties.size - both.length)
}

function isUndescribed(facets: Facets): boolean {
  return (
    facets.types === undefined &&
    facets.properties.size === 0 &&
    facets.values === undefined &&
    facets.items.length === 0
  )
}

/** What an alternative refers to, or what a subtype is called. */
function nameOf(site: Site): string | undefined {
  const reference = isObject(site.value) ? site.value['$ref'] : undefined
  if (typeof reference === 'string') return nameIn(reference)
  return isNamed(site) ? String(site.key) : undefined
}

/** What people call an alternative. */
function titleOf(branch: Site): string {
  const name = nameOf(branch)
  if (name !== undefined) return name
  const facets = facetsOf([branch])
  const title = facets.single.get('title')?.value
  if (typeof title === 'string') return title
  for (const [property, sites] of facets.properties) {
    const { isConst, values } = facetsOf(sites)
    const [one] = values?.values() ?? []
    if (isConst && one !== undefined) return `${property}: ${String(one.value)}`
  }
  const names = [...facets.properties.keys()].slice(0, 3)
  const types = [...(facets.types ?? ['anything'])].join(' or ')
  return names.length > 0 ? `${types} with ${names.join(', ')}` : types
}

interface Tags {
  readonly property: string
  readonly mapping: ReadonlyMap<string, string>
}

function compareDiscriminators(pair: Pair, told: ReadonlySet<string>): void {
  const [left, right] = [
    pair.before.single.get('discriminator'),
    pair.after.single.get('discriminator'),
  ]
  const [from, to] = [tagsOf(left), tagsOf(right)]
  if (from === undefined && to === undefined) return
  const sites = { ...(left && { before: left }), ...(right && { after: right }) }
  if (from === undefined) return found(pair, 'discriminator added', { to: to!.property, ...sites })
  if (to === undefined)
    return found(pair, 'discriminator removed', { from: from.property, ...sites })
  if (from.property !== to.property)
    found(pair, 'discriminator changed', { from: from.property, to: to.property, ...sites })
  for (const [tag, target] of from.mapping) {
    const other = to.mapping.get(tag)
    if (other === undefined) {
      if (!told.has(target))
        found(pair, 'discriminator-value removed', { from: tag, name: tag, ...sites })
    } else if (other !== target)
      found(pair, 'discriminator-value changed', { name: tag, from: target, to: other, ...sites })
  }
  for (const [tag, target] of to.mapping)
    if (!from.mapping.has(tag) && !told.has(target))
      found(pair, 'discriminator-value added', { to: tag, name: tag, ...sites })
}

function tagsOf(site: Site | undefined): Tags | undefined {
  const value = site?.value
  if (!isObject(value) || typeof value['propertyName'] !== 'string') return undefined
  const mapping = isObject(value['mapping']) ? value['mapping'] : {}
  return {
    property: value['propertyName'],
    mapping: new Map(
      Object.entries(mapping).flatMap(([tag, target]) =>
        typeof target === 'string' ? [[tag, nameIn(target) ?? target] as const] : [],
      ),
    ),
  }
}
