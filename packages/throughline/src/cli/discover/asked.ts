import { createInterface } from 'node:readline'
import { stillMissing, type Declared } from '@throughline/core'
import type { Watched } from '../../targets/discover/watched.ts'
import type { Io } from '../io.ts'
import { missingLines, progressOf } from './progress.ts'

/** What somebody at the terminal says while the app is watched; resolves when it is enough, also where `enough` says so. */
export async function asked(
  watched: Watched,
  declared: Declared | undefined,
  io: Io,
  enough: Promise<unknown>,
): Promise<void> {
  const stopped = Promise.race([io.untilStopped(), enough.then(() => undefined)])
  if (io.terminal === undefined) return stopped
  const lines = createInterface({ input: io.terminal.input })
  const say = (line: string): void => void io.stderr.write(`${line}\n`)
  let before = ''
  const said = (again = false): void => {
    const line = progressOf(watched.found())
    if (line !== before || again) say(line)
    before = line
  }
  const timer = setInterval(() => said(), 2_000)
  const ended = new Promise<void>((done) => {
    lines.on('line', (line) => {
      const [word = '', ...rest] = line.trim().split(/\s+/)
      const name = rest.join(' ')
      if (word === 'q') done()
      else if (word === 'u') {
        watched.undo()
        say('The last screen is taken back.')
      } else if (word === 'j' && name !== '') {
        watched.walk(name)
        say(`A new journey begins: ${name}`)
      } else if (word === 'n' && name !== '') {
        const screen = watched.nameLast(name)
        say(screen === undefined ? 'No screen was seen yet.' : `${screen} is called ${name}.`)
      } else if (word === 'm') {
        for (const one of missingLines(
          stillMissing(watched.notebook.observations(), watched.found(), declared),
        ))
          say(one)
      } else if (word === 's') said(true)
      else
        say(
          'u: take the last screen back, n NAME: name it, j NAME: a new journey, s: so far, m: still missing, q: end',
        )
    })
  })
  await Promise.race([stopped, ended])
  clearInterval(timer)
  lines.close()
}
