import { nameOf, nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { Graph, NodeId, StepNode } from '../2-link/graph.ts'
import { diffGraphs } from '../diff/diff-graphs.ts'
import type { ImpactSeverity } from '../diff/change.ts'
import type { TouchedStep, Touches } from './thread.ts'

export interface Proposed {
  /** Ids that people said it is about. */
  readonly on: readonly string[]
  /** Files that would change. */
  readonly files: readonly string[]
  /** The graph with the change; none where it can't be applied. */
  readonly after: Graph | undefined
}

/**
 * What a proposal touches: the APIs whose files it changes, the operations and steps that a comparison of the graphs finds, steps that
 * get what they waited for, steps of journeys that it edits, and those that people named.
 */
export function touched(before: Graph, { on, files, after }: Proposed): Touches {
  const apis = before.apis
    .filter(({ contract }) => contract?.files().some((file) => files.includes(file)))
    .map(({ name }) => name)
  const steps = new Map<string, Draft>()
  const operations = new Set<string>()
  const add = (name: string, severity?: ImpactSeverity, need?: string): void => {
    const step = steps.get(name) ?? { severities: new Set(), needs: new Set() }
    if (severity !== undefined) step.severities.add(severity)
    if (need !== undefined) step.needs.add(need)
    steps.set(name, step)
  }
  if (after !== undefined) {
    for (const { impact, reach, subjects } of diffGraphs(before, after).changes) {
      for (const one of impact) add(one.step, one.severity, one.need)
      for (const name of reach.operations) operations.add(name)
      for (const id of subjects) if (id.startsWith('op:')) operations.add(nameOf(id))
    }
    for (const need of nodesOfKind(after, 'need')) {
      const old = nodeOf(before, 'need', need.id)
      if (need.field === undefined || (old !== undefined && old.field !== undefined)) continue
      const step = stepOf(after, need.id)
      if (step !== undefined) add(step.name, 'helps', need.path)
    }
  }
  for (const journey of before.journeys)
    if (files.includes(journey.origin.source.file.path))
      for (const id of journey.steps) add(nameOf(id))
  for (const id of on) {
    const step = stepOf(before, id as NodeId)
    if (step !== undefined) add(step.name, undefined, nodeOf(before, 'need', id as NodeId)?.path)
    if (id.startsWith('op:')) operations.add(nameOf(id as NodeId))
  }
  return {
    apis,
    operations: [...operations].toSorted(),
    steps: [...steps].flatMap(([name, draft]) => {
      const step =
        nodeOf(before, 'step', `step:${name}`) ?? nodeOf(after ?? before, 'step', `step:${name}`)
      return step === undefined ? [] : [touchedStep(before, step, draft)]
    }),
  }
}

interface Draft {
  readonly severities: Set<ImpactSeverity>
  readonly needs: Set<string>
}

const worstFirst: readonly ImpactSeverity[] = ['breaks', 'degrades', 'surprises', 'helps']

function touchedStep(graph: Graph, step: StepNode, { severities, needs }: Draft): TouchedStep {
  const journey = nodeOf(graph, 'journey', step.journey)
  const severity = worstFirst.find((one) => severities.has(one))
  return {
    step: step.name,
    title: step.title,
    journey: nameOf(step.journey),
    needs: [...needs].toSorted(),
    ...(step.screen !== undefined && { screen: step.screen }),
    ...(journey?.owner !== undefined && { owner: journey.owner }),
    ...(severity !== undefined && { severity }),
  }
}

/** The step that a node stands in: itself, or that of its call, need or state. */
export function stepOf(graph: Graph, id: NodeId): StepNode | undefined {
  const node = graph.nodes.get(id)
  switch (node?.kind) {
    case 'step':
      return node
    case 'call':
      return nodeOf(graph, 'step', node.step)
    case 'need':
      return stepOf(graph, node.call)
    case 'state':
      return stepOf(graph, node.on)
    default:
      return undefined
  }
}
