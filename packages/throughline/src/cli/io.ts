import type { Readable, Writable } from 'node:stream'

/** Everything a command may touch of the process it runs in, so that a test can hand in its own. */
export interface Io {
  /** Results, and nothing else. */
  readonly stdout: Output
  /** Talk: progress, addresses of a running server, complaints. */
  readonly stderr: Output
  /** For questions; absent where nobody could answer. */
  readonly terminal?: { readonly input: Readable; readonly output: Writable }
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Resolves when somebody asks the command to end (Ctrl-C, SIGTERM). Commands that run until then wait for it. */
  readonly untilStopped: () => Promise<void>
}

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Characters that fit on a line, within what is pleasant to read. */
export function widthOf(output: Output): number {
  return Math.max(40, Math.min(output.columns ?? 100, 160))
}
