import { nodeOf, nodesOfKind, type CallNode, type Operation } from '@throughline/core'
import { isFine, type Exchange } from '../exchange.ts'
import { asking, type Script, type Talk } from '../talk.ts'

/** `budget`: the calls of steps that have one, a few times each and one after the other, so that only the target is measured. What takes things away is not. */
export function* budgetScripts({
  graph,
  operations,
}: Pick<Talk, 'graph' | 'operations'>): Generator<Script> {
  const chosen = new Set(operations)
  const calls = [...nodesOfKind(graph, 'call')].filter((call) => call.budget !== undefined)
  for (const [id, those] of Map.groupBy(calls, (call) => call.operation)) {
    const operation = nodeOf(graph, 'operation', id)
    if (operation === undefined || !chosen.has(operation) || operation.method === 'DELETE') continue
    yield async (talk) => {
      const first = await over(talk, operation, those, 3)
      // Somebody else may have had the machine: it must be so twice.
      if (first.length === 0) return
      for (const one of await over(talk, operation, those, 4))
        if (first.some(({ cause }) => cause === one.cause))
          talk.note(one.exchange, {
            check: 'budget',
            severity: 'warning',
            message: one.message,
            cause: one.cause,
            at: one.cause,
          })
    }
  }
}

interface Over {
  readonly exchange: Exchange
  readonly cause: 'time' | 'size'
  readonly message: string
}

async function over(
  talk: Talk,
  operation: Operation,
  calls: readonly CallNode[],
  times: number,
): Promise<readonly Over[]> {
  const fine: Exchange[] = []
  for (let at = 0; at < times; at++) {
    const exchange = await talk.ask(asking(talk, operation, { phase: 'journeys', name: 'budget' }))
    if (exchange === undefined || !isFine(exchange)) return []
    fine.push(exchange)
  }
  const byTime = fine.toSorted((one, other) => one.ms - other.ms)
  const bytes = (one: Exchange): number => (one.outcome.kind === 'answered' ? one.outcome.bytes : 0)
  const quantile = (part: number): Exchange =>
    byTime[Math.min(times - 1, Math.ceil(times * part) - 1)]!
  const found: Over[] = []
  for (const { budget } of calls) {
    for (const [name, part] of [
      ['p50', 0.5],
      ['p75', 0.75],
      ['p95', 0.95],
    ] as const) {
      const most = budget?.[name]
      const exchange = quantile(part)
      if (most === undefined || exchange.ms <= most) continue
      found.push({
        exchange,
        cause: 'time',
        message: `It takes longer than its budget: ${name} of ${times} calls is over ${most} ms, on an idle line.`,
      })
    }
    const size = budget?.size
    const largest = fine.toSorted((one, other) => bytes(other) - bytes(one))[0]!
    if (size !== undefined && bytes(largest) > size)
      found.push({
        exchange: largest,
        cause: 'size',
        message: `The answer is larger than its budget of ${size} bytes.`,
      })
  }
  return found
}
