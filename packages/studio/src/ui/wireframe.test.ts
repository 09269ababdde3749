import { expect, test } from 'vitest'
import { holesIn } from './wireframe.tsx'

const place = { x: 42, y: 40, width: 96, height: 12 }
const words = (...names: readonly string[]): readonly string[] =>
  holesIn(place, names).map((hole) => hole.words)

test('one missing need has the whole place and its name in it', () => {
  expect(holesIn(place, ['Delivery date'])).toEqual([{ ...place, words: 'Delivery date' }])
  expect(holesIn(place, [])).toEqual([])
})

test('several share the place from left to right, and long names are cut', () => {
  const [first, second] = holesIn(place, ['Delivery date', 'Who brings it to the door'])
  expect([first?.x, first?.width, second?.x]).toEqual([42, 47, 91])
  expect(second?.words).toBe('Who brings it…')
})

test('the last of many says how many more there are', () => {
  expect(words('Fee', 'Date', 'Price')).toEqual(['Fee', 'Date', 'Price'])
  expect(words('Fee', 'Date', 'Price', 'Town', 'Name')).toEqual(['Fee', 'Date', '+3'])
})
