import type {
  ErrorRow,
  FailedRow,
  HourRow,
  OperationRow,
  PeriodRow,
  ReadRow,
  ReleaseRow,
  ShownRow,
  StepCallRow,
  VitalRow,
} from '@throughline/core'
import type { EvidenceQuery } from '../store/evidence-store.ts'
import { asked, failed, inBoth } from './dialects.ts'

const ofPage = `kind = 'call' AND view > ''`
const ofNoPage = `(view IS NULL OR view = '')`
const count = (condition: string): string => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`

/** How much evidence there is. */
export const period: EvidenceQuery<PeriodRow> = {
  name: 'period',
  sql: `SELECT count(*) AS events, coalesce(count(DISTINCT session), 0) AS sessions, ${count(`kind = 'view'`)} AS views,
    ${count(ofPage)} AS calls, min(time) AS first, max(time) AS last FROM events WHERE ${asked}`,
}

/** Each operation, as pages felt it and as backends report it. */
export const operations: EvidenceQuery<OperationRow> = {
  name: 'operations',
  sql: inBoth(
    ({
      quantile,
    }) => `SELECT operation, (CASE WHEN ${ofNoPage} THEN 'server' ELSE 'client' END) AS side, count(*) AS calls,
    ${count(failed)} AS failed, ${count(`trace > ''`)} AS traced, ${count('cached')} AS cached,
    ${quantile('duration', 0.5)} AS p50, ${quantile('duration', 0.75)} AS p75, ${quantile('duration', 0.95)} AS p95,
    ${quantile('bytes', 0.5)} AS bytes50, ${quantile('bytes', 0.95)} AS bytes95
    FROM events WHERE kind = 'call' AND operation > '' AND duration >= 0 AND ${asked}
    GROUP BY operation, side ORDER BY calls DESC LIMIT 2000`,
  ),
}

/** p75 of each operation in each hour, as pages felt it. */
export const operationHours: EvidenceQuery<HourRow> = {
  name: 'operation hours',
  sql: inBoth(
    ({
      quantile,
      hour,
    }) => `SELECT operation, ${hour('time')} AS hour, count(*) AS calls, ${count(failed)} AS failed, ${quantile('duration', 0.75)} AS p75
    FROM events WHERE ${ofPage} AND operation > '' AND duration >= 0 AND ${asked} GROUP BY operation, hour ORDER BY operation, hour LIMIT 20000`,
  ),
}

/** The calls of each step: how long, and when within the visit. */
export const stepCalls: EvidenceQuery<StepCallRow> = {
  name: 'step calls',
  sql: inBoth(
    ({ quantile, join }) => `SELECT step, operation, count(*) AS calls, ${count(failed)} AS failed,
    ${quantile('duration', 0.5)} AS p50, ${quantile('duration', 0.75)} AS p75, ${quantile('duration', 0.95)} AS p95,
    ${quantile('called - entered', 0.5)} AS start, ${quantile('called + duration - entered', 0.5)} AS "end", ${quantile('bytes', 0.5)} AS bytes
    FROM (SELECT session, view, step, time AS entered FROM events WHERE kind = 'view' AND view > '' AND session > '' AND step IN $steps AND ${asked}) AS views
    ${join} (SELECT session, view, operation, time AS called, duration, status, outcome, bytes FROM events
      WHERE ${ofPage} AND session > '' AND operation > '' AND duration >= 0 AND ${asked}) AS calls USING (session, view)
    WHERE called - entered >= -100 AND called - entered <= 3000
    GROUP BY step, operation ORDER BY step, start LIMIT 5000`,
  ),
}

/** Conditions seen on pages. */
export const shown: EvidenceQuery<ShownRow> = {
  name: 'shown',
  sql: `SELECT step, state, coalesce(max(operation), '') AS operation, coalesce(count(DISTINCT session), 0) AS sessions, count(*) AS times
    FROM events WHERE kind = 'state' AND step > '' AND state > '' AND ${asked} GROUP BY step, state ORDER BY times DESC LIMIT 2000`,
}

/** Calls of pages that got no good answer. */
export const failures: EvidenceQuery<FailedRow> = {
  name: 'failures',
  sql: `SELECT coalesce(step, '') AS step, coalesce(operation, '') AS operation, coalesce(status, 0) AS status, coalesce(outcome, '') AS outcome, sessions, times
    FROM (SELECT step, operation, status, outcome, coalesce(count(DISTINCT session), 0) AS sessions, count(*) AS times
      FROM events WHERE ${ofPage} AND (${failed} OR outcome = 'pending') AND ${asked} GROUP BY step, operation, status, outcome) AS found
    ORDER BY times DESC LIMIT 2000`,
}

/** Uncaught errors of pages. */
export const errors: EvidenceQuery<ErrorRow> = {
  name: 'errors',
  sql: `SELECT coalesce(step, '') AS step, coalesce(name, '') AS name, sessions, times
    FROM (SELECT step, name, coalesce(count(DISTINCT session), 0) AS sessions, count(*) AS times
      FROM events WHERE kind = 'error' AND ${asked} GROUP BY step, name) AS found
    ORDER BY times DESC LIMIT 500`,
}

export const vitals: EvidenceQuery<VitalRow> = {
  name: 'vitals',
  sql: inBoth(
    ({ quantile }) => `SELECT step, name, count(*) AS samples, ${quantile('value', 0.75)} AS p75
    FROM events WHERE kind = 'vital' AND step > '' AND name > '' AND ${asked} GROUP BY step, name ORDER BY step, name LIMIT 2000`,
  ),
}

/** Which fields of answers were read: each distinct set with how often it was seen. */
export const reads: EvidenceQuery<ReadRow> = {
  name: 'reads',
  sql: `SELECT coalesce(max(step), '') AS step, operation, fields, count(*) AS views
    FROM events WHERE kind = 'read' AND operation > '' AND fields > '' AND ${asked} GROUP BY operation, fields ORDER BY views DESC LIMIT 5000`,
}

export const releases: EvidenceQuery<ReleaseRow> = {
  name: 'releases',
  sql: inBoth(
    ({
      quantile,
    }) => `SELECT release, operation, min(time) AS first, count(*) AS calls, ${count(failed)} AS failed,
    ${quantile('duration', 0.75)} AS p75, ${quantile('bytes', 0.5)} AS bytes50
    FROM events WHERE ${ofPage} AND release > '' AND operation > '' AND duration >= 0 AND ${asked} GROUP BY release, operation ORDER BY first LIMIT 5000`,
  ),
}
