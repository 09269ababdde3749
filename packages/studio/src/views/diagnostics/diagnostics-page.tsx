import './diagnostics.css'
import { useQuery } from '@tanstack/react-query'
import type { DiagnosticList, Explanation, OwnedDiagnostic } from '@throughline/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowRight, ChevronRight, Search as SearchIcon } from 'lucide-react'
import { useState } from 'react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import { searchOf, type Search } from '../../address.ts'
import { Failed } from '../../shell/trouble.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { SeverityGlyph } from '../../ui/glyph.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Note } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { diagnosticsQuery, explanationQuery } from './diagnostics-api.ts'
import { grouped } from './grouped.ts'
import { diagnosticsSearchOf, nobody, type DiagnosticsSearch } from './search.ts'
import { words } from './words.ts'

/** Everything that is to be mended, by who can mend it; what is shown stands in the address. */
export function DiagnosticsPage() {
  const { search, open, change } = useDiagnosticsPlace()
  const { data: list, error, refetch } = useQuery(diagnosticsQuery(search))
  const { data: overview } = useQuery(workspaceQuery)
  useTitle(words.title, overview?.name)

  if (!list) {
    if (error && !(error instanceof ApiProblem && error.status === 0))
      return <Failed problem={error} again={() => void refetch()} />
    return <Waiting />
  }
  const shown = list.diagnostics
  return (
    <main id="page" tabIndex={-1} className="scroller diagnostics">
      <div className="page-head">
        <h1>{words.title}</h1>
        <p className="lead">{list.total === 0 ? words.leadClean : words.lead(list.total)}</p>
      </div>
      {list.total === 0 ? (
        <Clean />
      ) : (
        <div className="diagnostics-columns">
          <Filters list={list} search={search} change={change} />
          <div className="diagnostics-list">
            <p className="sr" role="status">
              {words.shown(list.matching, list.total)}
            </p>
            {list.matching > shown.length && (
              <p className="quiet">{words.first(shown.length, list.matching)}</p>
            )}
            {shown.length === 0 && (
              <div className="empty-card card">
                <p>{words.nothing}</p>
                <button type="button" className="button" onClick={() => change({}, true)}>
                  {words.clear}
                </button>
              </div>
            )}
            {grouped(shown).map(({ side, teams, count }) => (
              <section key={side} aria-label={words.sides[side]} className="diagnostics-side">
                <header>
                  <h2>{words.sides[side]}</h2>
                  <span>{words.sideLead[side]}</span>
                  <span className="num">{words.plain(count)}</span>
                </header>
                {teams.map(({ owners, problems }) => (
                  <Team
                    key={owners.join('\n')}
                    owners={owners}
                    problems={problems}
                    open={open}
                    onOpen={(problem) =>
                      change({ ...search, ...(problem !== undefined && { problem }) })
                    }
                  />
                ))}
              </section>
            ))}
          </div>
        </div>
      )}
    </main>
  )
}

function Team({
  owners,
  problems,
  open,
  onOpen,
}: {
  readonly owners: readonly string[]
  readonly problems: readonly OwnedDiagnostic[]
  readonly open: string | undefined
  readonly onOpen: (problem: string | undefined) => void
}) {
  const [most, setMost] = useState(shownFirst)
  const openAt = problems.findIndex((one) => idOf(one) === open)
  const end = Math.max(most, openAt + 1)
  return (
    <div className="diagnostics-team">
      <h3 className="caps">{owners.length === 0 ? words.nobody : owners.join(', ')}</h3>
      <ul className="card">
        {problems.slice(0, end).map((problem) => (
          <li key={`${idOf(problem)} ${problem.range.start.column} ${problem.message}`}>
            <ProblemRow problem={problem} open={idOf(problem) === open} onOpen={onOpen} />
          </li>
        ))}
        {problems.length > end && (
          <li>
            <button
              type="button"
              className="more-problems"
              onClick={() => setMost(end + shownFirst * 2)}
            >
              {words.more(problems.length - end)}
            </button>
          </li>
        )}
      </ul>
    </div>
  )
}

const shownFirst = 25

function ProblemRow({
  problem,
  open,
  onOpen,
}: {
  readonly problem: OwnedDiagnostic
  readonly open: boolean
  readonly onOpen: (problem: string | undefined) => void
}) {
  return (
    <>
      <button
        type="button"
        className="diagnostic-row"
        aria-expanded={open}
        onClick={() => onOpen(open ? undefined : idOf(problem))}
      >
        <SeverityGlyph severity={problem.severity} />
        <span className="diagnostic-words">
          <span>
            <Prose text={problem.message} />
          </span>
          <span className="diagnostic-place">
            <code>{problem.code}</code> {problem.rule}{' '}
            <bdi dir="ltr" className="mono">
              {problem.file}:{problem.range.start.line}
            </bdi>
          </span>
        </span>
        <ChevronRight size={14} aria-hidden="true" className="chevron" />
      </button>
      {open && <ProblemDetail problem={problem} />}
    </>
  )
}

