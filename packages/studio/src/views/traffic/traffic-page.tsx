import '../../ui/matrix.css'
import './traffic.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Traffic, TrafficCall } from '@throughline/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowUpRight, Pause, Play, Search as SearchIcon, Send, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { Choice } from '../../ui/choice.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Method } from '../../ui/method.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { clockOf } from './clock.ts'
import { isProblem, isUnplanned, shownCalls } from './shown-calls.ts'
import { StatusBadge } from './status-badge.tsx'
import type { TrafficSearch } from './traffic-address.ts'
import { clearTraffic, trafficQuery, webhooksQuery } from './traffic-data.ts'
import { TrafficPanel } from './traffic-panel.tsx'
import { Visits } from './visits.tsx'
import { WebhookPanel } from './webhook-panel.tsx'
import { words } from './words.ts'

/** What is asked of the mock, live; the open call and the filter stand in the address. */
export function TrafficPage() {
  const [paused, setPaused] = useState(false)
  const { data: overview } = useQuery(workspaceQuery)
  const { data: traffic, error, refetch } = useQuery({ ...trafficQuery, enabled: !paused })
  useTitle(words.title, overview?.name)
  if (traffic) return <Calls traffic={traffic} paused={paused} onPause={setPaused} />
  if (error && !(error instanceof ApiProblem && error.status === 0))
    return <Failed problem={error} again={() => void refetch()} />
  return <Waiting />
}

function Calls({
  traffic,
  paused,
  onPause,
}: {
  readonly traffic: Traffic
  readonly paused: boolean
  readonly onPause: (paused: boolean) => void
}) {
  const search = useSearch({ from: '/traffic' })
  const navigate = useNavigate()
  const queries = useQueryClient()
  const clear = useMutation({ mutationFn: () => clearTraffic(queries) })
  const { show, find, call, from, send } = search
  const { data: sendable } = useQuery(webhooksQuery)
  const firstSendable = sendable?.webhooks[0]?.id
  const ofVisits = from === 'visits'
  const open = ofVisits || send !== undefined ? undefined : call
  const [entered, setEntered] = useState<string | undefined>()
  const { calls } = traffic
  const shown = useMemo(() => shownCalls(calls, { show, find }), [calls, show, find])

  function change(to: { readonly [Key in keyof TrafficSearch]?: TrafficSearch[Key] | undefined }) {
    void navigate({
      to: '/traffic',
      search: (before) => withoutNothing({ ...before, ...to }),
      replace: true,
      resetScroll: false,
    })
  }
  function close(): void {
    change({ call: undefined })
    document.querySelector<HTMLElement>('.traffic-row[aria-current]')?.focus()
  }
  useKeys({
    Escape: () => {
      if (send !== undefined) change({ send: undefined })
      else if (open !== undefined) close()
    },
  })

  return (
    <div className="with-inspector">
      <main id="page" tabIndex={-1} className="scroller traffic-page">
        <div className="page-head matrix-head">
          <div>
            <h1>{words.title}</h1>
            <p className="lead">{ofVisits ? words.visit.lead : words.lead}</p>
          </div>
          <div className="traffic-actions">
            {firstSendable !== undefined && (
              <button
                type="button"
                className="button"
                onClick={() => change({ send: firstSendable, call: undefined })}
              >
                <Send size={14} aria-hidden="true" />
                {words.webhook.open}
              </button>
            )}
            <button type="button" className="button" onClick={() => onPause(!paused)}>
              {paused ? (
                <Play size={14} aria-hidden="true" />
              ) : (
                <Pause size={14} aria-hidden="true" />
              )}
              {paused ? words.resume : words.pause}
            </button>
            {!ofVisits && (
              <button
                type="button"
                className="button"
                disabled={calls.length === 0 || clear.isPending}
                onClick={() => clear.mutate()}
              >
                <Trash2 size={14} aria-hidden="true" />
                {words.clear}
              </button>
            )}
          </div>
        </div>
        <Choice
          label={words.from}
          value={from ?? 'mock'}
          options={[
            { value: 'mock', words: words.mock },
            { value: 'visits', words: words.visits },
          ]}
          onChoose={(value) =>
            change({ from: value === 'visits' ? 'visits' : undefined, call: undefined })
          }
        />
        {ofVisits ? (
          <>
            <Filters search={search} change={change} />
            <Visits
              search={search}
              paused={paused}
              onShowAll={() => change({ show: undefined, find: undefined })}
            />
          </>
        ) : calls.length === 0 && show === undefined && find === undefined ? (
          <Nothing />
        ) : (
          <>
            <Filters calls={calls} search={search} change={change} />
            <p className="traffic-state" role="status">
              <span className={paused ? 'dot' : 'pulse'} aria-hidden="true" />
              {words.shown(shown.length, calls.length)}. {paused ? words.paused : words.live}
            </p>
            {clear.error && (
              <p role="alert" className="bad">
                {words.clearFailed(clear.error.message)}
              </p>
            )}
            {shown.length === 0 ? (
              <div className="empty-card card">
                <p>{words.nothing}</p>
                <button
                  type="button"
                  className="button"
                  onClick={() => change({ show: undefined, find: undefined })}
                >
                  {words.showAll}
                </button>
              </div>
            ) : (
              <ul className="card traffic-list" aria-label={words.list}>
                {shown.map((call) => (
                  <li key={call.number}>
                    <Row
                      call={call}
                      open={call.id === open}
                      onOpen={() => {
                        setEntered(call.id)
                        change({ call: call.id, send: undefined })
                      }}
                    />
                  </li>
                ))}
              </ul>
            )}
            {calls.length >= 500 && <p className="quiet">{words.first(calls.length)}</p>}
          </>
        )}
      </main>
      {send !== undefined && (
        <WebhookPanel
          id={send}
          onChoose={(id) => change({ send: id })}
          onClose={() => change({ send: undefined })}
        />
      )}
      {open !== undefined && (
        <TrafficPanel
          key={open}
          id={open}
          call={calls.find((one) => one.id === open)}
          enter={entered === open}
          onClose={close}
        />
      )}
    </div>
  )
}

