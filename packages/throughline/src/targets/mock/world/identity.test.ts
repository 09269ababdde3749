import { expect, test } from 'vitest'
import { freshId, takenIds } from './identity.ts'

test('goes on counting as the ids that are there do, and never gives one twice', () => {
  const taken = takenIds(['CM-0041', 'CM-0040'])
  const given = Array.from({ length: 3 }, () => {
    const id = String(freshId(undefined, taken, 'orders', 'seed'))
    taken.take(id)
    return id
  })
  expect(given).toEqual(['CM-0042', 'CM-0043', 'CM-0044'])
  expect(taken.size).toBe(5)
})

test('makes an id of its own where those that are there have nothing in common', () => {
  for (const ids of [['CM-0041', 'tea'], ['CM-1', 'AB-2'], []]) {
    const taken = takenIds(ids)
    const id = String(freshId(undefined, taken, 'orders', 'seed'))
    expect(ids).not.toContain(id)
    expect(id).toMatch(/^order-/)
  }
})
