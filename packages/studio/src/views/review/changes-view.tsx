import { useQuery } from '@tanstack/react-query'
import type { ChangeReview, ReviewedChange, ReviewedJourney, ReviewedStep } from '@throughline/core'
import { useMemo, useState } from 'react'
import { ApiProblem } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Prose } from '../../ui/prose.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Wireframe } from '../../ui/wireframe.tsx'
import { strings } from '../../strings.ts'
import { ChangeCard } from './change-card.tsx'
import { effectOf, ToneGlyph, type Tone } from './effect-tag.tsx'
import { verdicts, type Reading, type ReviewSearch, type Verdict } from './review-address.ts'
import { changesQuery } from './review-data.ts'
import { shownChanges, teamsIn, verdictOf } from './shown-changes.ts'
import { words } from './words.ts'

type Change = (next: {
  readonly [Key in keyof ReviewSearch]: ReviewSearch[Key] | undefined
}) => void

/** What differs from an earlier version: the verdict, the screens that are touched, and each change in the way that is chosen. */
export function ChangesView({
  search,
  change,
  onOpen,
}: {
  readonly search: ReviewSearch
  readonly change: Change
  readonly onOpen: (fingerprint: string) => void
}) {
  const { data: review, error, isPlaceholderData, refetch } = useQuery(changesQuery(search.base))
  if (error instanceof ApiProblem && error.status === 409) return <NoGit />
  if (error instanceof ApiProblem && error.status === 404)
    return <NoRevision detail={error.message} back={() => change({ base: undefined })} />
  if (!review) {
    if (error && !(error instanceof ApiProblem && error.status === 0))
      return <Failed problem={error} again={() => void refetch()} />
    return <Waiting />
  }
  return (
    <div className="review-changes" aria-busy={isPlaceholderData}>
      <Base key={review.base.revision} review={review} search={search} change={change} />
      {review.total === 0 ? (
        <NothingChanged review={review} />
      ) : (
        <Changes review={review} search={search} change={change} onOpen={onOpen} />
      )}
    </div>
  )
}

function Changes({
  review,
  search,
  change,
  onOpen,
}: {
  readonly review: ChangeReview
  readonly search: ReviewSearch
  readonly change: Change
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
      <Verdicts review={review} />
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
        <Filters review={review} search={search} change={change} />
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
          <JourneyHead journey={one.journey} />
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

function Verdicts({ review: { summary, total, changes } }: { readonly review: ChangeReview }) {
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

function Base({
  review: { base, bases },
  search,
  change,
}: {
  readonly review: ChangeReview
  readonly search: ReviewSearch
  readonly change: Change
}) {
  const [typing, setTyping] = useState(false)
  const known = bases.some(({ revision }) => revision === base.revision)
  const nameOf = ({ revision, kind }: ChangeReview['bases'][number]): string =>
    kind === 'branch'
      ? words.base.branch(revision)
      : revision === 'HEAD'
        ? words.base.head
        : revision === 'HEAD~1'
          ? words.base.before
          : revision
  return (
    <div className="review-base">
      {typing ? (
        <form
          className="review-base-form"
          onSubmit={(event) => {
            event.preventDefault()
            const typed = new FormData(event.currentTarget).get('base')
            const next = typeof typed === 'string' ? typed.trim() : ''
            setTyping(false)
            if (next !== '') change({ base: next, change: undefined })
          }}
        >
          <label>
            <span>{words.base.label}</span>
            <input
              name="base"
              className="input mono"
              defaultValue={search.base}
              placeholder={words.base.otherHint}
              autoComplete="off"
              spellCheck={false}
              maxLength={250}
              ref={(input) => input?.focus()}
            />
          </label>
          <button type="submit" className="button primary">
            {words.base.open}
          </button>
          <button type="button" className="button" onClick={() => setTyping(false)}>
            {words.me.cancel}
          </button>
        </form>
      ) : (
        <label>
          <span>{words.base.label}</span>
          <select
            className="input"
            value={base.revision}
            onChange={({ currentTarget: { value } }) => {
              if (value === '') setTyping(true)
              else
                change({
                  base: value === bases[0]?.revision ? undefined : value,
                  change: undefined,
                })
            }}
          >
            {!known && <option value={base.revision}>{base.revision}</option>}
            {bases.map((one) => (
              <option key={one.revision} value={one.revision}>
                {nameOf(one)}
              </option>
            ))}
            <option value="">{words.base.other}…</option>
          </select>
        </label>
      )}
      <p className="review-base-words">
        <code>{base.commit.slice(0, 8)}</code> <b>{base.subject}</b>{' '}
        <span>{words.base.is(base.by, words.day(base.at))}</span>
      </p>
    </div>
  )
}

function Filters({
  review,
  search,
  change,
}: {
  readonly review: ChangeReview
  readonly search: ReviewSearch
  readonly change: Change
}) {
  const teams = teamsIn(review)
  const there = new Set(review.changes.map(verdictOf))
  const choice = (
    key: 'journey' | 'team' | 'verdict',
    options: readonly (readonly [string, string])[],
  ) =>
    options.length < 2 && search[key] === undefined ? null : (
      <label>
        <span>{words.filters[key]}</span>
        <select
          className="input"
          value={search[key] ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ [key]: value === '' ? undefined : (value as Verdict) })
          }
        >
          <option value="">{words.filters.all}</option>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
    )
  return (
    <div className="review-filters" role="search" aria-label={words.filters.label}>
      {choice(
        'journey',
        review.journeys.map(({ name, title }) => [name, title]),
      )}
      {choice(
        'team',
        teams.map((team) => [team, team]),
      )}
      {choice(
        'verdict',
        verdicts.filter((one) => there.has(one)).map((one) => [one, words.verdicts[one]]),
      )}
    </div>
  )
}

function JourneyHead({ journey }: { readonly journey: ReviewedJourney }) {
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

function NothingChanged({ review: { base } }: { readonly review: ChangeReview }) {
  return (
    <section className="empty-card card">
      <svg className="broken-line" viewBox="0 0 200 44" aria-hidden="true">
        <path d="M4 30c30 0 44-16 96-16s66 16 96 16" />
        <circle cx="100" cy="14" r="9" />
      </svg>
      <h2>{words.empty.nothing}</h2>
      <p>{words.empty.nothingSince(base.subject)}</p>
      <p className="quiet">{words.empty.nothingHint}</p>
    </section>
  )
}

function NoGit() {
  return (
    <section className="empty-card card">
      <svg className="broken-line" viewBox="0 0 200 44" aria-hidden="true">
        <path d="M4 30c30 0 44-16 96-16s66 16 96 16" className="rest" />
        <circle cx="100" cy="14" r="9" />
      </svg>
      <h2>{words.empty.noGit}</h2>
      <p>{words.empty.noGitHint}</p>
      <Copyable text={words.empty.noGitCommand} />
    </section>
  )
}

function NoRevision({ detail, back }: { readonly detail: string; readonly back: () => void }) {
  return (
    <section className="empty-card card" role="alert">
      <h2>{words.empty.noRevision}</h2>
      <p>
        <Prose text={detail} />
      </p>
      <button type="button" className="button" onClick={back}>
        {words.empty.back}
      </button>
    </section>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={strings.loading} className="card waiting-rows">
      {[0, 1, 2, 3].map((row) => (
        <span key={row} className="bone wide" />
      ))}
    </div>
  )
}
