import { edgesInto, nodesOfKind } from '../2-link/ask.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { operationName } from './of-call.ts'

/** TL3001: an operation that no journey calls. Silent while the workspace has no journeys. */
export const unusedOperation: Check = function* (graph) {
  if (graph.journeys.length === 0) return
  for (const operation of nodesOfKind(graph, 'operation')) {
    if (edgesInto(graph, operation.id, 'calls').length > 0) continue
    yield diagnostic(
      'TL3001',
      originOf(operation.site, 'key'),
      { operation: quoted(operationName(operation)) },
      { subject: operationName(operation) },
    )
  }
}
