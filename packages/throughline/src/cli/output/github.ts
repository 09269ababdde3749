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
      const written = Object.entries(properties).map(
        ([name, value]) => `${name}=${property(String(value))}`,
      )
      return `::${commandOf[severity]} ${written.join(',')}::${data(message)}\n`
    })
    .join('')
}

const commandOf = { error: 'error', warning: 'warning', info: 'notice' } as const

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
