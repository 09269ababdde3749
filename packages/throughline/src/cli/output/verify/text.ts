import type { Finding } from '../../../targets/verify/finding.ts'
import type { VerifyReport } from '../../../targets/verify/verify.ts'
import type { Colours } from '../../colours.ts'
import { collectionsText } from './collections-text.ts'
import { coverageLine } from './coverage-words.ts'

/** Findings for a terminal: what is wrong, whom it hurts, and the line that shows it again. */
export function verifyText(
  target: string,
  { findings, cases, operations, coverage, stopped, collections = [] }: VerifyReport,
  colours: Colours,
): string {
  const { bold, red, yellow, dim, green } = colours
  const lines = findings.flatMap((one) => {
    const colour = one.severity === 'error' ? red : one.severity === 'warning' ? yellow : dim
    return [
      `${colour(one.severity)} ${bold(`${one.operation.method} ${one.operation.path}`)} ${dim(one.check)}${one.count > 1 ? dim(` ${one.count} times`) : ''}`,
      `  ${one.message}`,
      `  ${hurts(one)}`,
      ...(one.reproduce.answer === undefined
        ? []
        : [
            dim(
              `  answered ${one.reproduce.answer.status} ${firstLine(one.reproduce.answer.body)}`,
            ),
          ]),
      dim(`  ${one.reproduce.curl}`),
      '',
    ]
  })
  const count = (severity: Finding['severity']): number =>
    findings.filter((one) => one.severity === severity).length
  const counts = `${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}`
  const summary = `${counted(cases, 'case')} on ${operations.tested} of ${counted(operations.total, 'operation')} of ${target}: ${findings.length === 0 ? green('nothing found') : counts}`
  return `${lines.join('\n')}${lines.length > 0 ? '\n' : ''}${collectionsText(collections, colours)}${summary}${stopped ? '; stopped before the end' : ''}\n${dim(`Reached ${coverageLine(coverage)}.`)}\n`
}

function hurts({ steps }: Finding): string {
  if (steps.length === 0) return 'No step needs it.'
  const most = 4
  const more = steps.length > most ? ` and ${steps.length - most} more` : ''
  return `Hurts ${steps.slice(0, most).join(', ')}${more}.`
}

function firstLine(body = ''): string {
  const line = body.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}
