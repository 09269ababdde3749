import { expect, test } from 'vitest'
import type { Cell } from '../../targets/audit/audit.ts'
import { compared, knownBad } from './baseline.ts'
import { journeyOf, statesSeen } from './states-seen.ts'

const told: Cell = {
  id: 'checkout/basket/store.getBasket/500',
  screen: '/basket',
  call: 'store.getBasket',
  fault: '500',
  kind: '500',
  words: 'answers 500',
  verdict: 'message',
  bad: false,
  why: 'People are told: “Something broke at our end”.',
  said: 'Something broke at our end',
  step: 'checkout/basket',
  undecided: '5xx',
  milliseconds: 300,
}
const blank: Cell = { ...told, id: 'b', verdict: 'blank', bad: true, undecided: 'timeout' }

test('writes what people are told where the journey says nothing yet, and leaves open what is bad', () => {
  const { undecided: _, ...decided } = told
  expect(statesSeen([told, { ...told, fault: '503' }, blank, decided])).toEqual([
    {
      kind: 'set-state',
      step: 'checkout/basket',
      call: 'store.getBasket',
      condition: '5xx',
      set: { show: 'Something broke at our end', test: 'text=Something broke at our end' },
    },
  ])
})

test('drafts a journey for screens that no journey has', () => {
  const { step: _, ...free } = told
  const edits = journeyOf(
    [
      { screen: '/orders/17', title: 'Your order' },
      { screen: '/basket', title: '' },
    ],
    [
      { ...free, screen: '/orders/17', call: 'store.getOrder' },
      { ...free, screen: '/orders/17', call: 'GET /weather' },
    ],
    (name) => name.startsWith('store.'),
    'audited',
  )
  expect(edits).toEqual([
    {
      kind: 'create-journey',
      journey: 'audited',
      title: 'Screens that were audited',
      steps: [{ step: 'orders-17', screen: '/orders/17', title: 'Your order' }],
    },
    { kind: 'add-call', step: 'audited/orders-17', operation: 'store.getOrder' },
    expect.objectContaining({ kind: 'set-state', step: 'audited/orders-17', condition: '5xx' }),
  ])
})

test('tells new cells from known and mended ones', () => {
  const known = knownBad({ cells: [blank, { id: 7, bad: true }, { ...told, bad: true }] })!
  const { fresh, mended } = compared([told, blank, { ...blank, id: 'c' }], known)
  expect([fresh.map(({ id }) => id), mended.map(({ id }) => id)]).toEqual([['c'], [told.id]])
  expect(knownBad({ screens: [] })).toBeUndefined()
})
