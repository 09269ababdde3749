import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMultiple } from './multiple.ts'

test.each([
  [0.3, 0.1, true],
  [19.99, 0.01, true],
  [0.07, 0.01, true],
  [19.995, 0.01, false],
  [1e-12, 0.01, false],
  [0.0075, 0.0001, true],
  [0.00751, 0.0001, false],
  [1e308, 0.5, true],
  [1e308, 0.123456789, false],
  [9007199254740992, 3, false],
  [-4.5, 1.5, true],
  [0, 7, true],
  [1e-8, 1e-9, true],
  [12391239123, 1e-8, true],
  [Infinity, 2, false],
])('says of %d and %d: %s', (value, step, expected) => {
  expect(isMultiple(value, step)).toBe(expected)
})

test('holds for every product of whole numbers moved by decimal places', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.integer({ min: 1, max: 1e4 }),
      fc.integer({ min: 0, max: 6 }),
      (times, digits, places) => {
        const step = Number(`${digits}e-${places}`)
        const value = Number(`${times * digits}e-${places}`)
        expect(isMultiple(value, step)).toBe(true)
        expect(isMultiple(Number(`${times * digits}5e-${places + 1}`), step)).toBe(false)
      },
    ),
  )
})
