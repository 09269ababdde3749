import type { EvidenceQuery, QueryParameters } from '../store/evidence-store.ts'
import { failed, inBoth } from '../questions/dialects.ts'
import { nodesOfKind, type Graph } from '@throughline/core'

/** Windows that are looked at, in minutes, by the name of their column. */
const windows = { m5: 5, m30: 30, h1: 60, h6: 360 } as const
export type Window = keyof typeof windows

export const percentiles = ['p95', 'p75', 'p50'] as const
type Measure = 'calls' | 'failed' | (typeof percentiles)[number]

/** Calls of an operation on a step, and how many of them failed or were slower than a budget: `calls_m5`, `failed_h1`, `p75_h6`. */
export type BurnRow = {
  readonly environment: string
  readonly step: string
  readonly operation: string
} & Readonly<Record<`${Measure}_${Window}`, number>>

/** What happened in each window up to `now`, for the budgets of a graph's calls. */
export function burnWindows(
  graph: Graph,
  now: number,
): { readonly query: EvidenceQuery<BurnRow>; readonly parameters: QueryParameters } {
  const budgets = [...nodesOfKind(graph, 'call')].flatMap(({ step, operation, budget }) =>
    operation === undefined || budget === undefined
      ? []
      : [{ step: step.slice('step:'.length), operation: operation.slice('op:'.length), budget }],
  )
  const parameters: Record<string, string | number> = {
    until: now,
    ...Object.fromEntries(
      Object.entries(windows).map(([name, minutes]) => [name, now - minutes * 60_000]),
    ),
  }
  const slower = (percentile: (typeof percentiles)[number]): string => {
    const cases = budgets.flatMap(({ step, operation, budget }, at) => {
      const most = budget[percentile]
      if (most === undefined) return []
      Object.assign(parameters, {
        [`step${at}`]: step,
        [`operation${at}`]: operation,
        [`${percentile}_${at}`]: most,
      })
      return [`WHEN step = $step${at} AND operation = $operation${at} THEN $${percentile}_${at}`]
    })
    return cases.length === 0 ? '1 = 0' : `duration > (CASE ${cases.join(' ')} ELSE 9e15 END)`
  }
  const measures: readonly (readonly [Measure, string])[] = [
    ['calls', '1 = 1'],
    ['failed', failed],
    ...percentiles.map((one) => [one, slower(one)] as const),
  ]
  const columns = measures.flatMap(([measure, condition]) =>
    Object.keys(windows).map(
      (window) =>
        `sum(CASE WHEN time >= $${window} AND ${condition} THEN 1 ELSE 0 END) AS ${measure}_${window}`,
    ),
  )
  return {
    parameters,
    query: {
      name: 'burn windows',
      sql: inBoth(
        () => `SELECT coalesce(environment, '') AS environment, coalesce(step, '') AS step, operation, ${columns.join(', ')}
        FROM events WHERE kind = 'call' AND operation > '' AND time >= $h6 AND time < $until
        GROUP BY 1, 2, 3 ORDER BY calls_h6 DESC LIMIT 2000`,
      ),
    },
  }
}
