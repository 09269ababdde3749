import { expect, test } from 'vitest'
import { rowsBetween, startsOf } from './row-window.ts'

const shelves = startsOf(Array.from({ length: 100 }, (_, index) => (index % 10 === 0 ? 31 : 150)))

test('rows start where those above them end', () => {
  expect(startsOf([31, 150, 160])).toEqual([0, 31, 181, 341])
  expect(startsOf([])).toEqual([0])
})

test('draws what is on the screen and some around it, and never more than there is', () => {
  const { from, to } = rowsBetween(shelves, 5000, 6000, 400)
  expect(shelves[from]!).toBeLessThanOrEqual(4600)
  expect(shelves[to]!).toBeGreaterThanOrEqual(6400)
  expect(to - from).toBeLessThan(20)
  expect(rowsBetween(shelves, 0, 800, 400).from).toBe(0)
  expect(rowsBetween(shelves, 99_999, 100_999, 400).to).toBe(100)
  expect(rowsBetween(startsOf([150]), 0, 800, 400)).toEqual({ from: 0, to: 1 })
})

test('a little scrolling draws nothing new', () => {
  expect(rowsBetween(shelves, 5010, 6010, 400)).toEqual(rowsBetween(shelves, 5011, 6011, 400))
})
