import { expect, test } from 'vitest'
import { appAddress } from './app-address.ts'

const app = 'http://localhost:4402'

test.each([
  [app, '/basket', 'http://localhost:4402/basket'],
  [app, '/orders/:orderId', app],
  [app, undefined, app],
  [app, 'basket', app],
  [app, '//evil.example/basket', app],
  [
    'http://localhost:4402/?api=http://localhost:4511',
    '/basket',
    'http://localhost:4402/basket?api=http%3A%2F%2Flocalhost%3A4511',
  ],
])('in %s the screen %s is at %s', (start, screen, address) => {
  expect(appAddress(start, screen)).toBe(address)
})
