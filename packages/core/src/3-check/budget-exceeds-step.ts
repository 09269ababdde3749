import { nodesOfKind } from '../2-link/ask.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Check } from './check-kind.ts'
import { criticalPath, type Percentile } from './critical-path.ts'
import { duration } from './amounts.ts'
import { originOfBudget } from './budget-origin.ts'

const percentiles: readonly Percentile[] = ['p75', 'p95', 'p50']

/** TL3006: the calls that wait for each other may together take longer than the step promises. */
export const budgetExceedsStep: Check = function* (graph) {
  for (const step of nodesOfKind(graph, 'step')) {
    for (const percentile of percentiles) {
      const promised = step.budget?.[percentile]
      if (promised === undefined) continue
      const { calls, ms } = criticalPath(graph, step, percentile)
      if (ms <= promised) continue
      const each = calls.map((call) => {
        const own = call.budget?.[percentile]
        return quoted(call.name) + (own === undefined ? '' : ` ${duration(own)}`)
      })
      yield diagnostic(
        'TL3006',
        originOfBudget(step, percentile),
        {
          step: step.name,
          calls: duration(ms),
          path: each.join(', then '),
          budget: `${duration(promised)} (${percentile})`,
        },
        {
          subject: step.name,
          related: calls
            .filter((call) => call.budget !== undefined)
            .map((call) => ({
              origin: originOfBudget(call, percentile),
              message: `${call.name} promises ${duration(call.budget?.[percentile] ?? 0)}`,
            })),
        },
      )
      break
    }
  }
}
