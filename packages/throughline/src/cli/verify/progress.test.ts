import { expect, test } from 'vitest'
import { progressOn } from './progress.ts'

const half = { phase: 'fuzz', cases: 500, findings: 1, part: 0.5 } as const

test('changes one line on a terminal, and takes it away at the end', () => {
  let time = 0
  let text = ''
  const progress = progressOn({ write: (more) => (text += more), isTTY: true }, () => time)
  time = 100
  progress.hear(half)
  expect(text).toBe('')
  time = 2000
  progress.hear(half)
  expect(text).toBe('\rfuzz: 500 cases, 250/s, 1 finding, about 2 s to go')
  progress.end()
  expect(text.endsWith('\r')).toBe(true)
})

test('says a plain line now and then where nobody watches', () => {
  let time = 0
  let text = ''
  const progress = progressOn({ write: (more) => (text += more) }, () => time)
  for (time = 0; time <= 21_000; time += 500) progress.hear(half)
  expect(text.split('\n')).toHaveLength(3)
  expect(text).not.toContain('\r')
})
