import { expect, test } from 'vitest'
import { lossBook, lossLines, lossReports } from './loss-report.ts'

test('says each thing once, and counts what goes beyond its lines', () => {
  const book = lossBook(2)
  book.note('dropped', 'Pay', 'its script')
  book.note('dropped', 'Pay', 'its script')
  book.note('dropped', 'Cart', 'a WebSocket')
  book.note('dropped', 'Coupon', 'a WebSocket')
  book.note('taken', 'Basket', '')
  expect(book.report()).toEqual({
    taken: [{ what: 'Basket', why: '' }],
    changed: [],
    dropped: [
      { what: 'Pay', why: 'its script' },
      { what: 'Cart', why: 'a WebSocket' },
      { what: '1 more', why: 'not listed' },
    ],
  })
})

test('puts reports together, and keeps what would steer a terminal out of its lines', () => {
  const one = lossBook()
  one.note('changed', 'Pay\u001b[31m', 'its\nname')
  const other = lossBook()
  other.note('dropped', 'x'.repeat(1e6), '')
  const lines = lossLines(lossReports(one.report(), other.report()))
  expect(lines[0]).toBe('Changed: Pay [31m: its name')
  expect(lines[1]).toHaveLength('Dropped: '.length + 200)
})
