import { nodeOf, nodesOfKind } from '../../2-link/ask.ts'
import type { CallNode, Graph } from '../../2-link/graph.ts'
import type { Operation } from '../../operation/operation.ts'
import { originOf } from '../../text/site.ts'
import type { Origin } from '../../text/origin.ts'

/** The operation that evidence calls `store.getBasket`; `undefined` where no contract has it. */
export function operationNamed(graph: Graph, name: string | undefined): Operation | undefined {
  return name === undefined ? undefined : nodeOf(graph, 'operation', `op:${name}`)
}

/** Where the contract describes an operation. */
export function inContract(graph: Graph, name: string | undefined): { readonly origin?: Origin } {
  const operation = operationNamed(graph, name)
  return operation === undefined ? {} : { origin: originOf(operation.site, 'key') }
}

/** Where a step's journey makes a call; where the contract describes the operation, when it does not. */
export function inJourney(
  graph: Graph,
  step: string | undefined,
  operation: string,
): { readonly origin?: Origin } {
  const call = callsOf(graph, step).find((one) => one.operation === `op:${operation}`)
  if (call !== undefined) return { origin: call.origin }
  return inContract(graph, operation)
}

/** The calls that a step says it makes. */
export function callsOf(graph: Graph, step: string | undefined): readonly CallNode[] {
  const node = step === undefined ? undefined : nodeOf(graph, 'step', `step:${step}`)
  return (node?.calls ?? []).flatMap((id) => nodeOf(graph, 'call', id) ?? [])
}

/** The steps whose journeys say that they call an operation. */
export function stepsCalling(graph: Graph, operation: string): readonly string[] {
  const steps = new Set<string>()
  for (const call of nodesOfKind(graph, 'call'))
    if (call.operation === `op:${operation}`) steps.add(call.step.slice('step:'.length))
  return [...steps]
}
