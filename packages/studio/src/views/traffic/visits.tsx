import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LiveEvent } from '@throughline/core'
import { useMemo } from 'react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import { shownVisits, wentWrong } from './shown-visits.ts'
import { clockOf } from './clock.ts'
import type { TrafficSearch } from './traffic-address.ts'
import { liveQuery } from './traffic-data.ts'
import { words } from './words.ts'

const { visit: say } = words

/** What real visits do, the youngest first; each row leads to its step. */
export function Visits({
  search: { show, find },
  paused,
  onShowAll,
}: {
  readonly search: TrafficSearch
  readonly paused: boolean
  readonly onShowAll: () => void
}) {
  const {
    data: live,
    error,
    refetch,
  } = useQuery({ ...liveQuery, enabled: !paused, placeholderData: keepPreviousData })
  const { data: overview } = useQuery(workspaceQuery)
  const shown = useMemo(() => shownVisits(live?.events ?? [], { show, find }), [live, show, find])
  if (live === undefined)
    return error && !(error instanceof ApiProblem && error.status === 0) ? (
      <Failed problem={error} again={() => void refetch()} />
    ) : (
      <div className="card traffic-waiting" role="status" aria-label={say.list}>
        {[0, 1, 2, 3].map((row) => (
          <span key={row} className="bone wide" />
        ))}
      </div>
    )
  if (live.events.length === 0)
    return (
      <section className="empty-card card">
        <h2>{say.title}</h2>
        <p>{say.text}</p>
        <Copyable text={`<script src="${location.origin}/sdk.js"></script>`} />
      </section>
    )
  return (
    <>
      <p className="traffic-state" role="status">
        <span className={paused ? 'dot' : 'pulse'} aria-hidden="true" />
        {say.shown(shown.length, live.events.length)}. {paused ? words.paused : say.live}
      </p>
      {shown.length === 0 ? (
        <div className="empty-card card">
          <p>{say.nothing}</p>
          <button type="button" className="button" onClick={onShowAll}>
            {words.showAll}
          </button>
        </div>
      ) : (
        <ul className="card traffic-list" aria-label={say.list}>
          {shown.map((event, index) => (
            <li key={`${event.at} ${event.visit ?? ''} ${event.kind} ${String(index)}`}>
              <Row
                event={event}
                line={overview?.journeys.find(({ name }) => name === event.step?.journey)?.line}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Row({ event, line }: { readonly event: LiveEvent; readonly line: number | undefined }) {
  const { at, step, kind, method, operation, what, side, visit, device, ms, status, outcome } =
    event
  const isBad = wentWrong(event)
  return (
    <div className="traffic-row visit-row">
      <time className="num" dateTime={at}>
        {clockOf(at)}
      </time>
      <span className="traffic-step">
        {step === undefined ? (
          <span className="quiet">{say.noStep}</span>
        ) : (
          <DataLink
            url={`/performance?step=${encodeURIComponent(step.step)}`}
            className="inline-link"
          >
            <span className={`line-dot line-${line ?? 1}`} aria-hidden="true" />
            {step.title}
          </DataLink>
        )}
      </span>
      <span className="traffic-call">
        {kind === 'call' ? (
          <>
            {method !== undefined && <Method method={method} />}
            <span className="traffic-address">
              {operation === undefined ? (
                <span className="quiet">{words.noOperation}</span>
              ) : (
                <DataLink
                  url={`/reference/${encodeURIComponent(operation)}`}
                  className="inline-link"
                >
                  <code>{operation}</code>
                </DataLink>
              )}
            </span>
          </>
        ) : (
          <span>
            {say.kinds[kind]} {kind !== 'leave' && what !== undefined && <code>{what}</code>}
          </span>
        )}
      </span>
      <Status status={status} />
      <span className="traffic-why">
        {kind === 'call' && isBad && outcome !== undefined && (
          <span className="bad">{say.outcomes[outcome] ?? outcome}</span>
        )}
        <span>
          {side === 'backend'
            ? say.backend(what)
            : [visit, device].filter((one) => one !== undefined).join(', ')}
        </span>
      </span>
      <span className="traffic-ms num">{ms !== undefined && kind === 'call' && words.ms(ms)}</span>
    </div>
  )
}

function Status({ status }: { readonly status: number | undefined }) {
  if (status === undefined) return <span className="visit-status" />
  return (
    <span className={`status-badge num ${status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'ok'}`}>
      {status}
    </span>
  )
}
