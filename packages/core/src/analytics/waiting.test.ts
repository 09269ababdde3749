import { expect, test } from 'vitest'
import { waiting, type Wait } from './waiting.ts'

// The classic of survival analysis (Freireich et al., 1963, the treated group), a week as an interval of waiting.
const left = [6, 6, 6, 7, 10, 13, 16, 22, 23]
const answered = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
const waits: readonly Wait[] = [
  ...left.map((week) => ({ ms: week * 250, left: true })),
  ...answered.map((week) => ({ ms: week * 250 + 100, left: false })),
]

test('gives the Kaplan-Meier curve of the textbook', () => {
  const stays = waiting(waits, 1)
  const at = (week: number) => stays.find(({ from }) => from === week * 250)!
  expect(at(5).stay).toBe(1)
  expect(at(6).stay).toBeCloseTo(0.857, 3)
  expect(at(7).stay).toBeCloseTo(0.807, 3)
  expect(at(10).stay).toBeCloseTo(0.753, 3)
  expect(at(23).stay).toBeCloseTo(0.448, 3)
  expect(at(6).high - at(6).low).toBeCloseTo(1 - 0.857 + 1.96 * 0.0764, 2)
  expect(at(10)).toMatchObject({ waiting: 15, left: 1, hazard: 1 / 15 })
})

test('ends where too few still wait', () => {
  const stays = waiting(waits, 10)
  expect(stays.at(-1)!.waiting).toBeGreaterThanOrEqual(10)
  expect(stays.at(-1)!.from).toBeLessThan(20 * 250)
  expect(waiting([], 1)).toEqual([])
})

test('passes over waits that are no times', () => {
  expect(
    waiting(
      [
        { ms: Number.NaN, left: true },
        { ms: -5, left: false },
      ],
      1,
    ),
  ).toEqual([])
})
