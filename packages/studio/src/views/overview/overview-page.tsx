import './overview.css'
import { useQuery } from '@tanstack/react-query'
import type { ReferenceApi, WorkspaceOverview } from '@throughline/core'
import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { workspaceQuery } from '../../api.ts'
import { localName } from '../../address.ts'
import { useHere } from '../../shell/use-here.ts'
import { usePlay } from '../../shell/use-play.ts'
import { ShareBar } from '../../ui/bars.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash, SeverityGlyph } from '../../ui/glyph.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { diagnosticsQuery } from '../diagnostics/diagnostics-api.ts'
import { operationsQuery } from '../reference/reference-api.ts'
import { WaitingList } from '../review/waiting-list.tsx'
import { words } from './words.ts'
import { specification } from '../../ui/specification.ts'

/** The workspace at a glance: what is open, its lines, its APIs, and what the mock plays. Every figure leads somewhere. */
export function OverviewPage() {
  const { data: overview } = useQuery(workspaceQuery)
  useTitle(words.title, overview?.name)
  if (!overview) return <Waiting />
  const { counts, journeys, apis } = overview
  return (
    <main id="page" tabIndex={-1} className="scroller overview">
      <div className="page-head">
        <h1>{overview.name}</h1>
        <p className="lead">
          {journeys.length > 0
            ? words.lead(journeys.length, counts.steps, counts.operations, apis.length)
            : apis.length > 0
              ? words.leadBare(counts.operations, apis.length)
              : words.leadNothing}
        </p>
      </div>
      {journeys.length > 0 ? <Figures overview={overview} /> : <Start />}
      <div className="overview-columns">
        <div>
          {journeys.length > 0 && <Lines overview={overview} />}
          <Apis overview={overview} />
        </div>
        <div>
          <WaitingList />
          <OnTheMock overview={overview} />
          <Problems overview={overview} />
        </div>
      </div>
    </main>
  )
}

function Waiting() {
  return (
    <main id="page" tabIndex={-1} className="scroller overview">
      <div className="page-head" role="status" aria-label={strings.loading}>
        <span className="bone title" />
      </div>
      <div className="overview-figures">
        {[0, 1, 2, 3].map((figure) => (
          <div key={figure} className="overview-figure">
            <span className="bone" />
            <span className="bone title" />
          </div>
        ))}
      </div>
    </main>
  )
}

/** Four counts of what is open, each a way to it. */
function Figures({ overview: { open } }: { readonly overview: WorkspaceOverview }) {
  const figures = [
    { key: 'gaps', ...open.gaps, words: words.gaps, hint: words.gapsHint, bad: true },
    {
      key: 'undecided',
      ...open.undecided,
      words: words.undecided,
      hint: words.undecidedHint,
      bad: true,
    },
    {
      key: 'over',
      ...open.overBudget,
      words: words.overBudget,
      hint: words.overBudgetHint,
      bad: true,
    },
    { key: 'unowned', ...open.unowned, words: words.unowned, hint: words.unownedHint, bad: false },
  ]
  return (
    <section className="overview-figures" aria-label={words.open}>
      {figures.map(({ key, count, url, words: name, hint, bad }) => (
        <DataLink key={key} url={url} className="overview-figure">
          <span className="caps">{name}</span>
          <b className={`num ${count === 0 ? 'fine' : bad ? 'bad' : 'warn'}`}>
            {words.plain(count)}
          </b>
          <span className="overview-figure-hint">{hint(count)}</span>
        </DataLink>
      ))}
    </section>
  )
}

function Section({
  title,
  more,
  children,
}: {
  readonly title: string
  readonly more?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="overview-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {more}
      </header>
      {children}
    </section>
  )
}

