import { expect, test } from 'vitest'
import { logisticRegression } from './logistic-regression.ts'

test('finds the coefficients and standard errors of the textbook (hours of study and passing an exam)', () => {
  const hours = [
    0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5,
    5.5,
  ]
  const passed = Uint8Array.from([0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1])
  const fit = logisticRegression(
    { rows: 20, columns: 2, values: Float64Array.from(hours.flatMap((one) => [1, one])) },
    passed,
  )
  expect(fit.converged).toBe(true)
  expect(fit.coefficients[0]).toBeCloseTo(-4.0777, 3)
  expect(fit.coefficients[1]).toBeCloseTo(1.5046, 3)
  expect(Math.sqrt(fit.covariance[0]!)).toBeCloseTo(1.761, 3)
  expect(Math.sqrt(fit.covariance[3]!)).toBeCloseTo(0.6287, 3)
})

test('counts a row as often as its weight says', () => {
  const values = Float64Array.from([1, 0, 1, 1, 1, 0, 1, 1])
  const weighted = logisticRegression(
    { rows: 4, columns: 2, values },
    Uint8Array.from([1, 1, 0, 0]),
    Float64Array.from([1, 3, 3, 1]),
  )
  // The log odds are those of the counts: 1 of 4 without, 3 of 4 with.
  expect(weighted.coefficients[0]).toBeCloseTo(Math.log(1 / 3), 4)
  expect(weighted.coefficients[1]).toBeCloseTo(Math.log(9), 4)
})

test('says that it did not settle where a column alone tells the outcome', () => {
  const values = Float64Array.from([1, 0, 1, 0, 1, 1, 1, 1])
  const fit = logisticRegression({ rows: 4, columns: 2, values }, Uint8Array.from([0, 0, 1, 1]))
  expect(fit.converged).toBe(false)
  expect([...fit.coefficients].every(Number.isFinite)).toBe(true)
})

test('stands a column that says the same as another', () => {
  const values = Float64Array.from([1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1].flatMap((x) => [1, x, x]))
  const fit = logisticRegression(
    { rows: 12, columns: 3, values },
    Uint8Array.from([1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1]),
  )
  expect([...fit.coefficients].every(Number.isFinite)).toBe(true)
  expect(fit.coefficients[1]).toBeCloseTo(fit.coefficients[2]!, 4)
})
