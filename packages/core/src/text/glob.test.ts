import { expect, test } from 'vitest'
import { globOf } from './glob.ts'

test.each([
  ['**.email', 'email', true],
  ['**.email', 'customer.address.email', true],
  ['**.email', 'items[].email', true],
  ['**.email', 'emails', false],
  ['**.email', 'workemail', false],
  ['store.*', 'store.getBasket', true],
  ['store.*', 'store.basket.items', false],
  ['store.**', 'store.basket.items', true],
  ['*.price', 'basket.price', true],
  ['*.price', 'price', false],
  ['price?', 'prices', true],
  ['price', 'price', true],
  ['a.(b|c)', 'a.b', false],
])('%s on %s: %s', (pattern, name, matches) => {
  expect(globOf(pattern, '.')(name)).toBe(matches)
})

test('takes no exponential time on a hostile pattern', () => {
  const started = performance.now()
  expect(globOf(`${'**a'.repeat(30)}b`, '.')('a'.repeat(2000))).toBe(false)
  expect(performance.now() - started).toBeLessThan(30_000)
})
