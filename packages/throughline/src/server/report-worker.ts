import { parentPort, workerData } from 'node:worker_threads'
import { reportOf } from '@throughline/core'
import { evidenceAnswers } from '../targets/observe/evidence-answers.ts'
import type { EvidenceStore } from '../targets/observe/store/evidence-store.ts'
import { compiled } from '../workspace/compiled.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { liveWorkspace } from './live.ts'
import type { ReportAsk, ReportStart, ReportTell } from './report-messages.ts'

// The statistics of a report take seconds: here, so that the server's thread never waits for them. The files are compiled here too,
// since a graph can't be handed from thread to thread.

const port = parentPort!
const tell = (message: ReportTell): void => port.postMessage(message)
const workspace = workspaceAt(workerData as ReportStart)
const live = liveWorkspace(() => compiled(workspace))
let version: number | undefined
let nextQuestion = 1
const questions = new Map<
  number,
  { readonly resolve: (rows: never) => void; readonly reject: (error: Error) => void }
>()

port.on('message', (ask: ReportAsk) => {
  switch (ask.kind) {
    case 'report':
      void report(ask)
      return
    case 'rows':
      questions.get(ask.id)?.resolve(ask.rows as never)
      questions.delete(ask.id)
      return
    case 'refused':
      questions.get(ask.id)?.reject(new Error(ask.message))
      questions.delete(ask.id)
  }
})

async function report(ask: Extract<ReportAsk, { kind: 'report' }>): Promise<void> {
  const { id, asked, journey } = ask
  try {
    if (version !== undefined && version !== ask.version) {
      workspace.refresh()
      live.refresh()
    }
    version = ask.version
    const { graph } = live.current
    const answers = await evidenceAnswers(storeFor(id), graph, asked, journey)
    const found = reportOf(graph, answers, { ...asked, ...(journey !== undefined && { journey }) })
    tell({ kind: 'report', id, json: JSON.stringify(found) })
  } catch (error) {
    tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
}

/** The store is the server's: it is asked. */
function storeFor(report: number): Pick<EvidenceStore, 'query'> {
  return {
    query: ({ name, sql }, parameters = {}) =>
      new Promise((resolve, reject) => {
        const id = nextQuestion++
        questions.set(id, { resolve, reject })
        tell({ kind: 'query', id, report, query: { name, sql }, parameters })
      }),
  }
}
