import { parentPort, workerData } from 'node:worker_threads'
import { unavailable, type LintFinding, type LintJob } from './finding.ts'

const job = workerData as LintJob

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
parentPort?.postMessage(await findingsOf())

async function findingsOf(): Promise<readonly LintFinding[]> {
  try {
    switch (job.ruleset.linter) {
      case 'redocly':
        return await (await import('./redocly.ts')).redoclyFindings(job)
      case 'spectral':
        return await (await import('./spectral.ts')).spectralFindings(job)
    }
  } catch (error) {
    return [unavailable(job, error instanceof Error ? error.message : String(error))]
  }
}
