import { locatedChanges, type Report } from '@throughline/core'
import { workflowCommand } from '../github.ts'
import { impactLines } from './sections.ts'

/** Breaking changes and warnings as annotations: at the line as it is now, where there is one. */
export function diffGithub({ changes }: Report, pathOf: (path: string) => string): string {
  return locatedChanges(changes.filter(({ level }) => level !== 'info'))
    .map(({ code, level, message, impact, origin }) => {
      const steps = impactLines(impact).slice(0, 3)
      const text = steps.length === 0 ? message : `${message} It ${steps.join('; ')}.`
      const command = level === 'breaking' ? 'error' : 'warning'
      const span = origin.after
      return workflowCommand(command, text, {
        ...(span !== undefined && {
          file: pathOf(span.file),
          line: span.range.start.line,
          col: span.range.start.column,
          endLine: span.range.end.line,
          endColumn: span.range.end.column,
        }),
        title: code,
      })
    })
    .join('')
}
