import { expect, test } from 'vitest'
import {
  lensOf,
  localName,
  parseSearch,
  printSearch,
  searchAs,
  searchOf,
  searchSelecting,
  selectionOf,
  type Search,
} from './address.ts'

const read = (text: string): Search => searchOf(parseSearch(text))

test('a selected state of a step is part of the address and comes back as text', () => {
  const text = printSearch({ as: 'backend', step: 'basket', state: '404' })
  expect(text).toBe('?as=backend&step=basket&state=404')
  expect(selectionOf(read(text))).toEqual({ kind: 'state', step: 'basket', state: '404' })
  expect(lensOf(read(text))).toBe('backend')
})

test('ids with brackets, colons, slashes, spaces and plus signs survive the address and stay readable', () => {
  const need = 'reviews query BasketReviews:items[].a+b&c#d%20.price'
  const text = printSearch({ step: 'basket', need })
  expect(text).toContain('reviews+query+BasketReviews:items[].a%2Bb')
  expect(read(text).need).toBe(need)
})

test('an address that somebody made up is read as far as it makes sense', () => {
  expect(read('?as=boss&step=&need=x')).toEqual({})
  expect(read('?need=items[].name')).toEqual({})
  expect(read('?step=basket&need=a&state=b')).toEqual({ step: 'basket', need: 'a' })
  expect(searchOf({ step: 3, constructor: 'x' })).toEqual({})
  expect(read(`?step=${'x'.repeat(3000)}`)).toEqual({})
})

test('the app stays beside the page while something else is selected', () => {
  const before = read('?step=basket&frame=app')
  expect(before).toEqual({ step: 'basket', frame: 'app' })
  expect(searchSelecting({ kind: 'nothing' }, before)).toEqual({ frame: 'app' })
  expect(read('?frame=https://evil.example')).toEqual({})
})

test('selecting something keeps the lens and forgets the last selection', () => {
  const before: Search = { as: 'frontend', step: 'basket', state: '404' }
  expect(searchSelecting({ kind: 'need', step: 'slots', need: 'n' }, before)).toEqual({
    as: 'frontend',
    step: 'slots',
    need: 'n',
  })
  expect(searchSelecting({ kind: 'nothing' }, before)).toEqual({ as: 'frontend' })
  expect(searchSelecting({ kind: 'problem', problem: 'TL2003@a.yaml:4' }, {})).toEqual({
    problem: 'TL2003@a.yaml:4',
  })
})

test('changing the lens keeps the selection, and UX is the address without a lens', () => {
  expect(searchAs('ux', { as: 'backend', step: 'basket' })).toEqual({ step: 'basket' })
  expect(searchAs('backend', { step: 'basket' })).toEqual({ as: 'backend', step: 'basket' })
})

test('a step is called by the part after its journey', () => {
  expect(localName('checkout/basket')).toBe('basket')
})
