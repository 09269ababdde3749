import '../../ui/matrix.css'
import './compare.css'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { WorkspaceOverview } from '@throughline/core'
import { ArrowLeftRight } from 'lucide-react'
import { useMemo } from 'react'
import { ApiProblem, journeyQuery, workspaceQuery } from '../../api.ts'
import { lensOf } from '../../address.ts'
import { strings } from '../../strings.ts'
import { Choice } from '../../ui/choice.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { PageTools } from '../../ui/page-tools.tsx'
import { csvFile } from '../../ui/picture-files.ts'
import { useTitle } from '../../ui/use-title.ts'
import type { CompareSearch } from './compare-address.ts'
import { compareCsv } from './compare-csv.ts'
import { compared, isSame, type Comparison } from './compared.ts'
import { LoneStep, PairTable } from './pair-table.tsx'
import { words } from './words.ts'

/** Two journeys side by side. */
export function ComparePage() {
  const { data: overview } = useQuery(workspaceQuery)
  const search = useSearch({ from: '/compare' })
  const navigate = useNavigate()
  useTitle(words.title, overview?.name)
  const { left, right } = search
  function change(to: Partial<Record<'left' | 'right' | 'show', string | undefined>>): void {
    void navigate({
      to: '/compare',
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...to }).filter(
            ([, value]) => value !== undefined && value !== '',
          ),
        ),
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <main id="page" tabIndex={-1} className="scroller compare-page">
      <div className="page-head">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </div>
      {overview && (
        <div className="matrix-tools">
          <JourneySelect side="left" value={left} journeys={overview.journeys} onChoose={change} />
          <button
            type="button"
            className="icon-button"
            aria-label={words.swap}
            title={words.swap}
            disabled={left === undefined && right === undefined}
            onClick={() => change({ left: right, right: left })}
          >
            <ArrowLeftRight size={16} />
          </button>
          <JourneySelect
            side="right"
            value={right}
            journeys={overview.journeys}
            onChoose={change}
          />
        </div>
      )}
      {left !== undefined && right !== undefined && left !== right ? (
        <Both left={left} right={right} search={search} onChange={change} />
      ) : (
        overview && <Choosing overview={overview} twice={left !== undefined && left === right} />
      )}
    </main>
  )
}

function JourneySelect({
  side,
  value,
  journeys,
  onChoose,
}: {
  readonly side: 'left' | 'right'
  readonly value: string | undefined
  readonly journeys: WorkspaceOverview['journeys']
  readonly onChoose: (to: Partial<Record<'left' | 'right', string | undefined>>) => void
}) {
  return (
    <select
      className="select"
      aria-label={words[side]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChoose({ [side]: currentTarget.value })}
    >
      <option value="">{words.choose}</option>
      {value !== undefined && !journeys.some(({ name }) => name === value) && (
        <option value={value}>{value}</option>
      )}
      {journeys.map(({ name, title }) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  )
}

function Both({
  left,
  right,
  search,
  onChange,
}: {
  readonly left: string
  readonly right: string
  readonly search: CompareSearch
  readonly onChange: (to: { readonly show: string | undefined }) => void
}) {
  const [one, other] = useQueries({ queries: [journeyQuery(left), journeyQuery(right)] })
  const comparison = useMemo(
    () => (one.data && other.data ? compared(one.data, other.data) : undefined),
    [one.data, other.data],
  )
  for (const [name, { error, refetch }] of [
    [left, one],
    [right, other],
  ] as const) {
    if (error instanceof ApiProblem && error.status === 404)
      return (
        <section className="empty-card" role="status">
          <p>{words.unknown(name)}</p>
        </section>
      )
    if (error && !comparison)
      return (
        <section className="empty-card" role="alert">
          <p>{strings.failed.text(error.message)}</p>
          <button type="button" className="button" onClick={() => void refetch()}>
            {strings.failed.again}
          </button>
        </section>
      )
  }
  if (!comparison)
    return <div className="compare-bones bone" role="status" aria-label={words.title} />
  return <Side comparison={comparison} search={search} onChange={onChange} />
}

function Side({
  comparison,
  search,
  onChange,
}: {
  readonly comparison: Comparison
  readonly search: CompareSearch
  readonly onChange: (to: { readonly show: string | undefined }) => void
}) {
  const { left, right, fields, operations, pairs } = comparison
  const by = {
    all: pairs,
    paired: pairs.filter((pair) => pair.left && pair.right),
    different: pairs.filter((pair) => !isSame(pair)),
  }
  const shown = by[search.show ?? 'all']
  const titles = { left: left.journey.title, right: right.journey.title }
  return (
    <>
      <div className="matrix-tools">
        <Choice
          label={words.filter}
          value={search.show ?? 'all'}
          options={(['all', 'paired', 'different'] as const).map((value) => ({
            value,
            words: words[value],
            count: by[value].length,
          }))}
          onChoose={(value) => onChange({ show: value === 'all' ? undefined : value })}
        />
        <span className="compare-tools">
          <PageTools
            files={[
              csvFile(`${left.journey.name}-${right.journey.name}`, () =>
                compareCsv(comparison, shown),
              ),
            ]}
          />
        </span>
      </div>
      <section className="compare-summary num" aria-label={words.summary}>
        {(
          [
            [words.fieldsBoth(fields.both.length), fields],
            [words.operationsBoth(operations.both.length), operations],
          ] as const
        ).map(([both, shares]) => (
          <div key={both}>
            <b>{both}</b>
            <span>
              <LineDash line={left.journey.line} />
              {words.onlyIn(shares.left.length, titles.left)}
            </span>
            <span>
              <LineDash line={right.journey.line} />
              {words.onlyIn(shares.right.length, titles.right)}
            </span>
          </div>
        ))}
      </section>
      {shown.length === 0 ? (
        <section className="empty-card" role="status">
          <p>{words.nothing[search.show ?? 'all']}</p>
          <button type="button" className="button" onClick={() => onChange({ show: undefined })}>
            {words.showAll}
          </button>
        </section>
      ) : (
        <ol className="pairs">
          {shown.map((pair) => (
            <li key={pair.id}>
              {pair.left && pair.right ? (
                <PairTable
                  pair={pair}
                  left={left.journey}
                  right={right.journey}
                  lens={lensOf(search)}
                />
              ) : (
                <LoneStep
                  pair={pair}
                  left={left.journey}
                  right={right.journey}
                  lens={lensOf(search)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      <p className="sr" role="status">
        {words.shown(shown.length)}
      </p>
    </>
  )
}

function Choosing({
  overview,
  twice,
}: {
  readonly overview: WorkspaceOverview
  readonly twice: boolean
}) {
  const said = twice ? words.sameJourney : words.empty
  return (
    <section className="empty-card">
      <h2>{said.title}</h2>
      <p>{overview.journeys.length < 2 ? words.empty.one : said.text}</p>
      {overview.journeys.length < 2 && (
        <Link to="/journeys" className="button">
          {words.empty.journeys}
        </Link>
      )}
    </section>
  )
}
