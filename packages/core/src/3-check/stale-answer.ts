import { contractCaching } from '../operation/caching.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Check } from './check-kind.ts'
import { linkedCalls, operationName } from './of-call.ts'
import { toleratedAge } from './tolerated-age.ts'

/** TL3011: the contract lets an answer be kept for longer than a screen tolerates (RFC 9111, `max-age`). */
export const staleAnswer: Check = function* (graph) {
  for (const { step, call, operation } of linkedCalls(graph)) {
    const tolerated = toleratedAge(graph, call, operation)
    const kept = contractCaching(operation)?.maxAge
    if (tolerated === undefined || kept === undefined || kept <= tolerated.seconds) continue
    yield diagnostic(
      'TL3011',
      call.origin,
      {
        step: step.name,
        operation: quoted(operationName(operation)),
        tolerated: `${tolerated.seconds} s`,
        kept: `${kept} s`,
      },
      { subject: step.name },
    )
  }
}
