import { expect, test } from 'vitest'
import { freshnessRows } from './freshness-rows.ts'

test('a screen that says nothing itself tolerates what the policy does', () => {
  const step = {
    step: 'buy/pay',
    title: 'Pay',
    journey: 'Buy bread',
    line: 1,
    url: '/journeys/buy?step=pay',
  } as const
  const read = { step, operation: 'store.getPrices', request: 'GET /prices', url: '/reference/x' }
  const [head, stale, fits] = freshnessRows([
    {
      ...read,
      verdict: 'stale',
      screen: '/pay',
      fields: ['amount', 'currency'],
      call: 5,
      policy: 60,
      contract: 'max-age=30',
      observed: 'max-age=90',
      advice: ['Lower max-age.', 'Send an ETag.'],
    },
    { ...read, verdict: 'fits', fields: [], policy: 60, advice: [] },
  ])
  expect(head).toHaveLength(11)
  expect(stale).toEqual([
    'Buy bread',
    'buy/pay',
    '/pay',
    'store.getPrices',
    'amount, currency',
    5,
    60,
    'max-age=30',
    'max-age=90',
    'Out of date',
    'Lower max-age. Send an ETag.',
  ])
  expect(fits!.slice(4, 8)).toEqual(['', 60, 60, undefined])
})
