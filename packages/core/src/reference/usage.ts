import { nameOf, nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph, NeedNode, StepNode } from '../2-link/graph.ts'
import { conditionsOf } from '../3-check/conditions.ts'
import { journeyLine, stepsOf } from '../blueprint/journey-line.ts'
import { needPlace } from '../blueprint/need-place.ts'
import { needStatus } from '../blueprint/need-status.ts'
import { stepAddress } from '../blueprint/studio-address.ts'
import type { ReferenceCaller, UsedBy } from './reference.ts'

/** What the journeys do with one operation. */
export interface Usage {
  readonly callers: readonly ReferenceCaller[]
  /** By the path in the success answer. */
  readonly needs: ReadonlyMap<string, readonly UsedBy[]>
  /** Paths that some step needs and the contract lacks. */
  readonly missing: ReadonlySet<string>
  /** By the path in the request, or the parameter's name. */
  readonly sends: ReadonlyMap<string, readonly UsedBy[]>
  /** Calls of it, to ask which states are designed for them. */
  readonly calls: readonly { readonly step: StepNode; readonly call: CallNode }[]
}

/** What the journeys do with an operation, by its name (`store.getBasket`); nothing where no step calls it. */
export function usageOf(graph: Graph, operation: string): Usage {
  let usages = remembered.get(graph)
  if (usages === undefined) remembered.set(graph, (usages = collected(graph)))
  return usages.get(operation) ?? unused
}

/** Steps that say what people see when an operation answers with a status. */
export function designedBy(graph: Graph, { calls }: Usage, status: string): readonly UsedBy[] {
  const condition = status === 'default' ? '5xx' : status.toLowerCase()
  return calls.flatMap(({ step, call }) => {
    const found = conditionsOf(graph, step).find(
      (one) => one.call === call && one.condition === condition,
    )
    const state = found?.designed
    if (state === undefined) return []
    return [
      {
        ...userOf(graph, step, { state: condition }),
        ...(state.show !== undefined && { label: state.show }),
      },
    ]
  })
}

const remembered = new WeakMap<Graph, ReadonlyMap<string, Usage>>()
const unused: Usage = {
  callers: [],
  needs: new Map(),
  missing: new Set(),
  sends: new Map(),
  calls: [],
}

interface Collected {
  readonly callers: ReferenceCaller[]
  readonly needs: Map<string, UsedBy[]>
  readonly missing: Set<string>
  readonly sends: Map<string, UsedBy[]>
  readonly calls: { readonly step: StepNode; readonly call: CallNode }[]
}

function collected(graph: Graph): ReadonlyMap<string, Usage> {
  const usages = new Map<string, Collected>()
  const of = (operation: string): Collected => {
    let usage = usages.get(operation)
    if (usage === undefined)
      usages.set(
        operation,
        (usage = {
          callers: [],
          needs: new Map(),
          missing: new Set(),
          sends: new Map(),
          calls: [],
        }),
      )
    return usage
  }
  for (const journey of graph.journeys) {
    for (const step of stepsOf(graph, journey)) {
      for (const id of step.calls) {
        const call = nodeOf(graph, 'call', id)
        if (call !== undefined) collect(graph, step, call, of)
      }
    }
  }
  return usages
}

function collect(
  graph: Graph,
  step: StepNode,
  call: CallNode,
  of: (operation: string) => Collected,
): void {
  const needs = call.needs
    .map((id) => nodeOf(graph, 'need', id))
    .filter((need) => need !== undefined)
  const placed = needs.map((need) => ({ need, place: needPlace(graph, call, need) }))
  for (const edge of graph.outgoing.get(call.id) ?? []) {
    if (edge.kind !== 'calls') continue
    const usage = of(nameOf(edge.to))
    usage.calls.push({ step, call })
    const own = placed.filter(({ place }) => place.operation === nameOf(edge.to))
    const p75 = call.budget?.p75
    usage.callers.push({
      ...userOf(graph, step, { call: call.id }),
      call: call.name,
      needs: own.length,
      missing: own.filter(({ need }) => need.field === undefined).length,
      ...(p75 !== undefined && { budget: p75 }),
    })
  }
  for (const { need, place } of placed) {
    const usage = of(place.operation)
    add(usage.needs, place.path, neededBy(graph, step, need))
    if (need.field === undefined) usage.missing.add(place.path)
  }
  if (call.operation === undefined) return
  const usage = of(nameOf(call.operation))
  for (const { path } of call.sends)
    add(usage.sends, path.replace(/\[\d+\]/g, '[]'), userOf(graph, step, { call: call.id }))
}

function add(map: Map<string, UsedBy[]>, path: string, user: UsedBy): void {
  const users = map.get(path)
  if (users === undefined) map.set(path, [user])
  else if (!users.some((one) => one.step === user.step)) users.push(user)
}

function neededBy(graph: Graph, step: StepNode, need: NeedNode): UsedBy {
  return {
    ...userOf(graph, step, { need: need.id }),
    status: needStatus(graph, need),
    label: need.label,
    ...(need.why !== undefined && { why: need.why }),
  }
}

function userOf(graph: Graph, step: StepNode, selected: Readonly<Record<string, string>>): UsedBy {
  const journey = nodeOf(graph, 'journey', step.journey)!
  return {
    step: step.name,
    title: step.title,
    journey: journey.name,
    line: journeyLine(graph, journey),
    url: stepAddress(step, selected),
  }
}
