import { expect, test } from 'vitest'
import { sizeText } from './size-text.ts'

test.each([
  [20_000, '20kB'],
  [1_500_000, '1.5MB'],
  [900, '900B'],
  [20_480, '20.48kB'],
  [1025, '1025B'],
  [undefined, undefined],
])('%s bytes are written %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
