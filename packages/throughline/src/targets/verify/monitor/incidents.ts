import type { Graph, MonitorDeclaration } from '@throughline/core'
import type { Notice } from '../../../alerts/notice.ts'
import { isUnusual, usualTime } from './baseline.ts'
import { burning } from './burn.ts'
import type { Walk } from './walk.ts'

const kinds = ['failure', 'budget', 'anomaly'] as const
type IncidentKind = (typeof kinds)[number]

/** What is wrong in one run, of one kind. */
export interface Trouble {
  readonly kind: IncidentKind
  /** A line each: step, operation, what is wrong. */
  readonly lines: readonly string[]
  readonly steps: readonly string[]
}

/** What is remembered of a monitor between two runs, by kind. */
export type Standing = Readonly<Partial<Record<IncidentKind, Incident>>>

interface Incident {
  /** How many runs in a row. */
  readonly runs: number
  /** Milliseconds since 1970. */
  readonly since: number
  readonly told: boolean
}

/** All that is wrong with a walk, seen with the walks before it. */
export function troublesOf(
  graph: Graph,
  latest: Walk,
  before: readonly Walk[],
): readonly Trouble[] {
  const failed = latest.calls.filter(({ problems }) => problems.length > 0)
  const slow = latest.calls.flatMap(({ step, operation, ms, problems }) => {
    const usual =
      ms === undefined || problems.length > 0 ? undefined : usualTime(before, operation, latest.at)
    return usual !== undefined && isUnusual(ms!, usual)
      ? [
          {
            step,
            line: `${step}: ${operation} took ${ms} ms, usually ${Math.round(usual.median)} ms at this hour (${usual.samples} samples)`,
          },
        ]
      : []
  })
  const burns = burning(graph, [...before, latest], latest.at)
  const troubles: Trouble[] = [
    {
      kind: 'failure',
      steps: unique(failed.map(({ step }) => step)),
      lines: failed.map(
        ({ step, operation, problems }) =>
          `${step}: ${operation}: ${problems[0]}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`,
      ),
    },
    {
      kind: 'budget',
      steps: unique(burns.map(({ step }) => step)),
      lines: burns.map(
        ({ step, budget, rate }) => `${step}: ${budget} burns ${rate} times as fast as it allows`,
      ),
    },
    {
      kind: 'anomaly',
      steps: unique(slow.map(({ step }) => step)),
      lines: slow.map(({ line }) => line),
    },
  ]
  return troubles.filter(({ lines }) => lines.length > 0)
}

/** What stands after a run, and what to tell about it: an incident is told once, when it has lasted, and once when it is over. */
export function afterRun(
  standing: Standing,
  troubles: readonly Trouble[],
  { id, title, environment, after }: MonitorDeclaration,
  at: number,
): { readonly standing: Standing; readonly notices: readonly Notice[] } {
  const next: Partial<Record<IncidentKind, Incident>> = {}
  const notices: Notice[] = []
  for (const kind of kinds) {
    const trouble = troubles.find((one) => one.kind === kind)
    const was = standing[kind]
    const about = (event: Notice['event'], since: number): Notice => ({
      event,
      kind,
      monitor: id,
      title: title ?? id,
      environment,
      since: new Date(since).toISOString(),
      at: new Date(at).toISOString(),
      steps: trouble?.steps ?? [],
      lines: trouble?.lines ?? [],
    })
    if (trouble === undefined) {
      if (was?.told === true) notices.push(about('recovered', was.since))
      continue
    }
    const since = was?.since ?? at
    const runs = (was?.runs ?? 0) + 1
    const told = was?.told === true || runs >= after
    if (told && was?.told !== true) notices.push(about('opened', since))
    next[kind] = { runs, since, told }
  }
  return { standing: next, notices }
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
