import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ApiProblem } from '../../api.ts'
import type { FreshnessMap, FreshnessRow } from '../../client/studio-client.ts'
import { Failed } from '../../shell/trouble.tsx'
import { strings } from '../../strings.ts'
import { Copyable } from '../../ui/copyable.tsx'
import { csvOf } from '../../ui/csv.ts'
import { MatrixTools } from '../../ui/matrix-tools.tsx'
import { PageTools } from '../../ui/page-tools.tsx'
import { verdicts, type DataSearch } from './data-address.ts'
import { freshnessQuery } from './data-data.ts'
import { DataTabs } from './data-tabs.tsx'
import { freshnessRows } from './freshness-rows.ts'
import { FreshnessTable } from './freshness-table.tsx'
import { words as testWords } from '../tests/words.ts'
import { words as all } from './words.ts'

const words = all.freshness

/** How old each answer may be on each screen, what is shown out of date first. */
export function FreshnessView({ search }: { readonly search: DataSearch }) {
  const { data: map, error, refetch } = useQuery(freshnessQuery)
  if (!map && error && !(error instanceof ApiProblem && error.status === 0))
    return <Failed problem={error} again={() => void refetch()} />
  const rows = map?.rows.filter((row) => isFound(row, search)) ?? []
  return (
    <main id="page" tabIndex={-1} className="scroller data-page">
      <div className="page-head matrix-head">
        <div>
          <h1>{all.title}</h1>
          <p className="lead">{words.lead}</p>
        </div>
        {map && map.total > 0 && (
          <PageTools
            files={[
              {
                name: 'freshness.csv',
                label: words.file,
                make: () =>
                  new Blob([csvOf(freshnessRows(rows))], { type: 'text/csv;charset=utf-8' }),
              },
            ]}
          />
        )}
      </div>
      <DataTabs search={search} />
      {map === undefined ? (
        <div className="card data-bones" role="status" aria-label={strings.loading}>
          {[0, 1, 2, 3, 4].map((row) => (
            <span key={row} className="bone wide" />
          ))}
        </div>
      ) : map.total === 0 ? (
        <section className="empty-card data-empty">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
          <Copyable text={words.empty.step} />
        </section>
      ) : (
        <Shown map={map} rows={rows} search={search} />
      )}
    </main>
  )
}

function Shown({
  map,
  rows,
  search,
}: {
  readonly map: FreshnessMap
  readonly rows: readonly FreshnessRow[]
  readonly search: DataSearch
}) {
  const navigate = useNavigate()
  function change(to: {
    readonly [Key in keyof DataSearch]?: DataSearch[Key] | undefined
  }): void {
    const next = Object.entries({ ...search, ...to }).filter(
      ([, value]) => value !== undefined && value !== '',
    )
    void navigate({
      to: '/data',
      search: Object.fromEntries(next) as DataSearch,
      replace: true,
      resetScroll: false,
    })
  }
  // How many there are is told of the chosen journey and letters, whatever is shown of them.
  const among = map.rows.filter((row) => isFound(row, { ...search, verdict: undefined }))
  const journeys = new Map(map.rows.map(({ step }) => [journeyOf(step.step), step.journey]))
  return (
    <>
      <MatrixTools
        filter={{
          label: all.filter,
          value: search.verdict ?? 'all',
          options: [
            { value: 'all', words: all.all, count: among.length },
            ...verdicts.map((value) => ({
              value,
              words: words.verdict[value].short,
              count: among.filter((row) => row.verdict === value).length,
            })),
          ],
          onChoose: (value) => change({ verdict: value === 'all' ? undefined : value }),
        }}
        among={{
          label: all.journey,
          all: all.allJourneys,
          value: search.journey,
          options: [...journeys].map(([value, title]) => ({ value, words: title })),
          onChoose: (journey) => change({ journey }),
        }}
        find={{
          label: words.find,
          value: search.find,
          onChange: (find) => change({ find }),
        }}
      />
      <Tested map={map} />
      {rows.length === 0 ? (
        <div className="empty-card" role="status">
          <p>{words.nothing}</p>
          <button
            type="button"
            className="button"
            onClick={() => change({ verdict: undefined, journey: undefined, find: undefined })}
          >
            {words.clear}
          </button>
        </div>
      ) : (
        <div className="data-cards">
          {verdicts.map((verdict) => {
            const own = rows.filter((row) => row.verdict === verdict)
            return (
              own.length > 0 && (
                <FreshnessTable
                  key={verdict}
                  verdict={verdict}
                  rows={own}
                  tested={map.tested !== undefined}
                />
              )
            )
          })}
          {map.total > map.rows.length && (
            <p className="quiet">{words.first(map.rows.length, map.total)}</p>
          )}
        </div>
      )}
      <p className="sr" role="status">
        {words.shown(rows.length, map.total)}
      </p>
    </>
  )
}

/** Where the answers come from, or how there would be some. */
function Tested({ map: { tested } }: { readonly map: FreshnessMap }) {
  return (
    <p className="fresh-tested">
      {tested ? (
        <>
          {words.tested.before}{' '}
          <Link to="/tests" search={{ run: tested.id }}>
            {tested.target}
          </Link>{' '}
          {words.tested.after(testWords.run.at(tested.started))}
        </>
      ) : (
        <>
          {words.tested.none} <Link to="/tests">{words.tested.start}</Link>
        </>
      )}
    </p>
  )
}

function isFound(
  { verdict, step, operation, request, fields }: FreshnessRow,
  wanted: { readonly [Key in 'verdict' | 'journey' | 'find']?: DataSearch[Key] | undefined },
): boolean {
  if (wanted.verdict !== undefined && verdict !== wanted.verdict) return false
  if (wanted.journey !== undefined && journeyOf(step.step) !== wanted.journey) return false
  const letters = wanted.find?.toLowerCase() ?? ''
  return [step.title, step.step, operation, request, ...fields].some((one) =>
    one.toLowerCase().includes(letters),
  )
}

function journeyOf(step: string): string {
  return step.slice(0, step.lastIndexOf('/'))
}
