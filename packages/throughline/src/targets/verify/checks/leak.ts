import { secretName } from '../curl.ts'
import { textOf } from '../exchange.ts'
import type { Check } from '../check-kind.ts'

/** `leak`: an answer that says no shows how the backend is built inside, or repeats what the caller came in with. */
export const leak: Check = function* ({ outcome, sent, case: one }) {
  if (outcome.kind !== 'answered' || outcome.status < 400 || outcome.body.length === 0) return
  const text = textOf(outcome).slice(0, mostRead)
  const trace = traces.find(([, pattern]) => pattern.test(text))
  if (trace !== undefined)
    yield {
      check: 'leak',
      severity: 'error',
      message: `An error shows ${trace[0]}, and with it how the backend is built.`,
      cause: 'trace',
      at: 'body',
    }
  const own = new Set((one.credentials ?? []).map(([name]) => name.toLowerCase()))
  for (const [name, value] of sent) {
    if (!own.has(name.toLowerCase()) && secretName(name) === undefined) continue
    const secret = value.replace(/^[A-Za-z][\w-]* /, '')
    if (secret.length < 6 || !text.includes(secret)) continue
    yield {
      check: 'leak',
      severity: 'error',
      message: `An error repeats the caller's ${name}: it ends up in logs and on screens.`,
      cause: `echo:${name.toLowerCase()}`,
      at: 'body',
    }
  }
}

const mostRead = 200_000
const traces = [
  [
    'a stack trace',
    /\bat [\w.$<>[\] ]+ ?\((?:[^()\n]{1,300}:\d+(?::\d+)?|Native Method|Unknown Source)\)/,
  ],
  ['a stack trace', /\bat (?:file:\/\/|\/|[A-Z]:\\)[^\s"]{1,300}:\d+:\d+/],
  ['a stack trace', /Traceback \(most recent call last\)|File \\?"[^"\n]{1,300}\\?", line \d+/],
  ['a stack trace', /\bgoroutine \d+ \[|panic: runtime error|\.go:\d+ \+0x/],
  ['an exception', /\b(?:java|javax|org|com|kotlin|System)\.[\w.]+(?:Exception|Error)\b/],
  ['a line of its source', /\.(?:php|rb|py) ?(?:on line |:)\d+/],
  ['a query of its database', /\b(?:SQLSTATE\[|ORA-\d{5}|syntax error at or near|PG::\w+Error)/],
] as const
