import { expect, test } from 'vitest'
import { beaconText } from '../src/sdk/beacon-text.ts'
import { scrubbed } from '../src/sdk/scrubbed.ts'

test.each([
  [
    "I couldn't see when it'd come, in step 3 of 12",
    "I couldn't see when it'd come, in step 3 of 12",
  ],
  ['Write to maya.lee@example.com or +49 (30) 123-456', 'Write to * or +*'],
  ['Cannot read "Maya Lee" of \'basket\'', 'Cannot read * of *'],
  ['GET https://shop.example/orders/17?token=a failed', 'GET * failed'],
  ['Token eyJhbGciOi1NiJ9xyz is old, card 4111111111111111', 'Token * is old, card *'],
])('takes out of %j what may be about a person', (text, left) => {
  expect(scrubbed(text)).toBe(left)
})

test('writes what any JSON reader reads', () => {
  const cells = ['a"b\\c\n\u2028\u{1f600}', 1.23456, NaN, undefined, null, ['x', [0]]]
  expect(JSON.parse(beaconText(cells))).toEqual([
    'a"b\\c\n\u2028\u{1f600}',
    1.2346,
    0,
    null,
    null,
    ['x', [0]],
  ])
  expect(beaconText(cells)).not.toContain('\n')
})
