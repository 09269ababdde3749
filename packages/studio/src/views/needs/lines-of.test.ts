import type { NeedsGroup, NeedsMatrix, NeedsRow, NeedStatus } from '@throughline/core'
import { expect, test } from 'vitest'
import { cellsIn, columnsOf, foldable, worstOf } from './columns.ts'
import { countsOf, linesOf } from './lines-of.ts'
import { needsSearchOf } from './needs-address.ts'
import { windowOf } from './use-window.ts'

function row(path: string, needs: Readonly<Record<string, NeedStatus>> = {}): NeedsRow {
  const cells = Object.entries(needs).map(([step, status]) => ({
    step,
    status,
    call: 'store.getBasket',
    need: `need:${step}/${path}`,
    label: path,
    url: '/journeys/checkout',
    file: 'checkout.journey.yaml',
    line: 1,
    problems: [],
  }))
  return {
    path,
    label: path,
    type: 'string',
    deprecated: false,
    missing: false,
    unused: cells.length === 0,
    usedBy: cells.length,
    cells,
  }
}

function group(operation: string, rows: readonly NeedsRow[], leftOut = 0): NeedsGroup {
  return {
    operation,
    api: 'store',
    method: 'GET',
    path: `/${operation}`,
    deprecated: false,
    calledBy: [],
    rows,
    leftOut: { fields: leftOut, more: false },
  }
}

function matrix(operations: readonly NeedsGroup[], steps = 2): NeedsMatrix {
  const rows = operations.flatMap((one) => one.rows)
  return {
    journeys: ['checkout', 'refund'].map((name) => ({
      name,
      title: name,
      line: 1,
      steps: Array.from({ length: steps }, (_, step) => ({
        name: `${name}/${step}`,
        title: `${step}`,
        url: '',
      })),
    })),
    operations,
    totals: {
      rows: rows.length,
      unused: rows.filter(({ unused }) => unused).length,
      needs: { covered: 0, optional: 0, 'planned-for': 0, missing: 0 },
    },
    bounds: { depth: 5, rows: 60 },
  }
}

const basket = matrix([
  group('getBasket', [
    row('items[].name', { 'checkout/0': 'covered' }),
    row('delivery.arrival', { 'checkout/0': 'missing', 'refund/1': 'optional' }),
    row('legacyRef'),
  ]),
  group('getOrder', [row('total', { 'refund/0': 'planned-for' })], 7),
])

const ids = (search: Parameters<typeof linesOf>[1]): readonly string[] =>
  linesOf(basket, search).map(({ id }) => id)

test('every operation is followed by its fields, and by what is left out of it', () => {
  expect(ids({})).toEqual([
    'getBasket',
    'getBasket items[].name',
    'getBasket delivery.arrival',
    'getBasket legacyRef',
    'getOrder',
    'getOrder total',
    'getOrder rest',
  ])
})

test('a filter leaves no operation without a field', () => {
  expect(ids({ show: 'gaps' })).toEqual(['getBasket', 'getBasket delivery.arrival'])
  expect(ids({ show: 'unused' })).toEqual(['getBasket', 'getBasket legacyRef'])
  expect(ids({ only: 'getOrder' })).toEqual(['getOrder', 'getOrder total', 'getOrder rest'])
  expect(ids({ q: ' ARRIVAL basket ' })).toEqual(['getBasket', 'getBasket delivery.arrival'])
  expect(ids({ q: 'parsley' })).toEqual([])
  expect(countsOf(basket)).toEqual({ all: 4, gaps: 1, unused: 1 })
})

test('up to 16 steps stand one by one; beyond, journeys fold until they are opened', () => {
  expect(foldable(matrix([], 8))).toBe(false)
  expect(columnsOf(matrix([], 8), new Set())).toHaveLength(16)
  const many = matrix([], 9)
  expect(columnsOf(many, new Set()).map(({ id }) => id)).toEqual(['checkout', 'refund'])
  expect(columnsOf(many, new Set(['refund', 'nobody']))).toHaveLength(1 + 9)
})

test('a folded column says the worst of its steps', () => {
  const { cells } = basket.operations[0]!.rows[1]!
  const [checkout, refund] = columnsOf(matrix([], 9), new Set())
  expect(worstOf(cellsIn(checkout!, cells))).toBe('missing')
  expect(worstOf(cellsIn(refund!, cells))).toBe('optional')
  expect(worstOf([])).toBeUndefined()
})

test('an address that anybody typed says only what the page knows', () => {
  expect(needsSearchOf({ operation: 'store.getBasket' })).toEqual({ only: 'store.getBasket' })
  expect(
    needsSearchOf({ operation: 'store.getBasket', field: 'items', step: 'checkout/basket' }),
  ).toEqual({ operation: 'store.getBasket', field: 'items', step: 'checkout/basket' })
  expect(needsSearchOf({ show: 'all', field: 'items', step: 'x', q: '', as: 'nobody' })).toEqual({})
})

test('the lines on the screen are drawn, in parcels, with some around them', () => {
  expect(windowOf(-300, 930, 31)).toEqual({ from: 0, to: 36 })
  const further = windowOf(3100, 930, 31)
  expect(further).toEqual({ from: 88, to: 144 })
  expect(windowOf(3160, 930, 31)).toEqual(further)
})
