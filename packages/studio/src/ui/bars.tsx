import type { BudgetLane } from '@throughline/core'
import { budgetBar } from './budget-bar.ts'
import { strings } from '../strings.ts'

/** Shares of a whole: `kind` gives the colour. */
export function ShareBar({
  parts,
}: {
  readonly parts: readonly {
    readonly kind: 'ok' | 'planned' | 'warn' | 'bad' | 'draft'
    readonly count: number
  }[]
}) {
  return (
    <span className="share-bar" aria-hidden="true">
      {parts
        .filter((part) => part.count > 0)
        .map((part) => (
          <span key={part.kind} className={`share ${part.kind}`} style={{ flexGrow: part.count }} />
        ))}
    </span>
  )
}

/**
 * Promise against what the calls promise, on a scale shared by every bar of the page:
 * grey track = the promise, fill = the calls one after another, hatch = beyond the promise, tick = the limit.
 */
export function BudgetBar({
  budget,
  longest,
}: {
  readonly budget: BudgetLane
  readonly longest: number
}) {
  const { track, segments, beyond, level } = budgetBar(budget, longest)
  return (
    <span className={`budget-bar ${level}`} aria-hidden="true">
      {track !== undefined && <span className="track" style={{ width: `${track}%` }} />}
      {segments.map((segment) => (
        <span
          key={segment.start}
          className="fill"
          style={{ left: `${segment.start}%`, width: `calc(${segment.width}% - 2px)` }}
        />
      ))}
      {beyond && (
        <span className="beyond" style={{ left: `${beyond.start}%`, width: `${beyond.width}%` }} />
      )}
      {track !== undefined && <span className="limit" style={{ left: `${track}%` }} />}
    </span>
  )
}

/** `738 of 500 ms +238`: the same as the bar, in words. */
export function BudgetWords({ budget }: { readonly budget: BudgetLane }) {
  const { promised, calls } = budget
  const words = strings.journey
  if (promised === undefined && calls === undefined)
    return <span className="quiet">{words.nothing.budget}</span>
  const over =
    promised !== undefined && calls !== undefined && calls > promised ? calls - promised : undefined
  return (
    <span className="budget-words num">
      {calls !== undefined && (
        <b className={over === undefined ? undefined : 'bad'}>{words.plain(calls)}</b>
      )}{' '}
      <span>
        {promised === undefined
          ? `ms, ${words.notPromised}`
          : calls === undefined
            ? `${words.ms(promised)}, ${words.callsUnknown}`
            : `${words.of} ${words.ms(promised)}`}
      </span>
      {over !== undefined && <span className="over">{words.over(over)}</span>}
    </span>
  )
}
