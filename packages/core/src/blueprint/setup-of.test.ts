import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import { setupOf } from './setup-of.ts'

const store = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket }, "503": { description: Away } } } }
  /pay: { post: { operationId: pay, responses: { "200": { description: Paid }, "402": { description: Declined } } } }
`
const { graph } = compiled({
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: store.yaml } }
teams: { checkout: { role: ux, members: [a@shop.example] }, orders: { members: [] } }
states:
  5xx: { show: A banner, test: role=alert }
  timeout: { same: 5xx, design: designs/slow.png }
`,
  'store.yaml': store,
  'personas/night-owl.yaml': 'persona: night-owl\ntitle: Night owl\ndevices: [phone]\n',
  'checkout.journey.yaml': `journey: checkout
title: Buy
persona: night-owl
steps:
  - step: basket
    title: Basket
    calls:
      - operation: store.getBasket
        states: { timeout: { show: Slow } }
  - step: pay
    title: Pay
    calls: [store.pay]
`,
  'refund.journey.yaml':
    'journey: refund\ntitle: Send it back\npersona: { name: Gift buyer, goal: Money back }\nsteps: []\n',
})
const setup = setupOf(graph)

test('tells who walks which journey, and where a person is described', () => {
  expect(setup.personas).toEqual([
    {
      name: 'night-owl',
      title: 'Night owl',
      devices: ['phone'],
      file: 'personas/night-owl.yaml',
      line: 1,
      journeys: [{ name: 'checkout', title: 'Buy', line: 1, url: '/journeys/checkout' }],
    },
    {
      name: 'gift-buyer',
      title: 'Gift buyer',
      goal: 'Money back',
      devices: [],
      file: 'refund.journey.yaml',
      line: 3,
      inside: 'refund',
      journeys: [{ name: 'refund', title: 'Send it back', line: 2, url: '/journeys/refund' }],
    },
  ])
  expect(setup.teams).toEqual([{ name: 'checkout', role: 'ux' }, { name: 'orders' }])
})

test('tells of each app-wide state which steps show it, and of each that nobody wrote which steps lack it', () => {
  expect(setup.file).toBe('throughline.yaml')
  const steps = (condition: string): readonly string[] | undefined =>
    setup.states.find((state) => state.condition === condition)?.steps.map(({ name }) => name)
  expect(setup.states.slice(0, 2)).toMatchObject([
    { condition: '5xx', label: 'Server error', written: { show: 'A banner', line: 6 } },
    {
      condition: 'timeout',
      label: 'Timeout',
      written: { same: '5xx', design: 'designs/slow.png' },
    },
  ])
  expect(steps('5xx')).toEqual(['checkout/basket'])
  expect(steps('timeout')).toEqual(['checkout/pay'])
  expect(steps('4xx')).toEqual(['checkout/pay'])
  expect(steps('loading')).toEqual(['checkout/basket', 'checkout/pay'])
  expect(setup.states.map(({ condition }) => condition)).not.toContain('402')
})

test('has no file to write to where only a contract is open', () => {
  const bare = compiled({ 'store.yaml': store })
  expect(setupOf(bare.graph)).toMatchObject({ personas: [], teams: [] })
  expect(setupOf(bare.graph).file).toBeUndefined()
})
