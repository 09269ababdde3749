import type { CallNode, Graph } from '../2-link/graph.ts'
import type { Operation } from '../operation/operation.ts'
import { globOf } from '../text/glob.ts'
import { operationName } from './of-call.ts'

export interface ToleratedAge {
  readonly seconds: number
  readonly by: 'journey' | 'policy'
}

/** How old the answer of a call may be, in seconds, and who says so. */
export function toleratedAge(
  graph: Graph,
  call: CallNode,
  operation: Operation,
): ToleratedAge | undefined {
  if (call.maxAge !== undefined) return { seconds: call.maxAge / 1000, by: 'journey' }
  const seconds = policyAge(graph, operation)
  return seconds === undefined ? undefined : { seconds, by: 'policy' }
}

/** How old the policy lets the answer of an operation be, in seconds; `undefined` where it says nothing. */
export function policyAge(graph: Graph, operation: Operation): number | undefined {
  const said = graph.declarations.policies
    .flatMap(({ freshness }) => freshness)
    .find(({ match }) => {
      const matches = globOf(match, '.')
      return (
        matches(operationName(operation)) ||
        matches(`${operation.api} ${operation.method} ${operation.path}`)
      )
    })
  return said && said.maxAge / 1000
}
