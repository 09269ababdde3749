import { located, type Diagnostic } from '@throughline/core'
import { coloursOf } from './colours.ts'
import type { Io } from './io.ts'
import { many } from './output/text.ts'

/** What came of one change on disk. */
export interface Reload {
  readonly files: readonly string[]
  readonly ms: number
  readonly diagnostics: readonly Diagnostic[]
  /** Set while a file is too broken to read and the last good graph stays. */
  readonly broken: readonly Diagnostic[] | undefined
}

/** One line per reload: what changed, what came of it, how long it took. */
export function reloaded(
  { files, ms, diagnostics, broken }: Reload,
  shownPath: (path: string) => string,
  io: Io,
): void {
  const { red, dim } = coloursOf(io.stderr, io.env)
  const names = `${files.slice(0, 3).map(shownPath).join(', ')}${files.length > 3 ? `, and ${files.length - 3} more` : ''}`
  if (broken !== undefined) {
    const [first] = located(broken.slice(0, 1))
    const where =
      first === undefined
        ? ''
        : `${shownPath(first.file)}:${first.range.start.line}:${first.range.start.column}: ${first.message} `
    io.stderr.write(
      `${red('broken')}  ${where}${dim('The last good version stays until it is mended.')}\n`,
    )
    return
  }
  const count = (severity: string): number =>
    diagnostics.filter((one) => one.severity === severity).length
  io.stderr.write(
    `${dim('reload')}  ${names}: ${many(count('error'), 'error')}, ${many(count('warning'), 'warning')} ${dim(`(${Math.round(ms)} ms)`)}\n`,
  )
}
