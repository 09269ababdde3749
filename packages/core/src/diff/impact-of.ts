import { nodeOf } from '../2-link/ask.ts'
import { successResponse } from '../operation/operation.ts'
import { longer, segmentsOf, type Segment } from '../schema/field-path.ts'
import type { Impact, ImpactSeverity } from './change.ts'
import type { SchemaDifference } from './compare-schemas.ts'
import type { Finding } from './finding.ts'
import type { RootCause, RootCauses } from './root-causes.ts'
import { ruleOf, type Rule } from './rules.ts'
import type { OperationPair, Spot } from './spot.ts'
import type { Use, Uses } from './uses.ts'

/** What each cause does to each step that calls what it reaches: nothing at all is no entry. */
export function impactsOf(
  causes: RootCauses,
  spots: readonly Spot[],
  uses: Uses,
): ReadonlyMap<RootCause, readonly Impact[]> {
  const found = new Map<RootCause, Map<string, Impact>>()
  const byPair = Map.groupBy(spots, (spot) => spot.pair)
  for (const use of uses.all) {
    for (const spot of byPair.get(use.pair) ?? []) {
      for (const { finding, ...touch } of touchesOf(use, spot)) {
        const cause = causes.of(finding)
        if (cause === undefined) continue
        const impact = impactOf(use, ruleOf(finding.code), touch)
        if (impact === undefined) continue
        let ofCause = found.get(cause)
        if (ofCause === undefined) found.set(cause, (ofCause = new Map<string, Impact>()))
        const key = `${impact.step} ${impact.need ?? ''} ${impact.client ?? ''}`
        const known = ofCause.get(key)
        if (known === undefined || order[impact.severity] < order[known.severity])
          ofCause.set(key, impact)
      }
    }
  }
  const worstFirst = (a: Impact, b: Impact): number => order[a.severity] - order[b.severity]
  return new Map(
    [...found].map(([cause, impacts]) => [cause, [...impacts.values()].toSorted(worstFirst)]),
  )
}

const order: Readonly<Record<ImpactSeverity, number>> = {
  breaks: 0,
  degrades: 1,
  surprises: 2,
  helps: 3,
}

/** How a call meets a finding. */
interface Touch {
  readonly need?: Use['needs'][number]['need']
  /** Only something inside of what the step needs is touched. */
  readonly isInside?: boolean
  /** Something may be sent that nobody knows of: the journey does not say what it sends. */
  readonly isUnsure?: boolean
  /** GraphQL: the document as a whole is no longer valid, so that no fallback helps. */
  readonly isRefused?: boolean
}

function impactOf(use: Use, rule: Rule, touch: Touch): Impact | undefined {
  const severity = severityOf(rule, touch)
  if (severity === undefined) return undefined
  const { name, owner, screen, client } = use
  const fallback = touch.need?.absent
  return {
    step: name,
    ...(touch.need !== undefined && { need: touch.need.path }),
    ...(owner !== undefined && { owner }),
    severity,
    ...(fallback !== undefined && severity !== 'helps' && { fallback }),
    ...(screen !== undefined && { screen }),
    ...(client !== undefined && { client }),
  }
}

function severityOf(
  rule: Rule,
  { need, isInside, isUnsure, isRefused }: Touch,
): ImpactSeverity | undefined {
  if (/^response-(?:required-)?property-added$|^response-header-added$/.test(rule.code))
    return need?.field !== undefined ? 'helps' : undefined
  if (rule.code === 'response-error-added') return 'surprises'
  if (rule.class === 'safe') return undefined
  if (isRefused === true) return rule.class === 'breaking' ? 'breaks' : 'surprises'
  if (/^(?:directive-use|scalar-specification)-/.test(rule.code)) return 'surprises'
  if (isInside === true || isUnsure === true || rule.promise === 'UX') return 'surprises'
  if (rule.promise !== 'WIRE') return undefined
  if (need?.absent !== undefined && canBeAbsent(rule.code)) return 'degrades'
  if (need === undefined && rule.class === 'depends') return 'surprises'
  return 'breaks'
}

/** Changes after which a value is missing or null, which is what `absent` is for. */
function canBeAbsent(code: string): boolean {
  return /^response-(?:(?:optional-)?(?:property|header)-(?:removed|became-optional)|null-allowed|write-only-added|dependent-required-removed)$/.test(
    code,
  )
}

type Met = Touch & { readonly finding: Finding }

