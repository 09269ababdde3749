import { nodesOfKind } from '../2-link/ask.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Check } from './check-kind.ts'
import { longestChain } from './critical-path.ts'

const mostCalls = 5
const mostInARow = 2

/** TL3005: a step that makes more than five calls, or three and more one after another. */
export const chattyStep: Check = function* (graph) {
  for (const step of nodesOfKind(graph, 'step')) {
    const chain = longestChain(graph, step)
    if (step.calls.length <= mostCalls && chain.length <= mostInARow) continue
    yield diagnostic(
      'TL3005',
      step.origin,
      {
        step: step.name,
        count: step.calls.length,
        serial: chain.length,
        path: chain.map((call) => quoted(call.name)).join(', then '),
      },
      { subject: step.name },
    )
  }
}
