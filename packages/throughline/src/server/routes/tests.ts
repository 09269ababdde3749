import { nodeOf, operationAddress, usageOf, type Graph, type UsedBy } from '@throughline/core'
import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Phase } from '../../targets/verify/case.ts'
import { comparedRuns } from '../../targets/verify/compared-runs.ts'
import type { KeptFinding, KeptRun } from '../../targets/verify/kept-run.ts'
import { runIn, runsIn } from '../../targets/verify/run-files.ts'
import { allPhases } from '../../targets/verify/verify.ts'
import { problem } from '../problem.ts'
import type { TestRunner } from '../test-runner.ts'
import { testTargets } from '../test-targets.ts'

export interface TestRoutesOptions {
  /** Where runs are kept. */
  readonly root: string
  readonly graph: () => Graph
  readonly mockUrl: string
  readonly runner: TestRunner
  /** Nothing can be started. */
  readonly readOnly: boolean
}

/** Test runs: started, watched, stopped and looked at again. They go to the mock or to an environment of the workspace, nowhere else. */
export function testRoutes(
  app: Hono,
  { root, graph, mockUrl, runner, readOnly }: TestRoutesOptions,
): void {
  const fresh = { 'cache-control': 'no-store' }

  app.get('/api/tests', (context) => {
    const runs = runsIn(root)
    const running = runner.progress()
    const marked = runs[0]
    return context.json(
      {
        readOnly,
        environments: testTargets(graph(), mockUrl),
        phases: allPhases,
        runs: runs.map(headOf),
        ...(running !== undefined && { running }),
        ...(marked !== undefined && { marks: marksOf(marked) }),
      },
      200,
      fresh,
    )
  })

  const tooLong = (): Response => problem(413, 'The request is too long')
  app.post('/api/tests', bodyLimit({ maxSize: 10_000, onError: tooLong }), async (context) => {
    if (readOnly)
      return problem(
        403,
        'This studio only shows',
        'It was started with --read-only. Start `throughline dev` without it to run tests.',
      )
    const asked = askedIn(await context.req.json().catch(() => undefined))
    if ('wrong' in asked) return problem(400, asked.wrong)
    const targets = testTargets(graph(), mockUrl)
    const target = targets.find((one) => one.name === asked.environment)
    if (target === undefined)
      return problem(
        403,
        `The workspace names no environment ${asked.environment.slice(0, 100)}`,
        `Tests go only to ${targets.map(({ name }) => name).join(', ')}. Name others under environments in throughline.yaml.`,
      )
    if (asked.writes && target.production)
      return problem(
        403,
        `${target.name} looks like production`,
        `From the studio it is only read. For everything: throughline test --target ${target.name} --allow-writes`,
      )
    const started = runner.start({
      target,
      phases: new Set(asked.phases),
      readOnly: !(asked.writes || target.name === 'mock'),
    })
    return started === undefined
      ? problem(
          409,
          'A run is under way',
          `It asks ${runner.progress()?.target ?? 'a backend'}. Stop it, or wait for its end.`,
        )
      : context.json(started, 202, fresh)
  })

  app.delete('/api/tests/running', async (context) => {
    const progress = runner.progress()
    if (progress === undefined) return problem(409, 'No run is under way')
    if (readOnly) return problem(403, 'This studio only shows')
    await runner.stop()
    return context.json({ id: progress.id }, 200, fresh)
  })

  app.get('/api/tests/:id', (context) => {
    const id = context.req.param('id')
    const now = runner.running()
    const run = now?.id === id ? now : runIn(root, id)
    return run === undefined
      ? problem(404, 'This run is not kept any more', 'The newest twenty are kept.')
      : context.json(shown(run), 200, fresh)
  })

  function shown(run: KeptRun) {
    const compared = comparedRuns(run, runsIn(root))
    const all = graph()
    return {
      run: headOf(run),
      seed: run.seed,
      findings: run.findings.map((one) => ({
        ...findingOf(all, one),
        ...(compared !== undefined && {
          since: compared.fresh.has(one.fingerprint) ? ('new' as const) : ('known' as const),
        }),
      })),
      coverage: run.coverage,
      journeys: run.journeys.map((one) => ({
        ...one,
        missing: one.missing.slice(0, mostMissing),
      })),
      leftOut: run.leftOut,
      ...(run.caching !== undefined && { caching: run.caching }),
      ...(compared !== undefined && {
        before: {
          id: compared.id,
          started: compared.started,
          gone: compared.gone.map((one) => findingOf(all, one)),
        },
      }),
    }
  }
}

const mostMissing = 500

function headOf({ findings, ...run }: KeptRun) {
  const {
    version: _,
    seed: _seed,
    leftOut: _out,
    coverage: _all,
    journeys: _each,
    caching: _said,
    ...head
  } = run
  const count = (severity: KeptFinding['severity']): number =>
    findings.filter((one) => one.severity === severity).length
  return {
    ...head,
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
  }
}

/** How many findings of a run hurt each step and each operation; what is only worth knowing is left out. */
function marksOf({ id, started, target, findings }: KeptRun) {
  const steps: Record<string, number> = {}
  const operations: Record<string, number> = {}
  for (const finding of findings) {
    if (finding.severity === 'info') continue
    operations[finding.operation.id] = (operations[finding.operation.id] ?? 0) + 1
    for (const step of finding.steps) steps[step] = (steps[step] ?? 0) + 1
  }
  return { id, started, target, steps, operations }
}

/** A finding with where it leads today: what the workspace has no more has no address. */
function findingOf(graph: Graph, { operation, steps, ...finding }: KeptFinding) {
  const callers = new Map<string, UsedBy>(
    usageOf(graph, operation.id).callers.map(({ step, title, journey, line, url }) => [
      step,
      { step, title, journey, line, url },
    ]),
  )
  const isThere = nodeOf(graph, 'operation', `op:${operation.id}`) !== undefined
  return {
    ...finding,
    operation: { ...operation, ...(isThere && { url: operationAddress(operation.id) }) },
    steps: steps.flatMap((step) => callers.get(step) ?? []),
  }
}

function askedIn(body: unknown):
  | {
      readonly environment: string
      readonly phases: readonly Phase[]
      readonly writes: boolean
    }
  | { readonly wrong: string } {
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return { wrong: 'The body must be a JSON object with environment' }
  const own = (key: string): unknown =>
    Object.hasOwn(body, key) ? Reflect.get(body, key) : undefined
  const environment = own('environment')
  const writes = own('writes') ?? false
  const phases = own('phases') ?? allPhases
  if (typeof environment !== 'string' || environment === '')
    return { wrong: 'environment must be mock, or a name under environments in throughline.yaml' }
  if (typeof writes !== 'boolean') return { wrong: 'writes must be true or false' }
  const isPhase = (one: unknown): one is Phase => allPhases.some((phase) => phase === one)
  if (!Array.isArray(phases) || phases.length === 0 || !phases.every(isPhase))
    return { wrong: `phases must be a list of ${allPhases.join(', ')}` }
  return { environment, phases: [...new Set(phases)], writes }
}
