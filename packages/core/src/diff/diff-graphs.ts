import type { ApiNode, Graph, NodeId } from '../2-link/graph.ts'
import { isObject, originOf, type Site } from '../text/site.ts'
import type { Change, DiffOptions, Impact, Reach, Report } from './change.ts'
import { journeyChanges } from './compare-journeys.ts'
import { lineageChanges } from './compare-lineage.ts'
import { compareContracts } from './compare-contracts.ts'
import { graphqlComparison, spokenAsGraphql } from './compare-graphql.ts'
import { compareOperations, type OperationComparison } from './compare-operations.ts'
import { schemaComparison } from './compare-schemas.ts'
import { securityComparison } from './compare-security.ts'
import { serverComparison } from './compare-servers.ts'
import type { Finding } from './finding.ts'
import { fingerprintOf } from './fingerprint.ts'
import { impactsOf } from './impact-of.ts'
import { levelOf } from './level-of.ts'
import { pairedOperations } from './pair-operations.ts'
import {
  locationOf,
  mostReached,
  placeInShared,
  rootCauses,
  type RootCause,
} from './root-causes.ts'
import { ruleOf } from './rules.ts'
import { sameness } from './same-as-written.ts'
import { sentenceOf } from './sentence-of.ts'
import { whole, type OperationPair, type Spot } from './spot.ts'
import { reportOf } from './summary.ts'
import { usesOf, type Uses } from './uses.ts'

/**
 * Everything that differs between two graphs, and what it does to the steps that use it. Never throws on input:
 * what is missing on one side is compared as far as it goes.
 */
export function diffGraphs(before: Graph, after: Graph, options: DiffOptions = {}): Report {
  const { now } = options
  const isPast = (date: string | undefined): boolean =>
    now !== undefined && date !== undefined && date.slice(0, 10) < now.toISOString().slice(0, 10)
  const same = sameness()
  const comparison = schemaComparison(same, (site) => isAnnounced(site, isPast))
  const context: OperationComparison = { comparison, same, isPast }
  const spots: Spot[] = []
  const pairs: OperationPair[] = []
  const apis = new Map<Finding, string>()
  for (const [old, api] of pairedApis(before, after)) {
    const found = [...apiSpots(context, old, api, pairs)]
    for (const { finding } of found)
      if (finding !== undefined) apis.set(finding, (api ?? old)!.name)
    spots.push(...found)
  }
  if (pairs.some(({ before: one }) => one?.protocol === 'graphql')) spokenAsGraphql(comparison.all)
  const causes = rootCauses(spots, comparison.all)
  const uses = usesOf(before, after, options.clients ?? [], pairs, now)
  const impacts = impactsOf(causes, spots, uses)
  const changes = causes.all.map((cause) =>
    changeOf(cause, apis.get(cause.finding), impacts.get(cause) ?? [], uses, options),
  )
  return reportOf(
    unique([
      ...changes,
      ...journeyChanges(before, after, options),
      ...lineageChanges(before, after, options),
    ]),
  )
}

/** A deprecated parameter or property whose sunset has passed may go. */
function isAnnounced({ value }: Site, isPast: (date: string | undefined) => boolean): boolean {
  if (!isObject(value) || value['deprecated'] !== true) return false
  const date = value['x-sunset']
  return typeof date === 'string' && isPast(date)
}

type ApiPair = readonly [ApiNode | undefined, ApiNode | undefined]

/** APIs by name; what is left alone on both sides (two bare contracts) belongs together whatever it is called. */
function pairedApis(before: Graph, after: Graph): readonly ApiPair[] {
  const left = [...before.apis]
  const right = [...after.apis]
  const pairs: ApiPair[] = []
  for (const api of before.apis) {
    const other = right.find((one) => one.name === api.name)
    if (other === undefined) continue
    left.splice(left.indexOf(api), 1)
    right.splice(right.indexOf(other), 1)
    pairs.push([api, other])
  }
  if (left.length === 1 && right.length === 1) return [...pairs, [left[0], right[0]]]
  return [
    ...pairs,
    ...left.map((api): ApiPair => [api, undefined]),
    ...right.map((api): ApiPair => [undefined, api]),
  ]
}

function* apiSpots(
  context: OperationComparison,
  before: ApiNode | undefined,
  after: ApiNode | undefined,
  pairs: OperationPair[],
): Generator<Spot> {
  const lone = { before: undefined, after: undefined }
  const place = { ...whole, location: 'api' }
  const name = (after ?? before)!.name
  if (before === undefined || after === undefined) {
    const one = before?.contract ?? after?.contract
    for (const operation of one?.operations ?? [])
      pairs.push({
        before: before === undefined ? undefined : operation,
        after: after === undefined ? undefined : operation,
      })
    const finding: Finding =
      before === undefined
        ? { code: 'api-added', name, to: name, after: one?.site }
        : { code: 'api-removed', name, from: name, before: one?.site }
    const own = pairs.filter((each) => (each.before ?? each.after)?.api === name)
    for (const pair of own.length === 0 ? [lone] : own) yield { pair, place, finding }
    return
  }
  const [old, now] = [before.contract, after.contract]
  if (old === undefined || now === undefined) {
    if (old === now) return
    const to = old === undefined ? 'before' : 'now'
    const finding = { code: 'api-unreadable', name, to, before: old?.site, after: now?.site }
    yield { pair: lone, place, finding }
    return
  }
  const security = securityComparison(old, now)
  const servers = serverComparison(old, now)
  const graphql = graphqlComparison(context.comparison, old, now)
  for (const pair of pairedOperations(old, now)) {
    pairs.push(pair)
    yield* operationSpots(context, pair)
    yield* security(pair)
    yield* servers(pair)
    if (graphql !== undefined) yield* graphql.operation(pair)
  }
  if (graphql !== undefined) yield* graphql.schema()
  yield* compareContracts(context, old, now)
}

