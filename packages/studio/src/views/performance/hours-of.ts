import type { EvidenceReport, OperationReport } from '@throughline/core'

/** An operation with what it took in each hour, and the tightest budget that a step has for it. */
export interface OperationHours {
  readonly operation: string
  readonly hours: OperationReport['hours']
  readonly budget?: number
  /** The steps that call it. */
  readonly steps: readonly { readonly name: string; readonly title: string }[]
}

/** Operations that were called often enough in at least one hour, the most called first. */
export function operationsWithHours({
  operations,
  journeys,
}: Pick<EvidenceReport, 'operations' | 'journeys'>): readonly OperationHours[] {
  const steps = journeys.flatMap((journey) => journey.steps)
  return operations
    .filter(({ side, hours }) => side === 'client' && hours.length > 0)
    .toSorted((a, b) => b.calls - a.calls)
    .map(({ operation, hours, steps: names }) => {
      const budgets = steps.flatMap(({ calls }) =>
        calls.flatMap((call) =>
          call.operation === operation && call.budget !== undefined ? [call.budget] : [],
        ),
      )
      return {
        operation,
        hours,
        steps: steps.filter(({ name }) => names.includes(name)),
        ...(budgets.length > 0 && { budget: Math.min(...budgets) }),
      }
    })
}

/** `Nov 22, 18:00`, as the reader's clock has it. */
export function hourOf(time: number): string {
  return hour.format(time)
}

const hour = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
