import { expect, test } from 'vitest'
import { keptBytes, view } from './kept-bytes.ts'
import type { KeptBytes, Shelf } from './kept-bytes.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

function put(memory: KeptBytes, word: string): { shelf: Shelf; from: number } {
  const shelf = memory.take(word.length)
  const from = shelf.used - word.length
  shelf.bytes.set(Buffer.from(word), from)
  return { shelf, from }
}

test('uses memory again that all have let go of', () => {
  const memory = keptBytes(10)
  const first = put(memory, 'basket')
  expect(put(memory, 'coupon').shelf).not.toBe(first.shelf)
  memory.letGo(first.shelf)
  expect(put(memory, 'delivery')).toEqual(first)
})

test('gives several holders of one piece a place each', () => {
  const memory = keptBytes(20)
  const basket = put(memory, 'basket')
  const coupon = put(memory, 'coupon')
  expect(coupon.shelf).toBe(basket.shelf)
  memory.letGo(basket.shelf)
  put(memory, 'delivery')
  expect(text(view(basket.shelf, basket.from, 6))).toBe('basket')
  expect(text(view(coupon.shelf, coupon.from, 6))).toBe('coupon')
})

test('leaves alone what somebody still looks at', () => {
  const memory = keptBytes(10)
  const lent = put(memory, 'checkout')
  const seen = view(lent.shelf, lent.from, 8)
  memory.letGo(lent.shelf)
  for (let turn = 0; turn < 5; turn++) memory.letGo(put(memory, 'delivery').shelf)
  expect(text(seen)).toBe('checkout')
})

test('gives what is longer than a piece memory of its own', () => {
  const memory = keptBytes(10)
  const long = put(memory, 'x'.repeat(25))
  memory.letGo(long.shelf)
  expect(put(memory, 'y'.repeat(25)).shelf).not.toBe(long.shelf)
})
