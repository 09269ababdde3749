import type { EvidenceReport, JourneyReport, ReportComparison } from '@throughline/core'
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

/** A report as Markdown, for a wiki or a pull request. */
export function evidenceMarkdown(report: EvidenceReport, comparison?: ReportComparison): string {
  const { name, asked, totals, journeys, operations, advice, surveys, experiments, least } = report
  const count = (value: number): string => value.toLocaleString('en')
  const seen = journeys.filter(({ sessions }) => sessions > 0)
  const where = [
    asked.environment,
    asked.release === undefined ? undefined : `release ${asked.release}`,
  ]
    .filter((one) => one !== undefined)
    .join(', ')
  const lines = [
    `# ${plain(name)}: what really happened`,
    '',
    totals.events === 0
      ? `Nothing was seen from ${asked.since.slice(0, 10)} to ${asked.until.slice(0, 10)}${where === '' ? '' : ` (${where})`}.`
      : `${day(totals.first)} to ${day(totals.last)}${where === '' ? '' : `, ${where}`}: ${count(totals.sessions)} sessions, ${count(totals.views)} pages, ${count(totals.calls)} calls of pages. Nothing is said of fewer than ${least.percentile} cases.`,
    '',
    ...seen.flatMap(journeyLines),
    ...(experiments.length === 0
      ? []
      : [
          '## Experiments',
          '',
          ...experiments.map(
            (one) =>
              `- **${plain(one.name)}**${one.title === undefined ? '' : ` ${plain(one.title)}`} ${plain(experimentText(one))}`,
          ),
          '',
        ]),
    ...(surveys.length === 0
      ? []
      : [
          '## What people said',
          '',
          ...surveys.flatMap((result) => [
            `- **${plain(surveyTitle(result))}**${result.step === undefined ? '' : ` \`${result.step}\``} ${plain(surveyText(result))}`,
            ...result.texts.slice(0, 10).map(({ text }) => `  - "${plain(text)}"`),
          ]),
          '',
        ]),
    ...(comparison === undefined ? [] : comparisonLines(comparison)),
    ...(advice.length === 0
      ? []
      : [
          '## What to change',
          '',
          ...advice
            .slice(0, mostAdvice)
            .flatMap((one, index) => [
              `${index + 1}. **${plain(one.title)}** (${one.kind}; ${gainText(one.gain)}). ${plain(one.evidence)} ${plain(one.change)}${one.file === undefined ? '' : ` \`${one.file}:${one.line}\``}${one.steps.length === 0 ? '' : ` Felt on ${one.steps.map((step) => `\`${step}\``).join(', ')}.`}`,
            ]),
          ...(advice.length > mostAdvice
            ? ['', `And ${advice.length - mostAdvice} more: see \`--json\`.`]
            : []),
          '',
        ]),
    ...(operations.length === 0
      ? []
      : [
          '## Operations',
          '',
          '| operation | measured | calls | failed | p50 | p75 | p95 | steps |',
          '| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
          ...operations
            .slice(0, mostOperations)
            .map(
              (one) =>
                `| ${cell(one.operation)} | ${one.side === 'client' ? 'by pages' : 'by the backend'} | ${count(one.calls)} | ${percent(one.failed / one.calls)} | ${time(one.p50)} | ${time(one.p75)} | ${time(one.p95)} | ${cell(one.steps.join(', '))} |`,
            ),
          '',
        ]),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

const mostAdvice = 20
const mostOperations = 30

function journeyLines({
  name,
  title,
  sessions,
  finished,
  steps,
}: JourneyReport): readonly string[] {
  return [
    `## ${plain(title)} (${name})`,
    '',
    `${sessions.toLocaleString('en')} sessions, ${finished.toLocaleString('en')} reached the end (${percent(finished / Math.max(1, sessions))}).`,
    '',
    '| step | sessions | left here | waited (p75, of budget) | over budget | apdex | saw instead |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...steps.map(
      (step) =>
        `| ${cell(step.title)} | ${step.sessions.toLocaleString('en')} | ${dropText(step)} | ${waitText(step)} | ${step.wait?.over === undefined ? '' : percent(step.wait.over)} | ${step.wait === undefined ? '' : step.wait.apdex.toFixed(2)} | ${cell(
          step.shown
            .slice(0, 3)
            .map(({ condition, times }) => `${condition} ×${times}`)
            .join(', '),
        )} |`,
    ),
    '',
    ...steps.flatMap((step) => {
      const path =
        step.criticalPath.length > 1 ? [`waits for ${step.criticalPath.join(', then ')}.`] : []
      const later = step.later === undefined ? [] : [`${laterText(step.later)}.`]
      const cost = step.cost === undefined ? [] : [costText(step.cost)]
      const said = [...path, ...later, ...cost]
      return said.length === 0 ? [] : [`- **${plain(step.title)}** ${said.map(plain).join(' ')}`]
    }),
    '',
  ]
}

function comparisonLines({ before, after, steps }: ReportComparison): readonly string[] {
  return [
    `## ${plain(before)} and ${plain(after)}`,
    '',
    'The two were not drawn by lot: whatever differs is an association.',
    '',
    '| step | sessions | waited (p75) | left here | difference |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...steps.map(
      ({ title, sessions, wait, dropOff, difference }) =>
        `| ${cell(title)} | ${sessions.join(' → ')} | ${wait === undefined ? '' : wait.map(time).join(' → ')} | ${dropOff === undefined ? 'too few' : dropOff.map(percent).join(' → ')} | ${difference === undefined ? '' : `${percent(difference.value)} (95 %: ${percent(difference.low)} to ${percent(difference.high)})`} |`,
    ),
    '',
  ]
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}

/** Evidence comes from outside: none of it is Markdown or HTML. */
function plain(text: string): string {
  return text.replaceAll(/[<>*_[\]]/g, '\\$&').replaceAll(/[\r\n]+/g, ' ')
}

function cell(text: string): string {
  return plain(text).replaceAll('|', '\\|')
}
