import { expect, test } from 'vitest'
import { textBytes } from './text-bytes.ts'

test('gives the bytes of texts of any length, each its own', () => {
  const texts = Array.from({ length: 60 }, (_, index) => `${index} €uro `.repeat(index * 40))
  const all = texts.map(textBytes)
  expect(all.map((one) => one.toString())).toEqual(texts)
  expect(all.every((one, index) => one.equals(Buffer.from(texts[index]!)))).toBe(true)
})
