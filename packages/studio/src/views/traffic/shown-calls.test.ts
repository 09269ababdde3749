import type { TrafficCall } from '@throughline/core'
import { expect, test } from 'vitest'
import { shownCalls } from './shown-calls.ts'
import { trafficSearchOf } from './traffic-address.ts'

function call(number: number, more: Partial<TrafficCall>): TrafficCall {
  return {
    id: String(number),
    number,
    at: '2026-11-22T18:00:00Z',
    method: 'GET',
    url: '/store/basket',
    operations: ['store.getBasket'],
    steps: [
      {
        step: 'checkout/basket',
        title: 'Review the basket',
        journey: 'checkout',
        line: 1,
        url: '/journeys/checkout?step=basket',
      },
    ],
    status: 200,
    ms: 3,
    because: 'example',
    why: 'The example two of the contract',
    ...more,
  }
}

const calls = [
  call(1, {}),
  call(2, { status: 503, scenario: 'checkout/basket/503' }),
  call(3, { url: '/store/baskte', operations: [], steps: [], status: 404 }),
  call(4, { fault: 'timeout' }),
  call(5, { violation: 'quantity must be a number', method: 'POST' }),
]

const ids = (search: Parameters<typeof shownCalls>[1]): readonly string[] =>
  shownCalls(calls, search).map((one) => one.id)

test('shows the youngest first', () => {
  expect(ids({})).toEqual(['5', '4', '3', '2', '1'])
})

test('finds by every word: address, operation, step, scenario, reason', () => {
  expect(ids({ find: 'post quantity' })).toEqual(['5'])
  expect(ids({ find: 'review 503' })).toEqual(['2'])
  expect(ids({ find: 'baskte' })).toEqual(['3'])
})

test('leaves what went wrong, or what no step calls', () => {
  expect(ids({ show: 'problems' })).toEqual(['5', '4', '3', '2'])
  expect(ids({ show: 'unplanned' })).toEqual(['3'])
})

test('reads no more from an address than it knows', () => {
  expect(trafficSearchOf({ show: 'everything', find: 'basket', call: '1k', step: 'x' })).toEqual({
    find: 'basket',
    call: '1k',
  })
})
