import {
  nodeOf,
  type EvidenceAnswers,
  type EvidenceEvent,
  type FunnelRow,
  type Graph,
  type PeriodRow,
  type StepNode,
  type StepVisit,
  type Wait,
} from '@throughline/core'
import { askedParameters, type Asked } from './questions/dialects.ts'
import {
  errors,
  failures,
  operationHours,
  operations,
  period,
  reads,
  releases,
  shown,
  stepCalls,
  vitals,
} from './questions/calls.ts'
import { dimensions, funnel, type Dimension, type FunnelAnswer } from './questions/funnel.ts'
import { flagTroubles, stops } from './questions/experiments.ts'
import { sampledCalls, sampledSpans, type EventAnswer } from './questions/samples.ts'
import { surveyAnswers } from './questions/surveys.ts'
import { laterWaits, stepVisits, stepWaits, type VisitAnswer } from './questions/waits.ts'
import type { EvidenceQuery, EvidenceStore, QueryParameters } from './store/evidence-store.ts'

/** Asks a store everything that a report of a workspace is made from. */
export async function evidenceAnswers(
  store: Pick<EvidenceStore, 'query'>,
  graph: Graph,
  asked: Asked,
  journey?: string,
): Promise<EvidenceAnswers> {
  const journeys = graph.journeys
    .filter(({ name }) => journey === undefined || name === journey)
    .map(({ name, steps }) => ({
      name,
      steps: steps.flatMap((id) => nodeOf(graph, 'step', id) ?? []).slice(0, mostSteps),
    }))
    .filter(({ steps }) => steps.length > 0)
  const steps = journeys.flatMap((one) => one.steps)
  const base = askedParameters(asked)
  const ask = async <Row extends object>(
    query: EvidenceQuery<Row>,
    parameters: QueryParameters = {},
  ): Promise<readonly Row[]> =>
    (await store.query(query, { ...base, ...parameters })).map(withoutNulls)

  const named = { steps: steps.map(({ name }) => name) }
  const [total] = await ask(period)
  const funnels: FunnelRow[] = []
  for (const one of journeys)
    for (const dimension of ['all', ...dimensions, 'flag'] as const)
      funnels.push(
        ...funnelRows(
          one,
          dimension,
          await ask(funnel(one.steps.length, dimension), funnelParameters(one.steps)),
        ),
      )
  const visits = new Map<string, readonly StepVisit[]>()
  const patience = new Map<string, readonly Wait[]>()
  for (const one of journeys) {
    const rows: (readonly VisitAnswer[])[] = []
    for (const [at, step] of one.steps.entries())
      rows.push(
        await ask(stepVisits, {
          step: step.name,
          steps: one.steps.map(({ name }) => name),
          later: one.steps.slice(at + 1).map(({ name }) => name),
          most: mostVisits,
        }),
      )
    for (const [at, { name }] of one.steps.entries()) {
      patience.set(
        name,
        rows[at]!.map(({ wait, pending }) => ({ ms: wait, left: pending === 1 })),
      )
      if (at < one.steps.length - 1) visits.set(name, visitsOf(rows[at]!, rows[at + 1]!))
    }
  }
  return {
    period: total === undefined || total.events === 0 ? nothing : total,
    funnels,
    waits: steps.length === 0 ? [] : await ask(stepWaits(steps.length), waitParameters(steps)),
    laterWaits: steps.length === 0 ? [] : await ask(laterWaits, named),
    calls: steps.length === 0 ? [] : await ask(stepCalls, named),
    operations: await ask(operations),
    hours: await ask(operationHours),
    shown: await ask(shown),
    failed: await ask(failures),
    errors: await ask(errors),
    vitals: await ask(vitals),
    reads: await ask(reads),
    releases: await ask(releases),
    surveys: await ask(surveyAnswers),
    flags: await ask(flagTroubles),
    stops: await ask(stops),
    visits,
    patience,
    sample: (await ask(sampledCalls, { most: 30_000 })).map(eventOf),
    spans: (await ask(sampledSpans, { most: 30_000 })).map(eventOf),
  }
}

/** More steps than any journey has; each is a column of a question. */
const mostSteps = 60
const mostVisits = 20_000
const nothing: PeriodRow = { events: 0, sessions: 0, views: 0, calls: 0, first: 0, last: 0 }

