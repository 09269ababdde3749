import type { LaterWaitRow, WaitRow } from '@throughline/core'
import type { Dialect, EvidenceQuery } from '../store/evidence-store.ts'
import { loading } from '../store/visit-waits.ts'
import { asked, inBoth } from './dialects.ts'

/**
 * Each visit of a step (`time` is when it was entered) and how long its calls took from then, for a FROM. DuckDB has a table of
 * that, which follows what comes in; ClickHouse joins.
 */
export function visitWaits(
  { dialect, join }: { readonly dialect: Dialect; readonly join: string },
  { steps = 'step IN $steps', network = true } = {},
): string {
  if (dialect === 'duckdb')
    return `(SELECT session, view, step, time AS began, wait, pending${network ? ', network, trace, longest' : ''}
      FROM visit_waits WHERE ${steps} AND ${asked})`
  const more = network
    ? ', max(network) AS network, max(trace) AS trace, max(duration) AS longest'
    : ''
  // The smaller side stands to the right, where ClickHouse keeps it in memory; a number for both names is a cheaper key than two texts.
  const visit = 'cityHash64(assumeNotNull(session), assumeNotNull(view)) AS visit'
  return `(SELECT any(who) AS session, any(page) AS view, place AS step, entered AS began, max(called + duration) - entered AS wait,
      max(CASE WHEN outcome = 'pending' THEN 1 ELSE 0 END) AS pending${more}
    FROM (SELECT ${visit}, time AS called, duration, outcome${network ? ', network, trace' : ''} FROM events
      WHERE kind = 'call' AND view > '' AND session > '' AND duration >= 0
        AND time >= $since - ${loading.before} AND time <= $until + ${loading.after}) AS calls
    ${join} (SELECT ${visit}, session AS who, view AS page, step AS place, time AS entered FROM events
      WHERE kind = 'view' AND view > '' AND session > '' AND ${steps} AND ${asked}) AS views USING (visit)
    WHERE called - entered >= -${loading.before} AND called - entered <= ${loading.after}
    GROUP BY visit, place, entered)`
}

/** How long people waited at each step, beside its budget: steps and budgets are `step0`, `budget0`, ... */
export function stepWaits(steps: number): EvidenceQuery<WaitRow> {
  const target = Array.from(
    { length: steps },
    (_, at) => `WHEN step = $step${at} THEN $target${at}`,
  ).join(' ')
  const most = `(CASE ${target} ELSE 1000.0 END)`
  return {
    name: 'step waits',
    sql: inBoth(
      (
        words,
      ) => `SELECT step, visits, p[1] AS p50, p[2] AS p75, p[3] AS p95, over, satisfied, tolerating, unanswered AS pending
      FROM (SELECT step, count(*) AS visits,
      ${words.quantiles('wait', [0.5, 0.75, 0.95])} AS p,
      sum(CASE WHEN wait > ${most} THEN 1 ELSE 0 END) AS over,
      sum(CASE WHEN pending = 0 AND wait <= ${most} THEN 1 ELSE 0 END) AS satisfied,
      sum(CASE WHEN pending = 0 AND wait > ${most} AND wait <= 4 * ${most} THEN 1 ELSE 0 END) AS tolerating,
      sum(pending) AS unanswered
      FROM ${visitWaits(words, { network: false })} AS waits GROUP BY step) AS answered`,
    ),
  }
}

/**
 * What people waited for after a step had loaded: calls that begin later answer to a click, to scrolling, or to the page itself, so each
 * wait counts from its own first call. Calls of a page that begin within the same second, counted from entering, are one wait.
 */
export const laterWaits: EvidenceQuery<LaterWaitRow> = {
  name: 'later waits',
  sql: inBoth(
    (words) => `SELECT step, waits, p[1] AS p50, p[2] AS p75, p[3] AS p95, unanswered AS pending
    FROM (SELECT step, count(*) AS waits, ${words.quantiles('wait', [0.5, 0.75, 0.95])} AS p, sum(pending) AS unanswered
      FROM (SELECT session, view, step, floor((called - entered) / 1000) AS second, max(ended) - min(called) AS wait, max(pending) AS pending
        FROM (SELECT session, view, step, called, max(began) AS entered, max(ends) AS ended, max(waits) AS pending
          FROM (SELECT session, view, step, time AS began FROM events WHERE kind = 'view' AND view > '' AND session > '' AND step IN $steps AND ${asked}) AS views
          ${words.join} (SELECT session, view, time AS called, time + duration AS ends, (CASE WHEN outcome = 'pending' THEN 1 ELSE 0 END) AS waits FROM events
            WHERE kind = 'call' AND view > '' AND session > '' AND duration >= 0 AND ${asked}) AS calls USING (session, view)
          WHERE called >= began - ${loading.before} GROUP BY session, view, step, called) AS told
        WHERE called - entered > ${loading.after} GROUP BY session, view, step, entered, second) AS waited
      GROUP BY step) AS answered`,
  ),
}

export interface VisitAnswer {
  readonly session: string
  readonly began: number
  readonly wait: number
  readonly pending: number
  readonly network: number | null
  /** What the backend took of it, where its span of the trace is known. */
  readonly longest: number | null
  readonly server: number | null
  readonly wentOn: number
  readonly device: string | null
  readonly country: string | null
  readonly connection: string | null
  readonly release: string | null
  readonly persona: string | null
  readonly previousStep: string | null
}

/** The first visit of `step` by each of a sample of sessions, and whether one of `later` was reached. */
export const stepVisits: EvidenceQuery<VisitAnswer> = {
  name: 'step visits',
  sql: inBoth(
    (
      words,
    ) => `SELECT session, began, wait, pending, network, longest, server, wentOn, device, country, connection, release, persona, previousStep
    FROM (SELECT session, began, wait, pending, network, longest, trace, wentOn, device, country, connection, release, persona, previousStep
      FROM (SELECT session, first AS began, (CASE WHEN latest > first THEN 1 ELSE 0 END) AS wentOn, usual AS device, country, connection, newest AS release, persona, previousStep
        FROM (SELECT session, min(CASE WHEN step = $step THEN time ELSE 9e15 END) AS first,
            max(CASE WHEN step IN $later THEN time ELSE -1.0 END) AS latest,
            max(device) AS usual, max(country) AS country, max(connection) AS connection, max(release) AS newest, max(persona) AS persona,
            max(CASE WHEN step = $step THEN previousStep END) AS previousStep
          FROM events WHERE kind = 'view' AND session > '' AND step IN $steps AND ${asked} GROUP BY session) AS sessions
        WHERE first < 9e15 ORDER BY session LIMIT $most) AS sampled
      ${words.join} ${visitWaits(words, { steps: 'step = $step' })} AS waits USING (session, began)) AS waited
    ${words.leftJoin} (SELECT trace, max(duration) AS server FROM events
      WHERE kind = 'call' AND (view IS NULL OR view = '') AND trace > '' AND ${asked} GROUP BY trace) AS backends USING (trace)`,
  ),
}
