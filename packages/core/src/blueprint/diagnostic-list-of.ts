import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { Graph, StepNode } from '../2-link/graph.ts'
import { sentence } from '../2-link/label.ts'
import { catalogue, type Code } from '../text/catalogue.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import type {
  DiagnosticList,
  OwnedDiagnostic,
  OwnerCount,
  RuleCount,
  Side,
} from './diagnostic-list.ts'
import {
  fits,
  nobody,
  ownersOrNobody,
  type DiagnosticFilter,
  type Filterable,
} from './diagnostic-filter.ts'
import { framed } from './framed.ts'
import { needPlace } from './need-place.ts'
import {
  journeyAddress,
  needsAddress,
  operationAddress,
  statesAddress,
  stepAddress,
} from './studio-address.ts'

/** A list longer than this is no longer read by people. */
const mostShown = 1000

/** The diagnostics that a filter asks for, and how many there are of each kind. `titles` are those of the explanations, by code. */
export function diagnosticListOf(
  graph: Graph,
  diagnostics: readonly Diagnostic[],
  titles: ReadonlyMap<string, string>,
  filter: DiagnosticFilter = {},
): DiagnosticList {
  const subjects = subjectsOf(graph)
  const wanted = fits(filter)
  const all = diagnostics.map((one): Owned => {
    const { side } = catalogue[one.code]
    const about = subjects(one)
    const { code, rule, severity, message, origin } = one
    const owners = ownersOf(side, about)
    const { path: file } = origin.source.file
    return { one, about, side, severity, code, rule, message, file, owners }
  })
  const matching = all.filter((one) => wanted(one))
  const shown = worstFirst(matching).slice(0, mostShown)
  const frames = framed(shown.map(({ one }) => one))
  return {
    diagnostics: shown.map(({ side, about, owners }, index): OwnedDiagnostic => ({
      ...frames[index]!,
      side,
      owners,
      ...(about.url !== undefined && { url: about.url }),
    })),
    matching: matching.length,
    total: diagnostics.length,
    sides: countsOf(
      ['ux', 'backend', 'both'],
      all.filter((one) => wanted(one, 'side')).map(({ side }) => side),
    ),
    severities: countsOf(
      ['error', 'warning', 'info'],
      all.filter((one) => wanted(one, 'severity')).map(({ severity }) => severity),
    ),
    rules: rulesOf(all, (one) => wanted(one, 'code'), titles),
    owners: ownerCounts(graph, all, (one) => wanted(one, 'owner')),
  }
}

/** `Need not in contract`: what a rule is called where its explanation has no title. */
export function ruleTitle(code: Code): string {
  return sentence(catalogue[code].rule)
}

interface About {
  /** Team of the journey. */
  readonly ux?: string
  /** Team of the API or operation. */
  readonly backend?: string
  readonly url?: string
}

interface Owned extends Filterable {
  readonly one: Diagnostic
  readonly code: Code
  readonly about: About
}

function ownersOf(side: Side, { ux, backend }: About): readonly string[] {
  const teams =
    side === 'ux' ? [ux ?? backend] : side === 'backend' ? [backend ?? ux] : [ux, backend]
  return [...new Set(teams.filter((team) => team !== undefined))]
}