/** The parameters of a funnel over these steps. */
export function funnelParameters(steps: readonly Pick<StepNode, 'name'>[]): QueryParameters {
  return {
    steps: steps.map(({ name }) => name),
    ...Object.fromEntries(steps.map(({ name }, at) => [`step${at}`, name])),
  }
}

/** The parameters of the waits of these steps: the budget, or a second where there is none. */
function waitParameters(steps: readonly StepNode[]): QueryParameters {
  return {
    ...funnelParameters(steps),
    ...Object.fromEntries(steps.map(({ budget }, at) => [`target${at}`, budget?.p75 ?? 1000])),
  }
}

export function funnelRows(
  { name, steps }: { readonly name: string; readonly steps: readonly StepNode[] },
  dimension: Dimension,
  rows: readonly FunnelAnswer[],
): readonly FunnelRow[] {
  return rows.flatMap((row) =>
    steps.map((step, at) => {
      const [next50, next75] = [row[`half${at}`], row[`most${at}`]]
      return {
        journey: name,
        step: step.name,
        dimension,
        part: String(row['part'] ?? ''),
        seen: Number(row[`seen${at}`] ?? 0),
        wentOn: Number(row[`on${at}`] ?? 0),
        ...(typeof next50 === 'number' && { next50 }),
        ...(typeof next75 === 'number' && { next75 }),
      }
    }),
  )
}

/** The visits for the statistics, each with how slow the next step was for others around that time. */
function visitsOf(
  rows: readonly VisitAnswer[],
  next: readonly VisitAnswer[],
): readonly StepVisit[] {
  const around = new Map<number, { sum: number; count: number }>()
  for (const { began, wait, pending } of next) {
    if (pending === 1) continue
    const slot = Math.floor(began / tenMinutes)
    const one = around.get(slot) ?? { sum: 0, count: 0 }
    one.sum += Math.log(Math.max(1, wait))
    one.count += 1
    around.set(slot, one)
  }
  return rows.map((row): StepVisit => {
    const later = around.get(Math.floor(row.began / tenMinutes))
    const network = networkOf(row)
    return {
      session: row.session,
      latency: row.wait,
      left: row.wentOn === 0,
      about: aboutOf(row),
      ...(row.pending === 1 && { waiting: true }),
      ...(network !== undefined && { network }),
      ...(later !== undefined && { later: Math.exp(later.sum / later.count) }),
    }
  })
}

const tenMinutes = 600_000

/** What the client's network took: as it was reported, else what remains of the call without the backend's own span. */
function networkOf({ network, longest, server }: VisitAnswer): number | undefined {
  if (typeof network === 'number') return network
  return typeof longest === 'number' && typeof server === 'number'
    ? Math.max(0, longest - server)
    : undefined
}

function aboutOf(row: VisitAnswer): Readonly<Record<string, string>> {
  const date = new Date(row.began)
  const known = {
    device: row.device,
    country: row.country,
    connection: row.connection,
    release: row.release,
    persona: row.persona,
    'previous step': row.previousStep,
    'time of day': `${Math.floor(date.getUTCHours() / 6) * 6} h`,
    weekend: date.getUTCDay() % 6 === 0 ? 'yes' : 'no',
  }
  return Object.fromEntries(
    Object.entries(known).filter((one): one is [string, string] => typeof one[1] === 'string'),
  )
}

function eventOf(row: EventAnswer): EvidenceEvent {
  const { attributes, ...rest } = row
  let parsed: unknown
  try {
    parsed = typeof attributes === 'string' ? JSON.parse(attributes) : undefined
  } catch {
    parsed = undefined
  }
  return {
    ...(rest as unknown as EvidenceEvent),
    ...(parsed !== null &&
      typeof parsed === 'object' && {
        attributes: parsed as NonNullable<EvidenceEvent['attributes']>,
      }),
  }
}

/** Rows without what isn't known, and with plain numbers. */
function withoutNulls<Row extends object>(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]: [string, unknown]) =>
      value === null || value === undefined
        ? []
        : [[name, typeof value === 'bigint' ? Number(value) : value]],
    ),
  ) as Row
}
