import type { FlagRow, StopRow } from '@throughline/core'
import type { EvidenceQuery } from '../store/evidence-store.ts'
import { asked, failed, inBoth } from './dialects.ts'

/** The name under which the end of an experiment is kept. */
export const stopName = 'throughline.experiment.stopped'

/** Visits by the variant that they had, and how many of them met an error. */
export const flagTroubles: EvidenceQuery<FlagRow> = {
  name: 'flag troubles',
  sql: inBoth(
    ({ leftJoin }) => `SELECT flag, count(*) AS sessions, sum(coalesce(troubled, 0)) AS troubled
    FROM (SELECT session, name AS flag FROM events WHERE kind = 'flag' AND name > '' AND session > '' AND ${asked} GROUP BY session, name) AS flags
    ${leftJoin} (SELECT session, 1 AS troubled FROM events
      WHERE session > '' AND (kind = 'error' OR kind = 'call' AND view > '' AND ${failed}) AND ${asked} GROUP BY session) AS troubles USING (session)
    GROUP BY flag ORDER BY sessions DESC, flag LIMIT 500`,
  ),
}

/** Experiments that were ended early, ever. Only the server itself writes without saying where from. */
export const stops: EvidenceQuery<StopRow> = {
  name: 'stopped experiments',
  sql: `SELECT state AS experiment, min(time) AS stoppedAt, min(text) AS because
    FROM events WHERE kind = 'log' AND name = '${stopName}' AND (source IS NULL OR source = '') AND state > '' GROUP BY state, batch ORDER BY stoppedAt LIMIT 1000`,
}
