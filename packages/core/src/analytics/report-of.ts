import { nodeOf } from '../2-link/ask.ts'
import type { Graph, StepNode } from '../2-link/graph.ts'
import type { Advice } from './advice/advice.ts'
import { adviceOf } from './advice/advice-of.ts'
import { callsOf, stepsCalling } from './advice/places.ts'
import type { EvidenceAnswers, FunnelRow, LaterWaitRow, StepCallRow, WaitRow } from './answers.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import { LEAST } from './claim.ts'
import { experimentsReport } from './experiments-report.ts'
import { fieldsRead } from './fields-read.ts'
import { costOfSlow, type CostOfSlow } from './cost-of-slow.ts'
import { shownOn } from './shown-on.ts'
import type {
  EvidenceReport,
  JourneyReport,
  LaterWait,
  OperationReport,
  ReportedAdvice,
  StepCall,
  StepCost,
  StepReport,
  StepWait,
} from './evidence-report.ts'
import { surveyResults } from './survey-results.ts'
import { waiting } from './waiting.ts'

export interface ReportOptions {
  readonly since: number
  readonly until: number
  readonly environment?: string
  readonly release?: string
  readonly device?: string
  /** Only this journey. */
  readonly journey?: string
  /** How many visits must show something before advice is given: 1 for a recording. */
  readonly least?: number
  /** For whether experiments run: milliseconds since 1970; else the end of the period. */
  readonly now?: number
}

/** What the evidence says of a workspace's journeys: its figures where there are cases enough, and what to change. */
export function reportOf(
  graph: Graph,
  answers: EvidenceAnswers,
  {
    since,
    until,
    environment,
    release,
    device,
    journey,
    least = LEAST.percentile,
    now,
  }: ReportOptions,
): EvidenceReport {
  const costs = costsOf(graph, answers)
  const journeys = graph.journeys
    .filter(({ name }) => journey === undefined || name === journey)
    .map(({ name, title, steps }): JourneyReport => {
      const nodes = steps.flatMap((id) => nodeOf(graph, 'step', id) ?? [])
      const rows = answers.funnels.filter((row) => row.journey === name)
      const whole = rows.filter(({ dimension }) => dimension === 'all')
      return {
        name,
        title,
        sessions: sessionsOf(whole, nodes[0]?.name),
        finished: whole.find(({ step }) => step === nodes.at(-1)?.name)?.seen ?? 0,
        steps: nodes.map((node) => stepReport(graph, node, answers, rows, costs, least)),
      }
    })
  const named = new Set(journeys.flatMap(({ steps }) => steps.map(({ name }) => name)))
  return {
    version: 1,
    name: graph.name,
    asked: {
      since: new Date(since).toISOString(),
      until: new Date(until).toISOString(),
      ...(environment !== undefined && { environment }),
      ...(release !== undefined && { release }),
      ...(device !== undefined && { device }),
    },
    totals: answers.period,
    journeys,
    operations: operationsOf(graph, answers).filter(
      ({ steps }) => journey === undefined || steps.some((step) => named.has(step)),
    ),
    reads: [...Map.groupBy(answers.reads, ({ operation }) => operation)].map(
      ([operation, rows]) => ({ operation, ...fieldsRead(rows) }),
    ),
    advice: located(
      adviceOf({ graph, answers, least }).filter(
        ({ steps }) => journey === undefined || steps.some((step) => named.has(step)),
      ),
    ),
    experiments: experimentsReport(graph, answers, Math.min(now ?? until, until)).filter(
      (one) => journey === undefined || one.journey === journey,
    ),
    surveys: surveyResults(answers.surveys, graph.declarations.surveys, least).filter(
      ({ step }) => journey === undefined || (step !== undefined && named.has(step)),
    ),
    least: { percentile: least, drop: LEAST.visits },
  }
}

/** The most sessions at any step of a journey that people may enter at: its first, or a later one when more came there. */
function sessionsOf(rows: readonly FunnelRow[], first: string | undefined): number {
  const begun = rows.find(({ step }) => step === first)?.seen ?? 0
  return Math.max(begun, ...rows.map(({ seen }) => seen))
}

function stepReport(
  graph: Graph,
  step: StepNode,
  answers: EvidenceAnswers,
  funnel: readonly FunnelRow[],
  costs: ReadonlyMap<string, StepCost>,
  least: number,
): StepReport {
  const { name, title, screen } = step
  const mine = funnel.filter((row) => row.step === name)
  const whole = mine.find(({ dimension }) => dimension === 'all')
  const wait = answers.waits.find((row) => row.step === name)
  const later = answers.laterWaits.find((row) => row.step === name)
  const calls = answers.calls.filter((row) => row.step === name)
  const path = observedPath(calls)
  const sessions = whole?.seen ?? 0
  const cost = costs.get(name)
  const last = step.next.length === 0 && isLast(graph, step)
  return {
    name,
    title,
    ...(screen !== undefined && { screen }),
    sessions,
    wentOn: whole?.wentOn ?? 0,
    ...(!last && sessions >= least && { dropOff: 1 - (whole?.wentOn ?? 0) / sessions }),
    ...(whole?.next50 !== undefined &&
      whole.next75 !== undefined &&
      whole.wentOn >= least && { toNext: { p50: whole.next50, p75: whole.next75 } }),
    ...(wait !== undefined && wait.visits >= least && { wait: waitOf(wait, step.budget?.p75) }),
    ...(later !== undefined && later.waits >= least && { later: laterOf(later) }),
    criticalPath: path,
    calls: calls.map((row) => stepCall(graph, row, path)),
    shown: shownOn(graph, step, answers),
    errors: answers.errors
      .filter((row) => row.step === name)
      .map(({ name: error, sessions: of, times }) => ({ name: error, sessions: of, times })),
    vitals: answers.vitals
      .filter((row) => row.step === name && row.samples >= least)
      .map(({ name: vital, samples, p75 }) => ({ name: vital, samples, p75 })),
    parts: mine
      .filter(
        ({ dimension, part, seen }) =>
          dimension !== 'all' && part !== '' && !part.startsWith('speed.') && seen >= least,
      )
      .map(({ dimension, part, seen, wentOn }) => ({ dimension, part, sessions: seen, wentOn })),
    ...(cost !== undefined && { cost }),
    leaving: waiting(answers.patience.get(name) ?? [], LEAST.waiting),
  }
}

