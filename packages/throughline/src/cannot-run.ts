import type { Code } from '@throughline/core'

/**
 * A command that cannot run (port taken, no workspace here): not a bug, and not a finding in somebody's files.
 * The command line prints it without a stack and exits with 2.
 */
export class CannotRun extends Error {
  readonly code: Extract<Code, `TL9${string}`>

  constructor(code: Extract<Code, `TL9${string}`>, message: string) {
    super(message)
    this.name = 'CannotRun'
    this.code = code
  }
}
