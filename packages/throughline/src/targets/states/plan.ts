import {
  nodeOf,
  nodesOfKind,
  originOf,
  type CallNode,
  type Graph,
  type Origin,
  type StepNode,
} from '@throughline/core'

/** One state to be proven: a call of a step going one way. */
export interface PlannedState {
  /** What the mock plays for it, and how a report names it: `checkout/basket/store.getBasket/404`. */
  readonly id: string
  readonly step: StepNode
  readonly call: CallNode
  readonly condition: string
  readonly show?: string
  readonly test?: string
  readonly recover?: string
  /** The team that owns the journey. */
  readonly owner?: string
  /** Where the state is written. */
  readonly origin: Origin
}

/** Every state of every call of every step with a screen, in the order of the journeys; the nearest counts: call, step, app. */
export function plannedStates(graph: Graph): readonly PlannedState[] {
  return [...nodesOfKind(graph, 'step')].flatMap((step) => {
    if (step.screen === undefined && !step.via.some(({ kind }) => kind === 'goto')) return []
    const owner = nodeOf(graph, 'journey', step.journey)?.owner
    return step.calls.flatMap((id) => {
      const call = nodeOf(graph, 'call', id)
      if (call === undefined) return []
      return [...statesOf(graph, step, call)].map(
        ([condition, { show, test, recover, origin }]): PlannedState => ({
          id: `${step.name}/${call.name}/${condition}`,
          step,
          call,
          condition,
          origin,
          ...(show !== undefined && { show }),
          ...(test !== undefined && { test }),
          ...(recover !== undefined && { recover }),
          ...(owner !== undefined && { owner }),
        }),
      )
    })
  })
}

type Said = Pick<PlannedState, 'show' | 'test' | 'recover' | 'origin'>

function statesOf(graph: Graph, step: StepNode, call: CallNode): ReadonlyMap<string, Said> {
  const found = new Map<string, Said>()
  for (const [condition, state] of graph.appStates)
    found.set(condition, { ...state, origin: originOf(state.site) })
  for (const id of [...step.states, ...call.states]) {
    const state = nodeOf(graph, 'state', id)
    if (state !== undefined) found.set(state.condition, state)
  }
  return found
}
