import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { located } from '../text/diagnostic.ts'
import type { Place } from '../text/origin.ts'
import { documentOf } from './document.ts'

test('keeps YAML 1.2 values: dates and words stay texts, keys as written, merge keys and aliases followed', () => {
  const { value, told } = read(
    'basket.yaml',
    `
released: 2026-11-22
version: 1.10
1.10: sale
0200: octal
on: yes
price: 4.50
big: 1e400
hex: 0x1F
nothing: ~
empty:
quoted: '12'
tagged: !!str 12
custom: !Ref Basket
defaults: &defaults { currency: EUR, vat: 19 }
item: { <<: *defaults, vat: 7 }
both: { <<: [ *defaults, { currency: USD, rate: 2 } ] }
again: *defaults
text: |
  two
  lines
__proto__: { polluted: true }
`,
  )
  expect(told).toEqual([])
  expect(JSON.parse(JSON.stringify(value))).toEqual(
    JSON.parse(`{
    "released": "2026-11-22", "version": 1.1, "1.10": "sale", "0200": "octal", "on": "yes", "price": 4.5, "big": null, "hex": 31,
    "nothing": null, "empty": null, "quoted": "12", "tagged": "12", "custom": "Basket",
    "defaults": { "currency": "EUR", "vat": 19 }, "item": { "currency": "EUR", "vat": 7 },
    "both": { "currency": "EUR", "vat": 19, "rate": 2 }, "again": { "currency": "EUR", "vat": 19 },
    "text": "two\\nlines\\n", "__proto__": { "polluted": true } }`),
  )
  expect(Object.prototype).not.toHaveProperty('polluted')
})

test.each([
  [
    'a tab',
    'basket:\n\titems: 3\n',
    ['2:1 TL1001 A tab indents this line, which YAML forbids. Use spaces.'],
  ],
  [
    'two colons',
    'title: Basket: full\nnext: 1\n',
    [
      '1:8 TL1001 There are two `: ` in one entry. Put the text in quotes, or start a new line for the inner key.',
    ],
  ],
  [
    'an open quote',
    'title: "Basket\nnext: 1\n',
    ['1:8 TL1001 This quote is never closed. Close it at the end of the text.'],
  ],
  [
    'an open bracket',
    'items: [1, 2\nnext: 1\n',
    ['1:8 TL1001 This bracket is never closed, or what is inside is not indented. Close it.'],
  ],
  [
    'two mistakes',
    'title: @shop\nitems:\n  - 1\n - 2\nowner: `us`\n',
    [
      '1:8 TL1001 A text cannot start with this character. Put the text in quotes.',
      '4:1 TL1001 This line is not indented like the ones it belongs to. Line them up.',
      '5:8 TL1001 A text cannot start with this character. Put the text in quotes.',
    ],
  ],
  [
    'a duplicate key',
    'items: 1\ntotal: 2\nitems: 3\n',
    ['3:1 TL1002 The key `items` stands twice in the same map. The last one wins; remove one.'],
  ],
  [
    'an unknown alias',
    'item: *tea\n',
    [
      '1:7 TL1001 The alias `tea` names no anchor above it. Put & and this name before the value it stands for.',
    ],
  ],
  [
    'a cycle',
    'item: &tea\n  inside: *tea\n',
    [
      '2:11 TL1001 The alias `tea` stands inside the value it names, which would never end. Use a $ref instead.',
    ],
  ],
  [
    'a second document',
    'item: 1\n---\nitem: 2\n',
    [
      '3:1 TL1001 A second YAML document starts here (after ---), and only the first is read. Put it into a file of its own.',
    ],
  ],
  [
    'a list as key',
    '? [a]\n: 1\nitem: 2\n',
    [
      '1:3 TL1001 A list or map stands as a key. Only texts can be keys; was a quote or a dash meant?',
    ],
  ],
])('tells %s in YAML where it stands', (_, text, told) => {
  expect(read('basket.yaml', text).told).toEqual(told)
})

test('still gives what a broken file was meant to say', () => {
  expect(read('basket.yaml', 'title: Basket: full\nitems: [1, 2]\n').value).toEqual({
    title: null,
    items: [1, 2],
  })
  expect(
    read('basket.yaml', 'title: "open\nitems: [1, 2\nowner:\n\tname: us\ntotal: 3\n').value,
  ).toEqual({ title: null, items: null, owner: { name: 'us' }, total: 3 })
  expect(read('basket.json', '{ "items": [1, 2,], // two\n "total": 3').value).toEqual({
    items: [1, 2],
    total: 3,
  })
})

test.each([
  [
    'a comma too many',
    '{ "items": [1,], "total": 2, }',
    [
      '1:14 TL1001 JSON allows no comma before a closing bracket. Remove it.',
      '1:28 TL1001 JSON allows no comma before a closing bracket. Remove it.',
    ],
  ],
  [
    'a missing comma',
    '{ "items": 1\n  "total": 2 }',
    ['2:3 TL1001 A comma is missing before this. Separate entries with commas.'],
  ],
  [
    'other quotes',
    "{ 'items': 1 }",
    ['1:3 TL1001 JSON knows only double quotes. Write "..." instead of \'...\'.'],
  ],
  [
    'a map that never closes',
    '{ "items": {\n  "sku": 1\n',
    ['1:12 TL1001 This map is never closed. Add } where it ends.'],
  ],
  [
    'duplicate keys',
    '{ "items": 1, "x": { "items": 2 }, "items": 3 }',
    ['1:36 TL1002 The key `items` stands twice in the same map. The last one wins; remove one.'],
  ],
  [
    'a duplicate key behind an escape',
    '{ "items": 1, "item\\u0073": 2 }',
    ['1:15 TL1002 The key `items` stands twice in the same map. The last one wins; remove one.'],
  ],
  ['nothing at all', '', ['1:1 TL1001 The file is empty. Write a JSON value, such as {}.']],
  [
    'YAML',
    'openapi: 3.1.0\n',
    ['1:1 TL1001 This is not JSON. If it is YAML, give the file a name that ends with .yaml.'],
  ],
])('tells %s in JSON where it stands', (_, text, told) => {
  expect(read('basket.json', text).told).toEqual(told)
})

