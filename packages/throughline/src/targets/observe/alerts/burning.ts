import { stepsCalling, type Graph } from '@throughline/core'
import { percentiles, type BurnRow, type Window } from './burn-windows.ts'

/** A budget, or the share of calls that may fail, used up faster than it allows. */
export interface Burning {
  readonly kind: 'budget' | 'errors'
  readonly environment: string
  /** The steps of journeys that feel it. */
  readonly steps: readonly string[]
  readonly line: string
}

/** Two windows at once: the long one says that it counts, the short one that it goes on (Google's SRE workbook, chapter 5). */
const pairs: readonly {
  readonly long: Window
  readonly short: Window
  /** Times as fast as allowed. */
  readonly rate: number
  /** A budget that allows a quarter to be slow can never burn 14 times as fast: then this share of all calls counts. */
  readonly share: number
  readonly words: string
}[] = [
  {
    long: 'h1',
    short: 'm5',
    rate: 14.4,
    share: 0.75,
    words: 'in the last hour and the last 5 minutes',
  },
  {
    long: 'h6',
    short: 'm30',
    rate: 6,
    share: 0.5,
    words: 'in the last 6 hours and the last 30 minutes',
  },
]
const allowedSlow = { p95: 0.05, p75: 0.25, p50: 0.5 } as const
const least = { long: 20, short: 5 } as const

/** What burns now. `errors` is the share of an operation's calls that may fail, 0.01 is one of a hundred. */
export function burning(
  graph: Graph,
  rows: readonly BurnRow[],
  errors: number,
): readonly Burning[] {
  const found: Burning[] = []
  for (const row of rows) {
    for (const percentile of percentiles) {
      const burn = burnOf(row, percentile, allowedSlow[percentile])
      if (burn === undefined) continue
      found.push({
        kind: 'budget',
        environment: row.environment,
        steps: [row.step],
        line: `${row.step}: ${row.operation}: ${percentile} burns ${burn.rate} times as fast as it allows: ${burn.times} of ${burn.calls} calls were slower ${burn.words}`,
      })
      break
    }
  }
  for (const [, same] of Map.groupBy(rows, (row) => `${row.environment}\n${row.operation}`)) {
    // An operation fails wherever it is called from; backends count beside pages.
    const whole = summed(same)
    const burn = burnOf(whole, 'failed', errors)
    if (burn === undefined) continue
    const felt = same.map(({ step }) => step).filter((step) => step !== '')
    const steps = felt.length > 0 ? [...new Set(felt)] : stepsCalling(graph, whole.operation)
    found.push({
      kind: 'errors',
      environment: whole.environment,
      steps,
      line: `${steps.length === 0 ? '' : `${steps.slice(0, 4).join(', ')}: `}${whole.operation}: ${burn.times} of ${burn.calls} calls failed ${burn.words}, ${burn.rate} times as many as may`,
    })
  }
  return found
}

function burnOf(
  row: BurnRow,
  measure: 'failed' | (typeof percentiles)[number],
  allowed: number,
):
  | {
      readonly rate: number
      readonly times: number
      readonly calls: number
      readonly words: string
    }
  | undefined {
  for (const { long, short, rate, share, words } of pairs) {
    const [calls, recent] = [row[`calls_${long}`], row[`calls_${short}`]]
    if (calls < least.long || recent < least.short) continue
    const most = Math.min(rate * allowed, share)
    const times = row[`${measure}_${long}`]
    if (times / calls < most || row[`${measure}_${short}`] / recent < most) continue
    return { rate: Math.round((times / calls / allowed) * 10) / 10, times, calls, words }
  }
  return undefined
}

function summed(rows: readonly BurnRow[]): BurnRow {
  const sum: Record<string, string | number> = { ...rows[0]! }
  for (const row of rows.slice(1))
    for (const [name, value] of Object.entries(row))
      if (typeof value === 'number') sum[name] = Number(sum[name]) + value
  return sum as BurnRow
}
