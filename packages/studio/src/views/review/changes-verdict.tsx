import type { ChangeReview } from '@throughline/core'
import { ToneGlyph, type Tone } from './effect-tag.tsx'
import { words } from './words.ts'

/** What the changes mean for people, in one sentence and four figures. */
export function ChangesVerdict({
  review: { summary, total, changes },
}: {
  readonly review: ChangeReview
}) {
  const { stepsBroken, stepsDegraded, stepsHelped, verdict, semver, undecidable } = summary
  const accepted = changes.filter((one) => one.accepted !== undefined).length
  const tone: Tone = verdict === 'breaking' ? 'bad' : verdict === 'warning' ? 'warn' : 'ok'
  const says =
    verdict === 'breaking'
      ? words.verdict.breaking(stepsBroken.length)
      : verdict === 'warning'
        ? words.verdict.warning(stepsDegraded.length)
        : words.verdict.info
  return (
    <section className="card review-verdict" aria-label={words.figures.label}>
      <div className="review-verdict-words">
        <h2>
          <ToneGlyph tone={tone} /> {says}
        </h2>
        <p>
          {words.figures.asks(words.figures.semver[semver])}.
          {undecidable.count > 0 &&
            ` ${words.figures.decided(undecidable.decided, undecidable.count)}.`}
        </p>
      </div>
      <dl>
        <Figure label={words.figures.broken} count={stepsBroken.length} tone="bad" />
        <Figure label={words.figures.degraded} count={stepsDegraded.length} tone="warn" />
        <Figure label={words.figures.helped} count={stepsHelped.length} tone="ok" />
        <Figure
          label={words.figures.changes}
          count={total}
          tone="plain"
          {...(accepted > 0 && { note: words.figures.accepted(accepted) })}
        />
      </dl>
    </section>
  )
}

function Figure({
  label,
  count,
  tone,
  note,
}: {
  readonly label: string
  readonly count: number
  readonly tone: Tone
  readonly note?: string
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={`num ${count > 0 ? tone : ''}`}>
        {count}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  )
}
