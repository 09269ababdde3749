import { expect, test } from 'vitest'
import { experiment, wilson } from './experiment.ts'

test("gives Wilson's interval of the paper (81 of 263)", () => {
  const [low, high] = wilson({ sessions: 263, left: 81 })
  expect(low).toBeCloseTo(0.2553, 4)
  expect(high).toBeCloseTo(0.3662, 4)
})

test('says how much more of those with the delay leave', () => {
  const result = experiment(
    { name: 'no delay', sessions: 40_000, left: 8000, share: 0.99 },
    { name: 'delay', sessions: 400, left: 120, share: 0.01 },
  )
  if (result.kind !== 'estimate') throw new Error(result.because)
  expect(result.label).toBe('experiment')
  expect(result.difference.value).toBeCloseTo(0.1, 6)
  expect(result.difference.low).toBeGreaterThan(0.05)
  expect(result.difference.high).toBeLessThan(0.15)
  expect(result.chance).toBeLessThan(0.001)
})

test('says that the lot did not fall as it should', () => {
  expect(
    experiment(
      { name: 'no delay', sessions: 10_000, left: 2000, share: 0.5 },
      { name: 'delay', sessions: 9000, left: 2700, share: 0.5 },
    ),
  ).toMatchObject({ kind: 'broken', because: expect.stringContaining('not its share') as string })
})

test('gives no figure for a handful of sessions', () => {
  expect(
    experiment(
      { name: 'no delay', sessions: 1000, left: 100 },
      { name: 'delay', sessions: 20, left: 10 },
    ),
  ).toMatchObject({ kind: 'broken', because: '20 sessions with delay: at least 300 are needed.' })
})
