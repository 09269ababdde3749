import '../../ui/matrix.css'
import './data.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Rows3, Waypoints } from 'lucide-react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import type { DataClass, DataMap } from '../../client/studio-client.ts'
import { Failed } from '../../shell/trouble.tsx'
import { strings } from '../../strings.ts'
import { Copyable } from '../../ui/copyable.tsx'
import { csvOf } from '../../ui/csv.ts'
import { MatrixTools } from '../../ui/matrix-tools.tsx'
import { PageTools, type PageFile } from '../../ui/page-tools.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { filterIn, type DataSearch } from './data-address.ts'
import { dataQuery, recordQuery } from './data-data.ts'
import { DataTable } from './data-table.tsx'
import { DataTabs } from './data-tabs.tsx'
import { FreshnessView } from './freshness-view.tsx'
import { sectionsOf } from './sections-of.ts'
import { words } from './words.ts'

type Change = (to: {
  readonly [Key in keyof DataSearch]?: DataSearch[Key] | undefined
}) => void

/** Where classified data goes: from a field over its operation to the screens and people before it. */
export function DataPage() {
  const search = useSearch({ from: '/data' })
  const { data: overview } = useQuery(workspaceQuery)
  const {
    data: map,
    error,
    refetch,
  } = useQuery({
    ...dataQuery(filterIn(search)),
    enabled: search.tab === undefined,
  })
  useTitle(words.title, overview?.name)
  if (search.tab === 'freshness') return <FreshnessView search={search} />
  if (map) return <Mapped map={map} search={search} />
  if (error && !(error instanceof ApiProblem && error.status === 0))
    return <Failed problem={error} again={() => void refetch()} />
  return (
    <main id="page" tabIndex={-1} className="scroller data-page">
      <div className="page-head" role="status" aria-label={strings.loading}>
        <h1>{words.title}</h1>
      </div>
      <DataTabs search={search} />
      <div className="card data-bones">
        {[0, 1, 2, 3, 4].map((row) => (
          <span key={row} className="bone wide" />
        ))}
      </div>
    </main>
  )
}

function Mapped({ map, search }: { readonly map: DataMap; readonly search: DataSearch }) {
  const navigate = useNavigate()
  const files = useFiles(search)
  const change: Change = (to) => {
    void navigate({
      to: '/data',
      search: (before) => withoutNothing({ ...before, ...to }),
      replace: true,
      resetScroll: false,
    })
  }
  const isEmpty = map.total === 0 && map.classes.length === 0
  const isTable = search.show === 'table'
  return (
    <main id="page" tabIndex={-1} className="scroller data-page">
      <div className="page-head matrix-head">
        <div>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
        </div>
        {!isEmpty && <PageTools files={files} />}
      </div>
      <DataTabs search={search} />
      {isEmpty ? (
        <Empty />
      ) : (
        <>
          <Classes map={map} chosen={search.class} change={change} />
          <Tools map={map} search={search} change={change} />
          {map.entries.length === 0 ? (
            <div className="empty-card" role="status">
              <p>
                {onlyFinding(search) ? words.nothing[onlyFinding(search)!] : words.nothing.found}
              </p>
              <button type="button" className="button" onClick={() => change(nothing)}>
                {words.clear}
              </button>
            </div>
          ) : isTable ? (
            <RecordTable search={search} />
          ) : (
            <div className="data-cards">
              {sectionsOf(map.entries).map((section) => (
                <DataTable key={section.key} section={section} classes={map.classes} />
              ))}
              {map.matching > map.entries.length && (
                <p className="quiet">{words.first(map.entries.length, map.matching)}</p>
              )}
            </div>
          )}
          <p className="sr" role="status">
            {words.shown(map.matching, map.total)}
          </p>
        </>
      )}
    </main>
  )
}

const nothing = {
  finding: undefined,
  class: undefined,
  persona: undefined,
  journey: undefined,
  owner: undefined,
  find: undefined,
}

/** The finding, where it is all that is filtered by. */
function onlyFinding(search: DataSearch): 'unneeded' | 'broken' | undefined {
  return Object.keys(filterIn(search)).length === 1 ? search.finding : undefined
}

