import { textIn } from '../../address.ts'

export const periods = ['1h', '24h', '7d', '30d', '90d', 'dates'] as const
export type Period = (typeof periods)[number]

/** What the address of the performance page says: `?period=7d&environment=production&step=checkout/basket`. */
export interface PerformanceSearch {
  readonly as?: 'frontend' | 'backend'
  /** Without one: 30 days. */
  readonly period?: Period
  /** Days, `2026-11-01`, both included: of the period `dates`. */
  readonly from?: string
  readonly to?: string
  readonly environment?: string
  readonly release?: string
  readonly device?: string
  readonly journey?: string
  /** The operation that is shown hour by hour. */
  readonly hours?: string
  /** Figures as a table instead of bars. */
  readonly show?: 'table'
  /** The open step, with its journey: `checkout/basket`. */
  readonly step?: string
}

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function performanceSearchOf(raw: Readonly<Record<string, unknown>>): PerformanceSearch {
  const period = periods.find((one) => one === textIn(raw, 'period'))
  const found: Record<string, string> = {}
  for (const key of ['environment', 'release', 'device', 'journey', 'step', 'hours']) {
    const value = textIn(raw, key)
    if (value !== undefined) found[key] = value
  }
  if (period === 'dates')
    for (const key of ['from', 'to']) {
      const value = textIn(raw, key)
      if (value !== undefined && isDay(value)) found[key] = value
    }
  return {
    ...found,
    ...(period !== undefined && { period }),
    ...(textIn(raw, 'show') === 'table' && { show: 'table' }),
  }
}

/** Beginning and end of what is asked for, milliseconds since 1970; without an end: until now. */
export function spanOf(
  { period = '30d', from, to }: Pick<PerformanceSearch, 'period' | 'from' | 'to'>,
  now: number,
): { readonly since: number; readonly until?: number } {
  if (period === 'dates') {
    const last = to === undefined ? undefined : Date.parse(to) + day
    return {
      since: from === undefined ? (last ?? now) - 30 * day : Date.parse(from),
      ...(last !== undefined && { until: last }),
    }
  }
  return { since: now - lengths[period] }
}

const day = 86_400_000
const lengths: Readonly<Record<Exclude<Period, 'dates'>, number>> = {
  '1h': 3_600_000,
  '24h': day,
  '7d': 7 * day,
  '30d': 30 * day,
  '90d': 90 * day,
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text))
}
