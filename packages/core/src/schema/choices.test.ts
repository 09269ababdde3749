import { expect, test } from 'vitest'
import {
  recordedChoices,
  replayedChoices,
  seededChoices,
  seededDraw,
  type Choices,
} from './choices.ts'

const basketOf = (choices: Choices) => ({
  items: Array.from({ length: choices.integer(1, 4) }, () => choices.pick(['tea', 'mug', 'pot'])),
  total: choices.real(0, 100),
  gift: choices.boolean(),
  id: choices.integer(0, Number.MAX_SAFE_INTEGER),
})

test('repeats itself for the same seed, and only for the same', () => {
  expect(basketOf(seededChoices('checkout'))).toEqual(basketOf(seededChoices('checkout')))
  expect(basketOf(seededChoices(42))).toEqual(basketOf(seededChoices('42')))
  expect(basketOf(seededChoices(1))).not.toEqual(basketOf(seededChoices(2)))
})

test('reaches both ends and everything between, about equally often', () => {
  const choices = seededChoices('dice')
  const counts = new Map<number, number>()
  for (let roll = 0; roll < 6000; roll++) {
    const face = choices.integer(1, 6)
    counts.set(face, (counts.get(face) ?? 0) + 1)
  }
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('plays a record again, and a shorter one gives something simpler', () => {
  const { choices, record } = recordedChoices(seededDraw('basket'))
  const basket = basketOf(choices)
  expect(basketOf(replayedChoices(record))).toEqual(basket)
  expect(basketOf(replayedChoices([]))).toEqual({ items: ['tea'], total: 0, gift: false, id: 0 })
  expect(basketOf(replayedChoices([99, 99, 99, 99])).items).toEqual(['pot', 'pot', 'pot', 'tea'])
})
