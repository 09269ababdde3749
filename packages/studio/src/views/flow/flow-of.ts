import type { Blueprint, StepColumn, WorkspaceOverview } from '@throughline/core'

/** A journey as the ways people can take through it. */
export interface Flow {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
}

export type FlowNode =
  | { readonly kind: 'step'; readonly id: string; readonly step: StepColumn }
  /** Where the journey goes on in another one. */
  | {
      readonly kind: 'away'
      readonly id: string
      readonly title: string
      readonly journey: {
        readonly name: string
        readonly title: string
        readonly line: 1 | 2 | 3 | 4
      }
    }

export interface FlowEdge {
  readonly from: string
  readonly to: string
  /** `back`: to a step that lies on the way here. */
  readonly kind: 'on' | 'back'
  /** How many ways of its kind lead out of its step. */
  readonly ways: number
  /** How many steps of the journey lie between, on the longest way from the one to the other. */
  readonly skips: number
  /** The file says nothing: the next step of the file follows. */
  readonly implied: boolean
}

/** The flow of a journey. Steps that others go on to, outside of it, are named from the workspace's overview. */
export function flowOf({ steps }: Blueprint, overview: WorkspaceOverview | undefined): Flow {
  const own = new Map(steps.map((step) => [step.name, step]))
  const away = new Map(
    steps
      .flatMap(({ next }) => next)
      .filter((name) => !own.has(name))
      .map((name) => [name, awayNode(name, overview)]),
  )
  const backwards = backEdges(steps)
  const plain = steps.flatMap((step) => {
    const next = [...new Set(step.next)]
    const kindOf = (to: string): FlowEdge['kind'] =>
      backwards.has(`${step.name} ${to}`) ? 'back' : 'on'
    return next.map((to) => ({
      from: step.name,
      to,
      kind: kindOf(to),
      ways: next.filter((other) => kindOf(other) === kindOf(to)).length,
      implied: step.saysNext !== true,
    }))
  })
  const nodes: readonly FlowNode[] = [
    ...steps.map((step) => ({ kind: 'step' as const, id: step.name, step })),
    ...away.values(),
  ]
  const layers = layersOf(
    nodes.map(({ id }) => id),
    plain,
  )
  return {
    nodes,
    edges: plain.map((edge) => ({
      ...edge,
      skips:
        edge.kind === 'on' && own.has(edge.to)
          ? layers.get(edge.to)! - layers.get(edge.from)! - 1
          : 0,
    })),
  }
}

/** Whether people can take more than one way, or the journey leaves the order of its file. */
export function branches(step: StepColumn, steps: readonly StepColumn[]): boolean {
  const following = steps[steps.indexOf(step) + 1]
  return step.next.length > 1 || (step.next.length === 1 && step.next[0] !== following?.name)
}

/** How far each node is from a start, on the longest way that never turns back. */
export function layersOf(
  nodes: readonly string[],
  edges: readonly { readonly from: string; readonly to: string; readonly kind: 'on' | 'back' }[],
): ReadonlyMap<string, number> {
  const into = Map.groupBy(
    edges.filter(({ kind }) => kind === 'on'),
    ({ to }) => to,
  )
  const layers = new Map<string, number>()
  const visit = (node: string): number => {
    const known = layers.get(node)
    if (known !== undefined) return known
    const before = (into.get(node) ?? []).map(({ from }) => visit(from))
    const layer = before.length === 0 ? 0 : Math.max(...before) + 1
    layers.set(node, layer)
    return layer
  }
  for (const node of nodes) visit(node)
  return layers
}

/** The edges that close a circle, met on a walk from the first step: without them every way ends. */
function backEdges(steps: readonly StepColumn[]): ReadonlySet<string> {
  const own = new Map(steps.map((step) => [step.name, step]))
  const found = new Set<string>()
  const done = new Set<string>()
  const open = new Set<string>()
  const walk = (step: StepColumn): void => {
    open.add(step.name)
    for (const to of step.next) {
      const next = own.get(to)
      if (next === undefined) continue
      if (open.has(to)) found.add(`${step.name} ${to}`)
      else if (!done.has(to)) walk(next)
    }
    open.delete(step.name)
    done.add(step.name)
  }
  for (const step of steps) if (!done.has(step.name)) walk(step)
  return found
}

function awayNode(
  name: string,
  overview: WorkspaceOverview | undefined,
): Extract<FlowNode, { kind: 'away' }> {
  const journey = overview?.journeys.find((one) => one.steps.some((step) => step.name === name))
  const step = journey?.steps.find((one) => one.name === name)
  return {
    kind: 'away',
    id: name,
    title: step?.title ?? name,
    journey: {
      name: journey?.name ?? name.split('/')[0]!,
      title: journey?.title ?? name.split('/')[0]!,
      line: journey?.line ?? 1,
    },
  }
}
