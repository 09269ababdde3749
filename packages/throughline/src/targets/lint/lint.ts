import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  catalogue,
  decidedFindings,
  type Code,
  type Graph,
  type LocatedDiagnostic,
} from '@throughline/core'
import { unavailable, type LintFinding, type LintJob } from './finding.ts'
import { rulesetsIn } from './rulesets.ts'

export interface LintRequest {
  /** The workspace's folder: paths are relative to it. */
  readonly root: string
  /** Root file of each OpenAPI contract, and every file it consists of. */
  readonly contracts: readonly { readonly file: string; readonly files: readonly string[] }[]
  /** Rulesets that the policy names. */
  readonly rulesets: readonly string[]
  /** Lint with the recommended rules even where the team has no ruleset (`--lint`). */
  readonly always: boolean
  /** Whether results may be kept in `.throughline/` (not for a bare contract: nothing is written beside a stranger's file). */
  readonly keep: boolean
}

/** What the team's own lint rules say about the contracts of a graph, after its severities and waivers. */
export async function lintOf(
  graph: Graph,
  request: Pick<LintRequest, 'root' | 'always' | 'keep'>,
): Promise<readonly LocatedDiagnostic[]> {
  const contracts = graph.apis.flatMap(({ contract }) =>
    contract === undefined || contract.protocol !== 'rest'
      ? []
      : [{ file: contract.root.file.path, files: contract.files() }],
  )
  const rulesets = graph.declarations.policies.flatMap((policy) =>
    policy.rulesets.map(({ path }) => path),
  )
  const findings = await lint({ ...request, contracts, rulesets })
  return decidedFindings(graph, findings, { now: new Date() })
}

/**
 * Runs the lint rules that a team already has (`.redocly.yaml`, Spectral) over its contracts, beside Throughline's own
 * checks: in a worker, and only when a contract or a ruleset changed since the last time.
 */
export async function lint(request: LintRequest): Promise<readonly LocatedDiagnostic[]> {
  const rulesets = rulesetsIn(request.root, request.rulesets, request.always)
  const jobs = rulesets.flatMap((ruleset) =>
    request.contracts.map((contract) => ({
      job: { root: request.root, contract: contract.file, ruleset },
      files: contract.files,
    })),
  )
  const findings: LintFinding[] = []
  for (const { job, files } of jobs) findings.push(...(await remembered(request, job, files)))
  return findings.map(diagnosticOf)
}

async function remembered(
  request: LintRequest,
  job: LintJob,
  files: readonly string[],
): Promise<readonly LintFinding[]> {
  const folder = join(request.root, '.throughline', 'lint')
  const path = join(folder, `${keyOf(job, files)}.json`)
  const kept = await readFile(path, 'utf8')
    .then((text) => JSON.parse(text) as readonly LintFinding[])
    .catch(() => undefined)
  if (kept !== undefined) return kept
  const findings = await inWorker(job)
  const lasting = findings.every((one) => one.code === 'TL4006') // a linter that could not run may be installed tomorrow
  if (request.keep && lasting) {
    await mkdir(folder, { recursive: true })
    await writeFile(`${path}.new`, JSON.stringify(findings))
    await rename(`${path}.new`, path)
  }
  return findings
}

function keyOf(job: LintJob, files: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([1, job.contract, job.ruleset]))
  const ruleset = job.ruleset.file === undefined ? [] : [job.ruleset.file]
  for (const file of [...ruleset, ...files]) {
    const path = join(job.root, file)
    hash.update(file).update(existsSync(path) ? readFileSync(path) : '')
  }
  return hash.digest('hex')
}

function inWorker(job: LintJob): Promise<readonly LintFinding[]> {
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? './worker.ts' : './lint-worker.js',
    import.meta.url,
  )
  const worker = new Worker(entry, { workerData: job, execArgv: [] })
  return new Promise((resolve) => {
    worker.once('message', (findings: readonly LintFinding[]) => {
      resolve(findings)
      void worker.terminate()
    })
    worker.once('error', (error) => resolve([unavailable(job, error.message)]))
    worker.once('exit', (status) => resolve([unavailable(job, `it ended with status ${status}`)]))
  })
}

function diagnosticOf(finding: LintFinding): LocatedDiagnostic {
  const code: Code = finding.code
  const message = catalogue[code].message.replace(
    /\{(\w+)\}/g,
    (_, word: string) => finding.details[word] ?? '',
  )
  return {
    code,
    severity: finding.severity,
    rule: catalogue[code].rule,
    message,
    file: finding.file,
    range: finding.range,
    help: `docs/diagnostics/${code}.md`,
  }
}
