import { expect, test } from 'vitest'
import { delayOf } from './latency.ts'

test('draws delays whose median and 95th percentile are the ones that were asked for', () => {
  const delays = Array.from({ length: 4000 }, (_, turn) =>
    delayOf({ p50: 400, p95: 2000 }, 'op:store.createPayment', turn),
  ).toSorted((a, b) => a - b)
  expect(Math.abs(delays[2000]! - 400)).toBeLessThan(40)
  expect(Math.abs(delays[3800]! - 2000)).toBeLessThan(250)
  expect(delays.at(-1)).toBeLessThanOrEqual(6000)
})

test('repeats the delay of the same call', () => {
  const latency = { p50: 400, p95: 2000 }
  expect(delayOf(latency, 'op:store.getBasket', 3)).toBe(delayOf(latency, 'op:store.getBasket', 3))
})

test('holds no answer back for longer than two minutes', () => {
  expect([delayOf({ fixed: 250 }), delayOf({ fixed: 9e9 }), delayOf({ fixed: -5 })]).toEqual([
    250, 120_000, 0,
  ])
})
