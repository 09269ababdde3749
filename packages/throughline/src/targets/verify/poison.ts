import type { Case } from './case.ts'
import { statusOf, type Exchange } from './exchange.ts'

/** A request of the last stretch: enough to say which one was the last that did no harm. */
export interface Passed {
  readonly case: Case
  readonly exchange: Exchange
  /** In the order in which they were sent and answered. */
  readonly sent: number
  readonly answered: number
}

/** An answer like the one that reads which worked give now. */
export function isSick(exchange: Exchange, sick: Exchange): boolean {
  const status = statusOf(exchange)
  return status === 0 || (status >= 400 && status === statusOf(sick))
}

/**
 * Who may have made reads fail that worked before, the likeliest first: what changed something and was under way when the
 * answers turned, newest first, then what came before.
 */
export function suspectsOf<One extends Passed>(
  history: readonly One[],
  sick: Exchange,
): readonly One[] {
  const byAnswer = history.toSorted((one, other) => one.answered - other.answered)
  let first = byAnswer.length
  while (first > 0 && isSick(byAnswer[first - 1]!.exchange, sick)) first--
  const turned = byAnswer[first]?.answered ?? Infinity
  const firstSick = byAnswer.slice(first)
  const before = byAnswer.slice(0, first).filter(changes)
  // A request that ends the server is answered by nobody: it was sent before the first that found it gone.
  const among = firstSick.filter((one) => changes(one) && one.sent < turned).slice(0, 3)
  const healthy = before.toReversed()
  const fatal = among.filter((one) => statusOf(one.exchange) === 0)
  return [...fatal, ...healthy, ...among.filter((one) => !fatal.includes(one))]
}

function changes({ case: one }: Passed): boolean {
  return !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(one.request.method)
}