function isLast(graph: Graph, { journey, id }: StepNode): boolean {
  return nodeOf(graph, 'journey', journey)?.steps.at(-1) === id
}

function waitOf(row: WaitRow, budget: number | undefined): StepWait {
  return {
    visits: row.visits,
    p50: row.p50,
    p75: row.p75,
    p95: row.p95,
    ...(budget !== undefined && { budget, over: row.over / row.visits }),
    apdex: (row.satisfied + row.tolerating / 2) / row.visits,
    leftWaiting: row.pending,
  }
}

function laterOf({ waits, p50, p75, p95, pending }: LaterWaitRow): LaterWait {
  return { waits, p50, p75, p95, leftWaiting: pending }
}

function stepCall(graph: Graph, row: StepCallRow, path: readonly string[]): StepCall {
  const { step, operation, calls, failed, p50, p75, p95, start, end, bytes } = row
  const budget = callsOf(graph, step).find((call) => call.operation === `op:${operation}`)?.budget
  return {
    operation,
    calls,
    failed,
    p50,
    p75,
    p95,
    start,
    end,
    ...(bytes !== undefined && { bytes }),
    ...(budget?.p75 !== undefined && { budget: budget.p75 }),
    critical: path.includes(operation),
  }
}

/** From the call that usually answers last back to the one it waited for, and so on. */
function observedPath(calls: readonly StepCallRow[]): readonly string[] {
  const path: StepCallRow[] = []
  const left = calls.filter(({ operation }) => operation !== '')
  let until = Number.POSITIVE_INFINITY
  for (;;) {
    const before = left
      .filter((call) => !path.includes(call) && call.end <= until)
      .toSorted((a, b) => b.end - a.end)[0]
    if (before === undefined) return path.map(({ operation }) => operation).toReversed()
    path.push(before)
    until = before.start + 20
  }
}

/** What slow answers cost at each step with a budget; claimed only where it stands among all of them. */
function costsOf(graph: Graph, { visits }: EvidenceAnswers): ReadonlyMap<string, StepCost> {
  const found: { readonly step: string; readonly budget: number; readonly cost: CostOfSlow }[] = []
  for (const [name, all] of visits) {
    const budget = nodeOf(graph, 'step', `step:${name}`)?.budget?.p75
    if (budget !== undefined && all.length > 0)
      found.push({ step: name, budget, cost: costOfSlow(all, { budget, seed: name }) })
  }
  const chances = found.map(({ cost }) => (cost.kind === 'estimate' ? cost.chance : 1))
  const stands = benjaminiHochberg(chances)
  return new Map(
    found.map(({ step, budget, cost }, index) => [
      step,
      {
        ...cost,
        budget,
        claimed: stands[index]! && cost.kind === 'estimate' && cost.difference.low > 0,
      },
    ]),
  )
}

function operationsOf(graph: Graph, answers: EvidenceAnswers): readonly OperationReport[] {
  return answers.operations
    .filter(({ operation }) => operation !== '')
    .map(({ operation, side, calls, failed, p50, p75, p95, bytes50 }) => ({
      operation,
      side,
      calls,
      failed,
      p50,
      p75,
      p95,
      ...(bytes50 !== undefined && { bytes50 }),
      steps: stepsCalling(graph, operation),
      hours:
        side === 'client'
          ? answers.hours
              .filter((row) => row.operation === operation && row.calls >= LEAST.percentile)
              .map((row) => ({ hour: row.hour, calls: row.calls, p75: row.p75 }))
          : [],
    }))
}

/** The advice with lines and columns, found for all places of a file in one pass. */
function located(advice: readonly Advice[]): readonly ReportedAdvice[] {
  const places = new Map<Advice, Pick<ReportedAdvice, 'file' | 'line' | 'column'>>()
  const sources = Map.groupBy(
    advice.filter(({ origin }) => origin !== undefined),
    ({ origin }) => origin!.source,
  )
  for (const [source, all] of sources)
    for (const [index, range] of source.locate(all.map(({ origin }) => origin!.place)).entries())
      places.set(all[index]!, {
        file: source.file.path,
        line: range.start.line,
        column: range.start.column,
      })
  return advice.map((one) => {
    const { origin: _origin, ...rest } = one
    return { ...rest, ...places.get(one) }
  })
}
