import { fileURLToPath } from 'node:url'
import { compile, discoveredIn, type Observation } from '@throughline/core'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../workspace/workspace.ts'
import { differences } from './differences.ts'

const shop = fileURLToPath(new URL('../../../../../examples/storefront', import.meta.url))
const { graph } = compile(openWorkspace([shop], shop))

const methods = (path: string): Observation => ({
  kind: 'call',
  at: 1,
  ms: 20,
  method: 'GET',
  url: `http://localhost:4401${path}`,
  status: 200,
  type: 'application/json',
  body: { items: [{ id: 'card', label: 'Card', kind: 'card', hint: '', fee: 0 }] },
})
const payment: Observation = { kind: 'screen', at: 0, path: '/payment', via: 'load' }
const read = { read: 1, copied: 0, missed: 0 }

test('says what the app reads, calls and shows that the workspace does not know, by step', () => {
  const reads: Observation = {
    kind: 'reads',
    name: 'GET http://localhost:4401/store/payment-methods',
    fields: {
      'items[].label': read,
      'items[].kind': read,
      'items[].id': read,
      'items[].fee': read,
    },
  }
  const found = discoveredIn([
    payment,
    methods('/store/payment-methods'),
    methods('/store/vouchers'),
    reads,
  ])
  expect(differences(found, graph).map((one) => one.sentence)).toEqual([
    'The app calls GET /vouchers of http://localhost:4401/store, and no contract has it.',
    'Answers of store.listPaymentMethods have `items[].fee`, and the contract does not say so; checkout/payment calls it.',
    'checkout/payment reads `items[].fee` of store.listPaymentMethods, and does not say that it needs it.',
    'checkout/payment says that it needs `items[].hint` of store.listPaymentMethods, and did not read it in 1 visit.',
  ])
})

test('says nothing about needs where reads could not be seen', () => {
  const found = discoveredIn([payment, methods('/store/payment-methods')])
  expect(differences(found, graph).map((one) => one.kind)).toEqual(['undescribed-field'])
})
