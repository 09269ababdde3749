import { Worker } from 'node:worker_threads'
import type { Asked } from '../targets/observe/questions/dialects.ts'
import { StoreBusy, type EvidenceStore } from '../targets/observe/store/evidence-store.ts'
import type { Target, Workspace } from '../workspace/workspace.ts'
import type { ReportAsk, ReportTell } from './report-messages.ts'

export interface ReportThreadOptions {
  readonly workspace: Pick<Workspace, 'root' | 'boundary' | 'contracts'>
  /** Grows with each change of the workspace that linked. */
  readonly version: () => number
  readonly store: () => Promise<Pick<EvidenceStore, 'query'>>
}

export interface ReportThread {
  /** An `EvidenceReport` as JSON. Rejects with what the store says where it can't be asked. */
  readonly report: (asked: Asked, journey?: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** Reports worked out in a thread of their own, so that mock, collector and studio go on answering. It starts with the first report. */
export function reportThread({ workspace, version, store }: ReportThreadOptions): ReportThread {
  let worker: Worker | undefined
  let nextReport = 1
  const reports = new Map<
    number,
    { readonly resolve: (json: string) => void; readonly reject: (error: unknown) => void }
  >()

  function settled(id: number, settle: (one: NonNullable<ReturnType<typeof reports.get>>) => void) {
    const one = reports.get(id)
    reports.delete(id)
    if (one !== undefined) settle(one)
    // A command that waits for nothing else may end.
    if (reports.size === 0) worker?.unref()
  }

  function lost(which: Worker, error: Error): void {
    if (worker !== which) return
    worker = undefined
    for (const id of reports.keys()) settled(id, (one) => one.reject(error))
  }

  async function hear(from: Worker, told: ReportTell): Promise<void> {
    const answer = (ask: ReportAsk): void => post(from, ask)
    switch (told.kind) {
      case 'report':
        return settled(told.id, (one) => one.resolve(told.json))
      case 'failed':
        return settled(told.id, (one) => one.reject(new Error(told.message)))
      case 'query':
        try {
          const opened = await store()
          const rows = await opened.query(told.query, told.parameters)
          answer({ kind: 'rows', id: told.id, rows })
        } catch (error) {
          settled(told.report, (one) => one.reject(error))
          answer({ kind: 'refused', id: told.id, message: 'The store did not answer.' })
        }
    }
  }

  function started(): Worker {
    const { root, boundary, contracts } = workspace
    const start: Target = {
      root,
      boundary,
      ...(contracts !== undefined && { contracts }),
    }
    const entry = new URL(
      import.meta.url.endsWith('.ts') ? './report-worker.ts' : './report-worker.js',
      import.meta.url,
    )
    const made = new Worker(entry, { workerData: start, execArgv: [] })
    made.on('message', (told: ReportTell) => void hear(made, told))
    made.on('error', (error) =>
      lost(made, error instanceof Error ? error : new Error(String(error))),
    )
    made.on('exit', () => lost(made, new Error('The thread of the reports ended.')))
    return made
  }

  return {
    report: (asked, journey) =>
      new Promise((resolve, reject) => {
        worker ??= started()
        worker.ref()
        const id = nextReport++
        reports.set(id, { resolve, reject })
        const ask: ReportAsk = { kind: 'report', id, version: version(), asked, journey }
        post(worker, ask)
      }),
    async close() {
      const running = worker
      worker = undefined
      for (const id of reports.keys())
        settled(id, (one) => one.reject(new StoreBusy('away', 'The server was closed.')))
      await running?.terminate()
    },
  }
}

function post(worker: Worker, ask: ReportAsk): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
  worker.postMessage(ask)
}
