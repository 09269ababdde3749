import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { FreshnessRow } from '../../client/studio-client.ts'
import { lasting } from '../../ui/amounts.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import { Station } from './station.tsx'
import { words as all } from './words.ts'

const words = all.freshness

/** The reads of which the same is to be said: each leads to its step. */
export function FreshnessTable({
  verdict,
  rows,
  tested,
}: {
  readonly verdict: FreshnessRow['verdict']
  readonly rows: readonly FreshnessRow[]
  /** A real backend was asked: what it answered stands beside what is promised. */
  readonly tested: boolean
}) {
  const [most, setMost] = useState(shownFirst)
  const { title, text } = words.verdict[verdict]
  return (
    <section
      className={`card data-card fresh-card ${tested ? 'tested' : ''} ${verdict === 'stale' ? 'broken' : ''}`}
      aria-label={title}
    >
      <header>
        <h2>
          {verdict === 'stale' && <TriangleAlert size={15} aria-hidden="true" />}
          {title}
          <span className="num">{rows.length}</span>
        </h2>
        <p>{text}</p>
      </header>
      <table>
        <thead>
          <tr>
            {columns
              .filter((column) => tested || column !== 'observed')
              .map((column) => (
                <th key={column} scope="col">
                  {words.column[column]}
                </th>
              ))}
          </tr>
        </thead>
        {rows.slice(0, most).map((row, index) => (
          // A step may read the same twice.
          // oxlint-disable-next-line react/no-array-index-key
          <tbody key={`${row.step.step} ${row.operation} ${index}`}>
            <Read row={row} tested={tested} />
          </tbody>
        ))}
      </table>
      {rows.length > most && (
        <button type="button" className="more-problems" onClick={() => setMost(most + shownMore)}>
          {all.more(Math.min(shownMore, rows.length - most))}
        </button>
      )}
    </section>
  )
}

const columns = ['step', 'operation', 'call', 'policy', 'contract', 'observed', 'advice'] as const
const shownFirst = 60
const shownMore = 200
/** Fields of a read that are named; its step has all. */
const shownFields = 4

function Read({ row, tested }: { readonly row: FreshnessRow; readonly tested: boolean }) {
  const { step, call, policy, contract, observed, advice, problem } = row
  return (
    <tr>
      <th scope="row" className="data-step">
        <Station of={step} />
      </th>
      <td className="data-operation">
        <Reads row={row} />
      </td>
      <td className="fresh-fact num" data-label={words.column.call}>
        {call === undefined ? (
          <span className="quiet">{policy === undefined ? words.nothingSaid : words.asPolicy}</span>
        ) : (
          lasting(call)
        )}
      </td>
      <td className="fresh-fact num" data-label={words.column.policy}>
        {policy === undefined ? (
          <span className="quiet">{words.nothingSaid}</span>
        ) : (
          lasting(policy)
        )}
      </td>
      <td className="fresh-fact" data-label={words.column.contract}>
        {contract === undefined ? (
          <span className="quiet">{words.nothingSaid}</span>
        ) : (
          <code>{contract}</code>
        )}
      </td>
      {tested && (
        <td className="fresh-fact" data-label={words.column.observed}>
          {observed === undefined ? (
            <span className="quiet">{words.notAsked}</span>
          ) : (
            <code>{observed}</code>
          )}
        </td>
      )}
      <td className="fresh-advice">
        {advice.length === 0 ? (
          <span className="quiet">{words.noAdvice}</span>
        ) : (
          <ul>
            {advice.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
        {problem !== undefined && (
          <DataLink url={problem}>
            {all.problem} <code>TL3011</code>
          </DataLink>
        )}
      </td>
    </tr>
  )
}

function Reads({ row: { operation, request, fields } }: { readonly row: FreshnessRow }) {
  const [method = '', ...path] = request.split(' ')
  return (
    <Link to="/reference/$operation" params={{ operation }}>
      <span>
        <Method method={method} />
        <code>{path.join(' ')}</code>
      </span>
      <small>
        {fields.slice(0, shownFields).join(', ')}
        {fields.length > shownFields && words.andMore(fields.length - shownFields)}
      </small>
    </Link>
  )
}
