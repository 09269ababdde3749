import './review.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ThreadView } from '@throughline/core'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { CodeText } from '../../ui/code-text.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Prose } from '../../ui/prose.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { nameIn } from './change-card.tsx'
import { CommentCount } from './comment-count.tsx'
import { Face, SaidList } from './said-list.tsx'
import { reviewSearchOf } from './review-address.ts'
import { decisionQuery } from './review-data.ts'
import { SignOffs } from './sign-offs.tsx'
import { StepLink } from './step-link.tsx'
import { TryProposal } from './try-proposal.tsx'
import { words } from './words.ts'

const say = words.proposal

/** One proposal: what it changes, whom it touches, who must agree, and what was said about it. */
export function ProposalPage() {
  const { thread: id } = useParams({ from: '/review/$thread' })
  const { data: overview } = useQuery(workspaceQuery)
  const { data: thread, error, refetch } = useQuery(decisionQuery(id))
  useTitle(thread?.title.replaceAll('`', '') ?? words.title, overview?.name)
  if (error instanceof ApiProblem && error.status === 404)
    return (
      <main id="page" tabIndex={-1} className="scroller review-page">
        <div className="empty-card card">
          <h1>{words.proposals.unknown}</h1>
          <p>{words.proposals.unknownHint}</p>
          <DataLink url="/review?tab=proposals" className="button">
            {words.proposals.toList}
          </DataLink>
        </div>
      </main>
    )
  if (!thread) {
    if (error && !(error instanceof ApiProblem && error.status === 0))
      return <Failed problem={error} again={() => void refetch()} />
    return (
      <main id="page" tabIndex={-1} className="scroller review-page">
        <div className="page-head" role="status" aria-label={strings.loading}>
          <span className="bone title" />
        </div>
        <div className="card waiting-rows">
          {[0, 1, 2].map((row) => (
            <span key={row} className="bone wide" />
          ))}
        </div>
      </main>
    )
  }
  return <Thread key={thread.id} thread={thread} />
}

