import type { Adviser } from './advice.ts'
import { inContract, stepsCalling } from './places.ts'

/** Operations whose backend says nothing: without it a slow network and a slow server look the same. */
export const missingSpans: Adviser = function* ({ graph, answers, least }) {
  const servers = new Set(
    answers.operations.filter(({ side }) => side === 'server').map(({ operation }) => operation),
  )
  if (answers.period.calls === 0) return
  for (const { operation, side, calls, traced } of answers.operations) {
    if (side !== 'client' || operation === '' || servers.has(operation)) continue
    if (calls < Math.max(least, 2)) continue
    const sent = traced / calls
    yield {
      kind: 'missing-backend-spans',
      title: `${operation} has no span of its backend`,
      evidence: `${calls} calls of pages, ${traced} of them with \`traceparent\`.`,
      change:
        sent > 0.5
          ? 'The page sends its trace: switch OpenTelemetry on in the service, and let it send to this collector.'
          : 'The page sends no trace: another origin must allow the header `traceparent` (Access-Control-Allow-Headers), and be named to the script.',
      gain: { times: calls },
      steps: stepsCalling(graph, operation),
      operation,
      ...inContract(graph, operation),
    }
  }
}
