import type { ChangeReview, ReviewedChange } from '@throughline/core'
import { useMemo } from 'react'
import { Prose } from '../../ui/prose.tsx'
import { Segments } from '../../ui/segments.tsx'
import { ChangeCard } from './change-card.tsx'
import { ChangesFilters } from './changes-filters.tsx'
import { ChangesVerdict } from './changes-verdict.tsx'
import { effectOf, ToneGlyph } from './effect-tag.tsx'
import type { ChangeSearch, Reading, ReviewSearch } from './review-address.ts'
import { ReviewedJourneyHead } from './reviewed-journey-head.tsx'
import { shownChanges } from './shown-changes.ts'
import { words } from './words.ts'

/** The verdict on all changes, and each of them under the journey that it touches most. */
export function ChangesList({
  review,
  search,
  change,
  onOpen,
}: {
  readonly review: ChangeReview
  readonly search: ReviewSearch
  readonly change: ChangeSearch
  readonly onOpen: (fingerprint: string) => void
}) {
  const { journey, team, verdict } = search
  const shown = useMemo(
    () => shownChanges(review, { journey, team, verdict } as ReviewSearch),
    [review, journey, team, verdict],
  )
  const read: Reading = search.read ?? 'words'
  const list = (changes: readonly ReviewedChange[]) => (
    <ol className="change-list">
      {changes.map((one) => (
        <li key={one.fingerprint}>
          <ToneGlyph tone={effectOf(one).tone} />
          <ChangeCard
            change={one}
            read={read}
            open={one.fingerprint === search.change}
            onOpen={() => onOpen(one.fingerprint)}
          />
        </li>
      ))}
    </ol>
  )
  return (
    <>
      <ChangesVerdict review={review} />
      {review.notes.length > 0 && (
        <ul className="review-notes">
          {review.notes.map((note) => (
            <li key={note}>
              <Prose text={note} />
            </li>
          ))}
        </ul>
      )}
      <div className="review-tools">
        <ChangesFilters review={review} search={search} change={change} />
        <Segments
          label={words.read.label}
          values={[
            ['words', words.read.words],
            ['fields', words.read.fields],
            ['raw', words.read.raw],
          ]}
          value={read}
          onChange={(next) => change({ read: next === 'words' ? undefined : next })}
        />
      </div>
      <p className="review-count" role="status">
        {words.filters.shown(shown.count, review.total)}
      </p>
      {review.total > review.changes.length && (
        <p className="quiet">
          <Prose text={words.filters.left(review.changes.length, review.total)} />
        </p>
      )}
      {shown.count === 0 && (
        <div className="empty-card card">
          <p>{words.filters.nothing}</p>
          <button
            type="button"
            className="button"
            onClick={() => change({ journey: undefined, team: undefined, verdict: undefined })}
          >
            {words.filters.clear}
          </button>
        </div>
      )}
      {shown.journeys.map((one) => (
        <section key={one.journey.name} className="review-journey" aria-label={one.journey.title}>
          <ReviewedJourneyHead journey={one.journey} />
          {list(one.changes)}
          {one.also.length > 0 && (
            <div className="review-also">
              <h3 className="caps">{words.journey.also}</h3>
              <ul>
                {one.also.map((other) => (
                  <li key={other.fingerprint}>
                    <button
                      type="button"
                      className="inline-link"
                      onClick={() => onOpen(other.fingerprint)}
                    >
                      <Prose text={other.message} />
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </section>
      ))}
      {shown.others.length > 0 && (
        <section className="review-journey" aria-label={words.journey.others}>
          <header>
            <h2>{words.journey.others}</h2>
            <p className="quiet">{words.journey.othersLead}</p>
          </header>
          {list(shown.others)}
        </section>
      )}
      {shown.accepted.length > 0 && (
        <section className="review-journey" aria-label={words.journey.acceptedTitle}>
          <header>
            <h2>{words.journey.acceptedTitle}</h2>
          </header>
          {list(shown.accepted)}
        </section>
      )}
    </>
  )
}
