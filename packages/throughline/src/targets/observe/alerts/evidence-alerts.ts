import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Graph } from '@throughline/core'
import type { Notice } from '../../../alerts/notice.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import { burning, type Burning } from './burning.ts'
import { burnWindows } from './burn-windows.ts'
import { makeFolder } from '../../../workspace/make-folder.ts'

export interface EvidenceAlertsOptions {
  readonly store: () => Promise<Pick<EvidenceStore, 'query'>>
  readonly graph: () => Graph
  /** Where it is remembered who was told of what, over restarts. */
  readonly folder: string
  readonly tell: (notice: Notice) => Promise<void>
}

export interface EvidenceAlerts {
  /** Looks at what came in up to `now` (milliseconds since 1970), and tells of what began and what is over. */
  readonly check: (now: number) => Promise<void>
}

type Standing = Readonly<Record<string, { readonly since: number; readonly seen: number }>>

const kinds = ['budget', 'errors'] as const
/** An incident is over once nothing has burnt for so long: what comes and goes is told once. */
const quiet = 10 * 60_000

/**
 * Tells of budgets and of failing calls in the collected evidence: once when it begins, once when it is over, for each environment.
 * What cannot be read now is looked at the next time.
 */
export function evidenceAlerts({
  store,
  graph,
  folder,
  tell,
}: EvidenceAlertsOptions): EvidenceAlerts {
  const file = join(folder, 'alerts.json')
  let standing = remembered(file)
  return {
    async check(now) {
      const linked = graph()
      const { query, parameters } = burnWindows(linked, now)
      const rows = await (await store()).query(query, parameters)
      const errors = linked.declarations.workspace.collector?.alerts?.errors ?? 1
      const found = burning(linked, rows, errors / 100)
      const next: Record<string, { since: number; seen: number }> = {}
      const notices: Notice[] = []
      const places = new Set([
        ...found.map(({ environment }) => environment),
        ...Object.keys(standing).map((key) => key.slice(key.indexOf(' ') + 1)),
      ])
      for (const environment of places)
        for (const kind of kinds) {
          const key = `${kind} ${environment}`
          const burns = found.filter((one) => one.kind === kind && one.environment === environment)
          const was = Object.hasOwn(standing, key) ? standing[key] : undefined
          const about = (event: Notice['event'], since: number): Notice =>
            noticeOf({ event, kind, environment, since, at: now, title: linked.name }, burns)
          if (burns.length > 0) {
            next[key] = { since: was?.since ?? now, seen: now }
            if (was === undefined) notices.push(about('opened', now))
          } else if (was !== undefined) {
            if (now - was.seen < quiet) next[key] = was
            else notices.push(about('recovered', was.since))
          }
        }
      standing = next
      if (notices.length > 0) {
        makeFolder(folder)
        writeFileSync(file, JSON.stringify(standing))
      }
      for (const notice of notices) await tell(notice)
    },
  }
}

function noticeOf(
  {
    event,
    kind,
    environment,
    since,
    at,
    title,
  }: Pick<Notice, 'event' | 'kind' | 'environment' | 'title'> & {
    readonly since: number
    readonly at: number
  },
  found: readonly Burning[],
): Notice {
  return {
    event,
    kind,
    monitor: 'collector',
    title,
    environment: environment === '' ? 'an environment without a name' : environment,
    since: new Date(since).toISOString(),
    at: new Date(at).toISOString(),
    steps: [...new Set(found.flatMap(({ steps }) => steps))],
    lines: found.slice(0, 20).map(({ line }) => line),
  }
}

function remembered(file: string): Standing {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (value === null || typeof value !== 'object') return {}
    return Object.fromEntries(
      Object.entries(value as Standing).filter(
        ([key, one]) =>
          /^(budget|errors) /.test(key) &&
          Number.isFinite(one?.since) &&
          Number.isFinite(one?.seen),
      ),
    )
  } catch {
    return {} // nothing was told yet
  }
}
