import type { Diagnostic, Graph, Severity } from '@throughline/core'
import type { Summary } from './output/report.ts'

/** How much was checked, and how much was found. */
export function summaryOf(
  graph: Graph,
  findings: readonly Pick<Diagnostic, 'severity'>[],
): Summary {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 }
  for (const { severity } of findings) counts[severity] += 1
  return {
    errors: counts.error,
    warnings: counts.warning,
    infos: counts.info,
    operations: graph.apis.reduce((sum, api) => sum + (api.contract?.operations.length ?? 0), 0),
    journeys: graph.journeys.length,
    steps: graph.journeys.reduce((sum, journey) => sum + journey.steps.length, 0),
  }
}
