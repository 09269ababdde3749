import { expect, test } from 'vitest'
import { addressOf } from './address-of.ts'

test.each([
  ['/basket', 'http://localhost:5173/', 'http://localhost:5173/basket'],
  ['basket', 'http://localhost:5173', 'http://localhost:5173/basket'],
  ['/basket', 'http://localhost:5173/shop/', 'http://localhost:5173/shop/basket'],
  ['/shop/basket', 'http://localhost:5173/shop', 'http://localhost:5173/shop/basket'],
  ['#/basket', 'http://localhost:5173/shop?lang=de', 'http://localhost:5173/shop?lang=de#/basket'],
  [
    '/basket?page=2',
    'http://localhost:5173/?lang=de',
    'http://localhost:5173/basket?page=2&lang=de',
  ],
  ['/basket?lang=fr', 'http://localhost:5173/?lang=de', 'http://localhost:5173/basket?lang=fr'],
  [
    'http://localhost:5173/help',
    'http://localhost:5173/?lang=de',
    'http://localhost:5173/help?lang=de',
  ],
])('finds %s of %s', (screen, app, address) => {
  expect(addressOf(screen, app)).toBe(address)
})
