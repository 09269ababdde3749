import type { LocatedDiagnostic, Severity } from '@throughline/core'
import { noColours } from '../colours.ts'
import type { Selection, Summary } from './report.ts'
import { summaryLine } from './text.ts'

/** Findings as Markdown, for a pull request's comment or a job's summary. */
export function markdownReport(
  { shown, rest }: Selection<LocatedDiagnostic>,
  summary: Summary,
  pathOf: (path: string) => string,
): string {
  const lines = ['### Throughline', '', summaryLine(summary, noColours), '']
  if (shown.length > 0) {
    lines.push('| | Where | What |', '| --- | --- | --- |')
    for (const { severity, file, range, message, code } of shown) {
      lines.push(
        `| ${markOf[severity]} | \`${cell(pathOf(file))}:${range.start.line}\` | ${cell(message)} (${code}) |`,
      )
    }
    lines.push('')
  }
  if (rest.length > 0) {
    lines.push('| Rule | More | For example |', '| --- | ---: | --- |')
    for (const { code, rule, count, example } of rest)
      lines.push(`| ${rule} (${code}) | ${count} | ${cell(example.message)} |`)
    lines.push('')
  }
  return lines.join('\n')
}

const markOf: Readonly<Record<Severity, string>> = {
  error: '**error**',
  warning: 'warning',
  info: 'info',
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
