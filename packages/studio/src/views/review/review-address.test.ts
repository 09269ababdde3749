import { expect, test } from 'vitest'
import { reviewSearchOf } from './review-address.ts'

test('an address keeps what it knows and leaves out what somebody typed wrongly', () => {
  expect(
    reviewSearchOf({ base: 'v1.2', read: 'raw', verdict: 'helps', journey: 'checkout', team: 7 }),
  ).toEqual({ base: 'v1.2', read: 'raw', verdict: 'helps', journey: 'checkout' })
  expect(reviewSearchOf({ read: 'words', verdict: 'ruins', tab: 'all', which: 'lost' })).toEqual({})
})
