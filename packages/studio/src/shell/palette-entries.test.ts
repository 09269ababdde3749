import { expect, test } from 'vitest'
import { reorder, workspace } from '../../test/checkout-blueprint.ts'
import { entriesOf, found } from './palette-entries.ts'

const entries = entriesOf(workspace, [reorder])
const titles = (query: string): readonly string[] =>
  found(entries, query).map((entry) => entry.title)

test('without a query it offers the journeys, their steps and what one can do', () => {
  expect(titles('').slice(0, 3)).toEqual([
    'Reorder the weekly shop',
    'Fix a wrong item',
    'Open the app',
  ])
  expect(titles('')).toContain('Back to normal')
})

test('finds a need by its label and by its path', () => {
  expect(titles('carbon')[0]).toBe('Carbon saving')
  expect(titles('co2')[0]).toBe('Carbon saving')
})

test('a name that starts with the word comes before one that contains it', () => {
  expect(titles('pay')[0]).toBe('Pay')
})

test('every word must match, in any order', () => {
  expect(titles('timeout pick')).toEqual(['Pick a delivery slot: Timeout'])
  expect(titles('pick zebra')).toEqual([])
})

test('choosing a need opens it on its step', () => {
  expect(found(entries, 'carbon')[0]?.does).toEqual({
    kind: 'go',
    journey: 'reorder',
    selection: {
      kind: 'need',
      step: 'slots',
      need: 'reorder/slots:logistics.listSlots:slots[].co2Saving',
    },
  })
})

test('characters that mean something to patterns are just characters', () => {
  expect(titles('slots[].co2')[0]).toBe('Carbon saving')
  expect(titles('(')).toEqual([])
})

const index = {
  version: 1,
  leftOut: 0,
  entries: [
    { kind: 'page', label: 'Reference', url: '/reference' },
    {
      kind: 'operation',
      label: 'What is in the basket',
      hint: 'GET /basket',
      words: 'store.getBasket',
      url: '/reference/store.getBasket',
    },
    { kind: 'field', label: 'items[].price', hint: 'store.getBasket', url: '/reference/x' },
    { kind: 'rule', label: 'Budget exceeds step', hint: 'TL3006', url: '/diagnostics?code=TL3006' },
  ],
} as const
const all = entriesOf(workspace, [reorder], index)
const named = (query: string, recent: readonly string[] = []): readonly string[] =>
  found(all, query, 6, recent).map((entry) => `${entry.group}: ${entry.title}`)

test('everything of the index is found by its name, the line below and its other words', () => {
  expect(named('price')[0]).toBe('field: items[].price')
  expect(named('TL3006')).toEqual(['rule: Budget exceeds step'])
  expect(named('getbasket')[0]).toBe('operation: What is in the basket')
})

test('letters in their order find a title, but stand behind every real match', () => {
  expect(named('bdgt')).toEqual(['rule: Budget exceeds step'])
  expect(named('zzz')).toEqual([])
})

test('what was found last stands first, and only while it exists', () => {
  expect(named('', ['/reference/store.getBasket', '/reference/gone']).slice(0, 2)).toEqual([
    'recent: What is in the basket',
    'page: Reference',
  ])
})
