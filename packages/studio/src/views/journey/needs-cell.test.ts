import type { NeedRow } from '@throughline/core'
import { expect, test } from 'vitest'
import { foldedNeeds } from './needs-cell.tsx'

const needs = (count: number, gaps: readonly number[] = []): readonly NeedRow[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `need ${index}`,
    label: `Need ${index}`,
    path: `items[].field${index}`,
    status: gaps.includes(index) ? ('missing' as const) : ('covered' as const),
    operation: 'store.getBasket',
    diagnostics: [],
  }))

const ids = (shown: readonly NeedRow[]): readonly string[] => shown.map(({ id }) => id)

test('a gap stands first, however far down the file names it', () => {
  expect(ids(foldedNeeds(needs(20, [16]), undefined)).slice(0, 2)).toEqual(['need 16', 'need 0'])
})

test('a long list folds what is met, never a gap and never the chosen need', () => {
  expect(foldedNeeds(needs(20), undefined)).toHaveLength(9)
  expect(ids(foldedNeeds(needs(20), 'need 18'))).toContain('need 18')
  const gaps = Array.from({ length: 12 }, (_, index) => index)
  expect(foldedNeeds(needs(20, gaps), undefined)).toHaveLength(12)
})

test('a list that is longer by one is not worth folding', () => {
  expect(foldedNeeds(needs(10), undefined)).toHaveLength(10)
})
