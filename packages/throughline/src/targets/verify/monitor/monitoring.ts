import type { Graph, MonitorDeclaration } from '@throughline/core'
import type { Send } from '../exchange.ts'
import type { Ledger } from '../ledger.ts'
import type { Evidence } from './evidence.ts'
import type { Notice } from '../../../alerts/notice.ts'
import { afterRun, troublesOf, type Trouble } from './incidents.ts'
import { walk, type Walk } from './walk.ts'

/** One run of one monitor, with what it means. */
export interface Run {
  readonly monitor: MonitorDeclaration
  readonly walk: Walk
  readonly troubles: readonly Trouble[]
  /** What somebody is told now. */
  readonly notices: readonly Notice[]
}

export interface Watched {
  readonly monitor: MonitorDeclaration
  readonly send: Send
  /** Whether an API runs there. */
  readonly runs?: (api: string) => boolean
  readonly evidence: Evidence
}

export interface MonitoringOptions {
  readonly now: () => number
  /** Resolves after so many milliseconds, or when somebody stops it. */
  readonly wait: (ms: number) => Promise<void>
  readonly signal: AbortSignal
  readonly ledger: Ledger
  /** Each monitor once, and no more. */
  readonly once: boolean
  readonly onRun: (run: Run) => void | Promise<void>
}

/** Runs each monitor when it is due, until it is stopped. A run that takes longer than its interval skips what it missed: no two of one monitor at once. */
export async function monitoring(
  graph: Graph,
  watched: readonly Watched[],
  { now, wait, signal, ledger, once, onRun }: MonitoringOptions,
): Promise<void> {
  await Promise.all(
    watched.map(async ({ monitor, evidence, ...there }) => {
      let due = now()
      while (!signal.aborted) {
        const before = evidence.walks()
        const latest = await walk(graph, monitor, { ...there, now, ledger })
        if (signal.aborted) return
        const troubles = troublesOf(graph, latest, before)
        const { standing, notices } = afterRun(evidence.standing(), troubles, monitor, latest.at)
        evidence.keep(latest, standing)
        await onRun({ monitor, walk: latest, troubles, notices })
        if (once) return
        due += monitor.every * Math.max(1, Math.ceil((now() - due) / monitor.every))
        await wait(due - now())
      }
    }),
  )
}
