import { expect, test } from 'vitest'
import { readsOf } from './field-read.tsx'

const basket = {
  operation: 'store.getBasket',
  views: 400,
  fields: [
    { path: 'items[].name', views: 390 },
    { path: 'total.amount', views: 380 },
  ],
  copied: ['delivery'],
}

test.each([
  ['items[].name', 390],
  ['total', 380],
  ['items[].unit', 0],
  ['delivery.fee.amount', undefined],
  ['deliveryNote', 0],
])('says of %s that it was read %s times', (path, times) => {
  expect(readsOf(basket, path)).toBe(times)
})

test('does not say never of a handful, nor where the whole answer was copied', () => {
  expect(readsOf({ ...basket, views: 299 }, 'items[].unit')).toBeUndefined()
  expect(readsOf({ ...basket, copied: [''] }, 'items[].unit')).toBeUndefined()
})