function* touchesOf(use: Use, spot: Spot): Generator<Met> {
  const { place, finding, schema, pair } = spot
  const { location } = place
  if (/^(?:callback|webhook):/.test(location)) {
    if (finding !== undefined) yield { finding }
    return
  }
  if (location.startsWith('request:')) {
    yield* sentTouches(use, spot)
    return
  }
  if (!location.startsWith('response:')) {
    if (finding !== undefined) yield { finding }
    return
  }
  if (finding?.code === 'response-error-added') {
    if (!hasState(use, String(finding.to))) yield { finding }
    return
  }
  if (place.status !== undefined && !isMain(pair, place.status)) return
  if (place.part === 'header') {
    for (const { need, path } of use.needs) {
      if (path.toLowerCase() !== `header:${place.name?.toLowerCase()}`) continue
      if (finding !== undefined) yield { finding, need }
      if (schema !== undefined)
        for (const { finding: met, isInside } of metAt(schema, [], 0))
          yield { finding: met, need, ...(isInside === true && { isInside }) }
    }
    return
  }
  if (finding !== undefined) yield { finding }
  if (schema === undefined) return
  for (const { need, path } of use.needs) {
    const segments = segmentsOf(path)
    if (segments === undefined || path.startsWith('header:')) continue
    const hasFiner = use.needs.some(
      (other) =>
        other.path !== path &&
        /^[.[{]/.test(other.path.slice(path.length)) &&
        other.path.startsWith(path),
    )
    for (const one of metAt(schema, segments, 0)) {
      if (one.isInside === true && hasFiner) continue
      const touch = graphqlTouch(use, one)
      if (touch !== undefined) yield { ...touch, need }
    }
  }
  // What a document selects and no step needs is asked for all the same.
  for (const path of use.document?.fields ?? []) {
    for (const one of metAt(schema, segmentsOf(path) ?? [], 0)) {
      const touch = one.isInside === true ? undefined : graphqlTouch(use, one)
      if (touch?.isRefused === true) yield touch
    }
  }
}

/**
 * How a document meets a finding: what it sends and which fragments it has is written in it. `undefined` where it does not notice;
 * without a document, nobody can tell what is sent.
 */
function graphqlTouch({ document }: Use, met: MetThere): Met | undefined {
  const { finding, isInside, path } = met
  const plain: Met = isInside === true ? { finding, isInside } : { finding }
  const argument = met.argument ?? finding.argument
  if (finding.fragment !== undefined) {
    if (document === undefined) return { finding, isUnsure: true }
    const isOn = new RegExp(`\\bon\\s+${finding.fragment}\\b`).test(document.text)
    return isOn ? { finding, isRefused: true } : undefined
  }
  if (document === undefined)
    return argument === undefined || finding.code === 'required-argument-added'
      ? plain
      : { finding, isUnsure: true }
  if (argument === undefined)
    return finding.code === 'response-property-removed' && isInside !== true
      ? { finding, isRefused: true }
      : plain
  // Inside of what a step needs are fields of which some are selected: they are looked at one by one.
  if (isInside === true) return undefined
  const isSent = document.sends.some((one) => one.name === argument && one.field === path)
  if (
    /^required-argument-added$|-became-required$/.test(finding.code) &&
    met.argument === undefined
  )
    return isSent ? undefined : { finding, isRefused: true }
  // A default counts for those who send nothing.
  if (/-default-/.test(finding.code) && met.argument !== undefined)
    return isSent ? undefined : { finding, isUnsure: true }
  return isSent ? { finding, isRefused: true } : undefined
}

/** Whether a status is the answer that screens are built from. */
function isMain({ before, after }: OperationPair, status: string): boolean {
  return [before, after].some((one) => one !== undefined && successResponse(one)?.status === status)
}

function* sentTouches(use: Use, { place, finding, schema }: Spot): Generator<Met> {
  const said = use.call.sends.map(({ path }) => path)
  const written = use.document?.sends.flatMap(({ field, name }) => (field === '' ? [name] : []))
  const sends = [...said, ...(written ?? [])]
  const isUnknown = sends.length === 0 && written === undefined
  const isSent = (path: string): boolean =>
    sends.some((one) => one === path || beginsWith(one, path) || beginsWith(path, one))
  if (place.part === 'parameter') {
    const name = place.name ?? ''
    const isAlways = place.location.startsWith('request:path:') || place.isRequired === true
    if (finding !== undefined) {
      const needsNew = /^request-required-|-became-required$/.test(finding.code)
      if (needsNew ? !isSent(name) : isAlways || isSent(name)) yield { finding }
      else if (isUnknown && !needsNew) yield { finding, isUnsure: true }
    }
    if (schema === undefined) return
    for (const one of metAt(schema, [], 0)) {
      if (isAlways || isSent(name)) yield { finding: one.finding }
      else if (isUnknown) yield { finding: one.finding, isUnsure: true }
    }
    return
  }
  if (finding !== undefined) yield { finding }
  if (schema === undefined) return
  const seen = new Set<Finding>()
  for (const path of isUnknown ? [''] : ['', ...sends]) {
    for (const one of metAt(schema, segmentsOf(path) ?? [], 0)) {
      const { finding: met } = one
      if (seen.has(met)) continue
      const needsNew = /^request-required-|-became-required$/.test(met.code)
      if (needsNew) {
        const name = met.under?.kind === 'name' ? met.under.name : undefined
        seen.add(met)
        // Deep inside of what nobody sends, nothing is required.
        if (one.isInside === true && !isUnknown && path === '') {
          seen.delete(met)
          continue
        }
        if (name === undefined || !sends.some((sent) => sent === name || sent.endsWith(`.${name}`)))
          yield { finding: met }
      } else if (isUnknown) {
        seen.add(met)
        yield { finding: met, isUnsure: true }
      } else if (path !== '' && one.isInside !== true) {
        seen.add(met)
        yield { finding: met }
      }
    }
  }
}

function beginsWith(path: string, start: string): boolean {
  return path.startsWith(start) && /^[.[{]/.test(path.slice(start.length))
}

interface MetThere {
  readonly finding: Finding
  readonly isInside?: boolean
  /** GraphQL: the argument that it stands in. */
  readonly argument?: string
  /** GraphQL: the field that takes the argument, from the answer on. */
  readonly path?: string
}

interface Station {
  readonly difference: SchemaDifference
  readonly index: number
  readonly isInside: boolean
  readonly argument?: string
  /** How many segments lead to the field that takes the argument. */
  readonly length?: number
}

/** Every finding that somebody meets who follows a path: on the way, at its end, and inside of what stands there. */
function* metAt(
  start: SchemaDifference,
  segments: readonly Segment[],
  from: number,
): Generator<MetThere> {
  const seen = new Set<string>()
  const ids = new Map<SchemaDifference, number>()
  const queue: Station[] = [{ difference: start, index: from, isInside: false }]
  for (const { difference, index, isInside, argument, length } of queue) {
    let id = ids.get(difference)
    if (id === undefined) ids.set(difference, (id = ids.size))
    const key = `${id} ${index} ${isInside} ${argument ?? ''}`
    if (seen.has(key) || seen.size > mostVisited) continue
    seen.add(key)
    const next = argument === undefined ? segments[index] : undefined
    const met = (finding: Finding, inside: boolean): MetThere => ({
      finding,
      ...(inside && { isInside: true }),
      ...(argument !== undefined && { argument, path: pathTo(segments, length!) }),
      ...(argument === undefined &&
        finding.argument !== undefined && { path: pathTo(segments, index + 1) }),
    })
    for (const finding of difference.findings) {
      if (argument !== undefined || finding.under === undefined) yield met(finding, isInside)
      else if (next === undefined) yield met(finding, true)
      else if (fits(finding.under, next)) yield met(finding, false)
    }
    for (const { segment, to, argument: sent } of difference.below) {
      if (argument !== undefined)
        queue.push({ difference: to, index, isInside, argument, length: length! })
      else if (segment === undefined) queue.push({ difference: to, index, isInside })
      else {
        const isOff = next === undefined
        if (!isOff && !fits(segment, next)) continue
        const on: Station = {
          difference: to,
          index: isOff ? index : index + 1,
          isInside: isOff,
        }
        queue.push(sent === undefined ? on : { ...on, argument: sent, length: index + 1 })
      }
    }
  }
}

function pathTo(segments: readonly Segment[], length: number): string {
  return segments.slice(0, length).reduce<string>(longer, '')
}

const mostVisited = 5000

function fits(step: Segment, wanted: Segment): boolean {
  switch (step.kind) {
    case 'name':
      return wanted.kind === 'name' && wanted.name === step.name
    case 'items':
      return wanted.kind === 'items' || wanted.kind === 'item'
    case 'item':
      return wanted.kind === 'items' || (wanted.kind === 'item' && wanted.index === step.index)
    case 'values':
      return wanted.kind === 'values' || wanted.kind === 'name'
  }
}

/** Whether the step, its call or the whole app says what people see under a status. */
function hasState({ graph, call, step }: Use, status: string): boolean {
  const condition = status === 'default' ? '5xx' : status.toLowerCase()
  const covers = (name: string): boolean => name === condition || name === `${condition[0]}xx`
  const own = [...call.states, ...step.states].map((id) => nodeOf(graph, 'state', id)?.condition)
  return (
    own.some((name) => name !== undefined && covers(name)) ||
    [...graph.appStates.keys()].some(covers)
  )
}
