import { Link } from '@tanstack/react-router'
import type { DataCaller, DataClass, DataRow, DataScreen } from '../../client/studio-client.ts'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { DataLink } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import type { DataSection, Thread } from './sections-of.ts'
import { Station } from './station.tsx'
import { words } from './words.ts'

/** One part of the map: each row a thread from its fields over the operation to the screens and people before them. */
export function DataTable({
  section: { kind, threads, fields, class: name },
  classes,
}: {
  readonly section: DataSection
  readonly classes: readonly DataClass[]
}) {
  const [most, setMost] = useState(shownFirst)
  const own = classes.find((one) => one.class === name)
  const title = kind === 'class' ? (name ?? '') : words.sections[kind].title
  const text = kind === 'class' ? ruleOf(own) : words.sections[kind].text
  return (
    <section className={`card data-card ${kind}`} aria-label={title}>
      <header>
        <h2>
          {kind !== 'class' && <TriangleAlert size={15} aria-hidden="true" />}
          {title}
          <span className="num">{fields}</span>
        </h2>
        <p>{text}</p>
      </header>
      <table>
        <thead>
          <tr>
            {(['field', 'operation', 'step', 'persona', 'why'] as const).map((column) => (
              <th key={column} scope="col">
                {words.column[column]}
              </th>
            ))}
          </tr>
        </thead>
        {threads.slice(0, most).map((thread) => (
          <ThreadRows key={thread.key} thread={thread} withClass={kind !== 'class'} />
        ))}
      </table>
      {threads.length > most && (
        <button type="button" className="more-problems" onClick={() => setMost(most + shownMore)}>
          {words.more(Math.min(shownMore, threads.length - most))}
        </button>
      )}
    </section>
  )
}

const shownFirst = 60
const shownMore = 200

function ruleOf(of: DataClass | undefined): string {
  if (of?.declared !== true) return words.notDeclared
  return of.rules.join(', ') || words.noRule
}

function ThreadRows({
  thread: { rows, stations, needed },
  withClass,
}: {
  readonly thread: Thread
  readonly withClass: boolean
}) {
  const shown: readonly ((typeof stations)[number] | undefined)[] =
    stations.length > 0 ? stations : [undefined]
  return (
    <tbody className={needed ? undefined : 'for-nobody'}>
      {shown.map((station, index) => (
        <tr key={station === undefined ? 'nobody' : `${station.step} ${index}`}>
          {index === 0 && <Fields rows={rows} span={shown.length} withClass={withClass} />}
          {index === 0 && (
            <td rowSpan={shown.length} className="data-operation">
              <Travels row={rows[0]} />
            </td>
          )}
          {station === undefined ? (
            <td colSpan={3} className="data-nobody">
              {words.nobody}
            </td>
          ) : (
            <>
              <td className="data-step">
                <Station of={station} needed={needed} />
              </td>
              <td>{station.persona}</td>
              <td className="data-why">
                <Why station={station} needed={needed} several={rows.length > 1} />
              </td>
            </>
          )}
        </tr>
      ))}
    </tbody>
  )
}

function Why({
  station,
  needed,
  several,
}: {
  readonly station: DataScreen | DataCaller
  readonly needed: boolean
  readonly several: boolean
}) {
  if (!needed) return <span className="bad">{words.notNeeded(several)}</span>
  if ('why' in station && station.why !== undefined) return station.why
  if ('goal' in station && station.goal !== undefined)
    return (
      <span className="quiet">
        {words.goal}: {station.goal}
      </span>
    )
  return <span className="quiet">{words.noReason}</span>
}

function Fields({
  rows,
  span,
  withClass,
}: {
  readonly rows: readonly DataRow[]
  readonly span: number
  readonly withClass: boolean
}) {
  return (
    <th scope="row" rowSpan={span} className="data-field">
      <ul>
        {rows.map((row) => (
          <li key={row.path}>
            <DataLink url={row.url}>
              <code>{row.path}</code>
            </DataLink>
            {withClass && <span className="tag">{row.class}</span>}
            {row.sensitivity !== undefined && <span className="tag">{row.sensitivity}</span>}
            {row.masking !== undefined && <span className="tag">{words.masked(row.masking)}</span>}
            {row.broken !== undefined && (
              <span className="data-broken">
                {words.breaks}: {row.broken}
                {row.problem !== undefined && (
                  <DataLink url={row.problem}>
                    {words.problem} <code>{row.code}</code>
                  </DataLink>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </th>
  )
}

function Travels({ row }: { readonly row: DataRow }) {
  const [method = '', ...path] = row.request.split(' ')
  const way = row.direction === 'returned' || row.place === 'request' ? row.direction : row.place
  return (
    <Link to="/reference/$operation" params={{ operation: row.operation }}>
      <span>
        <Method method={method} />
        <code>{path.join(' ')}</code>
      </span>
      <small>{words.way[way === 'response' ? 'returned' : way](row.owner)}</small>
    </Link>
  )
}
