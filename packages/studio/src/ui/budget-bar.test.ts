import { expect, test } from 'vitest'
import { budgetBar, longestOf } from './budget-bar.ts'

const path = [
  { operation: 'store.getBasket', ms: 300 },
  { operation: 'store.getPrices', ms: 400 },
]

test('calls within the promise fill the track one after another', () => {
  expect(budgetBar({ promised: 1000, calls: 700, path, diagnostics: [] }, 1000)).toEqual({
    track: 100,
    segments: [
      { start: 0, width: 30 },
      { start: 30, width: 40 },
    ],
    level: 'ok',
  })
})

test('what lies beyond the promise is its own part, and no fill reaches into it', () => {
  const bar = budgetBar({ promised: 500, calls: 700, path, diagnostics: [] }, 1000)
  expect(bar.level).toBe('bad')
  expect(bar.beyond).toEqual({ start: 50, width: 20 })
  expect(bar.segments.at(-1)).toEqual({ start: 30, width: 20 })
})

test('a step close to its promise is amber', () => {
  expect(budgetBar({ promised: 800, calls: 700, path, diagnostics: [] }, 1000).level).toBe('warn')
})

test('a step without a promise, or whose calls promise nothing, draws what is known', () => {
  expect(budgetBar({ calls: 700, path, diagnostics: [] }, 1000).track).toBeUndefined()
  expect(budgetBar({ promised: 500, path: [], diagnostics: [] }, 1000)).toEqual({
    track: 50,
    segments: [],
    level: 'ok',
  })
  expect(budgetBar({ path: [], diagnostics: [] }, 0).segments).toEqual([])
})

test('every bar of a page has the scale of the longest one', () => {
  expect(
    longestOf([
      { promised: 400, calls: 900, path: [], diagnostics: [] },
      { path: [], diagnostics: [] },
    ]),
  ).toBe(909)
  expect(longestOf([])).toBe(0)
})
