import type { Estimate } from './claim.ts'
import type { EvidenceReport, StepReport } from './evidence-report.ts'
import { wilson } from './experiment.ts'

/** Two releases beside each other, step by step. They were not drawn by lot: whatever differs is an association. */
export interface ReportComparison {
  readonly label: 'association'
  readonly before: string
  readonly after: string
  readonly steps: readonly ComparedStep[]
}

export interface ComparedStep {
  readonly name: string
  readonly title: string
  readonly sessions: readonly [before: number, after: number]
  /** p75 of what people waited, milliseconds. */
  readonly wait?: readonly [before: number, after: number]
  readonly dropOff?: readonly [before: number, after: number]
  /** How much more leave than before. */
  readonly difference?: Estimate
}

/** What changed between two reports of the same workspace, such as of two releases. */
export function comparedReports(
  before: EvidenceReport,
  after: EvidenceReport,
  names: readonly [before: string, after: string],
): ReportComparison {
  const known = new Map(stepsOf(before).map((step) => [step.name, step]))
  return {
    label: 'association',
    before: names[0],
    after: names[1],
    steps: stepsOf(after).flatMap((step) => {
      const was = known.get(step.name)
      return was === undefined || was.sessions + step.sessions === 0 ? [] : [compared(was, step)]
    }),
  }
}

function stepsOf({ journeys }: EvidenceReport): readonly StepReport[] {
  return journeys.flatMap(({ steps }) => steps)
}

function compared(was: StepReport, is: StepReport): ComparedStep {
  const { name, title } = is
  const both = was.dropOff !== undefined && is.dropOff !== undefined
  return {
    name,
    title,
    sessions: [was.sessions, is.sessions],
    ...(was.wait !== undefined && is.wait !== undefined && { wait: [was.wait.p75, is.wait.p75] }),
    ...(both && {
      dropOff: [was.dropOff, is.dropOff],
      difference: differenceOf(was, is),
    }),
  }
}

/** Newcombe's interval of a difference of shares (1998, method 10). */
function differenceOf(was: StepReport, is: StepReport): Estimate {
  const left = ({ sessions, wentOn }: StepReport) => ({ sessions, left: sessions - wentOn })
  const [p, q] = [was.dropOff!, is.dropOff!]
  const [low1, high1] = wilson(left(was))
  const [low2, high2] = wilson(left(is))
  return {
    value: q - p,
    low: q - p - Math.hypot(q - low2, high1 - p),
    high: q - p + Math.hypot(high2 - q, p - low1),
  }
}
