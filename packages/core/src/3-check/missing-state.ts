import { nodesOfKind } from '../2-link/ask.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Check } from './check-kind.ts'
import { conditionsOf, type CallCondition } from './conditions.ts'
import { listed } from './listed.ts'

/** TL3004: a way that a step's calls can go, for which nobody has said what people see. One line per step and condition. */
export const missingState: Check = function* (graph) {
  for (const step of nodesOfKind(graph, 'step')) {
    const missing = conditionsOf(graph, step).filter(
      (one) => one.designed === undefined && one.inherited === undefined,
    )
    for (const [condition, ways] of Map.groupBy(missing, (one) => one.condition)) {
      const [only] = ways
      yield diagnostic(
        'TL3004',
        ways.length === 1 && only !== undefined ? only.call.origin : step.origin,
        { step: step.name, condition: inWords(condition, ways, step.calls.length) },
        {
          subject: step.name,
          fixes: [{ title: designing(condition) }],
        },
      )
    }
  }
}

/** The mend that a missing state is offered; by it the blueprint finds which state a diagnostic is about. */
export function designing(condition: string): string {
  return `Design the state ${quoted(condition)}`
}

function inWords(condition: string, ways: readonly CallCondition[], calls: number): string {
  const every = ways.length === calls && calls > 1
  const names = every
    ? calls === 2
      ? 'either call'
      : 'any of its calls'
    : listed(
        ways.map((one) => quoted(one.call.name)),
        'or',
      )
  const detail = ways.find((one) => one.detail !== undefined)?.detail
  switch (condition) {
    case 'loading':
      return `while ${names} is ${quoted('loading')}`
    case 'timeout':
      return `when ${names} takes too long (${quoted('timeout')})`
    case 'offline':
      return `when ${names} can't be reached (${quoted('offline')})`
    case 'empty':
      return `when the list ${detail === undefined || detail === '' ? '' : `${quoted(detail)} `}of ${names} is ${quoted('empty')}`
    default:
      return `when ${names} answers ${quoted(condition)}${detail === undefined ? '' : ` (${detail})`}`
  }
}
