import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Io } from '../src/cli/io.ts'
import { run } from '../src/cli/run.ts'

/** A folder that a test fills and throws away, and a shell that stands in it. */
export interface Shell {
  readonly folder: string
  readonly write: (files: Readonly<Record<string, string | Uint8Array>>) => void
  readonly read: (path: string) => string
  /** Every file, sorted. */
  readonly list: () => readonly string[]
  /** Runs a command of Throughline in this process: `run('check', '--json')`. */
  readonly run: (...argv: readonly string[]) => Promise<Outcome>
  /** Starts one that runs until it is stopped. */
  readonly start: (...argv: readonly string[]) => Started
}

interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

interface Started {
  readonly stdout: () => string
  readonly stderr: () => string
  /** Resolves when the outputs together contain a text. */
  says(text: string): Promise<void>
  /** Ctrl-C. */
  stop(interrupt?: boolean): Promise<Outcome>
}

/** The browser that the tests were told to use. */
const { CHROMIUM_PATH } = process.env
const browser = CHROMIUM_PATH === undefined ? {} : { CHROMIUM_PATH }

export function shellIn(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  env: Io['env'] = {},
): Shell {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const shell: Shell = {
    folder,
    write(more) {
      for (const [path, text] of Object.entries(more)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    list: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .toSorted(),
    async run(...argv) {
      const started = shell.start(...argv)
      return started.stop(false)
    },
    start(...argv) {
      let stdout = ''
      let stderr = ''
      let stop = (): void => {}
      const stopped = new Promise<void>((resolve) => {
        stop = resolve
      })
      const io: Io = {
        stdout: { write: (text) => (stdout += text), columns: 100 },
        stderr: { write: (text) => (stderr += text), columns: 100 },
        cwd: folder,
        env: { ...browser, ...env },
        untilStopped: () => stopped,
      }
      const status = run(argv, io)
      return {
        stdout: () => stdout,
        stderr: () => stderr,
        async says(text) {
          const start = Date.now()
          while (!`${stdout}${stderr}`.includes(text)) {
            if (Date.now() - start > 10_000)
              throw new Error(`Never said ${JSON.stringify(text)}:\n${stdout}\n${stderr}`)
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
        },
        async stop(interrupt = true) {
          if (interrupt) stop()
          return { status: await status, stdout, stderr }
        },
      }
    },
  }
  shell.write(files)
  return shell
}