function Classes({
  map: { classes },
  chosen,
  change,
}: {
  readonly map: DataMap
  readonly chosen: string | undefined
  readonly change: Change
}) {
  return (
    <ul className="data-classes" aria-label={words.classes}>
      {classes.map((one) => (
        <li key={one.class}>
          <button
            type="button"
            className="card"
            aria-pressed={one.class === chosen}
            onClick={() => change({ class: one.class === chosen ? undefined : one.class })}
          >
            <b>{one.class}</b>
            <span className="data-rule">
              {one.declared ? one.rules.join(', ') || words.noRule : words.notDeclared}
            </span>
            <span className="data-reach num">
              {words.reach(one.fields, one.screens)}
              <Found of={one} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Found({ of: { unneeded, broken } }: { readonly of: DataClass }) {
  return (
    <>
      {unneeded > 0 && <span className="tag warn">{words.unneededCount(unneeded)}</span>}
      {broken > 0 && <span className="tag bad">{words.brokenCount(broken)}</span>}
    </>
  )
}

function Tools({
  map: { choices, total, unneeded, broken },
  search,
  change,
}: {
  readonly map: DataMap
  readonly search: DataSearch
  readonly change: Change
}) {
  const isTable = search.show === 'table'
  return (
    <MatrixTools
      filter={{
        label: words.filter,
        value: search.finding ?? 'all',
        options: [
          { value: 'all', words: words.all, count: total },
          { value: 'unneeded', words: words.unneeded, count: unneeded },
          { value: 'broken', words: words.broken, count: broken },
        ],
        onChoose: (value) => change({ finding: value === 'all' ? undefined : value }),
      }}
      among={{
        label: words.persona,
        all: words.allPersonas,
        value: search.persona,
        options: choices.personas.map((value) => ({ value, words: value })),
        onChoose: (persona) => change({ persona }),
      }}
      find={{
        label: words.find,
        value: search.find,
        onChange: (find) => change({ find }),
      }}
    >
      <Select
        label={words.journey}
        all={words.allJourneys}
        value={search.journey}
        options={choices.journeys.map(({ name, title }) => [name, title])}
        onChoose={(journey) => change({ journey })}
      />
      <Select
        label={words.owner}
        all={words.allOwners}
        value={search.owner}
        options={choices.owners.map((owner) => [owner, owner])}
        onChoose={(owner) => change({ owner })}
      />
      <button
        type="button"
        className="button data-as"
        onClick={() => change({ show: isTable ? undefined : 'table' })}
      >
        {isTable ? (
          <Waypoints size={14} aria-hidden="true" />
        ) : (
          <Rows3 size={14} aria-hidden="true" />
        )}
        {isTable ? words.asMap : words.asTable}
      </button>
    </MatrixTools>
  )
}

function Select({
  label,
  all,
  value = '',
  options,
  onChoose,
}: {
  readonly label: string
  readonly all: string
  readonly value: string | undefined
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly onChoose: (value: string | undefined) => void
}) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) =>
        onChoose(currentTarget.value === '' ? undefined : currentTarget.value)
      }
    >
      <option value="">{all}</option>
      {value !== '' && !options.some(([one]) => one === value) && (
        <option value={value}>{value}</option>
      )}
      {options.map(([one, said]) => (
        <option key={one} value={one}>
          {said}
        </option>
      ))}
    </select>
  )
}

/** The record of processing, as the file has it. */
function RecordTable({ search }: { readonly search: DataSearch }) {
  const { data: record } = useQuery(recordQuery(filterIn(search)))
  if (!record)
    return <div className="card data-bones bone" role="status" aria-label={strings.loading} />
  const [head = [], ...rows] = record.rows
  const used = head.map((_, index) => rows.some((row) => row[index] !== ''))
  const cells = (row: readonly string[]): readonly (readonly [number, string])[] =>
    row.flatMap((cell, index) => (used[index] === true ? [[index, cell] as const] : []))
  return (
    // A region that scrolls is reached by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="card data-record" role="region" aria-label={words.record} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {cells(head).map(([index, cell]) => (
              <th key={index} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, at) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              {cells(row).map(([index, cell]) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <p className="quiet">{words.firstRows(mostRows, rows.length)}</p>}
    </div>
  )
}

/** Rows of the record that are drawn; the files have all. */
const mostRows = 500

/** The record as files: of what is shown, and no more. */
function useFiles(search: DataSearch): readonly PageFile[] {
  const queries = useQueryClient()
  const record = () => queries.fetchQuery(recordQuery(filterIn(search)))
  return [
    {
      name: 'record-of-processing.csv',
      label: words.record,
      make: async () =>
        new Blob([csvOf((await record()).rows)], { type: 'text/csv;charset=utf-8' }),
    },
    {
      name: 'record-of-processing.md',
      label: words.record,
      make: async () =>
        new Blob([(await record()).markdown], { type: 'text/markdown;charset=utf-8' }),
    },
  ]
}

function Empty() {
  const { title, text, contract, or, policy } = words.empty
  return (
    <section className="empty-card data-empty">
      <h2>{title}</h2>
      <p>{text}</p>
      <Copyable text={contract} />
      <p>{or}</p>
      <pre>
        <code>{policy}</code>
      </pre>
    </section>
  )
}

/** An address says only what is set. */
function withoutNothing(search: Readonly<Record<string, string | undefined>>): DataSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  )
}
