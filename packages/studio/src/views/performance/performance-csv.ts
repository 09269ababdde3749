import type { EvidenceReport } from '@throughline/core'
import { csvOf } from '../../ui/csv.ts'
import { operationsWithHours } from './hours-of.ts'
import { words } from './words.ts'

/** A row for each step of each journey, shares from 0 to 1 and times in milliseconds, so that they can be reckoned with. */
export function performanceCsv({ journeys }: EvidenceReport): string {
  const { column } = words
  return csvOf([
    [
      column.journey,
      column.step,
      column.came,
      column.wentOn,
      column.left,
      column.p50,
      column.p75,
      column.p95,
      column.budget,
      column.over,
      column.apdex,
      column.leftWaiting,
      column.saw,
      column.errors,
      column.cost,
      column.costLow,
      column.costHigh,
      column.label,
    ],
    ...journeys.flatMap((journey) =>
      journey.steps.map((step) => {
        const { wait, cost } = step
        const estimate = cost?.kind === 'estimate' && cost.claimed ? cost : undefined
        return [
          journey.title,
          step.title,
          step.sessions,
          step.wentOn,
          step.dropOff,
          wait?.p50,
          wait?.p75,
          wait?.p95,
          wait?.budget,
          wait?.over,
          wait?.apdex,
          wait?.leftWaiting,
          step.shown.map(({ condition, times }) => `${condition} ×${times}`).join(', '),
          step.errors.reduce((sum, { times }) => sum + times, 0),
          estimate?.won.value,
          estimate?.won.low,
          estimate?.won.high,
          estimate && words.cost.labels[estimate.label],
        ]
      }),
    ),
  ])
}

/** A row for each operation and hour with enough calls. */
export function hoursCsv(report: Pick<EvidenceReport, 'operations' | 'journeys'>): string {
  return csvOf([
    Object.values(words.hours.csv),
    ...operationsWithHours(report).flatMap(({ operation, hours, budget }) =>
      hours.map(({ hour, calls, p75 }) => [
        operation,
        new Date(hour).toISOString(),
        calls,
        p75,
        budget,
      ]),
    ),
  ])
}

/** A row for each arm of each experiment; the difference stands with the first. */
export function experimentsCsv({ experiments }: EvidenceReport): string {
  return csvOf([
    Object.values(words.experiment.csv),
    ...experiments.flatMap(({ name, state, step, journey, operation, arms, result }) => {
      const found = result.kind === 'estimate' ? result : undefined
      return arms.map((arm, index) => [
        name,
        words.experiment.states[state],
        step ?? journey,
        operation,
        arm.name,
        arm.sessions,
        arm.left,
        arm.troubled,
        ...(index === 0
          ? [
              found?.difference.value,
              found?.difference.low,
              found?.difference.high,
              found?.anytime.low,
              found?.anytime.high,
            ]
          : Array.from({ length: 5 }, () => undefined)),
      ])
    }),
  ])
}

/** What people said: a row for each value of a scale, and one for each text. */
export function surveysCsv({ surveys }: EvidenceReport): string {
  return csvOf([
    Object.values(words.survey.csv),
    ...surveys.flatMap(({ survey, question, step, distribution, texts, unhappy, happy }) => [
      ...distribution.map(({ value, answers }) => [
        survey,
        question,
        step,
        'value',
        value,
        answers,
        undefined,
        undefined,
        unhappy?.waited,
        happy?.waited,
      ]),
      ...texts.map(({ text, value, at }) => [
        survey,
        question,
        step,
        'text',
        value,
        1,
        text,
        at,
        undefined,
        undefined,
      ]),
    ]),
  ])
}

/** What to change, a row for each. */
export function adviceCsv({ advice }: EvidenceReport): string {
  return csvOf([
    Object.values(words.advice.csv),
    ...advice.map(({ kind, title, evidence, change, gain, steps, file, line }) => [
      words.advice.kinds[kind],
      title,
      evidence,
      change,
      gain.ms,
      gain.bytes,
      gain.calls,
      gain.times,
      steps.join(' '),
      file === undefined ? undefined : line === undefined ? file : `${file}:${line}`,
    ]),
  ])
}
