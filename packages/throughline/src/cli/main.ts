import { parse } from 'node:path'
import type { Io } from './io.ts'
import { run } from './run.ts'

// The one place that touches the process: argv, signals, exit status.

let stop: (() => void) | undefined
const stopped = new Promise<void>((resolve) => {
  stop = resolve
})
let waiting = false
let interrupted = 0

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A launcher such as npm passes on what the terminal has sent already: twice at once is one Ctrl-C.
    if (interrupted > 0 && Date.now() - interrupted < 300) return
    if (!waiting || interrupted > 0) process.exit(signal === 'SIGINT' ? 130 : 143)
    interrupted = Date.now()
    stop?.()
  })
}

// Whoever reads our output may stop reading (`throughline check | head`): that is no failure of ours.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  ...(process.stdin.isTTY &&
    process.stdout.isTTY && { terminal: { input: process.stdin, output: process.stdout } }),
  cwd: currentFolder(),
  env: process.env,
  untilStopped() {
    waiting = true
    return stopped
  },
}

process.exitCode = await run(process.argv.slice(2), io)
// A second copy of the same Ctrl-C must still find our handler, or it would kill us and look like a failure.
if (interrupted > 0)
  await new Promise((resolve) => setTimeout(resolve, interrupted + 150 - Date.now()))

/** Where somebody stands; the root when that folder has been deleted under their feet. */
function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    return parse(import.meta.filename).root
  }
}
