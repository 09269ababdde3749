import { expect, test } from 'vitest'
import type { StateProof } from '../../client/studio-client.ts'
import { proofsOf } from './state-proofs.ts'

function proof(call: string, condition: string, verdict: StateProof['verdict']): StateProof {
  const id = `checkout/basket/${call}/${condition}`
  return {
    id,
    step: 'checkout/basket',
    call,
    condition,
    verdict,
    problems: [],
    at: '2026-11-22T20:00:00Z',
  }
}
const proofs = [
  proof('store.getBasket', 'timeout', 'proven'),
  proof('store.changeBasketItem', 'timeout', 'failed'),
  proof('store.getBasket', '5xx', 'proven'),
  proof('store.getBasket', '404', 'proven'),
]
const ids = (condition: string, calls: readonly string[], step = 'checkout/basket') =>
  proofsOf(proofs, step, { condition, calls }).map(({ id }) => id)

test('finds the proofs of all calls of a step, the bad ones first', () => {
  expect(ids('timeout', [])).toEqual([
    'checkout/basket/store.changeBasketItem/timeout',
    'checkout/basket/store.getBasket/timeout',
  ])
})

test('finds those of the calls that can go this way only', () => {
  expect(ids('timeout', ['store.getBasket'])).toEqual(['checkout/basket/store.getBasket/timeout'])
  expect(ids('timeout', [], 'checkout/payment')).toEqual([])
})

test('takes the proof of a class for a status that has none of its own', () => {
  expect(ids('503', [])).toEqual(['checkout/basket/store.getBasket/5xx'])
  expect(ids('404', [])).toEqual(['checkout/basket/store.getBasket/404'])
  expect(ids('empty', [])).toEqual([])
})
