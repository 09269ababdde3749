import { nodeOf } from '../2-link/ask.ts'
import type { CallId, CallNode, Graph, StepNode } from '../2-link/graph.ts'
import type { Operation } from '../operation/operation.ts'
import { quoted } from '../text/diagnostic.ts'

/** The step that makes a call. */
export function stepOfCall(graph: Graph, id: CallId): StepNode | undefined {
  return nodeOf(graph, 'step', nodeOf(graph, 'call', id)?.step)
}

/** A call of a journey with all it stands between, where its operation is known. */
export interface LinkedCall {
  readonly step: StepNode
  readonly call: CallNode
  readonly operation: Operation
}

/** Every call whose operation is known, in the order people wrote them. */
export function* linkedCalls(graph: Graph): Generator<LinkedCall> {
  for (const node of graph.nodes.values()) {
    if (node.kind !== 'call') continue
    const step = nodeOf(graph, 'step', node.step)
    const operation = nodeOf(graph, 'operation', node.operation)
    if (step !== undefined && operation !== undefined) yield { step, call: node, operation }
  }
}

/** `store.getBasket`: how diagnostics name an operation, and their subject. */
export function operationName(operation: Operation): string {
  return `${operation.api}.${operation.name}`
}

/** "`store.getUser` (and 3 more)": several operations, by the first. */
export function operationsNamed(operations: readonly [Operation, ...Operation[]]): string {
  const more = operations.length - 1
  return quoted(operationName(operations[0])) + (more > 0 ? ` (and ${more} more)` : '')
}
