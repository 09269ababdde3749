import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { decode } from './decode.ts'

test('reads UTF-8, with or without a byte order mark', () => {
  expect(decode(Buffer.from('title: Crème'))).toBe('title: Crème')
  expect(decode(Buffer.from('\ufefftitle: Crème'))).toBe('title: Crème')
  expect(decode(Buffer.from('title: Cream'))).toBe('title: Cream')
  expect(decode(Buffer.alloc(0))).toBe('')
})

test('reads UTF-16 of either byte order, as Windows editors save it', () => {
  const little = Buffer.from('\ufefftitle: Crème', 'utf16le')
  const big = Buffer.from(little).swap16()
  expect(decode(little)).toBe('title: Crème')
  expect(decode(big)).toBe('title: Crème')
})

test('takes NUL bytes, wrong UTF-8 and torn UTF-16 for no text', () => {
  expect(decode(Buffer.from('PK\0\0'))).toBeUndefined()
  expect(decode(Buffer.from([0x74, 0xe9, 0x74]))).toBeUndefined()
  expect(decode(Buffer.from([0xff, 0xfe, 0x41]))).toBeUndefined()
  expect(decode(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toBeUndefined()
})
