import { expect, test } from 'vitest'
import { longestWait, waitLevel } from './wait-bar.tsx'

const wait = (p75: number, p95: number, budget?: number) => ({
  visits: 40,
  p50: p75 / 2,
  p75,
  p95,
  apdex: 0.9,
  leftWaiting: 0,
  ...(budget !== undefined && { budget }),
})

test.each([
  [400, 500, 'ok'],
  [430, 500, 'warn'],
  [500, 500, 'warn'],
  [501, 500, 'bad'],
  [9000, undefined, 'ok'],
] as const)('calls %d of %s ms %s', (p75, budget, level) => {
  expect(waitLevel(wait(p75, p75 * 2, budget))).toBe(level)
})

test('shares one scale, which a few very long waits do not stretch', () => {
  expect(longestWait([wait(400, 700, 500), undefined])).toBeCloseTo(707)
  expect(longestWait([wait(400, 60_000, 500)])).toBeCloseTo(1010)
  expect(longestWait([])).toBe(0)
})