function ProblemDetail({ problem }: { readonly problem: OwnedDiagnostic }) {
  const { data: explanation } = useQuery(explanationQuery(problem.code))
  return (
    <div className="diagnostic-detail">
      <SourceFrame of={problem} />
      {problem.fixes?.map((fix) => (
        <Note key={fix.title} title={words.mend} tone="accent">
          <Prose text={fix.title} />
        </Note>
      ))}
      {problem.related && problem.related.length > 0 && (
        <section>
          <h4 className="caps">{words.related}</h4>
          <ul className="related">
            {problem.related.map((other) => (
              <li key={`${other.file}:${other.range.start.line}:${other.message}`}>
                <Prose text={other.message} />{' '}
                <code>
                  {other.file}:{other.range.start.line}
                </code>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="diagnostic-ways">
        {problem.url !== undefined && (
          <DataLink url={problem.url} className="button small">
            {words.show}
            <ArrowRight size={13} aria-hidden="true" />
          </DataLink>
        )}
        <Copyable text={`throughline explain ${problem.code}`} />
      </p>
      {explanation && <Rule of={explanation} />}
    </div>
  )
}

/** What the rule means; its examples when somebody asks. */
function Rule({ of: { title, text } }: { readonly of: Explanation }) {
  const { lead, rest } = partsOf(text)
  return (
    <section className="diagnostic-rule">
      <h4 className="caps">
        {words.rule}: {title}
      </h4>
      <Markdown text={lead} />
      {rest !== '' && (
        <details>
          <summary>{words.examples}</summary>
          <Markdown text={rest} />
        </details>
      )}
    </section>
  )
}

/** An explanation without its title: what stands before the first part, and its parts. */
function partsOf(text: string): { readonly lead: string; readonly rest: string } {
  const body = text.replace(/^# .*\n/, '')
  const first = body.search(/^## /m)
  return first < 0
    ? { lead: body, rest: '' }
    : { lead: body.slice(0, first), rest: body.slice(first) }
}

type Facet = 'side' | 'severity' | 'owner' | 'code'

interface FacetValue {
  readonly value: string
  readonly label: string
  /** What choosing it would find. */
  readonly count: number
}

function Filters({
  list,
  search,
  change,
}: {
  readonly list: DiagnosticList
  readonly search: DiagnosticsSearch
  readonly change: (next: DiagnosticsSearch, replace?: boolean) => void
}) {
  const [find, setFind] = useState(search.find ?? '')
  const facet = (name: Facet, values: readonly FacetValue[]) => {
    const chosen = search[name]
    const seen = values.filter(({ value, count }) => value === chosen || count > 0)
    if (seen.length === 0) return null
    return (
      <fieldset className="facet">
        <legend className="caps">{words.facets[name]}</legend>
        {seen.map(({ value, label, count }) => (
          <button
            key={value}
            type="button"
            aria-pressed={value === chosen}
            className="facet-value"
            onClick={() => {
              const { [name]: _, ...rest } = search
              change(value === chosen ? rest : { ...rest, [name]: value })
            }}
          >
            {name === 'severity' && (
              <SeverityGlyph severity={value as OwnedDiagnostic['severity']} />
            )}
            <span>{label}</span>
            <span className="num">{words.plain(count)}</span>
          </button>
        ))}
      </fieldset>
    )
  }
  const filters = Object.values(search).some((value) => value !== undefined)
  return (
    <div className="diagnostics-filters" role="search" aria-label={words.filters}>
      <label className="filter-field">
        <span className="sr">{words.filter}</span>
        <SearchIcon size={14} aria-hidden="true" />
        <input
          type="search"
          placeholder={words.filter}
          value={find}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => {
            setFind(value)
            const { find: _, ...rest } = search
            change(value.trim() === '' ? rest : { ...rest, find: value }, true)
          }}
        />
      </label>
      {facet(
        'side',
        (['ux', 'backend', 'both'] as const).map((value) => ({
          value,
          label: words.sides[value],
          count: list.sides[value],
        })),
      )}
      {facet(
        'severity',
        (['error', 'warning', 'info'] as const).map((value) => ({
          value,
          label: words.severities[value],
          count: list.severities[value],
        })),
      )}
      {facet(
        'owner',
        list.owners.map(({ owner, count }) => ({
          value: owner ?? nobody,
          label: owner ?? words.nobody,
          count,
        })),
      )}
      {facet(
        'code',
        list.rules.map(({ code, title, count }) => ({ value: code, label: title, count })),
      )}
      {filters && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            setFind('')
            change({}, true)
          }}
        >
          {words.clear}
        </button>
      )}
    </div>
  )
}

function Clean() {
  return (
    <section className="empty-card card">
      <svg className="broken-line" viewBox="0 0 200 44" aria-hidden="true">
        <path d="M4 30c30 0 44-16 96-16s66 16 96 16" />
        <circle cx="100" cy="14" r="9" />
      </svg>
      <h2>{words.clean.title}</h2>
      <p>{words.clean.text}</p>
    </section>
  )
}

function Waiting() {
  return (
    <main id="page" tabIndex={-1} className="scroller diagnostics">
      <div className="page-head" role="status" aria-label={strings.loading}>
        <h1>{words.title}</h1>
      </div>
      <div className="card waiting-rows">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <span key={row} className="bone wide" />
        ))}
      </div>
    </main>
  )
}

/** `TL2003@journeys/checkout.journey.yaml:47` */
function idOf({ code, file, range }: OwnedDiagnostic): string {
  return `${code}@${file}:${range.start.line}`
}

interface Place {
  readonly search: DiagnosticsSearch
  readonly open: string | undefined
  readonly change: (next: DiagnosticsSearch & Pick<Search, 'problem'>, replace?: boolean) => void
}

function useDiagnosticsPlace(): Place {
  const raw = useSearch({ strict: false })
  const navigate = useNavigate()
  const { as, problem } = searchOf(raw)
  return {
    search: diagnosticsSearchOf(raw),
    open: problem,
    change: (next, replace = false) => {
      void navigate({
        to: '/diagnostics',
        search: { ...(as !== undefined && { as }), ...next },
        replace,
        resetScroll: false,
      })
    },
  }
}
