import { expect, test } from 'vitest'
import { newId } from './new-id.ts'

test.each([
  ['Pick a delivery slot', [], 'pick-a-delivery-slot'],
  ['Überweisung & Bezahlen!', [], 'uberweisung-bezahlen'],
  ['Basket', ['basket', 'basket-2'], 'basket-3'],
  ['支払い', [], 'step'],
  ['支払い', ['step'], 'step-2'],
])('%s is %s', (title, taken, id) => {
  expect(newId(title, taken, 'step')).toBe(id)
})
