import { eventFrom, LEAST, liveEvidence, reportOf, type Graph } from '@throughline/core'
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { CannotRun } from '../../cannot-run.ts'
import { evidenceAnswers } from '../../targets/observe/evidence-answers.ts'
import type { Asked } from '../../targets/observe/questions/dialects.ts'
import { liveEvents } from '../../targets/observe/questions/live.ts'
import { choices } from '../../targets/observe/questions/choices.ts'
import { seenAfter } from '../live.ts'
import { keepBatch } from '../../targets/observe/import/keep-batch.ts'
import { StoreBusy, type EvidenceStore } from '../../targets/observe/store/evidence-store.ts'
import { problem } from '../problem.ts'

export interface EvidenceRoutesOptions {
  /** Opens the store where nobody has yet. */
  readonly store: () => Promise<Pick<EvidenceStore, 'append' | 'query'>>
  readonly graph: () => Graph
  /** Works a report out elsewhere and gives it as JSON; else it is done here, and nobody is answered meanwhile. */
  readonly report?: (asked: Asked, journey?: string) => Promise<string>
  readonly now?: () => number
}

/** What really happened on the journeys: the report of `throughline report`, and what can be chosen for it. */
export function evidenceRoutes(app: Hono, options: EvidenceRoutesOptions): void {
  const { store, graph, now = Date.now } = options
  const reported =
    options.report ??
    (async (asked, journey) => {
      const linked = graph()
      const answers = await evidenceAnswers(await store(), linked, asked, journey)
      return JSON.stringify(
        reportOf(linked, answers, { ...asked, ...(journey !== undefined && { journey }) }),
      )
    })
  const kept = new Map<string, { readonly at: number; readonly report: Promise<string> }>()

  app.get('/api/evidence', async (context) => {
    const asked = askedIn(context, now())
    if (asked instanceof Response) return asked
    const journey = context.req.query('journey')
    if (journey !== undefined && !graph().journeys.some(({ name }) => name === journey))
      return problem(
        404,
        `No journey is called ${journey.slice(0, 100)}`,
        'It may have been renamed: the list of journeys shows the names.',
      )
    const key = JSON.stringify([
      context.req.query('since'),
      context.req.query('until'),
      asked.environment,
      asked.release,
      asked.device,
      journey,
    ])
    const before = kept.get(key)
    const fresh = before !== undefined && now() - before.at < keptFor ? before : undefined
    const report = fresh?.report ?? reported(asked, journey)
    if (fresh === undefined) {
      if (kept.size >= mostKept) kept.clear()
      kept.set(key, { at: now(), report })
    }
    return answered(context, report, () => kept.delete(key))
  })

  importRoute(app, store, () => kept.clear())

  app.get('/api/evidence/live', (context) =>
    answered(
      context,
      store()
        .then((opened) => opened.query(liveEvents, { since: now() - liveFor, most: mostLive }))
        .then((rows) => liveEvidence(graph(), rows)),
    ),
  )

  app.get('/api/evidence/choices', (context) =>
    answered(
      context,
      store()
        .then((opened) => opened.query(choices))
        .then((rows) => ({
          environments: distinct(rows.map(({ environment }) => environment)),
          releases: distinct(rows.map(({ release }) => release)),
          devices: distinct(rows.map(({ device }) => device)),
          least: LEAST.percentile,
        })),
    ),
  )
}

/** Takes parts of imported files from the command line: the server has the database open, so nobody else can. */
function importRoute(app: Hono, store: EvidenceRoutesOptions['store'], changed: () => void): void {
  app.post('/api/evidence/imports', bodyLimit({ maxSize: mostBytes }), async (context) => {
    const body = (await context.req.json().catch(() => undefined)) as
      | { readonly batch?: unknown; readonly events?: unknown }
      | undefined
    const { batch, events } = body ?? {}
    const read = Array.isArray(events) ? events.slice(0, mostEvents + 1).map(eventFrom) : []
    const taken = read.filter((one) => one !== undefined)
    if (
      typeof batch !== 'string' ||
      !/^import:[\w-]{10,60}:\d{1,9}$/.test(batch) ||
      taken.length === 0 ||
      taken.length !== read.length ||
      taken.length > mostEvents
    )
      return problem(
        400,
        'This is no part of an import',
        `A batch \`import:<file>:<part>\` with up to ${mostEvents} events is wanted: use \`throughline import FILE --as evidence\`.`,
      )
    try {
      const kept = await keepBatch(await store(), batch, taken)
      changed()
      return context.json({ kept }, 200, { 'cache-control': 'no-store' })
    } catch (error) {
      if (error instanceof CannotRun || error instanceof StoreBusy)
        return problem(503, 'The evidence cannot be kept', error.message)
      throw error
    }
  })
}

const mostEvents = 2000
const mostBytes = 8_000_000

/** A page that is looked at by many asks once. */
const keptFor = seenAfter
const mostKept = 16
/** What the page of the traffic shows: an hour, as many events. */
const liveFor = 3_600_000
const mostLive = 500

async function answered(
  context: Context,
  data: Promise<object | string>,
  failed: () => void = () => {},
): Promise<Response> {
  try {
    const found = await data
    return context.body(typeof found === 'string' ? found : JSON.stringify(found), 200, {
      'cache-control': 'no-store',
      'content-type': 'application/json',
    })
  } catch (error) {
    failed()
    if (error instanceof CannotRun || error instanceof StoreBusy)
      return problem(503, 'The evidence cannot be read', error.message)
    throw error
  }
}

function askedIn(context: Context, now: number): Asked | Response {
  const moment = (name: string, otherwise: number): number | undefined => {
    const written = context.req.query(name)
    if (written === undefined) return otherwise
    const at = /^\d{1,15}$/.test(written) ? Number(written) : Date.parse(written)
    return Number.isFinite(at) ? at : undefined
  }
  const since = moment('since', now - 30 * 86_400_000)
  const until = moment('until', now + 60_000)
  if (since === undefined || until === undefined)
    return problem(
      400,
      'since and until are moments',
      'Milliseconds since 1970, or a date such as 2026-11-01.',
    )
  const chosen = ['environment', 'release', 'device'].flatMap((name) => {
    const value = context.req.query(name)
    return value === undefined || value === '' ? [] : [[name, value]]
  })
  return { since, until, ...Object.fromEntries(chosen) }
}

function distinct(values: readonly (string | null | undefined)[]): readonly string[] {
  const known = values.filter((one) => typeof one === 'string' && one !== '') as readonly string[]
  return [...new Set(known)].toSorted((a, b) => a.localeCompare(b, 'en'))
}
