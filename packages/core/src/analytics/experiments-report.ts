import type { Graph } from '../2-link/graph.ts'
import type { EvidenceAnswers, FunnelRow } from './answers.ts'
import { experiment, type Arm, type ExperimentResult } from './experiment.ts'
import { plannedExperiments, speedFlag, type PlannedExperiment } from './speed-experiments.ts'

/** What visits did that were told apart by lot: by a speed experiment, or by a flag of the team's own. */
export interface ExperimentReport {
  readonly kind: 'speed' | 'flag'
  /** Of a speed experiment its id, of a flag `new-basket: on`. */
  readonly name: string
  readonly title?: string
  /** Where leaving is counted: a step, or for a flag a journey that was not finished. */
  readonly step?: string
  readonly journey: string
  readonly operation?: string
  /** The longest extra delay, milliseconds. */
  readonly delay?: number
  /** RFC 3339. */
  readonly from?: string
  readonly until?: string
  readonly state: 'planned' | 'running' | 'ended' | 'stopped'
  /** When its guardrail ended it, and why. */
  readonly stopped?: { readonly at: string; readonly because: string }
  /** Those to compare with first, then each dose or the other variant. */
  readonly arms: readonly ExperimentArm[]
  readonly result: ExperimentFinding
}

/** Those who were held up, or had the other variant, compared with the first arm; else why nothing can be said. */
type ExperimentFinding =
  | Omit<Extract<ExperimentResult, { readonly kind: 'estimate' }>, 'arms'>
  | Omit<Extract<ExperimentResult, { readonly kind: 'broken' }>, 'arms'>

export interface ExperimentArm {
  readonly name: string
  readonly sessions: number
  readonly left: number
  /** Those that met an error or a failed call. */
  readonly troubled: number
}

/** Every experiment with what came of it; `now` in milliseconds since 1970. Experiments that are named here begin with those that run. */
export function experimentsReport(
  graph: Graph,
  answers: Pick<EvidenceAnswers, 'funnels' | 'flags' | 'stops'>,
  now: number,
): readonly ExperimentReport[] {
  return [
    ...plannedExperiments(graph).map((one) => speedReport(one, answers, now)),
    ...flagReports(graph, answers),
  ]
}

type Answers = Pick<EvidenceAnswers, 'funnels' | 'flags' | 'stops'>

function speedReport(
  { declaration, operation, step, journey }: PlannedExperiment,
  answers: Answers,
  now: number,
): ExperimentReport {
  const { id, title, delay, from, until, share } = declaration
  const arms = speedArms(answers, operation, journey, step)
  const [control, ...doses] = arms
  const treated = together(doses, 'a delay')
  const stop = answers.stops.find((one) => one.experiment === id && one.stoppedAt >= from)
  const state =
    stop !== undefined ? 'stopped' : now < from ? 'planned' : now < until ? 'running' : 'ended'
  return {
    kind: 'speed',
    name: id,
    ...(title !== undefined && { title }),
    step,
    journey,
    operation,
    delay,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    state,
    ...(stop !== undefined && {
      stopped: { at: new Date(stop.stoppedAt).toISOString(), because: stop.because },
    }),
    arms,
    result: findingOf(experiment(armOf(control, share), armOf(treated, share))),
  }
}

/** Those who were not held up, then each dose, the shortest first. */
export function speedArms(
  { funnels, flags }: Pick<EvidenceAnswers, 'funnels' | 'flags'>,
  operation: string,
  journey: string,
  step: string,
): readonly [control: ExperimentArm, ...doses: ExperimentArm[]] {
  const head = `${speedFlag(operation)}=`
  const rows = funnels.filter(
    (row) =>
      row.dimension === 'flag' &&
      row.journey === journey &&
      row.step === step &&
      row.part.startsWith(head),
  )
  const arms = rows
    .map((row) => ({ dose: Number(row.part.slice(head.length)), row }))
    .filter(({ dose }) => dose >= 0)
    .toSorted((a, b) => a.dose - b.dose)
    .map(({ dose, row }) => ({
      dose,
      arm: {
        name: dose === 0 ? 'no delay' : `${dose} ms later`,
        sessions: row.seen,
        left: row.seen - row.wentOn,
        troubled: troubledOf(flags, row.part, row.seen),
      },
    }))
  return [
    together(
      arms.filter(({ dose }) => dose === 0).map(({ arm }) => arm),
      'no delay',
    ),
    ...arms.filter(({ dose }) => dose > 0).map(({ arm }) => arm),
  ]
}

export function together(arms: readonly ExperimentArm[], name: string): ExperimentArm {
  const sum = (key: 'sessions' | 'left' | 'troubled'): number =>
    arms.reduce((all, one) => all + one[key], 0)
  return { name, sessions: sum('sessions'), left: sum('left'), troubled: sum('troubled') }
}

function troubledOf(flags: EvidenceAnswers['flags'], flag: string, most: number): number {
  return Math.min(most, flags.find((one) => one.flag === flag)?.troubled ?? 0)
}

/** The variants of the team's own flags, by journey: who did not finish it. */
function flagReports(graph: Graph, { funnels, flags }: Answers): readonly ExperimentReport[] {
  const reports: ExperimentReport[] = []
  for (const journey of graph.journeys) {
    const rows = funnels.filter(
      (row) =>
        row.dimension === 'flag' && row.journey === journey.name && !row.part.startsWith('speed.'),
    )
    const last = journey.steps.at(-1)?.slice('step:'.length)
    const byName = Map.groupBy(new Set(rows.map(({ part }) => part)), (part) => part.split('=')[0]!)
    for (const [name, parts] of byName) {
      const variants = parts
        .toSorted((a, b) => Number(isControl(b)) - Number(isControl(a)) || (a < b ? -1 : 1))
        .slice(0, mostVariants)
      const arms = variants.map((part): ExperimentArm => {
        const own = rows.filter((row) => row.part === part)
        const sessions = Math.max(0, ...own.map(({ seen }) => seen))
        return {
          name: part,
          sessions,
          left: sessions - finishedOf(own, last),
          troubled: troubledOf(flags, part, sessions),
        }
      })
      const [control, ...others] = arms
      for (const other of others)
        reports.push({
          kind: 'flag',
          name: `${name}: ${other.name.slice(name.length + 1)}`,
          journey: journey.name,
          state: 'running',
          arms: [control!, other],
          result: findingOf(experiment(armOf(control!), armOf(other))),
        })
    }
  }
  return reports.slice(0, mostReports)
}

const mostVariants = 6
const mostReports = 50

function finishedOf(rows: readonly FunnelRow[], last: string | undefined): number {
  return rows.find(({ step }) => step === last)?.seen ?? 0
}

/** `new-basket=off`: what a variant is compared with. */
function isControl(flag: string): boolean {
  return /=(off|control|false|0|a|none|no|old|original|default)$/i.test(flag)
}

function armOf({ name, sessions, left }: ExperimentArm, share?: number): Arm {
  return { name, sessions, left, ...(share !== undefined && { share }) }
}

function findingOf({ arms: _arms, ...finding }: ExperimentResult): ExperimentFinding {
  return finding
}