function Lines({ overview: { journeys } }: { readonly overview: WorkspaceOverview }) {
  const { search } = useHere()
  const keep = search.as === undefined ? {} : { as: search.as }
  return (
    <Section
      title={words.journeys}
      more={
        <Link to="/journeys" search={keep} className="more-link">
          {words.allJourneys}
          <ArrowRight size={13} aria-hidden="true" />
        </Link>
      }
    >
      <ul className="card overview-lines">
        {journeys.map(({ name, title, line, persona, steps, totals }) => {
          const gaps = totals.needs.missing + totals.states.missing
          return (
            <li key={name} className={`line-${line}`}>
              <div className="overview-line-words">
                <Link to="/journeys/$name" params={{ name }} search={keep}>
                  <LineDash line={line} />
                  <b>{title}</b>
                </Link>
                <span>{persona ?? strings.journeys.noPersona}</span>
              </div>
              <ol className="track-line">
                {steps.map((step) => (
                  <li key={step.name} className={step.status}>
                    <Link
                      to="/journeys/$name"
                      params={{ name }}
                      search={{ ...keep, step: localName(step.name) }}
                      title={step.title}
                    >
                      <span className="station" aria-hidden="true" />
                      <span className="sr">
                        {step.title}
                        {step.status === 'gap' && `: ${words.stationGap}`}
                      </span>
                    </Link>
                  </li>
                ))}
              </ol>
              <span className={gaps > 0 ? 'overview-gaps bad num' : 'overview-gaps quiet'}>
                {gaps > 0 ? words.gap(gaps) : words.noGaps}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function Apis({ overview: { apis } }: { readonly overview: WorkspaceOverview }) {
  const { data: index } = useQuery(operationsQuery)
  const { search } = useHere()
  if (apis.length === 0) return null
  return (
    <Section
      title={words.apis}
      more={
        <Link
          to="/reference"
          search={search.as === undefined ? {} : { as: search.as }}
          className="more-link"
        >
          {words.allOperations}
          <ArrowRight size={13} aria-hidden="true" />
        </Link>
      }
    >
      <ul className="overview-apis">
        {apis.map((api) => (
          <li key={api.name} className="card">
            <ApiCard
              api={api}
              described={index?.apis.find(({ name }) => name === api.name)}
              shown={apis.length === 1 ? shownGroups.alone : shownGroups.beside}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** An API by its groups; the colour of a part says what its callers lack. */
function ApiCard({
  api,
  described,
  shown,
}: {
  readonly api: WorkspaceOverview['apis'][number]
  readonly described: ReferenceApi | undefined
  /** How many groups. */
  readonly shown: number
}) {
  const operations = described?.groups.flatMap((group) => group.operations) ?? []
  const called = operations.filter(({ callers }) => callers > 0).length
  const missing = operations.reduce((sum, one) => sum + one.missing, 0)
  const groups = described?.groups ?? []
  return (
    <article className="api-card">
      <header>
        <h3>
          <DataLink url={`/reference?find=${encodeURIComponent(`${api.name}.`)}`}>
            {described?.title ?? api.name}
          </DataLink>
        </h3>
        <span className="num">{words.operations(api.operations)}</span>
      </header>
      <p className="api-facts">
        <code>{api.name}</code> <span>{specification(api.version)}</span>{' '}
        {described && (
          <span className={described.owner === undefined ? 'warn' : undefined}>
            {described.owner === undefined ? words.nobody : words.owner(described.owner)}
          </span>
        )}
      </p>
      {described && (
        <>
          <ShareBar
            parts={[
              { kind: 'ok', count: called },
              { kind: 'draft', count: 0 },
            ]}
          />
          <p className="api-facts">
            <span>{words.called(called)}</span>
            {missing > 0 && <span className="bad">{words.lacking(missing)}</span>}
          </p>
          <ul className="api-groups">
            {groups.slice(0, shown).map((group) => (
              <li key={group.name}>
                <DataLink url={group.operations[0]?.url ?? '/reference'} className="tag">
                  {group.name} <span className="num">{words.plain(group.operations.length)}</span>
                </DataLink>
              </li>
            ))}
            {groups.length > shown && (
              <li className="quiet">{words.more(groups.length - shown)}</li>
            )}
          </ul>
        </>
      )}
      <p className="api-file">
        <code>{api.file}</code>
      </p>
    </article>
  )
}

/** An API that stands alone has room for more of its groups. */
const shownGroups = { alone: 40, beside: 8 }

function OnTheMock({ overview: { mock, app } }: { readonly overview: WorkspaceOverview }) {
  const { situation, play, pending } = usePlay()
  return (
    <Section title={words.mock}>
      <div className={situation ? 'card overview-mock playing' : 'card overview-mock'}>
        <p className="overview-mock-title">
          <span className={situation ? 'pulse warn' : 'pulse ok'} aria-hidden="true" />
          <b>{situation ? situation.title : words.mockNormal}</b>
        </p>
        {!situation && <p className="quiet">{words.mockHint}</p>}
        <p className="overview-mock-actions">
          {situation && (
            <button
              type="button"
              className="button small"
              disabled={pending}
              onClick={() => play(null)}
            >
              {strings.mock.back}
            </button>
          )}
          {app && (
            <a href={app.url} target="_blank" rel="noreferrer" className="button small">
              {strings.mock.openApp}
            </a>
          )}
        </p>
        <p className="quiet overview-mock-place">
          {words.mockUrl} <code>{mock.url}</code>
        </p>
      </div>
    </Section>
  )
}

/** The worst few, and how many there are of each kind. */
function Problems({ overview: { counts } }: { readonly overview: WorkspaceOverview }) {
  const { data: list } = useQuery(diagnosticsQuery())
  const { search } = useHere()
  const keep = search.as === undefined ? {} : { as: search.as }
  const all = counts.errors + counts.warnings + counts.infos
  return (
    <Section
      title={words.problems}
      more={
        all > 0 && (
          <Link to="/diagnostics" search={keep} className="more-link">
            {words.allProblems}
            <ArrowRight size={13} aria-hidden="true" />
          </Link>
        )
      }
    >
      <div className="card overview-problems">
        {all === 0 ? (
          <div className="overview-clean">
            <b>{words.noProblems}</b>
            <span className="quiet">{words.noProblemsHint}</span>
          </div>
        ) : (
          <>
            <ul className="overview-severities">
              {(
                [
                  ['error', counts.errors, words.errors],
                  ['warning', counts.warnings, words.warnings],
                  ['info', counts.infos, words.notes],
                ] as const
              )
                .filter(([, count]) => count > 0)
                .map(([severity, count, say]) => (
                  <li key={severity}>
                    <Link to="/diagnostics" search={{ ...keep, severity }}>
                      <SeverityGlyph severity={severity} />
                      <span className="num">{say(count)}</span>
                    </Link>
                  </li>
                ))}
            </ul>
            <ul className="overview-rules">
              {list?.rules.slice(0, shownRules).map((rule) => (
                <li key={rule.code}>
                  <Link to="/diagnostics" search={{ ...keep, code: rule.code }}>
                    <SeverityGlyph severity={rule.severity} />
                    <span>
                      <Prose text={rule.title} />
                    </span>
                    <span className="num quiet">{rule.count}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Section>
  )
}

const shownRules = 6

/** A bare contract: the next thing to do stands first. */
function Start() {
  return (
    <section className="card overview-start">
      <svg className="broken-line" viewBox="0 0 200 44" aria-hidden="true">
        <path d="M4 30c30 0 44-16 96-16s66 16 96 16" className="rest" />
        <circle cx="52" cy="20.500" r="8" />
        <circle cx="148" cy="20.500" r="8" />
      </svg>
      <div>
        <h2>{words.start.title}</h2>
        <p>{words.start.text}</p>
        <Copyable text={words.start.command} />
        <p className="quiet">{words.start.after}</p>
      </div>
    </section>
  )
}
