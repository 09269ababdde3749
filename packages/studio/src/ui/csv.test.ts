import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('writes a table that a spreadsheet reads as it is', () => {
  expect(
    csvOf([
      ['Field', 'Used by'],
      ['items[].name', 2],
      ['says "sold out", in red', undefined],
      ['two\nlines', 0],
    ]),
  ).toBe(
    '\u{FEFF}Field,Used by\r\nitems[].name,2\r\n"says ""sold out"", in red",\r\n"two\nlines",0\r\n',
  )
})

test('a spreadsheet runs nothing of it', () => {
  expect(csvOf([['=HYPERLINK("http://x")', '-2+3', '@cart', '+1']])).toBe(
    '\u{FEFF}"\'=HYPERLINK(""http://x"")",\'-2+3,\'@cart,\'+1\r\n',
  )
})
