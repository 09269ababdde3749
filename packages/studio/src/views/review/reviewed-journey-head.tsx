import type { ReviewedJourney, ReviewedStep } from '@throughline/core'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Wireframe } from '../../ui/wireframe.tsx'
import { words } from './words.ts'

/** A journey that changes touch: its line, its people, and its touched screens. */
export function ReviewedJourneyHead({ journey }: { readonly journey: ReviewedJourney }) {
  const { title, line, persona, owner, steps, name } = journey
  const facts = [
    ...(persona === undefined ? [] : [words.journey.walkedBy(persona)]),
    ...(owner === undefined ? [] : [words.journey.owner(owner)]),
  ]
  return (
    <header>
      <h2>
        <LineDash line={line} />
        <DataLink url={`/journeys/${encodeURIComponent(name)}`}>{title}</DataLink>
      </h2>
      {facts.length > 0 && <p className="quiet">{facts.join(', ')}</p>}
      <ul className="review-screens" aria-label={words.journey.screens(title)}>
        {steps.map((step) => (
          <li key={step.name}>
            <TouchedScreen step={step} />
          </li>
        ))}
      </ul>
    </header>
  )
}

const tones = { breaks: 'bad', degrades: 'warn', surprises: 'warn', helps: 'ok' } as const

/** The sketch of a screen with the touched needs marked where they stand. */
function TouchedScreen({ step }: { readonly step: ReviewedStep }) {
  const { title, wireframe, needs, severity, screen, url } = step
  const labels = needs.map((one) => one.label)
  const tone = tones[severity]
  const inside = (
    <>
      <span className="picture">
        <Wireframe
          kind={wireframe}
          holes={labels}
          tone={tone}
          label={words.journey.marked(wireframe, labels)}
        />
      </span>
      <span className="review-screen-words">
        <b>{title}</b>
        {screen !== undefined && <code>{screen}</code>}
      </span>
      <span className={`effect-tag ${tone}`}>{words.severity[severity]}</span>
    </>
  )
  return url === undefined ? (
    <span className="review-screen card">{inside}</span>
  ) : (
    <DataLink url={url} className="review-screen card">
      {inside}
    </DataLink>
  )
}
