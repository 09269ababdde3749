import { canonical } from '../schema/equal.ts'
import { longer, type Segment } from '../schema/field-path.ts'
import { pathOf, type Site } from '../text/site.ts'
import type { SchemaDifference } from './compare-schemas.ts'
import type { Finding } from './finding.ts'
import { ruleOf } from './rules.ts'
import { siteKey } from './site-key.ts'
import type { OperationPair, Place, Spot } from './spot.ts'

/** One change at one place of the files, and everything it reaches. */
export interface RootCause {
  readonly finding: Finding
  readonly first: Occurrence
  /** By name: `store.getBasket`. */
  readonly operations: Map<string, Occurrence>
  readonly fields: string[]
  fieldCount: number
}

export interface Occurrence {
  readonly pair: OperationPair
  readonly place: Place
  /** The field below the place: `items[].price`; '' is the place itself. */
  readonly path: string
}

/** How many operations, fields and steps a change names; more are only counted. */
export const mostReached = 50

export interface RootCauses {
  readonly all: readonly RootCause[]
  readonly of: (finding: Finding) => RootCause | undefined
}

/** Gathers what was found in many places by where it is written: a shared schema's change is one cause, however often it is used. */
export function rootCauses(
  spots: readonly Spot[],
  differences: readonly SchemaDifference[],
): RootCauses {
  const causes = new Map<string, RootCause>()
  const byFinding = new Map<Finding, RootCause>()
  const dirty = dirtyOf(differences)
  const note = (finding: Finding, occurrence: Occurrence): void => {
    let cause = byFinding.get(finding)
    if (cause === undefined) {
      const key = keyOf(finding)
      cause = causes.get(key)
      if (cause === undefined) {
        cause = { finding, first: occurrence, operations: new Map(), fields: [], fieldCount: 0 }
        causes.set(key, cause)
      }
      byFinding.set(finding, cause)
    }
    const operation = occurrence.pair.before ?? occurrence.pair.after
    const name = operation === undefined ? undefined : `${operation.api}.${operation.name}`
    if (name !== undefined && !cause.operations.has(name)) cause.operations.set(name, occurrence)
    cause.fieldCount++
    if (cause.fields.length < mostReached)
      cause.fields.push(`${name === undefined ? '' : `${name} `}${locationOf(occurrence)}`)
  }
  for (const { pair, place, finding, schema } of spots) {
    if (finding !== undefined) note(finding, { pair, place, path: '' })
    if (schema === undefined || !dirty.has(schema)) continue
    for (const { finding: one, path } of within(schema, dirty)) note(one, { pair, place, path })
  }
  return { all: [...causes.values()], of: (finding) => byFinding.get(finding) }
}

/** `response:200:body:items[].price` */
export function locationOf({ place, path }: Occurrence): string {
  return path === '' ? place.location : `${place.location}:${path}`
}

/** Every finding below a difference, each once, with the first path that leads to it. */
function* within(
  start: SchemaDifference,
  dirty: ReadonlySet<SchemaDifference>,
): Generator<{ readonly finding: Finding; readonly path: string }> {
  const seen = new Set([start])
  const queue: { difference: SchemaDifference; path: string }[] = [{ difference: start, path: '' }]
  for (const { difference, path } of queue) {
    for (const finding of difference.findings)
      yield { finding, path: finding.under === undefined ? path : longer(path, finding.under) }
    for (const { segment, to } of difference.below) {
      if (seen.has(to) || !dirty.has(to)) continue
      seen.add(to)
      queue.push({ difference: to, path: segment === undefined ? path : longer(path, segment) })
    }
  }
}

/** The differences from which any finding can be reached. */
function dirtyOf(differences: readonly SchemaDifference[]): ReadonlySet<SchemaDifference> {
  const above = new Map<SchemaDifference, SchemaDifference[]>()
  for (const one of differences) {
    for (const { to } of one.below) {
      const users = above.get(to)
      if (users === undefined) above.set(to, [one])
      else users.push(one)
    }
  }
  const dirty = new Set(differences.filter((one) => one.findings.length > 0))
  for (const one of dirty) for (const user of above.get(one) ?? []) dirty.add(user)
  return dirty
}

function keyOf({ code, name, from, to, before, after, under, about }: Finding): string {
  // Words that changed are the same for those who send and for those who get.
  const rule = ruleOf(code).promise === 'DOCS' ? code.replace(/^(?:request|response)-/, '') : code
  // What came has no place before, and what went none after: there it would only be the schema that it was looked for in.
  const left = before === undefined || code.endsWith('-added') ? '' : siteKey(before)
  const right = after === undefined || /-(?:removed|refused)$/.test(code) ? '' : siteKey(after)
  return [rule, left, right, canonical([name, from, to, about, under])].join('\n')
}

/** `Money.amount`: a place inside a shared schema, as people call it; `undefined` for what stands elsewhere. */
export function placeInShared({ before, after, under }: Finding): string | undefined {
  const [left, right] = [inShared(before, under), inShared(after, under)]
  // Whoever refers to another schema now is who changed, not one of the two.
  const rootOf = (name: string | undefined): string | undefined => name?.split(/[.[{]/)[0]
  if (left !== undefined && right !== undefined && rootOf(left) !== rootOf(right)) return undefined
  return left ?? right
}

function inShared(site: Site | undefined, under: Segment | undefined): string | undefined {
  if (site === undefined) return undefined
  const path = pathOf(site)
  const start =
    path[0] === 'components' && path[1] === 'schemas'
      ? 2
      : path[0] === 'definitions' || path[0] === '$defs'
        ? 1
        : -1
  if (start === -1 || path.length <= start) return undefined
  let text = ''
  let last = ''
  for (let index = start + 1; index < path.length; index++) {
    const key = path[index]!
    last = ''
    if (key === 'properties' && index + 1 < path.length) {
      last = String(path[++index])
      text = longer(text, { kind: 'name', name: last })
    } else if (key === 'items') text = longer(text, { kind: 'items' })
    else if (key === 'additionalProperties') text = longer(text, { kind: 'values' })
    else if (key === 'arguments' && index + 1 < path.length) text += `(${String(path[++index])}:)`
    else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf' || key === 'prefixItems') index++
    else break
  }
  if (under !== undefined && !(under.kind === 'name' && under.name === last))
    text = longer(text, under)
  const name = String(path[start])
  return text === '' ? name : /^[[{]/.test(text) ? `${name}${text}` : `${name}.${text}`
}
