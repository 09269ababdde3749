import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { CallNode, Graph, StateNode, StepNode } from '../2-link/graph.ts'
import type { Operation } from '../operation/operation.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { suggestion } from '../text/suggestion.ts'
import type { Check } from './check-kind.ts'
import { hasListThatCanBeEmpty, listsThatCanBeEmpty } from './empty-lists.ts'
import { listed } from './listed.ts'
import { operationName } from './of-call.ts'
import { answersProblems, problemStatuses } from './problem-types.ts'

/** TL2009: a state that people designed and that no call of the step can ever reach. */
export const stateCannotHappen: Check = function* (graph) {
  for (const state of nodesOfKind(graph, 'state')) {
    const reason = whyImpossible(graph, state)
    const step = stepOf(graph, state)
    if (reason === undefined || step === undefined) continue
    yield diagnostic(
      'TL2009',
      state.origin,
      { step: step.name, state: quoted(state.condition), ...reason },
      { subject: step.name },
    )
  }
}

interface Impossible {
  /** What can't go that way, quoted. */
  readonly operation: string
  readonly reason: string
}

/** Why a designed state can't be reached; `undefined` when it can, or when nobody can know. */
function whyImpossible(graph: Graph, state: StateNode): Impossible | undefined {
  const step = stepOf(graph, state)
  if (step === undefined) return undefined
  const calls = callsOf(graph, state, step)
  const operations: Operation[] = []
  for (const call of calls) {
    const operation = nodeOf(graph, 'operation', call.operation)
    if (operation === undefined) return undefined // A call that did not link could answer anything.
    operations.push(operation)
  }
  const { condition } = state
  if (operations.length === 0) {
    return { operation: 'the step', reason: 'makes no calls.' }
  }
  if (['loading', 'timeout', 'offline', 'invalid'].includes(condition) || condition.startsWith('5'))
    return undefined
  const names = listed(operations.map((one) => quoted(operationName(one))))
  const several = operations.length > 1
  if (condition === 'partial') {
    const alone = step.calls.length < 2 && operations.every((one) => one.protocol === 'rest')
    return alone
      ? { operation: names, reason: 'is its only call: it succeeds or fails as a whole.' }
      : undefined
  }
  if (condition === 'empty') {
    const possible = calls.some((call, index) => canBeEmpty(graph, call, operations[index]!))
    return possible
      ? undefined
      : { operation: names, reason: `${several ? 'have' : 'has'} no list that can be empty.` }
  }
  if (operations.some((one) => canAnswer(one, condition))) return undefined
  if (condition.startsWith('problem: ')) {
    return {
      operation: names,
      reason: `${several ? 'document' : 'documents'} no application/problem+json answer.`,
    }
  }
  const known = operations.flatMap((one) =>
    one.responses().map((response) => response.status.toLowerCase()),
  )
  return {
    operation: names,
    reason: `${several ? 'document' : 'documents'} no ${condition} answer.${suggestion(condition, new Set(known.filter((one) => !one.startsWith('2'))))}`,
  }
}

function stepOf(graph: Graph, { on }: StateNode): StepNode | undefined {
  const call = nodeOf(graph, 'call', on)
  return nodeOf(graph, 'step', call?.step ?? on)
}

function callsOf(graph: Graph, { on }: StateNode, step: StepNode): readonly CallNode[] {
  const call = nodeOf(graph, 'call', on)
  if (call !== undefined) return [call]
  return step.calls.map((id) => nodeOf(graph, 'call', id)).filter((one) => one !== undefined)
}

function canBeEmpty(graph: Graph, call: CallNode, operation: Operation): boolean {
  return listsThatCanBeEmpty(graph, call).length > 0 || hasListThatCanBeEmpty(operation)
}

function canAnswer(operation: Operation, condition: string): boolean {
  const responses = operation.responses()
  // GraphQL documents no statuses, and neither do some REST contracts: nobody can say what is impossible there.
  if (operation.protocol === 'graphql' || responses.length === 0) return true
  if (condition.startsWith('problem: ')) {
    return (
      responses.some((one) => one.status === 'default' && answersProblems(one)) ||
      problemStatuses(operation, condition.slice('problem: '.length)).length > 0
    )
  }
  return responses.some(({ status }) => {
    const lower = status.toLowerCase()
    return (
      lower === 'default' ||
      lower === condition ||
      lower === `${condition[0]}xx` ||
      (condition.endsWith('xx') && lower[0] === condition[0])
    )
  })
}
