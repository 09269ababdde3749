import type { EvidenceQuery } from '../store/evidence-store.ts'
import { asked } from './dialects.ts'

/** A row of evidence as a store gives it back: lists and objects as JSON text. */
export type EventAnswer = Readonly<Record<string, string | number | boolean | null>>

/** What pages called, a sample of whole sessions: the first in the order of their opaque names, so by chance. */
export const sampledCalls: EvidenceQuery<EventAnswer> = {
  name: 'sampled calls',
  sql: `SELECT kind, time, duration, session, view, step, operation, method, status, outcome, bytes, cached, release, attributes
    FROM events WHERE kind = 'call' AND view > '' AND session > '' AND ${asked} ORDER BY session, time LIMIT $most`,
}

/** What backends did, a sample of whole traces. */
export const sampledSpans: EvidenceQuery<EventAnswer> = {
  name: 'sampled spans',
  sql: `SELECT kind, time, duration, trace, operation, service, name, attributes
    FROM events WHERE kind IN ('span', 'call') AND (view IS NULL OR view = '') AND trace > '' AND ${asked} ORDER BY trace, time LIMIT $most`,
}
