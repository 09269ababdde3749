import type { StepReport } from '@throughline/core'
import { ms } from '../../ui/amounts.ts'
import { words } from './words.ts'

/** What slow answers of a step cost, in a sentence, with its interval and what the figure is worth. */
export function Cost({ step: { cost, title } }: { readonly step: StepReport }) {
  if (cost === undefined) return null
  if (cost.kind === 'too-few')
    return (
      <div className="cost few">
        <p>{words.cost.few(title)}</p>
        <p className="quiet">{cost.because}</p>
      </div>
    )
  const { label, won, budget, claimed, slow, visits } = cost
  const sentence = !claimed
    ? words.cost.noFinding(title)
    : label === 'association'
      ? words.cost.together(title, won.value, budget)
      : words.cost.won(title, won.value, budget)
  return (
    <div className={claimed ? 'cost' : 'cost few'}>
      <p>
        {sentence}{' '}
        {claimed && (
          <span className={`tag worth ${label === 'association' ? '' : 'strong'}`}>
            {words.cost.labels[label]}
          </span>
        )}
      </p>
      <p className="quiet num">
        {words.cost.interval(won.low, won.high)}. {words.cost.of(slow, visits)} ({ms(budget)}).
      </p>
      {claimed && <p className="quiet">{words.cost.means[label]}</p>}
    </div>
  )
}
