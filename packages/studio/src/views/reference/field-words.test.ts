import type { SchemaNode } from '@throughline/core'
import { expect, test } from 'vitest'
import { drawnChildren, isInside, presenceWords, toBeAsked, typeWords } from './field-words.ts'

function field(name: string, rest: Partial<SchemaNode> = {}): SchemaNode {
  return {
    path: name,
    name,
    type: 'string',
    base: 'string',
    required: true,
    nullable: false,
    deprecated: false,
    readOnly: false,
    writeOnly: false,
    constraints: [],
    usedBy: [],
    usedInside: 0,
    missing: false,
    hasChildren: false,
    ...rest,
  }
}

test('who reads gets their own words for the same field', () => {
  const fee = field('fee', { type: 'Money', base: 'object', typeName: 'Money', nullable: true })
  expect([typeWords(fee, 'ux'), presenceWords(fee, 'ux', false)]).toEqual([
    'Money',
    ['always', 'may be empty'],
  ])
  expect([typeWords(fee, 'frontend'), presenceWords(fee, 'frontend', false)]).toEqual([
    'Money | null',
    ['required'],
  ])
  const starts = field('starts', { type: 'date-time', required: false })
  expect([typeWords(starts, 'backend'), presenceWords(starts, 'backend', true)]).toEqual([
    'string (date-time)',
    ['not required'],
  ])
})

test('the fields of the items stand directly below a list', () => {
  const price = field('price', { path: 'items[].price' })
  const open = field('[]', { path: 'items[]', hasChildren: true, children: [price] })
  expect(drawnChildren(field('items', { hasChildren: true, children: [open] }))).toEqual([price])
  const shut = field('[]', { path: 'items[]', hasChildren: true })
  const list = field('items', { hasChildren: true, children: [shut] })
  expect([drawnChildren(list), toBeAsked(list).path]).toEqual([undefined, 'items[]'])
})

test('a list of plain values shows what its items are', () => {
  const item = field('[]', { path: 'labels[]' })
  expect(drawnChildren(field('labels', { hasChildren: true, children: [item] }))).toEqual([item])
})

test('a field is inside another by whole names only', () => {
  expect(isInside('items[].price', 'items')).toBe(true)
  expect(isInside('itemsLeft', 'items')).toBe(false)
  expect(isInside('items', '')).toBe(true)
})
