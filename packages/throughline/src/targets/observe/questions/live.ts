import type { LiveRow } from '@throughline/core'
import type { EvidenceQuery } from '../store/evidence-store.ts'

/** What happened last, the youngest first: what visits did, and the calls that backends report. */
export const liveEvents: EvidenceQuery<LiveRow> = {
  name: 'live events',
  sql: `SELECT kind, time, session, view, step, operation, method, status, outcome, duration, name, state, service, device FROM events
    WHERE (kind IN ('view', 'error', 'state', 'click', 'leave', 'survey') AND session > '' OR kind = 'call') AND time >= $since ORDER BY time DESC LIMIT $most`,
}
