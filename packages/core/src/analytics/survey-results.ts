import type { SurveyDeclaration } from '../1-parse/declarations.ts'
import { scrubbed } from '../evidence/scrubbed.ts'
import type { SurveyRow } from './answers.ts'
import { percentile } from './percentile.ts'

/** What people answered to one survey on one step. */
export interface SurveyResult {
  /** The id of its file; of an imported answer the question itself. */
  readonly survey: string
  readonly title?: string
  readonly question?: string
  /** `checkout/delivery`; absent where nobody knows which step the answers are about. */
  readonly step?: string
  readonly answers: number
  /** Nobody is asked any more after so many. */
  readonly quota?: number
  readonly scale?: NonNullable<SurveyDeclaration['scale']>
  /** Each value of the scale with how many chose it, the lowest first. */
  readonly distribution: readonly { readonly value: number; readonly answers: number }[]
  /** Absent below the least number of answers. */
  readonly mean?: number
  /** Those who chose the lower part of the scale, and those who chose the upper one; the middle belongs to neither. */
  readonly unhappy?: SurveyGroup
  readonly happy?: SurveyGroup
  /** What was written, newest first, scrubbed. */
  readonly texts: readonly {
    readonly text: string
    readonly value?: number
    /** RFC 3339. */
    readonly at: string
  }[]
}

/** Some who answered, and what they had been through on the step before. */
export interface SurveyGroup {
  readonly answers: number
  /** The median wait on the step, milliseconds; absent where fewer than the least number were measured. */
  readonly waited?: number
  /** The share that met an error or a failed call on it; absent below the least number. */
  readonly troubled?: number
}

/** What was answered, by survey and step: those with the most answers first. Figures need `least` cases. */
export function surveyResults(
  rows: readonly SurveyRow[],
  surveys: readonly SurveyDeclaration[],
  least: number,
): readonly SurveyResult[] {
  const known = new Map(surveys.map((one) => [one.id, one]))
  const groups = Map.groupBy(rows, ({ survey, step }) => JSON.stringify([survey, step]))
  return [...groups.values()]
    .map((all) => resultOf(all, known.get(all[0]!.survey), least))
    .toSorted((a, b) => b.answers - a.answers || (a.survey < b.survey ? -1 : 1))
}

const mostTexts = 50

function resultOf(
  rows: readonly SurveyRow[],
  declared: SurveyDeclaration | undefined,
  least: number,
): SurveyResult {
  const { survey, step } = rows[0]!
  const { title, question, quota, scale } = declared ?? {}
  const values = rows.flatMap(({ value }) => (value === undefined ? [] : [value]))
  const counts = new Map<number, number>()
  if (scale !== undefined)
    for (let value = scale.from; value <= scale.to; value += 1) counts.set(value, 0)
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const middle = scale === undefined ? undefined : (scale.from + scale.to) / 2
  return {
    survey,
    ...(title !== undefined && { title }),
    ...(question !== undefined && { question }),
    ...(step !== '' && { step }),
    answers: rows.length,
    ...(quota !== undefined && { quota }),
    ...(scale !== undefined && { scale }),
    distribution: [...counts]
      .toSorted(([a], [b]) => a - b)
      .slice(0, 100)
      .map(([value, answers]) => ({ value, answers })),
    ...(values.length >= least && {
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    }),
    ...(middle !== undefined && {
      unhappy: groupOf(
        rows.filter(({ value }) => value !== undefined && value < middle),
        least,
      ),
      happy: groupOf(
        rows.filter(({ value }) => value !== undefined && value > middle),
        least,
      ),
    }),
    texts: rows
      .filter(({ text }) => text !== undefined && text.trim() !== '')
      .toSorted((a, b) => b.time - a.time)
      .slice(0, mostTexts)
      .map(({ text, value, time }) => ({
        text: scrubbed(text!, 1000),
        ...(value !== undefined && { value }),
        at: new Date(time).toISOString(),
      })),
  }
}

function groupOf(rows: readonly SurveyRow[], least: number): SurveyGroup {
  const waits = rows.flatMap(({ wait }) => (wait === undefined ? [] : [wait]))
  const waited = waits.length < least ? undefined : percentile(waits, 0.5)
  const followed = rows.filter(({ session }) => session !== '')
  return {
    answers: rows.length,
    ...(waited !== undefined && { waited }),
    ...(followed.length >= least && {
      troubled: followed.filter(({ troubles }) => troubles > 0).length / followed.length,
    }),
  }
}
