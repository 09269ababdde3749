import type { LiveEvent } from '@throughline/core'
import type { TrafficSearch } from './traffic-address.ts'
import { words } from './words.ts'

/** The events that a filter leaves. Every word must stand in the event or in its step. */
export function shownVisits(
  events: readonly LiveEvent[],
  {
    show,
    find = '',
  }: { readonly show?: TrafficSearch['show'] | undefined; readonly find?: string | undefined },
): readonly LiveEvent[] {
  const asked = find.toLowerCase().split(/\s+/).filter(Boolean)
  return events.filter(
    (event) =>
      (show === undefined || (show === 'problems' ? wentWrong(event) : event.step === undefined)) &&
      asked.every((word) => textOf(event).includes(word)),
  )
}

/** Whether somebody met trouble: a failed call, one that was left, an error, a click in vain. */
export function wentWrong({ kind, status = 0, outcome = 'ok' }: LiveEvent): boolean {
  return (
    kind === 'error' || kind === 'click' || status >= 400 || (kind === 'call' && outcome !== 'ok')
  )
}

function textOf(event: LiveEvent): string {
  const { kind, visit, step, operation, method, status, outcome, what, device } = event
  return [
    words.visit.kinds[kind],
    visit,
    step?.step,
    step?.title,
    operation,
    method,
    status,
    outcome,
    what,
    device,
  ]
    .join(' ')
    .toLowerCase()
}
