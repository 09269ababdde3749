import { expect, test } from 'vitest'
import { changed, changedList, linesOf } from './form.tsx'

test('a text that is the same is no change, and an empty one takes it away', () => {
  expect(changed('Pay', 'Pay')).toBeUndefined()
  expect(changed(undefined, '')).toBeUndefined()
  expect(changed('Pay', '')).toBeNull()
  expect(changed(undefined, 'Pay')).toBe('Pay')
})

test('in a list what stays keeps its place, and what is new comes after it', () => {
  expect(changedList(['product', 'basket'], ['basket', 'product'])).toBeUndefined()
  expect(changedList(['product', 'basket'], ['pay', 'basket'])).toEqual(['basket', 'pay'])
  expect(changedList(['product'], [])).toBeNull()
  expect(changedList(undefined, [])).toBeUndefined()
})

test('empty lines say nothing', () => {
  expect(linesOf('Slow\n\n  No date \n')).toEqual(['Slow', 'No date'])
})
