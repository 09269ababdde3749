import { expect, test } from 'vitest'
import { duration, lasting, size } from './amounts.ts'

test('says durations and sizes as people write budgets', () => {
  expect([0, 300, 999, 1000, 1250, 12_400, 119_000, 180_000].map(duration)).toEqual([
    '0ms',
    '300ms',
    '999ms',
    '1s',
    '1.3s',
    '12s',
    '119s',
    '3min',
  ])
  expect([0, 800, 1000, 1540, 20_000, 999_499, 1_500_000].map(size)).toEqual([
    '0B',
    '800B',
    '1kB',
    '1.5kB',
    '20kB',
    '999kB',
    '1.5MB',
  ])
})

test.each([
  [0, '0 s'],
  [15, '15 s'],
  [90, '90 s'],
  [600, '10 min'],
  [7200, '2 h'],
  [86_400, '1 day'],
  [2_592_000, '30 days'],
])('says %d seconds as %s', (seconds, text) => {
  expect(lasting(seconds)).toBe(text)
})
