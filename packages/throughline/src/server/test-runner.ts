import type { Graph, TestProgress } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import type { Phase } from '../targets/verify/case.ts'
import type { Finding } from '../targets/verify/finding.ts'
import { keptFindings, keptRunOf, runIdAt, type KeptRun } from '../targets/verify/kept-run.ts'
import { ledgerOf } from '../targets/verify/ledger-files.ts'
import { keepRun } from '../targets/verify/run-files.ts'
import { environmentIdentities } from '../targets/verify/environment-identities.ts'
import type { Sender } from '../targets/verify/send.ts'
import { senderToApis } from '../targets/verify/send-to-apis.ts'
import { verify, type Progress } from '../targets/verify/verify.ts'
import { unwaived } from '../targets/verify/waived.ts'
import type { TestTarget } from './test-targets.ts'

/** The test runs of the studio: one at a time. */
export interface TestRunner {
  readonly progress: () => TestProgress | undefined
  /** What the run that goes on has found until now. */
  readonly running: () => KeptRun | undefined
  /** Begins one; `undefined` while another goes on. */
  readonly start: (asked: TestAsked) => TestProgress | undefined
  /** Ends the one that goes on, with what there is. Fulfils when it is kept. */
  readonly stop: () => Promise<void>
  /** Hears how far it is, a few times a second; `null` when it has ended. Returns how to stop listening. */
  readonly subscribe: (listener: (progress: TestProgress | null) => void) => () => void
}

interface TestAsked {
  readonly target: TestTarget
  readonly phases: ReadonlySet<Phase>
  readonly readOnly: boolean
}

/** Runs tests from within the studio, and keeps them below `root`. */
export function testRunner({
  root,
  graph,
}: {
  readonly root: string
  readonly graph: () => Graph
}): TestRunner {
  const listeners = new Set<(progress: TestProgress | null) => void>()
  let run: Run | undefined

  function tell(): void {
    for (const listener of listeners) listener(run === undefined ? null : progressOf(run))
  }

  async function walk(one: Run, { target, phases, readOnly }: TestAsked): Promise<void> {
    const { of } = one
    const { send, close } = sendingTo(target, one.id)
    const rest = new Set(target.apis.map(({ api }) => api))
    let told = 0
    try {
      const identities = await environmentIdentities(of, target.name, {
        env: process.env,
        cwd: root,
        send,
      })
      const report = await verify(of, {
        send,
        identities: { valid: [], ...identities },
        seed,
        phases,
        readOnly,
        workers,
        operations: ({ api }) => rest.has(api),
        graphqlAt: (api) =>
          target.apis.find((address) => address.api === api)?.address ?? undefined,
        ledger: ledgerOf({ root }, of, quiet),
        signal: one.stopping.signal,
        onFound(_, finding) {
          one.found.set(finding.fingerprint, finding)
        },
        onProgress(progress) {
          one.progress = progress
          const now = Date.now()
          if (now - told < every) return
          told = now
          tell()
        },
      })
      keepRun(
        root,
        keptRunOf(
          of,
          { ...report, findings: unwaived(of, report.findings, new Date()) },
          { ...madeOf(one), ms: Date.now() - one.started },
        ),
      )
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error
      // Nobody was let in: that is what the run has to say.
      keepRun(root, { ...soFar(one), outcome: 'ended', ended: error.message })
    } finally {
      run = undefined
      await close()
      tell()
    }
  }

  return {
    progress: () => run && progressOf(run),
    running: () => run && soFar(run),
    start(asked) {
      if (run !== undefined) return undefined
      const started = Date.now()
      const one: Run = {
        id: runIdAt(started),
        started,
        of: graph(),
        target: asked.target.name,
        phases: [...asked.phases],
        readOnly: asked.readOnly,
        stopping: new AbortController(),
        found: new Map(),
        progress: { phase: 'examples', cases: 0, findings: 0, part: 0 },
        ended: Promise.resolve(),
      }
      run = one
      one.ended = walk(one, asked).catch((bug: unknown) => {
        process.stderr.write(`${bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)}\n`)
      })
      tell()
      return progressOf(one)
    },
    async stop() {
      const one = run
      if (one === undefined) return
      one.stopping.abort()
      tell()
      await one.ended
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

interface Run {
  readonly id: string
  readonly started: number
  /** The graph that it began with: it is judged by that, whatever is saved meanwhile. */
  readonly of: Graph
  readonly target: string
  readonly phases: readonly Phase[]
  readonly readOnly: boolean
  readonly stopping: AbortController
  readonly found: Map<string, Finding>
  progress: Progress
  ended: Promise<void>
}

const seed = 1
const workers = 4
/** Milliseconds between two words about how far it is. */
const every = 300
const quiet = { stderr: { write: (): void => {} } }

function madeOf({ id, target, phases, readOnly, started }: Run) {
  return { id, by: 'studio' as const, target, phases, readOnly, started }
}

function progressOf({
  id,
  target,
  started,
  phases,
  readOnly,
  stopping,
  progress: { phase, cases, findings, part },
}: Run): TestProgress {
  const ms = Date.now() - started
  const left = part > 0.02 && part < 1 ? (ms / part) * (1 - part) : undefined
  return {
    id,
    target,
    started: new Date(started).toISOString(),
    phases,
    readOnly,
    phase,
    cases,
    rate: Math.round(cases / Math.max(0.25, ms / 1000)),
    part: Math.round(part * 1000) / 1000,
    findings,
    ...(left !== undefined && { secondsLeft: Math.ceil(left / 1000) }),
    stopping: stopping.signal.aborted,
  }
}

/** What there is of a run that goes on; what it covers is counted at its end. */
function soFar(one: Run): KeptRun {
  const nothing = { reached: 0, total: 0 }
  return {
    version: 1,
    ...madeOf(one),
    started: new Date(one.started).toISOString(),
    ms: Date.now() - one.started,
    seed,
    outcome: 'running',
    cases: one.progress.cases,
    requests: one.progress.cases,
    operations: { tested: 0, total: 0 },
    leftOut: [],
    findings: keptFindings(one.of, unwaived(one.of, [...one.found.values()], new Date())),
    coverage: {
      operations: nothing,
      statuses: nothing,
      parameters: nothing,
      needs: nothing,
      states: nothing,
    },
    journeys: [],
  }
}

/** Each API has its own address. On the mock a run has a world of its own: what it makes is nobody else's. */
function sendingTo({ name, apis }: TestTarget, run: string): Sender {
  return senderToApis(
    name,
    apis.map(({ api, address }) => [api, address]),
    {
      connections: workers,
      ...(name === 'mock' && { headers: [['throughline-session', `tests-${run}`]] as const }),
    },
  )
}
