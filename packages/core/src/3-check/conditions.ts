import { nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph, StateNode, StepNode } from '../2-link/graph.ts'
import type { StateDeclaration } from '../1-parse/declarations.ts'
import type { Operation, ResponseDeclaration } from '../operation/operation.ts'
import { problemStatuses } from './problem-types.ts'
import { listsThatCanBeEmpty } from './empty-lists.ts'

/** One way that a call can go, and which state says what people see then. */
export interface CallCondition {
  /** `loading`, `empty`, `timeout`, `offline`, `404`, `4xx`, `5xx`. */
  readonly condition: string
  readonly call: CallNode
  /** What the contract calls it: the response's description, or the list that can be empty. */
  readonly detail?: string
  /** The state on the call or its step; the call's own wins. */
  readonly designed?: StateNode
  /** The app-wide state that holds where neither says anything. */
  readonly inherited?: StateDeclaration
}

/**
 * Every way that the calls of a step can go and that somebody should have thought of: each documented error status,
 * an empty list where one can be empty, and always loading, timeout and offline. A `default` answer counts as `5xx`.
 */
export function conditionsOf(graph: Graph, step: StepNode): readonly CallCondition[] {
  const found: CallCondition[] = []
  for (const id of step.calls) {
    const call = nodeOf(graph, 'call', id)
    if (call === undefined) continue
    const operation = nodeOf(graph, 'operation', call.operation)
    const states = statesOf(graph, step, call)
    for (const { condition, detail } of expected(graph, call, operation)) {
      const designed = states.find((state) => covers(state.condition, condition, operation))
      const inherited = designed === undefined ? appState(graph, condition, operation) : undefined
      found.push({
        condition,
        call,
        ...(detail !== undefined && { detail }),
        ...(designed !== undefined && { designed }),
        ...(inherited !== undefined && { inherited }),
      })
    }
  }
  return found
}

/** The app-wide state that holds under a condition; an exact one before its class. */
function appState(
  graph: Graph,
  condition: string,
  operation: Operation | undefined,
): StateDeclaration | undefined {
  const exact = graph.appStates.get(condition)
  if (exact !== undefined) return exact
  for (const [name, state] of graph.appStates) if (covers(name, condition, operation)) return state
  return undefined
}

/** Whether a state says what people see under a condition: itself, its class, or the problem type that goes with the status. */
function covers(state: string, condition: string, operation: Operation | undefined): boolean {
  if (state === condition) return true
  if (!/^\d/.test(condition)) return false
  if (state === `${condition[0]}xx`) return true
  return (
    operation !== undefined &&
    state.startsWith('problem: ') &&
    problemStatuses(operation, state.slice('problem: '.length)).includes(condition)
  )
}

/** The call's own states first, exact conditions before classes. */
function statesOf(graph: Graph, step: StepNode, call: CallNode): readonly StateNode[] {
  const exactFirst = (ids: readonly StateNode['id'][]): readonly StateNode[] =>
    ids
      .map((id) => nodeOf(graph, 'state', id))
      .filter((state) => state !== undefined)
      .toSorted((a, b) => Number(a.condition.endsWith('xx')) - Number(b.condition.endsWith('xx')))
  return [...exactFirst(call.states), ...exactFirst(step.states)]
}

interface Expected {
  readonly condition: string
  readonly detail?: string
}

function* expected(
  graph: Graph,
  call: CallNode,
  operation: Operation | undefined,
): Generator<Expected> {
  yield { condition: 'loading' }
  const list = operation === undefined ? undefined : listsThatCanBeEmpty(graph, call)[0]
  if (list !== undefined) yield { condition: 'empty', detail: list }
  yield { condition: 'timeout' }
  yield { condition: 'offline' }
  if (operation === undefined) return
  const seen = new Set<string>()
  for (const response of operation.responses()) {
    const condition = errorCondition(response)
    if (condition === undefined || seen.has(condition)) continue
    seen.add(condition)
    const detail = firstLine(response)
    yield { condition, ...(detail !== undefined && { detail }) }
  }
}

function errorCondition({ status }: ResponseDeclaration): string | undefined {
  if (/^[45]\d\d$/.test(status)) return status
  if (/^[45]XX$/i.test(status)) return status.toLowerCase()
  return status === 'default' ? '5xx' : undefined
}

function firstLine({ status, description }: ResponseDeclaration): string | undefined {
  const line = description?.trim().split(/[\n.]/)[0]?.trim()
  if (line === undefined || line === '' || line.length > 60 || status === 'default')
    return undefined
  return line
}
