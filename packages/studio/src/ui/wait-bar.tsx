import type { StepWait } from '@throughline/core'

/**
 * What people waited against what was promised, on a scale shared by every bar of the page: grey track = the budget,
 * fill = three of four (p75), hatch = beyond the budget, pale = up to 95 of 100, tick = the limit.
 */
export function WaitBar({ wait, longest }: { readonly wait: StepWait; readonly longest: number }) {
  const { p75, p95, budget } = wait
  const percent = (ms: number): string =>
    `${longest <= 0 ? 0 : Math.min(100, (ms / longest) * 100)}%`
  const limit = budget ?? Number.POSITIVE_INFINITY
  return (
    <span className={`budget-bar wait-bar ${waitLevel(wait)}`} aria-hidden="true">
      {budget !== undefined && <span className="track" style={{ width: percent(budget) }} />}
      <span
        className="tail"
        style={{ left: percent(p75), width: percent(Math.max(0, Math.min(p95, longest) - p75)) }}
      />
      <span className="fill" style={{ left: 0, width: percent(Math.min(p75, limit)) }} />
      {p75 > limit && (
        <span className="beyond" style={{ left: percent(limit), width: percent(p75 - limit) }} />
      )}
      {budget !== undefined && <span className="limit" style={{ left: percent(budget) }} />}
    </span>
  )
}

/** Amber from 85 % of the budget, red beyond it. */
export function waitLevel({ p75, budget }: StepWait): 'ok' | 'warn' | 'bad' {
  if (budget === undefined) return 'ok'
  return p75 > budget ? 'bad' : p75 >= budget * 0.85 ? 'warn' : 'ok'
}

/** The full width of every bar of a page, milliseconds. A few very long waits don't make all others too small to see. */
export function longestWait(waits: readonly (StepWait | undefined)[]): number {
  const known = waits.flatMap((wait) => wait ?? [])
  const usual = Math.max(0, ...known.flatMap(({ p75, budget }) => [p75, budget ?? 0]))
  return Math.min(Math.max(usual, ...known.map(({ p95 }) => p95)), usual * 2) * 1.01
}
