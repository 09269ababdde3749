import type { EvidenceReport, JourneyReport, ReportComparison, StepReport } from '@throughline/core'
import type { Colours } from '../../colours.ts'
import { visible } from '../frame.ts'
import {
  costText,
  dropText,
  experimentText,
  gainText,
  laterText,
  percent,
  surveyText,
  surveyTitle,
  time,
  waitText,
} from './words.ts'

/** A report for a terminal. */
export function evidenceText(
  report: EvidenceReport,
  { bold, dim, red, yellow, cyan }: Colours,
  comparison?: ReportComparison,
): string {
  const { asked, totals, journeys, operations, advice, surveys, experiments, least } = report
  const lines: string[] = []
  if (totals.events === 0)
    return `Nothing was seen from ${asked.since.slice(0, 10)} to ${asked.until.slice(0, 10)}. Put the script into your page or send OpenTelemetry here while \`throughline dev\` runs, or read a recording: throughline report --from recording.har\n`
  lines.push(
    bold(`${visible(report.name)}: what really happened`),
    dim(
      `${totals.sessions} sessions, ${totals.views} pages, ${totals.calls} calls of pages; nothing is said of fewer than ${least.percentile} cases`,
    ),
    '',
  )
  for (const journey of journeys) {
    if (journey.sessions === 0) continue
    lines.push(
      `${bold(visible(journey.title))} ${dim(journey.name)}  ${journey.finished} of ${journey.sessions} reached the end`,
      ...table(rowsOf(journey)).map((line, index) => (index === 0 ? dim(line) : line)),
    )
    for (const step of journey.steps) {
      if (step.criticalPath.length > 1)
        lines.push(dim(`  ${visible(step.title)} waits for ${step.criticalPath.join(', then ')}`))
      if (step.later !== undefined)
        lines.push(dim(`  ${visible(step.title)}: ${laterText(step.later)}`))
      if (step.cost !== undefined)
        lines.push(
          `  ${visible(step.title)}: ${step.cost.claimed ? yellow(costText(step.cost)) : dim(costText(step.cost))}`,
        )
    }
    lines.push('')
  }
  if (experiments.length > 0)
    lines.push(
      bold('Experiments'),
      ...experiments.flatMap((one) => [
        `  ${visible(one.name)}${one.title === undefined ? '' : dim(`  ${visible(one.title)}`)}`,
        `    ${visible(experimentText(one))}`,
      ]),
      '',
    )
  if (surveys.length > 0) lines.push(bold('What people said'))
  for (const result of surveys.slice(0, mostSurveys)) {
    lines.push(
      `  ${visible(surveyTitle(result))}${result.step === undefined ? '' : dim(`  ${result.step}`)}`,
      `    ${surveyText(result)}`,
      ...result.texts.slice(0, 5).map(({ text }) => dim(`    "${visible(text)}"`)),
    )
  }
  if (surveys.length > 0) lines.push('')
  if (comparison !== undefined)
    lines.push(
      bold(`${visible(comparison.before)} and ${visible(comparison.after)}`),
      dim('Not drawn by lot: whatever differs is an association.'),
      ...table([
        ['step', 'sessions', 'waited (p75)', 'left here', 'difference (95 %)'],
        ...comparison.steps.map(({ title, sessions, wait, dropOff, difference }) => [
          visible(title),
          sessions.join(' → '),
          wait?.map(time).join(' → ') ?? '',
          dropOff?.map(percent).join(' → ') ?? 'too few',
          difference === undefined
            ? ''
            : `${percent(difference.value)} (${percent(difference.low)} to ${percent(difference.high)})`,
        ]),
      ]),
      '',
    )
  if (operations.length > 0)
    lines.push(
      bold('Operations'),
      ...table([
        ['operation', 'measured', 'calls', 'failed', 'p50', 'p75', 'p95'],
        ...operations
          .slice(0, mostOperations)
          .map(({ operation, side, calls, failed, p50, p75, p95 }) => [
            visible(operation),
            side === 'client' ? 'by pages' : 'by the backend',
            String(calls),
            percent(failed / calls),
            time(p50),
            time(p75),
            time(p95),
          ]),
      ]).map((line, index) => (index === 0 ? dim(line) : line)),
      ...(operations.length > mostOperations
        ? [dim(`  and ${operations.length - mostOperations} more: --format markdown`)]
        : []),
      '',
    )
  if (advice.length > 0) lines.push(bold('What to change'))
  for (const [index, one] of advice.slice(0, 12).entries())
    lines.push(
      `${String(index + 1).padStart(3)}. ${red(one.kind)}  ${bold(visible(one.title))}  ${dim(gainText(one.gain))}`,
      `     ${visible(one.evidence)}`,
      `     ${visible(one.change)}`,
      ...(one.file === undefined ? [] : [`     ${cyan(`${one.file}:${one.line}:${one.column}`)}`]),
      ...(one.steps.length === 0 ? [] : [dim(`     felt on ${one.steps.join(', ')}`)]),
    )
  if (advice.length > 12) lines.push(dim(`     and ${advice.length - 12} more: --format markdown`))
  return `${lines.join('\n').trimEnd()}\n`
}

const mostOperations = 10
const mostSurveys = 10

function rowsOf({ steps }: JourneyReport): readonly (readonly string[])[] {
  return [
    ['step', 'sessions', 'left here', 'waited (p75)', 'over', 'apdex', 'saw instead'],
    ...steps.map((step: StepReport) => [
      visible(step.title),
      String(step.sessions),
      dropText(step),
      waitText(step),
      step.wait?.over === undefined ? '' : percent(step.wait.over),
      step.wait?.apdex.toFixed(2) ?? '',
      step.shown
        .slice(0, 3)
        .map(({ condition, times }) => `${visible(condition)} ×${times}`)
        .join(', '),
    ]),
  ]
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    `  ${row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column]!)
          : cell.padStart(widths[column]!),
      )
      .join('  ')}`.trimEnd(),
  )
}
