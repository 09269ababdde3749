import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { notebookAt } from '../../targets/discover/notebook.ts'
import { watchedIn } from '../../targets/discover/watched.ts'
import type { Io } from '../io.ts'
import { asked } from './asked.ts'

test('lets somebody name, take back and ask on the terminal', async () => {
  const watched = watchedIn(notebookAt(undefined))
  watched.notebook.add([
    { kind: 'screen', at: 0, path: '/', via: 'load' },
    { kind: 'named', title: 'Shop', heading: 'Shelves' },
    { kind: 'links', paths: ['/', '/orders', '/basket'] },
    { kind: 'screen', at: 1, path: '/basket', via: 'move' },
  ])
  const { said, ended } = talk(watched, [
    'n What I buy',
    's',
    'u',
    'j Pay for the basket',
    'm',
    'help',
    'q',
  ])
  await ended
  expect(said()).toBe(
    `/basket is called What I buy.
2 screens, 0 operations, 0 fields read. Last: What I buy (/basket). Without a call so far: /, /basket
The last screen is taken back.
A new journey begins: Pay for the basket
Linked to, and not opened: /orders, /basket
u: take the last screen back, n NAME: name it, j NAME: a new journey, s: so far, m: still missing, q: end
`,
  )
})

test('ends when somebody has written the workspace in the studio', async () => {
  const { ended } = talk(watchedIn(notebookAt(undefined)), [], Promise.resolve())
  await expect(ended).resolves.toBeUndefined()
})

function talk(
  watched: ReturnType<typeof watchedIn>,
  lines: readonly string[],
  enough: Promise<unknown> = new Promise(() => undefined),
): { readonly said: () => string; readonly ended: Promise<void> } {
  let text = ''
  const input = new PassThrough()
  const io: Io = {
    stdout: { write: () => true },
    stderr: { write: (more) => (text += more) },
    terminal: { input, output: new PassThrough() },
    cwd: '/',
    env: {},
    untilStopped: () => new Promise(() => undefined),
  }
  const ended = asked(watched, undefined, io, enough)
  for (const line of lines) input.write(`${line}\n`)
  return { said: () => text, ended }
}
