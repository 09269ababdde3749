import { useQuery } from '@tanstack/react-query'
import type { ThreadLine, ThreadState } from '@throughline/core'
import { ApiProblem } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { Choice } from '../../ui/choice.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { Prose } from '../../ui/prose.tsx'
import { strings } from '../../strings.ts'
import { nameIn } from './change-card.tsx'
import type { ReviewSearch } from './review-address.ts'
import { decisionsQuery } from './review-data.ts'
import { StepLink } from './step-link.tsx'
import { WaitingList } from './waiting-list.tsx'
import { words } from './words.ts'

type Which = NonNullable<ReviewSearch['which']> | 'open'

const states: Readonly<Record<Which, readonly ThreadState[]>> = {
  open: ['open', 'approved'],
  applied: ['applied'],
  declined: ['declined', 'superseded'],
  all: ['open', 'approved', 'applied', 'declined', 'superseded'],
}

/** What is proposed, and what of it waits for the reader. */
export function ProposalsView({
  search,
  change,
}: {
  readonly search: ReviewSearch
  readonly change: (next: { readonly which: ReviewSearch['which'] | undefined }) => void
}) {
  const { data: board, error, refetch } = useQuery(decisionsQuery)
  if (!board) {
    if (error && !(error instanceof ApiProblem && error.status === 0))
      return <Failed problem={error} again={() => void refetch()} />
    return (
      <div role="status" aria-label={strings.loading} className="card waiting-rows">
        {[0, 1, 2].map((row) => (
          <span key={row} className="bone wide" />
        ))}
      </div>
    )
  }
  const which: Which = search.which ?? 'open'
  const proposals = board.threads.filter((one) => one.kind === 'proposal')
  const of = (one: Which): readonly ThreadLine[] =>
    proposals.filter(({ state }) => states[one].includes(state))
  const shown = of(which)
  return (
    <div className="proposals">
      <WaitingList />
      {proposals.length === 0 ? (
        <section className="empty-card card">
          <h2>{words.proposals.none}</h2>
          <p>{words.proposals.noneHint}</p>
          <DataLink url="/needs?show=gaps" className="button">
            {words.proposals.seeGaps}
          </DataLink>
        </section>
      ) : (
        <>
          <div className="review-tools">
            <Choice
              label={words.proposals.state}
              value={which}
              options={(['open', 'applied', 'declined', 'all'] as const).map((value) => ({
                value,
                words: words.proposals.states[value],
                count: of(value).length,
              }))}
              onChoose={(value) => change({ which: value === 'open' ? undefined : value })}
            />
          </div>
          {shown.length === 0 ? (
            <div className="empty-card card">
              <p>{words.proposals.noneOf}</p>
            </div>
          ) : (
            <ul className="card proposal-list" aria-label={words.proposals.list}>
              {shown.map((line) => (
                <li key={line.id}>
                  <ProposalLine line={line} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  )
}

const mostSteps = 4

/** One proposal in a list. */
function ProposalLine({ line }: { readonly line: ThreadLine }) {
  const { title, url, state, opened, comments, waitsFor, steps } = line
  return (
    <article className="proposal-line">
      <div>
        <h3>
          <DataLink url={url}>
            <Prose text={title} />
          </DataLink>
        </h3>
        <p className="quiet">
          {words.proposals.opened(nameIn(opened.by), words.day(opened.at))}
          {comments > 0 && `, ${words.proposals.comments(comments)}`}
        </p>
        {steps.length > 0 && (
          <p className="proposal-steps">
            {steps.slice(0, mostSteps).map((step) => (
              <StepLink key={step} step={step} />
            ))}
            {steps.length > mostSteps && (
              <span className="quiet">{words.card.moreSteps(steps.length - mostSteps)}</span>
            )}
          </p>
        )}
      </div>
      <p className="proposal-state">
        <span className={`tag state-${state}`}>{words.proposals.stateWords[state]}</span>
        {state === 'open' && waitsFor.length > 0 && (
          <span className="quiet">{words.proposals.waitsFor(waitsFor)}</span>
        )}
        {state === 'approved' && <span className="quiet">{words.proposals.toApply}</span>}
      </p>
    </article>
  )
}
