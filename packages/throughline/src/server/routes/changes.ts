import {
  diffGraphs,
  migrationFor,
  reviewOf,
  type ChangePlan,
  type ChangeReview,
  type HistoryEntry,
  type Report,
  type ReviewedChanges,
} from '@throughline/core'
import type { Hono } from 'hono'
import { CannotRun } from '../../cannot-run.ts'
import { baseChoices, commitAt } from '../../workspace/commits.ts'
import type { RevisionOf } from '../../workspace/revision.ts'
import { supportedClients } from '../../workspace/supported-clients.ts'
import type { LiveWorkspace } from '../live.ts'
import { problem } from '../problem.ts'
import { historyOf, type HistoryOf } from './history.ts'
import { pastGraphs, type PastGraph } from './past-graphs.ts'

/** What changed since an earlier revision, how to change it without breaking anybody, and what happened before. */
export function changeRoutes(app: Hono, live: LiveWorkspace, workspace: RevisionOf): void {
  const { root } = workspace
  const past = pastGraphs(workspace)
  const known = new Map<string, HistoryEntry>()
  const compare = comparing(live, workspace)

  /** The revision that is asked for, or the usual one. */
  function asked(revision: string | undefined): Asked | Response {
    const bases = baseChoices(root)
    if (bases === undefined) return noGit()
    const wanted = revision ?? bases[0]?.revision ?? 'HEAD'
    if (wanted.length > mostLetters) return noRevision('The name is too long.')
    try {
      return { bases, revision: wanted, past: past(wanted) }
    } catch (error) {
      if (error instanceof CannotRun) return noRevision(error.message)
      throw error
    }
  }

  app.get('/api/changes', (context) => {
    const base = asked(context.req.query('base'))
    if (base instanceof Response) return base
    const { past: then, bases, revision } = base
    const { review, notes } = compare(then)
    const body: ChangeReview = {
      base: { revision, ...commitAt(root, then.commit) },
      bases,
      version: live.version,
      ...review,
      notes: [...review.notes, ...notes],
    }
    return context.json(body, 200, fresh)
  })

  app.get('/api/changes/:fingerprint', (context) => {
    const base = asked(context.req.query('base'))
    if (base instanceof Response) return base
    const fingerprint = context.req.param('fingerprint')
    const { report, after } = compare(base.past)
    const change = report.changes.find((one) => one.fingerprint === fingerprint)
    if (change === undefined)
      return problem(
        404,
        'There is no such change any more',
        'The files may have changed meanwhile: look at the list again.',
      )
    const migration = migrationFor(base.past.graph, after, change)
    const kept = migration?.compatibility
    const body: ChangePlan = {
      fingerprint,
      message: change.message,
      steps: migration?.steps ?? [],
      ...(kept !== undefined && {
        compatibility: { file: kept.file, text: JSON.stringify(kept.overlay, null, 2) },
      }),
    }
    return context.json(body, 200, fresh)
  })

  app.get('/api/history', async (context) => {
    const { operation, journey, from } = context.req.query()
    const of: HistoryOf | undefined =
      operation !== undefined
        ? { kind: 'operation', name: operation }
        : journey !== undefined
          ? { kind: 'journey', name: journey }
          : undefined
    if (of === undefined || (from !== undefined && !/^[0-9a-f]{40,64}$/.test(from)))
      return problem(
        400,
        'The request is not as described',
        'Say in `operation` or `journey` whose history it is; `from` is the `next` of an answer.',
      )
    const { graph } = live.current
    const isThere =
      of.kind === 'operation'
        ? graph.nodes.has(`op:${of.name}`)
        : graph.journeys.some((one) => one.name === of.name)
    if (!isThere)
      return problem(
        404,
        `The workspace has no ${of.kind} ${of.name.slice(0, 100)}`,
        'It may have been renamed.',
      )
    if (baseChoices(root) === undefined) return noGit()
    return context.json(await historyOf(of, { root, graph, past, known }, from), 200, fresh)
  })
}

interface Asked {
  readonly bases: NonNullable<ReturnType<typeof baseChoices>>
  readonly revision: string
  readonly past: PastGraph
}

const mostLetters = 250
const mostCompared = 4
const fresh = { 'cache-control': 'no-store' }

interface Compared {
  readonly review: ReviewedChanges
  readonly report: Report
  readonly after: PastGraph['graph']
  readonly notes: readonly string[]
}

/** Compares with the graph of now; remembered by commit and version, as long as nobody looks elsewhere. */
function comparing(live: LiveWorkspace, workspace: RevisionOf): (then: PastGraph) => Compared {
  const kept = new Map<string, Compared>()
  return ({ commit, graph: before }) => {
    const key = `${commit} ${live.version}`
    let compared = kept.get(key)
    if (compared !== undefined) return compared
    const { graph: after } = live.current
    const now = new Date()
    const notes: string[] = []
    const clients = supportedClients(workspace, after, now, (line) => notes.push(line))
    const report = diffGraphs(before, after, { clients, now })
    compared = { review: reviewOf(before, after, report, { now }), report, after, notes }
    if (kept.size >= mostCompared) kept.clear()
    kept.set(key, compared)
    return compared
  }
}

function noGit(): Response {
  return problem(
    409,
    'There is no earlier version to compare with',
    'The workspace is in no git repository, or nothing is committed yet. Commit it once: what changes from then on is shown here.',
  )
}

function noRevision(detail: string): Response {
  return problem(404, 'There is no such version', detail)
}
