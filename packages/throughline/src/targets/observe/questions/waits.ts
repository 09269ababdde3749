import type { LaterWaitRow, WaitRow } from '@throughline/core'
import type { Dialect, EvidenceQuery } from '../store/evidence-store.ts'
import { loading } from '../store/visit-waits.ts'
import { asked, inBoth } from './dialects.ts'

/**
 * Each visit of a step (`time` is when it was entered) and how long its calls took from then, for a FROM. Each engine has a
 * table of that, which follows what comes in.
 */
export function visitWaits(
  { dialect }: { readonly dialect: Dialect },
  { steps = 'step IN $steps', network = true } = {},
): string {
  if (dialect === 'duckdb')
    return `(SELECT session, view, step, time AS began, wait, pending${network ? ', network, trace, longest' : ''}
      FROM visit_waits WHERE ${steps} AND ${asked})`
  const more = network
    ? ', max(travelled) AS network, max(traced) AS trace, max(most) AS longest'
    : ''
  // A visit has a row for each time that something of it came in, of which the greatest counts.
  return `(SELECT any(who) AS session, any(page) AS view, any(place) AS step, any(entered) AS began, max(waited) AS wait, max(unanswered) AS pending${more}
    FROM (SELECT visit, session AS who, view AS page, step AS place, time AS entered, wait AS waited, pending AS unanswered${network ? ', network AS travelled, trace AS traced, longest AS most' : ''}
      FROM visit_waits WHERE ${steps} AND ${asked}) AS parts
    GROUP BY visit)`
}

/** How long people waited at each step, beside its budget: steps and budgets are `step0`, `budget0`, ... */
export function stepWaits(steps: number): EvidenceQuery<WaitRow> {
  const all = Array.from({ length: steps }, (_, at) => at)
  const names = `[${all.map((at) => `$step${at}`).join(', ')}]`
  return {
    name: 'step waits',
    sql: inBoth((words) => {
      const inDuckdb = words.dialect === 'duckdb'
      const target = all.map(
        (at) => `WHEN step = ${inDuckdb ? `$step${at}` : at + 1} THEN $target${at}`,
      )
      const most = `(CASE ${target.join(' ')} ELSE 1000.0 END)`
      return `SELECT ${inDuckdb ? 'place' : `${names}[place]`} AS step, visits, p[1] AS p50, p[2] AS p75, p[3] AS p95, over, satisfied, tolerating, unanswered AS pending
      FROM (SELECT step AS place, count(*) AS visits,
      ${words.quantiles('wait', [0.5, 0.75, 0.95])} AS p,
      sum(CASE WHEN wait > ${most} THEN 1 ELSE 0 END) AS over,
      sum(CASE WHEN pending = 0 AND wait <= ${most} THEN 1 ELSE 0 END) AS satisfied,
      sum(CASE WHEN pending = 0 AND wait > ${most} AND wait <= 4 * ${most} THEN 1 ELSE 0 END) AS tolerating,
      sum(pending) AS unanswered
      FROM ${inDuckdb ? visitWaits(words, { network: false }) : numberedWaits(names, all)} AS waits GROUP BY step) AS answered`
    }),
  }
}

/**
 * The visits of all steps in ClickHouse, which has a step by its place among `names`, counted from 1: as one number together with whether
 * a call went unanswered, it groups millions of visits in half the time that names take.
 */
function numberedWaits(names: string, all: readonly number[]): string {
  return `(SELECT intDiv(mark, 2) AS step, longest AS wait, mark % 2 AS pending
      FROM (SELECT visit, max(waited) AS longest, max(marked) AS mark
        FROM (SELECT visit, wait AS waited, pending + 2 * transform(step, ${names}, [${all.map((at) => at + 1).join(', ')}], 0) AS marked
          FROM visit_waits WHERE step IN $steps AND ${asked}) AS parts
        GROUP BY visit) AS visited)`
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

/** ClickHouse groups what it is told to: only the sessions that are answered with. */
const sampled = ` AND session GLOBAL IN (SELECT session FROM events
            WHERE kind = 'view' AND session > '' AND step = $step AND ${asked} GROUP BY session ORDER BY session LIMIT $most)`

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
          FROM events WHERE kind = 'view' AND session > '' AND step IN $steps AND ${asked}${words.dialect === 'duckdb' ? '' : sampled} GROUP BY session) AS sessions
        WHERE first < 9e15 ORDER BY session LIMIT $most) AS sampled
      ${words.join} ${visitWaits(words, { steps: words.dialect === 'duckdb' ? 'step = $step' : `step = $step${sampled}` })} AS waits USING (session, began)) AS waited
    ${words.leftJoin} (SELECT trace, max(duration) AS server FROM events
      WHERE kind = 'call' AND (view IS NULL OR view = '') AND trace > '' AND ${asked} GROUP BY trace) AS backends USING (trace)`,
  ),
}
