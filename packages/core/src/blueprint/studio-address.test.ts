import { expect, test } from 'vitest'
import {
  journeyAddress,
  needsAddress,
  operationAddress,
  statesAddress,
  stepAddress,
  typeAddress,
} from './studio-address.ts'

test.each([
  [journeyAddress({ name: 'checkout' }), '/journeys/checkout'],
  [stepAddress({ name: 'checkout/basket', step: 'basket' }), '/journeys/checkout?step=basket'],
  [
    stepAddress(
      { name: 'checkout/basket', step: 'basket' },
      { need: 'need:checkout/basket/store.getBasket/items[].name' },
    ),
    '/journeys/checkout?step=basket&need=need:checkout/basket/store.getBasket/items[].name',
  ],
  [operationAddress('store.getBasket'), '/reference/store.getBasket'],
  [
    operationAddress('store.GET /orders/{id}', 'items[].name'),
    '/reference/store.GET%20%2Forders%2F%7Bid%7D?field=items[].name',
  ],
  [typeAddress('store.Money'), '/reference?type=store.Money'],
  [needsAddress({ show: 'gaps' }), '/needs?show=gaps'],
  [
    statesAddress({ step: 'checkout/basket', condition: 'problem: a&b' }),
    '/states?step=checkout/basket&condition=problem:+a%26b',
  ],
])('leads to %s', (address, expected) => {
  expect(address).toBe(expected)
})

test.each(['"><script>', '//evil.example', '../..', '\ud800', '\u0000', 'a\r\nb', '#?&='])(
  'keeps %j in its place',
  (text) => {
    for (const address of [
      journeyAddress({ name: text }),
      operationAddress(text, text),
      needsAddress({ field: text }),
    ]) {
      expect(address).toMatch(/^\/(journeys|reference|needs)[\w\-./?=&%[\]:@+!~*'()]*$/)
      expect(new URL(address, 'http://localhost:4400').origin).toBe('http://localhost:4400')
    }
  },
)
