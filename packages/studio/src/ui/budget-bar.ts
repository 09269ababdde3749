import type { BudgetLane } from '@throughline/core'

export interface BudgetBarShape {
  /** Where the promise ends, percent of the bar; absent when the step promises nothing. */
  readonly track?: number
  /** The calls of the critical path, one after another, up to the promise. Percent. */
  readonly segments: readonly { readonly start: number; readonly width: number }[]
  /** What lies beyond the promise. Percent. */
  readonly beyond?: { readonly start: number; readonly width: number }
  readonly level: 'ok' | 'warn' | 'bad'
}

/** The geometry of one budget bar. `longest` is the full width in milliseconds, the same for every bar of a page. */
export function budgetBar({ promised, calls, path }: BudgetLane, longest: number): BudgetBarShape {
  const percent = (ms: number): number => (longest <= 0 ? 0 : (ms / longest) * 100)
  const level = levelOf(promised, calls)
  const limit = promised ?? Number.POSITIVE_INFINITY
  const timed = path.filter((one) => one.ms !== undefined)
  const spans = timed.length > 0 ? timed.map((one) => one.ms!) : calls === undefined ? [] : [calls]
  const segments: { start: number; width: number }[] = []
  let at = 0
  for (const ms of spans) {
    const end = Math.min(at + ms, limit)
    if (end > at) segments.push({ start: percent(at), width: percent(end - at) })
    at += ms
  }
  return {
    ...(promised !== undefined && { track: percent(promised) }),
    segments,
    ...(promised !== undefined &&
      calls !== undefined &&
      calls > promised && {
        beyond: { start: percent(promised), width: percent(calls - promised) },
      }),
    level,
  }
}

/** The full width of every bar, milliseconds: the longest promise or sum of calls, with room for the last tick. */
export function longestOf(budgets: readonly BudgetLane[]): number {
  return (
    Math.max(0, ...budgets.flatMap(({ promised, calls }) => [promised ?? 0, calls ?? 0])) * 1.01
  )
}

/** Amber from 85 % of the promise, red beyond it. */
function levelOf(promised: number | undefined, calls: number | undefined): 'ok' | 'warn' | 'bad' {
  if (promised === undefined || calls === undefined) return 'ok'
  if (calls > promised) return 'bad'
  return calls >= promised * 0.85 ? 'warn' : 'ok'
}
