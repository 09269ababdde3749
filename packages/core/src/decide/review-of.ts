import { nameOf, nodeOf } from '../2-link/ask.ts'
import { ownerOf } from '../2-link/owner-of.ts'
import type { Graph, NeedNode, StepNode } from '../2-link/graph.ts'
import { outlineOf } from '../blueprint/blueprint-of.ts'
import type { StepColumn } from '../blueprint/blueprint.ts'
import { lineFinder, type LineFinder } from '../blueprint/line-finder.ts'
import { operationAddress, stepAddress } from '../blueprint/studio-address.ts'
import type { Change, Impact, ImpactSeverity, Report } from '../diff/change.ts'
import { locatedChanges, type LocatedChange } from '../diff/located-changes.ts'
import type { Span } from '../text/origin.ts'
import type {
  ReviewedChange,
  ReviewedChanges,
  ReviewedImpact,
  ReviewedJourney,
  ReviewedStep,
  SourceExcerpt,
} from './change-review.ts'
import { withoutWaived } from './without-waived.ts'

/** The most changes that a page gets; the counts are of all. */
const mostChanges = 400

/** A comparison as the review page shows it: accepted changes apart, and what is touched grouped by journey. */
export function reviewOf(
  before: Graph,
  after: Graph,
  whole: Report,
  { now }: { readonly now?: Date } = {},
): ReviewedChanges {
  const { report, waived, diagnostics } = withoutWaived(
    after,
    whole,
    now === undefined ? {} : { now },
  )
  const accepted = new Map(waived.map(({ change, ...words }) => [change, words]))
  const shown = [...report.changes, ...accepted.keys()].slice(0, mostChanges)
  const lines = new Map<string, LineFinder>()
  return {
    summary: report.summary,
    total: whole.changes.length,
    changes: locatedChanges(shown).map((change, index) => {
      const words = accepted.get(shown[index]!)
      return reviewed(change, shown[index]!, { before, after, lines }, words)
    }),
    journeys: journeysIn(before, after, report.changes),
    notes: diagnostics.map((one) => one.message),
  }
}

interface Sides {
  readonly before: Graph
  readonly after: Graph
  /** Lines of files that were shown already. */
  readonly lines: Map<string, LineFinder>
}

function reviewed(
  change: LocatedChange,
  { origin: places }: Change,
  sides: Sides,
  accepted: ReviewedChange['accepted'],
): ReviewedChange {
  const { before, after } = sides
  const { fingerprint, code, level, promise, decidedBy, message, api, operation, location } = change
  const { component, from, to, impact, reach, origin } = change
  const owner = ownerOfChange(after, change) ?? ownerOfChange(before, change)
  const effect = worst(impact.map((one) => one.severity))
  const name = `${api ?? ''}.${operation?.id ?? ''}`
  const isThere = operation !== undefined && after.nodes.has(`op:${name}`)
  const excerpt = (side: 'before' | 'after'): SourceExcerpt | undefined => {
    const span = origin[side]
    const text = places[side]?.source.file.text
    return span === undefined || text === undefined
      ? undefined
      : excerptAt(span, text, `${side} ${span.file}`, sides.lines)
  }
  const [then, now] = [excerpt('before'), excerpt('after')]
  return {
    fingerprint,
    code,
    level,
    class: change.class,
    promise,
    decidedBy,
    message,
    location,
    impact: impact.map((one) => impactOf(one, before, after)),
    reach: { operations: reach.operations, fields: reach.fields, counts: reach.counts },
    ...(api !== undefined && { api }),
    ...(owner !== undefined && { owner }),
    ...(operation !== undefined && {
      operation: { ...operation, ...(isThere && { url: operationAddress(name) }) },
    }),
    ...(component !== undefined && { component }),
    ...(from !== undefined && { from: JSON.stringify(from) }),
    ...(to !== undefined && { to: JSON.stringify(to) }),
    ...(effect !== undefined && { effect }),
    ...(accepted !== undefined && { accepted }),
    ...(then !== undefined && { before: then }),
    ...(now !== undefined && { after: now }),
  }
}

function ownerOfChange(graph: Graph, { api, operation }: LocatedChange): string | undefined {
  return (
    ownerOf(graph, `op:${api ?? ''}.${operation?.id ?? ''}`) ?? ownerOf(graph, `api:${api ?? ''}`)
  )
}

function impactOf(
  { step, need, severity, fallback, client }: Impact,
  before: Graph,
  after: Graph,
): ReviewedImpact {
  return {
    step,
    severity,
    ...(need !== undefined && {
      need: {
        path: need,
        label: labelOf(after, step, need) ?? labelOf(before, step, need) ?? need,
      },
    }),
    ...(fallback !== undefined && { fallback }),
    ...(client !== undefined && { client }),
  }
}

/** What people call the need of a step with this path. */
function labelOf(graph: Graph, step: string, path: string): string | undefined {
  return needsOf(graph, step).find((one) => one.path === path)?.label
}

