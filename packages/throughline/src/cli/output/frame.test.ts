import { expect, test } from 'vitest'
import { noColours } from '../colours.ts'
import { columnsOf, frame } from './frame.ts'

function framed(
  text: string,
  [line, column, endLine, endColumn]: readonly [number, number, number, number],
  width = 60,
): string {
  const range = { start: { line, column }, end: { line: endLine, column: endColumn } }
  return `\n${frame(text, range, noColours, width).join('\n')}\n`
}

const journey = `steps:
  - step: basket
    calls:
      - operation: store.getBasket
        needs:
          - eta
`

test('underlines a place among its neighbours', () => {
  expect(framed(journey, [4, 20, 4, 35])).toMatchInlineSnapshot(`
    "
    3 |     calls:
    4 |       - operation: store.getBasket
      |                    ^^^^^^^^^^^^^^^
    5 |         needs:
    "
  `)
})

test('stays inside the file at its first and last line', () => {
  expect(framed('openapi: 3.1.0', [1, 1, 1, 8])).toMatchInlineSnapshot(`
    "
    1 | openapi: 3.1.0
      | ^^^^^^^
    "
  `)
  expect(framed(journey, [6, 13, 6, 16])).toMatchInlineSnapshot(`
    "
    5 |         needs:
    6 |           - eta
      |             ^^^
    "
  `)
  expect(framed('', [1, 1, 1, 1])).toMatchInlineSnapshot(`
    "
    1 |
      | ^
    "
  `)
})

test('underlines the rest of the line when the place goes on below', () => {
  expect(framed(journey, [2, 5, 6, 16])).toMatchInlineSnapshot(`
    "
    1 | steps:
    2 |   - step: basket
      |     ^^^^^^^^^^^^
    3 |     calls:
    "
  `)
})

test('cuts a minified file around the place', () => {
  const text = `{${Array.from({ length: 200 }, (_, index) => `"key${index}":${index}`).join(',')}}`
  const at = text.indexOf('"key150"')
  expect(framed(text, [1, at + 1, 1, at + 9])).toMatchInlineSnapshot(`
    "
    1 | …148,"key149":149,"key150":150,"key151":151,"key152":…
      |                   ^^^^^^^^
    "
  `)
})

test('cuts a place that is longer than the line', () => {
  const [, , mark = ''] = framed('x'.repeat(500), [1, 101, 1, 401]).split('\n')
  expect(mark.length).toBeLessThanOrEqual(60)
  expect(mark).toMatch(/^ {2}\| +\^+$/)
})

test('keeps the underline below tabs, wide characters and windows line ends', () => {
  expect(framed('title: Corner\r\n\tname: 買い物かご, 注文\r\n', [2, 15, 2, 17]))
    .toMatchInlineSnapshot(`
    "
    1 | title: Corner
    2 |   name: 買い物かご, 注文
      |                     ^^^^
    "
  `)
})

test('lets no file move the cursor or reverse the text', () => {
  const shown = framed('a: "\u001b[2J\u0007\u202e"', [1, 4, 1, 10])
  for (const dangerous of ['\u001b', '\u0007', '\u202e']) expect(shown).not.toContain(dangerous)
})

test('counts the columns of emoji, combining marks and plain text', () => {
  expect([columnsOf('basket'), columnsOf('🛒'), columnsOf('e\u0301'), columnsOf('注文')]).toEqual([
    6, 2, 1, 4,
  ])
})
