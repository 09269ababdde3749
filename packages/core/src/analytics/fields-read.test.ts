import { expect, test } from 'vitest'
import { fieldsRead } from './fields-read.ts'

const row = (fields: string, views: number) => ({
  step: 'checkout/basket',
  operation: 'store.getBasket',
  fields,
  views,
})

test('counts the answers in which a field was read, and keeps apart what was copied as a whole', () => {
  expect(
    fieldsRead([
      row('{"items[].name":12,"total.amount":1}', 40),
      row('{"items[].name":3,"delivery":0}', 60),
      row('cut off in the mid', 5),
    ]),
  ).toEqual({
    views: 105,
    fields: [
      { path: 'items[].name', views: 100 },
      { path: 'total.amount', views: 40 },
    ],
    copied: ['delivery'],
  })
})
