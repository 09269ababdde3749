import type { Progress } from '../../targets/verify/verify.ts'
import type { Output } from '../io.ts'

/** How far a run is: one line that changes on a terminal, a plain line now and then where nobody watches. */
export function progressOn(
  output: Output,
  now: () => number = Date.now,
): { readonly hear: (progress: Progress) => void; readonly end: () => void } {
  const started = now()
  let shown = started
  let width = 0
  const isTerminal = output.isTTY === true
  return {
    hear(progress) {
      const time = now()
      if (time - shown < (isTerminal ? 200 : 10_000)) return
      shown = time
      const text = lineOf(progress, time - started)
      if (!isTerminal) return void output.write(`${text}\n`)
      output.write(`\r${text.slice(0, (output.columns ?? 80) - 1).padEnd(width)}`)
      width = text.length
    },
    end() {
      if (isTerminal && width > 0) output.write(`\r${' '.repeat(width)}\r`)
    },
  }
}

function lineOf({ phase, cases, findings, part }: Progress, ms: number): string {
  const rate = Math.round(cases / Math.max(0.001, ms / 1000))
  const left = part > 0.02 && part < 1 ? (ms / part) * (1 - part) : undefined
  const words = left === undefined ? '' : `, about ${inWords(left)} to go`
  return `${phase}: ${cases.toLocaleString('en')} cases, ${rate}/s, ${findings} ${findings === 1 ? 'finding' : 'findings'}${words}`
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
