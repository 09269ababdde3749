import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parsedText } from '@throughline/core'
import { isPlain, scalarText, type Quoting } from './scalar-text.ts'

const hard = [
  '',
  ' ',
  'no',
  'Yes',
  '404',
  '5xx',
  '0x1F',
  '1_000',
  '12:30',
  '2027-06-30',
  '1e3',
  '.5',
  '.inf',
  '~',
  '<<',
  'null',
  '---',
  '...',
  '- a',
  '-a',
  'A new, empty basket',
  'a: b',
  'a:',
  'a #b',
  '#b',
  '"}: {',
  "it's",
  '"quoted"',
  '[a]',
  'items[].name',
  'prices{}.amount',
  '\n- step: evil',
  'a\r\nb',
  'a\tb',
  'a\u2028b',
  'a\u2029b',
  'a\u0085b',
  '\ufeffa',
  'a\u202eb',
  'a\u0000b',
  '\u{1f9fa} basket',
  '&a',
  '*a',
  '!a',
  '%a',
  '@a',
  '`a',
  '|',
  '>',
  '?a',
  '? a',
  'a ',
  ' a',
  'header:Link',
  'https://shop.example/#/a?b=c',
  '=',
  '\ud800',
  '\u{e0001}',
]

test.each(hard)('writes %j so that it is read again', (text) => {
  expect.hasAssertions()
  for (const quoting of ['plain', 'single', 'double'] as const) expectSame(text, quoting)
})

test('writes any text so that it is read again', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({
      unit: fc.constantFrom(...Array.from('ab01:#,[]{}"\'-?&*!|>%@` \n\r\t.~=\u2028\u0085\\')),
      maxLength: 12,
    }),
  )
  fc.assert(fc.property(texts, fc.constantFrom<Quoting>('plain', 'single', 'double'), expectSame), {
    numRuns: 3000,
  })
})

test('writes plainly what needs no quotes, as people do', () => {
  for (const text of [
    'store.getBasket',
    '/orders/:id',
    '14 interviews',
    '1s',
    '20kB',
    '5xx',
    'store GET /basket',
    'role=alert',
    'text=Too few',
    "We e-mail you the date, don't worry",
  ])
    expect(scalarText(text, { flow: false, json: false })).toBe(text)
  expect(isPlain('A new, empty basket', true)).toBe(false)
  expect(scalarText('items[].name', { flow: true, json: false })).toBe('"items[].name"')
})

function expectSame(text: string, quoting: Quoting): void {
  if (!text.isWellFormed()) return expect(JSON.stringify(text)).toContain('\\ud')
  const block = `show: ${scalarText(text, { flow: false, json: false }, quoting)}\n`
  const flow = `at: { show: ${scalarText(text, { flow: true, json: false }, quoting)}, next: [${scalarText(text, { flow: true, json: false }, quoting)}] }\n`
  expect(parse(block), block).toEqual({ show: text })
  expect(parse(block, { version: '1.1' }), block).toEqual({ show: text })
  expect(parsedText({ path: 'a.yaml', text: block }).value, block).toEqual({ show: text })
  expect(parse(flow), flow).toEqual({ at: { show: text, next: [text] } })
  expect(parsedText({ path: 'a.yaml', text: flow }).value, flow).toEqual({
    at: { show: text, next: [text] },
  })
  const key = `${scalarText(text, { flow: false, json: false }, quoting)}: 1\n`
  if (text.length < 50) expect(parse(key), key).toEqual({ [text]: 1 })
}
