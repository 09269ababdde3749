import type { LiveEvent } from '@throughline/core'
import { expect, test } from 'vitest'
import { shownVisits } from './shown-visits.ts'

const at = '2026-11-22T12:00:00.000Z'
const step = { step: 'checkout/basket', title: 'Review the basket', journey: 'checkout' }
const events: readonly LiveEvent[] = [
  { kind: 'view', at, side: 'page', visit: 'a1', step },
  {
    kind: 'call',
    at,
    side: 'page',
    visit: 'a1',
    step,
    operation: 'store.getBasket',
    status: 200,
    outcome: 'ok',
  },
  { kind: 'call', at, side: 'page', visit: 'b2', operation: 'store.listSlots', outcome: 'pending' },
  { kind: 'click', at, side: 'page', visit: 'b2', step, what: 'rage' },
]

test('leaves what went wrong, or what belongs to no step', () => {
  expect(shownVisits(events, { show: 'problems' })).toEqual([events[2], events[3]])
  expect(shownVisits(events, { show: 'unplanned' })).toEqual([events[2]])
})

test('finds every word in the event or its step', () => {
  expect(shownVisits(events, { find: 'basket a1' })).toEqual([events[0], events[1]])
  expect(shownVisits(events, { find: 'in vain' })).toEqual([events[3]])
})