function Filters({
  calls,
  search: { show, find },
  change,
}: {
  /** Counted, where all are known. */
  readonly calls?: readonly TrafficCall[]
  readonly search: TrafficSearch
  readonly change: (to: {
    show?: TrafficSearch['show'] | undefined
    find?: string | undefined
  }) => void
}) {
  return (
    <div className="matrix-tools">
      <label className="filter-field">
        <span className="sr">{words.find}</span>
        <SearchIcon size={14} aria-hidden="true" />
        <input
          type="search"
          placeholder={words.find}
          value={find ?? ''}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget: { value } }) =>
            change({ find: value === '' ? undefined : value })
          }
        />
      </label>
      <Choice
        label={words.filter}
        value={show ?? 'all'}
        options={[
          { value: 'all', words: words.all },
          {
            value: 'problems',
            words: words.problems,
            ...(calls && { count: calls.filter(isProblem).length }),
          },
          {
            value: 'unplanned',
            words: words.unplanned,
            ...(calls && { count: calls.filter(isUnplanned).length }),
          },
        ]}
        onChoose={(value) => change({ show: value === 'all' ? undefined : value })}
      />
    </div>
  )
}

function Row({
  call,
  open,
  onOpen,
}: {
  readonly call: TrafficCall
  readonly open: boolean
  readonly onOpen: () => void
}) {
  const [step, ...others] = call.steps
  return (
    <button
      type="button"
      className="traffic-row"
      aria-current={open ? 'true' : undefined}
      onClick={onOpen}
    >
      <time className="num" dateTime={call.at}>
        {clockOf(call.at)}
      </time>
      <span className="traffic-step">
        {step === undefined ? (
          <span className="quiet">{words.noStep}</span>
        ) : (
          <>
            <span className={`line-dot line-${step.line}`} aria-hidden="true" />
            {step.title}
            {others.length > 0 && <span className="quiet"> {words.others(others.length)}</span>}
          </>
        )}
      </span>
      <span className="traffic-call">
        <Method method={call.method} />
        <span className="traffic-address">
          <code>
            {call.operations.length === 0 ? words.noOperation : call.operations.join(', ')}
          </code>{' '}
          <bdi dir="ltr" className="mono quiet">
            {call.url}
          </bdi>
        </span>
      </span>
      <StatusBadge call={call} />
      <span className="traffic-why">
        {call.why}
        {call.violation !== undefined && <span className="bad">{call.violation}</span>}
      </span>
      <span className="traffic-ms num">
        {call.fault === 'timeout' ? words.never : words.ms(call.ms)}
      </span>
    </button>
  )
}

function Nothing() {
  const { data: overview } = useQuery(workspaceQuery)
  return (
    <section className="empty-card card">
      <h2>{words.empty.title}</h2>
      <p>{words.empty.text}</p>
      {overview?.app && (
        <p>
          <a className="button primary" href={overview.app.url} target="_blank" rel="noreferrer">
            {words.empty.openApp}
            <ArrowUpRight size={14} aria-hidden="true" />
          </a>
        </p>
      )}
      {overview && (
        <>
          <p>{words.empty.try}</p>
          <Copyable text={`curl -i ${overview.mock.url}/${overview.apis[0]?.name ?? ''}`} />
        </>
      )}
    </section>
  )
}

function Waiting() {
  return (
    <main id="page" tabIndex={-1} className="scroller traffic-page">
      <div className="page-head" role="status" aria-label={strings.loading}>
        <h1>{words.title}</h1>
      </div>
      <div className="card traffic-waiting">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <span key={row} className="bone wide" />
        ))}
      </div>
    </main>
  )
}

/** An address says only what is set. */
function withoutNothing(search: Readonly<Record<string, string | undefined>>): TrafficSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
