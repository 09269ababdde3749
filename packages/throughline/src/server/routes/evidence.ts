import { LEAST, reportOf, type EvidenceReport, type Graph } from '@throughline/core'
import type { Context, Hono } from 'hono'
import { CannotRun } from '../../cannot-run.ts'
import { evidenceAnswers } from '../../targets/observe/evidence-answers.ts'
import type { Asked } from '../../targets/observe/questions/dialects.ts'
import { choices } from '../../targets/observe/questions/choices.ts'
import type { EvidenceStore } from '../../targets/observe/store/evidence-store.ts'
import { seenAfter } from '../live.ts'
import { problem } from '../problem.ts'

export interface EvidenceRoutesOptions {
  /** Opens the store where nobody has yet. */
  readonly store: () => Promise<Pick<EvidenceStore, 'query'>>
  readonly graph: () => Graph
  readonly now?: () => number
}

/** What really happened on the journeys: the report of `throughline report`, and what can be chosen for it. */
export function evidenceRoutes(
  app: Hono,
  { store, graph, now = Date.now }: EvidenceRoutesOptions,
): void {
  const kept = new Map<string, { readonly at: number; readonly report: Promise<EvidenceReport> }>()

  app.get('/api/evidence', async (context) => {
    const asked = askedIn(context, now())
    if (asked instanceof Response) return asked
    const journey = context.req.query('journey')
    const linked = graph()
    if (journey !== undefined && !linked.journeys.some(({ name }) => name === journey))
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
    const report =
      fresh?.report ??
      store()
        .then((opened) => evidenceAnswers(opened, linked, asked, journey))
        .then((answers) =>
          reportOf(linked, answers, { ...asked, ...(journey !== undefined && { journey }) }),
        )
    if (fresh === undefined) {
      if (kept.size >= mostKept) kept.clear()
      kept.set(key, { at: now(), report })
    }
    return answered(context, report, () => kept.delete(key))
  })

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

/** A page that is looked at by many asks once. */
const keptFor = seenAfter
const mostKept = 16

async function answered(
  context: Context,
  data: Promise<object>,
  failed: () => void = () => {},
): Promise<Response> {
  try {
    return context.json(await data, 200, { 'cache-control': 'no-store' })
  } catch (error) {
    failed()
    if (error instanceof CannotRun)
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
