import { expect, test } from 'vitest'
import { bytes, lasting, ms, percent } from './amounts.ts'

test('says times, shares and sizes as people do', () => {
  expect([0.4, 812.4, 9999, 12_440, 180_000].map(ms)).toEqual([
    '0 ms',
    '812 ms',
    '9,999 ms',
    '12.4 s',
    '3 min',
  ])
  expect([0, 0.0244, 0.0996, 0.184, 1].map(percent)).toEqual([
    '0 %',
    '2.4 %',
    '10 %',
    '18 %',
    '100 %',
  ])
  expect([812, 12_440, 3_000_000].map(bytes)).toEqual(['812 B', '12.4 kB', '3 MB'])
})

test('says how long something may last in the biggest unit that is exact', () => {
  expect([0, 15, 0.5, 90, 600, 7200, 86_400, 2_592_000].map(lasting)).toEqual([
    '0 s',
    '15 s',
    '0.5 s',
    '90 s',
    '10 min',
    '2 h',
    '1 day',
    '30 days',
  ])
})
