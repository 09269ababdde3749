import { expect, test } from 'vitest'
import type { DataRow, DataScreen } from '../../client/studio-client.ts'
import { sectionsOf } from './sections-of.ts'

const pay: DataScreen = {
  step: 'checkout/pay',
  title: 'Pay',
  journey: 'Checkout',
  line: 1,
  url: '/journeys/checkout?step=pay',
}
function row(path: string, rest: Partial<DataRow> = {}): DataRow {
  return {
    class: 'personal',
    declared: true,
    rules: [],
    api: 'store',
    operation: 'store.getOrder',
    request: 'GET /order',
    direction: 'returned',
    place: 'response',
    path,
    screens: [pay],
    callers: [],
    unneeded: false,
    url: '/reference/store.getOrder',
    ...rest,
  }
}
const told = (rows: readonly DataRow[]) =>
  sectionsOf(rows).map(({ key, threads }) => [
    key,
    threads.map((thread) => thread.rows.map((one) => one.path).join(' ')),
  ])

test('puts what nobody needs first, then broken rules, then classes', () => {
  const rows = [
    row('email'),
    row('token', { class: 'secret', broken: 'never in a response' }),
    row('phone', { unneeded: true, screens: [] }),
    row('iban', { class: 'money' }),
  ]
  expect(told(rows)).toEqual([
    ['unneeded', ['phone']],
    ['broken', ['token']],
    ['class:personal', ['email']],
    ['class:money', ['iban']],
  ])
})

test('draws fields that go the same way for the same reason as one thread', () => {
  const rows = [
    row('street'),
    row('postcode'),
    row('email', { screens: [{ ...pay, why: 'The receipt' }] }),
    row('phone', { direction: 'sent', place: 'request' }),
  ]
  expect(told(rows)).toEqual([['class:personal', ['street postcode', 'email', 'phone']]])
})
