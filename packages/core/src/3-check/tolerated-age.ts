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
  const said = graph.declarations.policies
    .flatMap(({ freshness }) => freshness)
    .find(({ match }) => {
      const matches = globOf(match, '.')
      return (
        matches(operationName(operation)) ||
        matches(`${operation.api} ${operation.method} ${operation.path}`)
      )
    })
  return said && { seconds: said.maxAge / 1000, by: 'policy' }
}
