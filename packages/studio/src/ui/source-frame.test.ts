import { expect, test } from 'vitest'
import { marginOf, splitAt } from './source-frame.tsx'

const range = { start: { line: 4, column: 7 }, end: { line: 5, column: 6 } }

test('marks the wrong part of the line it stands on', () => {
  const one = { start: { line: 4, column: 3 }, end: { line: 4, column: 7 } }
  expect(splitAt('- cart', 4, one)).toEqual(['- ', 'cart', ''])
  expect(splitAt('- cart', 3, one)).toEqual(['- cart', '', ''])
})

test('marks a range over two lines without their indentation', () => {
  expect(splitAt('needs: [a,', 4, range)).toEqual(['needs:', ' [a,', ''])
  expect(splitAt('   bc ]', 5, range)).toEqual(['   ', 'bc', ' ]'])
})

test('a range past the end of a line that changed on disk marks nothing', () => {
  expect(splitAt('ab', 4, range)).toEqual(['ab', '', ''])
})

test('the margin is what every line that says something begins with', () => {
  expect(marginOf(['    steps:', '', '      - step: basket'])).toBe(4)
  expect(marginOf(['', '  '])).toBe(0)
})