test('knows where keys and values stand, in JSON as in YAML', () => {
  const places: readonly Place[] = [
    { kind: 'value', path: ['items', 1, 'sku'] },
    { kind: 'key', path: ['items', 1, 'sku'] },
    { kind: 'key', path: ['total'] },
    { kind: 'value', path: ['items', 1, 'nowhere', 'deeper'] },
    { kind: 'offsets', start: 0, end: 1 },
  ]
  const json =
    '{ "items": [\n  { "sku": "TEA" },\n  { "\\u0073ku": "MUG, big", "x": [{}] } ],\r\n  "total": 2 }'
  expect(spans('basket.json', json, places)).toEqual([
    '"MUG, big"',
    '"\\u0073ku"',
    '"total"',
    '{ "\\u0073ku": "MUG, big", "x": [{}] }',
    '{',
  ])
  const yaml =
    'items:\n  - { sku: TEA }\n  - sku: "MUG, big"   # the large one\n    x: [ {} ]\ntotal: 2\n'
  expect(spans('basket.yaml', yaml, places)).toEqual([
    '"MUG, big"',
    'sku',
    'total',
    'sku: "MUG, big"   # the large one\n    x: [ {} ]',
    'i',
  ])
  const broken = yaml.replace('total: 2', 'total: @2')
  expect(spans('basket.yaml', broken, places)).toEqual([
    '"MUG, big"',
    'sku',
    'total',
    'sku: "MUG, big"   # the large one\n    x: [ {} ]',
    'i',
  ])
})

test('finds what came by an alias or a merge key where it was written', () => {
  const yaml = 'tea: &tea { price: 4, old: 1 }\nitem:\n  <<: *tea\n  price: 5\nagain: *tea\n'
  const places: readonly Place[] = [
    { kind: 'value', path: ['item', 'price'] },
    { kind: 'key', path: ['item', 'old'] },
    { kind: 'value', path: ['again'] },
    { kind: 'key', path: ['again', 'price'] },
  ]
  expect(spans('basket.yaml', yaml, places)).toEqual(['5', 'old', '*tea', 'price'])
})

test('does not count a byte order mark as a column', () => {
  expect(read('basket.json', '\ufeff{ "a": 1, "a": 2 }').told).toEqual([
    '1:11 TL1002 The key `a` stands twice in the same map. The last one wins; remove one.',
  ])
  expect(read('basket.yaml', '\ufeffitem: *tea').told[0]).toMatch(/^1:7 /)
})

test('survives bombs, depths and things that are no text', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghij'
      .split('')
      .map(
        (name, index) =>
          `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`,
      ),
  ].join('\n')
  expect(read('basket.yaml', bomb).told[0]).toContain('would make the file grow without bounds')
  for (const path of ['basket.yaml', 'basket.json']) {
    expect(read(path, '['.repeat(100_000)).told.length).toBeGreaterThan(0)
    expect(read(path, '{"a":'.repeat(100_000)).told.length).toBeGreaterThan(0)
  }
  expect(read('basket.json', '['.repeat(1000) + ']'.repeat(1000)).told).toEqual([
    '1:501 TL1001 Values are nested deeper than 500 here. The rest is left out; flatten it.',
  ])
  expect(read('basket.yaml', 'a:\0\0\0b').told).toEqual([
    '1:1 TL1003 `basket.yaml` is no text in UTF-8. Save it as UTF-8, or take it out of the workspace.',
  ])
  expect(read('basket.yaml', 'a'.repeat(31_000_000)).told[0]).toContain(
    'is too long: 31 million characters, at most 30.',
  )
  expect(read('basket.yaml', '').value).toBeNull()
  expect(documentOf(filesOf({}), 'basket.yaml').diagnostics.map((one) => one.message)).toEqual([
    '`basket.yaml` does not exist. Check its name and folder; capitals count.',
  ])
})

test('gives the same document for the same file', () => {
  const files = filesOf({ 'basket.yaml': 'items: 1' })
  expect(documentOf(files, 'basket.yaml').document).toBe(documentOf(files, 'basket.yaml').document)
})

function read(
  path: string,
  text: string,
): { readonly value: unknown; readonly told: readonly string[] } {
  const { document, diagnostics } = documentOf(filesOf({ [path]: text }), path)
  return {
    value: document?.value,
    told: located(diagnostics).map(
      (one) => `${one.range.start.line}:${one.range.start.column} ${one.code} ${one.message}`,
    ),
  }
}

function spans(path: string, text: string, places: readonly Place[]): readonly string[] {
  const lines = text.split('\n')
  const starts = lines.map(
    (_, index) => lines.slice(0, index).join('\n').length + (index === 0 ? 0 : 1),
  )
  const { document } = documentOf(filesOf({ [path]: text }), path)
  return document!
    .locate(places)
    .map(({ start, end }) =>
      text.slice(
        starts[start.line - 1]! + start.column - 1,
        starts[end.line - 1]! + end.column - 1,
      ),
    )
}
