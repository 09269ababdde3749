import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { scrubbed } from '../evidence/scrubbed.ts'

/** What real visits and their backends just did, the youngest first. */
export interface LiveEvidence {
  readonly events: readonly LiveEvent[]
}

export interface LiveEvent {
  readonly kind: 'view' | 'call' | 'error' | 'state' | 'click' | 'leave' | 'survey'
  /** RFC 3339. */
  readonly at: string
  /** As the page saw it, or as a backend reports it. */
  readonly side: 'page' | 'backend'
  /** The beginning of the visit's opaque name: enough to tell visits apart. */
  readonly visit?: string
  readonly step?: { readonly step: string; readonly title: string; readonly journey: string }
  readonly operation?: string
  readonly method?: string
  readonly status?: number
  readonly outcome?: string
  /** How long it took, milliseconds. */
  readonly ms?: number
  /** The condition that was shown, the class of an error, what was clicked in vain, the survey. */
  readonly what?: string
  readonly device?: string
}

/** A row of the store. */
export interface LiveRow {
  readonly kind: LiveEvent['kind']
  readonly time: number
  readonly session?: string | null
  readonly view?: string | null
  readonly step?: string | null
  readonly operation?: string | null
  readonly method?: string | null
  readonly status?: number | null
  readonly outcome?: string | null
  readonly duration?: number | null
  readonly name?: string | null
  readonly state?: string | null
  readonly service?: string | null
  readonly device?: string | null
}

/** The rows with the steps they belong to. */
export function liveEvidence(graph: Graph, rows: readonly LiveRow[]): LiveEvidence {
  return { events: rows.map((row) => liveEvent(graph, row)) }
}

function liveEvent(graph: Graph, row: LiveRow): LiveEvent {
  const step = row.step ? nodeOf(graph, 'step', `step:${row.step}`) : undefined
  const what = row.kind === 'state' ? row.state : row.kind === 'call' ? row.service : row.name
  const isPage = Boolean(row.view)
  return {
    kind: row.kind,
    at: new Date(row.time).toISOString(),
    side: isPage ? 'page' : 'backend',
    ...(row.session && { visit: row.session.slice(0, 6) }),
    ...(step !== undefined && {
      step: {
        step: step.name,
        title: step.title,
        journey: step.journey.slice('journey:'.length),
      },
    }),
    ...(row.operation && { operation: row.operation }),
    ...(row.method && { method: row.method }),
    ...(typeof row.status === 'number' && { status: row.status }),
    ...(row.outcome && { outcome: row.outcome }),
    ...(typeof row.duration === 'number' && { ms: row.duration }),
    ...(what && !(row.kind === 'call' && isPage) && { what: scrubbed(what, 100) }),
    ...(row.device && { device: row.device }),
  }
}
