import type { LocatedDiagnostic } from '@throughline/core'

/**
 * GitHub's workflow commands, one line per finding: the runner turns them into annotations. It shows ten of each kind,
 * so errors come first. `pathOf` gives the path from the repository's root.
 */
export function githubReport(
  diagnostics: readonly LocatedDiagnostic[],
  pathOf: (path: string) => string,
): string {
  return diagnostics
    .map(({ code, rule, severity, message, file, range }) => {
      const { start, end } = range
      const properties = {
        file: pathOf(file),
        line: start.line,
        col: start.column,
        endLine: end.line,
        endColumn: end.column,
        title: `${code} ${rule}`,
      }
      return workflowCommand(commandOf[severity], message, properties)
    })
    .join('')
}

/** One workflow command, as the runner reads it: a line. */
export function workflowCommand(
  command: 'error' | 'warning' | 'notice',
  message: string,
  properties: Readonly<Record<string, string | number>>,
): string {
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${property(String(value))}`,
  )
  return `::${command} ${written.join(',')}::${data(message)}\n`
}

const commandOf = { error: 'error', warning: 'warning', info: 'notice' } as const

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