/** Finds what a diagnostic is about: its subject, the need it points at, else the file it stands in. */
function subjectsOf(graph: Graph): (one: Diagnostic) => About {
  const steps = new Map([...nodesOfKind(graph, 'step')].map((step) => [step.name, step]))
  const journeys = new Map(graph.journeys.map((journey) => [journey.name, journey]))
  const apis = new Map(graph.apis.map((api) => [api.name, api]))
  const needs = new Map(
    [...nodesOfKind(graph, 'need')].map((need) => [placeKey(need.origin), need]),
  )
  const byFile = new Map<string, About>()
  for (const { contract, owner } of graph.apis) {
    if (contract !== undefined)
      byFile.set(contract.root.file.path, {
        ...(owner !== undefined && { backend: owner }),
        url: '/reference',
      })
  }
  for (const journey of graph.journeys) {
    const { owner } = journey
    byFile.set(journey.origin.source.file.path, {
      ...(owner !== undefined && { ux: owner }),
      url: journeyAddress(journey),
    })
  }

  const ofStep = (step: StepNode, one: Diagnostic): About => {
    const ux = nodeOf(graph, 'journey', step.journey)?.owner
    const need = needs.get(placeKey(one.origin))
    const call = need && nodeOf(graph, 'call', need.call)
    if (need === undefined || call === undefined)
      return { ...(ux !== undefined && { ux }), url: stateUrl(step, one) ?? stepAddress(step) }
    const { operation, path } = needPlace(graph, call, need)
    const backend = nodeOf(graph, 'operation', `op:${operation}`)?.owner
    return {
      ...(ux !== undefined && { ux }),
      ...(backend !== undefined && { backend }),
      url: needsAddress({ operation, field: path, step: step.name }),
    }
  }

  return (one) => {
    const { subject } = one
    const file = byFile.get(one.origin.source.file.path) ?? {}
    if (subject === undefined) return file
    const step = steps.get(subject)
    if (step !== undefined) return ofStep(step, one)
    const operation = nodeOf(graph, 'operation', `op:${subject}`)
    if (operation !== undefined)
      return {
        ...(operation.owner !== undefined && { backend: operation.owner }),
        url: operationAddress(subject),
      }
    const journey = journeys.get(subject)
    if (journey !== undefined)
      return {
        ...(journey.owner !== undefined && { ux: journey.owner }),
        url: journeyAddress(journey),
      }
    const api = apis.get(subject)
    if (api !== undefined)
      return { ...(api.owner !== undefined && { backend: api.owner }), url: '/reference' }
    return file
  }
}

/** Where a state that nobody designed is shown. */
function stateUrl(step: StepNode, { code, fixes }: Diagnostic): string | undefined {
  const condition = code === 'TL3004' ? /`([^`]+)`/.exec(fixes?.[0]?.title ?? '')?.[1] : undefined
  return condition === undefined ? undefined : statesAddress({ step: step.name, condition })
}

function placeKey({ source, place }: Origin): string {
  return `${source.file.path} ${JSON.stringify(place)}`
}

function countsOf<Name extends string>(
  names: readonly Name[],
  found: readonly Name[],
): Record<Name, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
  for (const name of found) counts[name] += 1
  return counts
}

function worstFirst<Found extends Filterable>(found: readonly Found[]): readonly Found[] {
  return found.toSorted((a, b) => severityRank(a) - severityRank(b))
}

function severityRank({ severity }: Pick<Filterable, 'severity'>): number {
  return ['error', 'warning', 'info'].indexOf(severity)
}

function rulesOf(
  all: readonly Owned[],
  counted: (one: Owned) => boolean,
  titles: ReadonlyMap<string, string>,
): readonly RuleCount[] {
  return [...Map.groupBy(all, (one) => one.code)]
    .map(([code, found]) => ({
      code,
      rule: catalogue[code].rule,
      severity: found[0]!.severity,
      side: catalogue[code].side,
      title: titles.get(code) ?? ruleTitle(code),
      count: found.filter(counted).length,
    }))
    .toSorted(
      (a, b) =>
        severityRank(a) - severityRank(b) ||
        b.count - a.count ||
        a.code.localeCompare(b.code, 'en'),
    )
}

function ownerCounts(
  graph: Graph,
  all: readonly Owned[],
  counted: (one: Owned) => boolean,
): readonly OwnerCount[] {
  const roles = new Map(graph.declarations.workspace.teams.map((team) => [team.id, team.role]))
  const pairs = all.flatMap((one) => ownersOrNobody(one).map((owner) => ({ owner, one })))
  return [...Map.groupBy(pairs, ({ owner }) => owner)]
    .map(([owner, found]) => {
      const role = roles.get(owner)
      const counting = found.filter(({ one }) => counted(one))
      return {
        count: counting.length,
        errors: counting.filter(({ one }) => one.severity === 'error').length,
        ...(owner !== nobody && { owner }),
        ...(role !== undefined && { role }),
      }
    })
    .toSorted(
      (a, b) => Number(a.owner === undefined) - Number(b.owner === undefined) || b.count - a.count,
    )
}