function Thread({ thread }: { readonly thread: ThreadView }) {
  const search = reviewSearchOf(useSearch({ strict: false }))
  const navigate = useNavigate()
  const { title, why, about, opened, state, proposal, touches, entries, id } = thread
  const read = search.read ?? 'words'
  return (
    <main id="page" tabIndex={-1} className="scroller review-page">
      <div className="page-head review-head">
        <div>
          <p className="crumbs">
            <Link to="/review" search={search.as === undefined ? {} : { as: search.as }}>
              {words.title}
            </Link>
            <span aria-hidden="true">/</span>
            <DataLink url="/review?tab=proposals">{words.tabs.proposals}</DataLink>
          </p>
          <h1>
            <Prose text={title} />
          </h1>
          <p className="proposal-by">
            <Face person={opened.by} />
            <b>{nameIn(opened.by)}</b>
            <time dateTime={opened.at} className="quiet">
              {words.day(opened.at)}
            </time>
            <span className={`tag state-${state}`}>{words.proposals.stateWords[state]}</span>
            {proposal && proposal.versions > 1 && (
              <span className="tag">{say.versions(proposal.versions)}</span>
            )}
          </p>
        </div>
        {proposal && (
          <Segments
            label={words.read.label}
            values={[
              ['words', words.read.words],
              ['fields', words.read.fields],
              ['raw', words.read.raw],
            ]}
            value={read}
            onChange={(next) => {
              const { read: _, ...rest } = search
              void navigate({
                to: '/review/$thread',
                params: { thread: id },
                search: next === 'words' ? rest : { ...rest, read: next },
                replace: true,
                resetScroll: false,
              })
            }}
          />
        )}
      </div>
      <div className="proposal-columns">
        <div className="proposal-main">
          {why !== undefined && (
            <div className="proposal-why">
              <Markdown text={why} />
            </div>
          )}
          {about.length > 0 && (
            <p className="proposal-about">
              <span className="caps">{say.on}</span>
              {about.map((one) =>
                one.url === undefined ? (
                  <code key={one.id}>{one.title}</code>
                ) : (
                  <DataLink key={one.id} url={one.url}>
                    {one.title}
                  </DataLink>
                ),
              )}
            </p>
          )}
          {proposal?.problem !== undefined && (
            <div className="note warn" role="alert">
              <b>{say.problem}</b>
              <p>
                <Prose text={proposal.problem} />
              </p>
            </div>
          )}
          {proposal && read === 'words' && <InWords proposal={proposal} />}
          {proposal && read === 'fields' && <InFields proposal={proposal} />}
          {proposal && read === 'raw' && (
            <section className="code-card" aria-label={say.raw}>
              <header>
                <b>{say.raw}</b>
              </header>
              <CodeText text={proposal.raw} label={say.raw} />
            </section>
          )}
          {proposal && (
            <section className="proposal-part">
              <h2>{say.screens}</h2>
              {touches.steps.length === 0 ? (
                <p className="quiet">{say.noScreens}</p>
              ) : (
                <ul className="card proposal-screens">
                  {touches.steps.map(({ step, severity, owner, needs }) => (
                    <li key={step}>
                      <StepLink step={step} />
                      <span className="quiet">{needs.join(', ')}</span>
                      {owner !== undefined && <span className="tag">{owner}</span>}
                      {severity !== undefined && (
                        <span className={`effect-tag ${tones[severity]}`}>
                          {words.severity[severity]}
                        </span>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </section>
          )}
          <section className="proposal-part">
            <h2>{say.thread}</h2>
            <SaidList entries={entries} label={say.thread} />
          </section>
        </div>
        <aside className="proposal-aside" aria-label={say.signOff}>
          <SignOffs thread={thread} />
          {proposal && (state === 'open' || state === 'approved') && (
            <TryProposal thread={thread} />
          )}
        </aside>
      </div>
    </main>
  )
}

const tones = { breaks: 'bad', degrades: 'warn', surprises: 'warn', helps: 'ok' } as const
const levelTones = { breaking: 'bad', warning: 'warn', info: 'ok' } as const

type Proposal = NonNullable<ThreadView['proposal']>

function InWords({ proposal: { changes } }: { readonly proposal: Proposal }) {
  return (
    <section className="proposal-part" aria-label={say.changes}>
      <h2>{say.changes}</h2>
      {changes.length === 0 ? (
        <p className="quiet">{say.noChanges}</p>
      ) : (
        <ol className="proposal-changes">
          {changes.map(({ fingerprint, message, level, impact }) => (
            <li key={fingerprint} className="card change-card">
              <header>
                <h3>
                  <Prose text={message} />
                </h3>
                <span className={`effect-tag ${levelTones[level]}`}>
                  {words.history.levels[level]}
                </span>
              </header>
              {impact.length > 0 && (
                <ul className="change-impact">
                  {impact.map((one) => (
                    <li key={`${one.step} ${one.need ?? ''} ${one.severity}`}>
                      <StepLink step={one.step} />{' '}
                      <span>
                        {one.severity === 'degrades'
                          ? words.card.inWords.degrades(one.need, one.fallback)
                          : words.card.inWords[one.severity](one.need)}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              <CommentCount on={`change:${fingerprint}`} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function InFields({ proposal: { actions, edits } }: { readonly proposal: Proposal }) {
  return (
    <section className="proposal-part" aria-label={say.actions}>
      <h2>{say.actions}</h2>
      {actions.map(({ file, target, does, text, description }) => (
        <div key={`${file} ${target} ${text ?? ''}`} className="code-card">
          <header>
            <b>{say.does[does]}</b>
            <code className="code-note">{target}</code>
            <span className="quiet">{file}</span>
          </header>
          {description !== undefined && <p className="code-foot">{description}</p>}
          {text !== undefined && <CodeText text={text} label={target} json={does === 'update'} />}
        </div>
      ))}
      {edits.length > 0 && (
        <>
          <h3 className="caps">{say.edits}</h3>
          {edits.map((one) => (
            <div key={one} className="code-card">
              <CodeText text={one} label={say.edits} json />
            </div>
          ))}
        </>
      )}
    </section>
  )
}
