import { expect, test } from 'vitest'
import { feelingCurve } from './feeling-curve.ts'

const box = { top: 10, bottom: 60, floor: 80 }
const heights = (scores: readonly (number | undefined)[]): readonly number[] =>
  feelingCurve(scores, box).heights

test('the best step is at the top and the worst at the bottom, however small the difference', () => {
  expect(heights([0.1, 0.2, 0])).toEqual([35, 10, 60])
})

test('a step whose feeling nobody noted lies between its neighbours', () => {
  expect(heights([2, undefined, 0])).toEqual([10, 35, 60])
  expect(heights([undefined, 2, 0, undefined])).toEqual([10, 10, 60, 60])
})

test('without feelings, or with one for all, the line is level', () => {
  expect(heights([undefined, undefined])).toEqual([35, 35])
  expect(heights([1, 1, 1])).toEqual([35, 35, 35])
})

test('the line goes through the middle of each column and the ground reaches the floor', () => {
  const { stroke, ground } = feelingCurve([1, 0, 0.5], box)
  expect(stroke).toMatch(/^M50,10C.*150,60C.*250,35$/)
  expect(ground).toContain('80')
  expect(feelingCurve([], box).stroke).toBe('')
})
