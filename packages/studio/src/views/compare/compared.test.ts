import { expect, test } from 'vitest'
import { fixAnItem, reorder } from '../../../test/checkout-blueprint.ts'
import { compareCsv } from './compare-csv.ts'
import { compareSearchOf } from './compare-address.ts'
import { compared, isSame } from './compared.ts'

const both = compared(reorder, fixAnItem)

test('pairs steps by screen and calls, and leaves each other step in its place', () => {
  expect(
    both.pairs.map(({ left, right, because }) => [left?.title, right?.title, because]),
  ).toEqual([
    ['Open the app', undefined, undefined],
    ['Check the basket', 'Open the order', 'screen'],
    ['Pick a delivery slot', undefined, undefined],
    ['Pay', 'Ask for a refund', 'screen'],
    ['Track the van', undefined, undefined],
  ])
})

test('says what both need and call, and what only one does', () => {
  const [, basket] = both.pairs
  const paths = (rows: readonly { readonly path: string }[]) => rows.map(({ path }) => path)
  expect(paths(basket!.fields.right)).toEqual(paths(fixAnItem.steps[0]!.needs))
  expect(basket!.fields.left.length).toBe(reorder.steps[1]!.needs.length)
  expect(both.fields.both.length).toBe(2)
  expect(both.fields.left.length + both.fields.both.length).toBe(
    new Set(reorder.steps.flatMap(({ needs }) => needs.map((one) => one.operation + one.path)))
      .size,
  )
})

test('a journey is the same as itself', () => {
  const same = compared(reorder, reorder)
  expect(same.pairs.every(isSame)).toBe(true)
  expect(same.pairs.map(({ left, right }) => left === right)).toEqual(reorder.steps.map(() => true))
  expect([...same.fields.left, ...same.fields.right, ...same.operations.left]).toEqual([])
})

test('routes of one screen are one, whatever their parameter is called', () => {
  const at = (screen: string) => ({
    ...reorder,
    steps: [{ ...reorder.steps[0]!, title: screen, calls: [], screen }],
  })
  const because = (one: string, other: string) => compared(at(one), at(other)).pairs[0]!.because
  expect(because('/orders/:id', '/orders/{orderId}/')).toBe('screen')
  expect(because('/orders/:id', '/orders')).toBeUndefined()
})

test('is a table for spreadsheets', () => {
  const csv = compareCsv(both, both.pairs.slice(1, 2)).split('\r\n')
  expect(csv[0]).toBe(
    '\u{FEFF}Step of Reorder the weekly shop,Step of Fix a wrong item,Kind,Name,Reorder the weekly shop,Fix a wrong item',
  )
  expect(csv.some((line) => line.startsWith('Check the basket,Open the order,Need,'))).toBe(true)
  expect(csv.some((line) => line.startsWith('Check the basket,Open the order,State,'))).toBe(true)
})

test('an address says only what it means', () => {
  expect(compareSearchOf({ left: 'checkout', right: '', show: 'nothing', as: 'ux' })).toEqual({
    left: 'checkout',
  })
})
