import { expect, test } from 'vitest'
import { labelOf, sentence } from './label.ts'

test.each([
  ['price.amount', 'Price amount'],
  ['items[].price.amount', 'Price amount'],
  ['items[].labels[]', 'Labels'],
  ['nutrition{}.amount', 'Amount'],
  ['deliveryDate', 'Delivery date'],
  ['customer.homeURL', 'Customer home URL'],
  ['header:Link', 'Link'],
  ['[]', 'The whole list'],
])('people call %s "%s"', (path, label) => {
  expect(labelOf(path)).toBe(label)
})

test('makes a sentence of an id in any style', () => {
  expect(['review-basket', 'reviewBasket', 'review_basket'].map(sentence)).toEqual([
    'Review basket',
    'Review basket',
    'Review basket',
  ])
})