const needs = new WeakMap<Graph, Map<string, NeedNode[]>>()

function needsOf(graph: Graph, step: string): readonly NeedNode[] {
  let all = needs.get(graph)
  if (all === undefined) {
    all = new Map()
    for (const node of graph.nodes.values()) {
      const call = node.kind === 'need' ? nodeOf(graph, 'call', node.call) : undefined
      if (node.kind !== 'need' || call === undefined) continue
      const name = nameOf(call.step)
      const list = all.get(name)
      if (list === undefined) all.set(name, [node])
      else list.push(node)
    }
    needs.set(graph, all)
  }
  return all.get(step) ?? []
}

function journeysIn(
  before: Graph,
  after: Graph,
  changes: readonly Change[],
): readonly ReviewedJourney[] {
  const touches = new Map<string, { change: Change; impact: Impact }[]>()
  for (const change of changes) {
    for (const impact of change.impact) {
      const journey = impact.step.slice(0, Math.max(0, impact.step.lastIndexOf('/')))
      const list = touches.get(journey)
      if (list === undefined) touches.set(journey, [{ change, impact }])
      else list.push({ change, impact })
    }
  }
  return [...touches]
    .flatMap(([name, found]) => journeyOf(name, found, before, after) ?? [])
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))
}

function journeyOf(
  name: string,
  found: readonly { readonly change: Change; readonly impact: Impact }[],
  before: Graph,
  after: Graph,
): ReviewedJourney | undefined {
  const graph = [after, before].find((one) => one.journeys.some((each) => each.name === name))
  const node = graph?.journeys.find((one) => one.name === name)
  if (graph === undefined || node === undefined) return undefined
  const { steps, journey } = outlineOf(graph, node, [])
  // A step that is gone stands where it stood before.
  const old = graph === before ? undefined : before.journeys.find((one) => one.name === name)
  const gone = old === undefined ? [] : outlineOf(before, old, []).steps
  const columns = [
    ...steps,
    ...gone.filter((one) => !steps.some(({ name: kept }) => kept === one.name)),
  ]
  return {
    name,
    title: journey.title,
    line: journey.line,
    ...(journey.owner !== undefined && { owner: journey.owner }),
    ...(journey.persona !== undefined && { persona: journey.persona.title }),
    severity: worst(found.map(({ impact }) => impact.severity)) ?? 'helps',
    steps: columns.flatMap((column) => {
      const impacts = found.map(({ impact }) => impact).filter(({ step }) => step === column.name)
      return impacts.length === 0 ? [] : [stepOf(column, impacts, before, after)]
    }),
    changes: [...new Set(found.map(({ change }) => change.fingerprint))],
  }
}

function stepOf(
  { name, number, title, screen, image, wireframe }: StepColumn,
  impacts: readonly Impact[],
  before: Graph,
  after: Graph,
): ReviewedStep {
  const paths = new Map<string, ImpactSeverity>()
  for (const { need, severity } of impacts)
    if (need !== undefined) paths.set(need, worst([severity, paths.get(need) ?? severity])!)
  const node: StepNode | undefined = nodeOf(after, 'step', `step:${name}`)
  return {
    name,
    number,
    title,
    wireframe,
    ...(screen !== undefined && { screen }),
    ...(image !== undefined && { image }),
    severity: worst(impacts.map((one) => one.severity)) ?? 'helps',
    needs: [...paths]
      .map(([path, severity]) => ({
        path,
        severity,
        label: labelOf(after, name, path) ?? labelOf(before, name, path) ?? path,
      }))
      .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity)),
    ...(node !== undefined && { url: stepAddress(node) }),
  }
}

const severities: readonly ImpactSeverity[] = ['breaks', 'degrades', 'surprises', 'helps']

function severityRank(severity: ImpactSeverity): number {
  return severities.indexOf(severity)
}

function worst(found: readonly ImpactSeverity[]): ImpactSeverity | undefined {
  return severities.find((one) => found.includes(one))
}

/** Lines before the one that is meant, and the most of what stands in it. */
const linesBefore = 2
const mostInside = 14

/** The line that is meant with what is indented under it. */
function excerptAt(
  { file, range }: Span,
  text: string,
  key: string,
  known: Map<string, LineFinder>,
): SourceExcerpt {
  let find = known.get(key)
  if (find === undefined) known.set(key, (find = lineFinder(text)))
  const { line } = range.start
  const firstLine = Math.max(1, line - linesBefore)
  const lines: string[] = []
  for (let at = firstLine; at <= line; at++) lines.push(find(at) ?? '')
  const depth = indentOf(find(line) ?? '')
  for (let at = line + 1; at <= line + mostInside; at++) {
    const content = find(at)
    if (content === undefined) break
    lines.push(content)
    // The first line that stands outside again shows where it ends.
    if (content.trim() !== '' && indentOf(content) <= depth) break
  }
  return { file, line, firstLine, lines }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
