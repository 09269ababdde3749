import { expect, test } from 'vitest'
import { giveBack, textBytes } from './text-bytes.ts'

test('gives the bytes of texts of any length, each its own', () => {
  const texts = Array.from({ length: 60 }, (_, index) => `${index} €uro `.repeat(index * 40))
  const all = texts.map(textBytes)
  expect(all.map((one) => one.toString())).toEqual(texts)
  expect(all.every((one, index) => one.equals(Buffer.from(texts[index]!)))).toBe(true)
})

test('writes over the bytes that were given back, as long as none were taken since', () => {
  const text = 'early oats '.repeat(500)
  const first = textBytes(text)
  giveBack(first)
  const second = textBytes(text.toUpperCase())
  expect(second.byteOffset).toBe(first.byteOffset)
  const third = textBytes(text)
  giveBack(second)
  const fourth = textBytes('late bread '.repeat(500))
  expect(second.toString()).toBe(text.toUpperCase())
  expect(third.toString()).toBe(text)
  expect(fourth.toString()).toBe('late bread '.repeat(500))
  giveBack(Buffer.from('of somebody else'))
})
