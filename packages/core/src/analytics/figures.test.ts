import { expect, test } from 'vitest'
import { apdex } from './apdex.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import { doseResponse } from './dose-response.ts'
import { isotonicRegression } from './isotonic-regression.ts'
import { luck, normalBelow } from './normal.ts'
import { percentile } from './percentile.ts'

test('finds what the paper of Benjamini and Hochberg finds', () => {
  const chances = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ]
  expect(benjaminiHochberg(chances).filter(Boolean)).toHaveLength(4)
  expect(benjaminiHochberg(chances.toReversed()).slice(-4)).toEqual([true, true, true, true])
  expect(benjaminiHochberg([])).toEqual([])
})

test('pools neighbours that fall', () => {
  expect(isotonicRegression([1, 3, 2, 4, 3.5, 5])).toEqual([1, 2.5, 2.5, 3.75, 3.75, 5])
  expect(isotonicRegression([3, 1], [1, 3])).toEqual([1.5, 1.5])
})

test('gives the Apdex of its specification', () => {
  const waits = [
    ...Array.from({ length: 60 }, () => ({ ms: 2000 })),
    ...Array.from({ length: 30 }, () => ({ ms: 9000 })),
    ...Array.from({ length: 10 }, () => ({ ms: 20_000 })),
  ]
  expect(apdex(waits, 3000)).toBeCloseTo(0.75, 10)
  expect(apdex([{ ms: 10, failed: true }], 3000)).toBe(0)
  expect(apdex([], 3000)).toBeUndefined()
})

test('gives percentiles between neighbours', () => {
  expect(percentile([10, 20, 30, 40], 0.75)).toBe(32.5)
  expect(percentile([7], 0.99)).toBe(7)
  expect(percentile([], 0.5)).toBeUndefined()
})

test('knows the normal distribution', () => {
  expect(normalBelow(1.96)).toBeCloseTo(0.975, 4)
  expect(luck(-1.645)).toBeCloseTo(0.1, 3)
  expect(luck(Number.NaN)).toBe(1)
})

test('groups visits by how long they waited, equally many in each', () => {
  const visits = Array.from({ length: 120 }, (_, index) => ({
    session: `s${index}`,
    latency: index * 10,
    left: index % 4 < index / 40,
    about: {},
  }))
  const doses = doseResponse(visits)
  expect(doses.map((dose) => dose.visits)).toEqual([30, 30, 30, 30])
  expect(doses[0]).toMatchObject({ from: 0, to: 290 })
  const rising = doses.map(({ monotone }) => monotone)
  expect(rising).toEqual(rising.toSorted((a, b) => a - b))
})