function operationSpots(context: OperationComparison, pair: OperationPair): readonly Spot[] {
  const { before, after } = pair
  if (before === undefined)
    return [{ pair, place: whole, finding: { code: 'operation-added', after: after!.site } }]
  if (after !== undefined) {
    return compareOperations(context, before, after).map((spot) => ({ ...spot, pair }))
  }
  const isAnnouncedFor = before.deprecated && context.isPast(before.sunset)
  const finding: Finding = isAnnouncedFor
    ? { code: 'operation-removed-after-sunset', from: before.sunset, before: before.site }
    : { code: 'operation-removed', before: before.site }
  return [{ pair, place: whole, finding }]
}

function changeOf(
  cause: RootCause,
  api: string | undefined,
  impact: readonly Impact[],
  uses: Uses,
  options: DiffOptions,
): Change {
  const { finding } = cause
  const rule = ruleOf(finding.code)
  const shown = shownOccurrence(cause, impact, uses)
  const { pair } = shown
  const operation = pair.after ?? pair.before
  const name = operation?.api ?? api
  const component = placeInShared(finding)
  const location = locationOf(shown)
  const isEarly = isBeforeLive(cause)
  const isKnown = uses.isKnown(name)
  const identity =
    component !== undefined && cause.operations.size > 1
      ? component
      : `${operation?.id ?? ''} ${location}`
  return {
    fingerprint: fingerprintOf([
      finding.code,
      name ?? '',
      identity,
      finding.name ?? '',
      finding.about ?? '',
      finding.from ?? null,
      finding.to ?? null,
    ]),
    code: finding.code,
    ...levelOf(isEarly ? { ...rule, class: 'depends' } : rule, impact, isKnown, options),
    class: isEarly && rule.class === 'breaking' ? 'depends' : rule.class,
    promise: rule.promise,
    ...(name !== undefined && { api: name }),
    ...(operation !== undefined && {
      operation: { id: operation.name, method: operation.method, path: operation.path },
    }),
    location,
    message: sentenceOf({ ...cause, first: shown }),
    ...(finding.from !== undefined && { from: finding.from }),
    ...(finding.to !== undefined && { to: finding.to }),
    impact,
    reach: reachOf(cause, impact),
    subjects: subjectsOf(pair, impact),
    ...(component !== undefined && { component }),
    origin: {
      ...(finding.before !== undefined && { before: originIn(finding.before) }),
      ...(finding.after !== undefined && { after: originIn(finding.after) }),
    },
  }
}

function originIn(site: Site): ReturnType<typeof originOf> {
  return originOf(site, site.parent === undefined ? 'value' : 'key')
}

/** Nobody was promised anything about an operation that is only planned or tried out. */
function isBeforeLive({ operations, finding }: RootCause): boolean {
  if (operations.size === 0 || ruleOf(finding.code).class !== 'breaking') return false
  return [...operations.values()].every(
    ({ pair: { before } }) =>
      before?.stage === 'planned' || before?.stage === 'mocked' || before?.stage === 'beta',
  )
}

/** Where a change is shown: at an operation that a touched step calls, else where it was found first. */
function shownOccurrence({ first, operations }: RootCause, impact: readonly Impact[], uses: Uses) {
  if (impact.length === 0 || uses.of(first.pair).length > 0) return first
  return [...operations.values()].find(({ pair }) => uses.of(pair).length > 0) ?? first
}

function reachOf(cause: RootCause, impact: readonly Impact[]): Reach {
  const steps = [...new Set(impact.map((one) => one.step))]
  return {
    operations: [...cause.operations.keys()].slice(0, mostReached),
    fields: cause.fields,
    steps: steps.slice(0, mostReached),
    counts: { operations: cause.operations.size, fields: cause.fieldCount, steps: steps.length },
  }
}

function subjectsOf(
  { before, after }: OperationPair,
  impact: readonly Impact[],
): readonly NodeId[] {
  const subjects = new Set<NodeId>()
  for (const one of [before, after]) if (one !== undefined) subjects.add(one.id)
  for (const one of impact) subjects.add(`step:${one.step}`)
  return [...subjects]
}

/** Two places that read alike are one change. */
function unique(changes: readonly Change[]): readonly Change[] {
  const known = new Map<string, Change>()
  for (const one of changes) if (!known.has(one.fingerprint)) known.set(one.fingerprint, one)
  return [...known.values()]
}
