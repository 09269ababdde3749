import type { TrafficCall } from '@throughline/core'
import type { TrafficSearch } from './traffic-address.ts'

/** The calls that a filter leaves, the youngest first. Every word must stand in the call or in what is known about it. */
export function shownCalls(
  calls: readonly TrafficCall[],
  {
    show,
    find = '',
  }: { readonly show?: TrafficSearch['show'] | undefined; readonly find?: string | undefined },
): readonly TrafficCall[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  return calls
    .filter(
      (call) =>
        (show === undefined || (show === 'problems' ? isProblem(call) : isUnplanned(call))) &&
        words.every((word) => textOf(call).includes(word)),
    )
    .toReversed()
}

/** Whether something is wrong with the call or its answer: an error, a cut line, a broken contract. */
export function isProblem({ status, fault, violation }: TrafficCall): boolean {
  return status >= 400 || fault !== undefined || violation !== undefined
}

/** Whether no step of any journey makes such a call. */
export function isUnplanned({ steps }: TrafficCall): boolean {
  return steps.length === 0
}

function textOf(call: TrafficCall): string {
  const steps = call.steps.map(({ step, title }) => `${step} ${title}`)
  return [
    call.method,
    call.url,
    call.why,
    String(call.status),
    call.scenario,
    call.session,
    call.violation,
    ...call.operations,
    ...steps,
  ]
    .join(' ')
    .toLowerCase()
}
