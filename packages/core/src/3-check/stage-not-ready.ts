import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Check } from './check-kind.ts'
import { linkedCalls, operationName } from './of-call.ts'

/** TL3009: a step that calls an operation which does not run anywhere yet. */
export const stageNotReady: Check = function* (graph) {
  for (const { step, call, operation } of linkedCalls(graph)) {
    const { stage } = operation
    if (stage !== 'planned' && stage !== 'mocked') continue
    yield diagnostic(
      'TL3009',
      call.origin,
      { step: step.name, operation: quoted(operationName(operation)), stage },
      { subject: step.name },
    )
  }
}
