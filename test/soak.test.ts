import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Soaked {
  readonly works: boolean
  readonly samples: number
  readonly answers: Readonly<Record<string, number>>
}

test('the mock survives everything at once for a moment, and answers afterwards as before', () => {
  const soak = fileURLToPath(new URL('../bench/soak.mjs', import.meta.url))
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [soak, '--minutes', '0.05', '--port', '0', '--json'],
    { encoding: 'utf8' },
  )
  expect(stdout, stderr).toMatch(/^\{/)
  const { works, samples, answers } = JSON.parse(stdout) as Soaked
  expect(works, JSON.stringify(answers)).toBe(true)
  expect(samples).toBeGreaterThan(1)
  expect(answers).not.toHaveProperty('OUTSIDE WAS READ')
  for (const met of ['100 MB: 413', 'header bomb: 431', 'ordinary: 200', 'written: 200'])
    expect(Object.keys(answers)).toContain(met)
}, 60_000)
