import { expect, test } from 'vitest'
import { blocksOf } from './markdown.tsx'

test('paragraphs, lists, headings and code are told apart', () => {
  expect(
    blocksOf(
      'Returns the basket\nof a person.\n\n## Prices\n- with tax\n  included\n- in cents\n\n```json\n{"price": 1}\n```',
    ),
  ).toEqual([
    { kind: 'text', text: 'Returns the basket of a person.' },
    { kind: 'heading', text: 'Prices' },
    { kind: 'list', ordered: false, items: ['with tax included', 'in cents'] },
    { kind: 'code', text: '{"price": 1}' },
  ])
})

test('a code block that never ends takes the rest, and an empty text has no blocks', () => {
  expect(blocksOf('```\nGET /basket')).toEqual([{ kind: 'code', text: 'GET /basket' }])
  expect(blocksOf('\n \n')).toEqual([])
})

test('markup stays the text it is', () => {
  expect(blocksOf('<img src=x onerror=alert(1)>')).toEqual([
    { kind: 'text', text: '<img src=x onerror=alert(1)>' },
  ])
})
