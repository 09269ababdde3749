import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { lineageOf } from '../lineage/lineage-of.ts'
import { lineageWithin } from '../lineage/lineage-within.ts'
import { dataMapOf } from './data-map-of.ts'

const shop = graphOf({
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, owner: orders } }\nteams: { orders: { role: backend }, care: { role: ux } }\n',
  'policy.yaml':
    'classes: { personal: { contains: [email, phone] }, secret: { contains: [token], rule: never in a response } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /order:
    get:
      operationId: getOrder
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { type: object, properties: { email: { type: string }, phone: { type: string }, token: { type: string } } }
`,
  'personas/shopper.yaml': 'persona: shopper\ntitle: Returning customer\n',
  'journeys/track.journey.yaml': `
journey: track
title: Track an order
persona: shopper
owner: care
steps:
  - step: order
    title: The order
    calls: [{ operation: store.getOrder, needs: [email, token] }]
`,
  'journeys/help.journey.yaml': `
journey: help
title: Get help
steps:
  - step: ask
    calls: [{ operation: store.getOrder, needs: [email] }]
`,
})

test('puts what no screen needs first, with the steps that get it all the same, then what breaks a rule', () => {
  const { entries, unneeded, broken } = dataMapOf(shop)
  expect(entries.map((one) => one.path)).toEqual(['phone', 'token', 'email'])
  expect(entries[0]!.callers.map(({ step, line }) => [step, line])).toEqual([
    ['help/ask', 1],
    ['track/order', 2],
  ])
  expect(entries[1]).toMatchObject({ code: 'TL5002', problem: '/diagnostics?code=TL5002' })
  expect({ unneeded, broken }).toEqual({ unneeded: 1, broken: 1 })
})

test('leads from a field to the need on the blueprint and to the reference', () => {
  const email = dataMapOf(shop).entries.at(-1)!
  expect(email.url).toBe('/reference/store.getOrder?field=email')
  expect(email.screens.map((one) => one.url)).toEqual([
    '/journeys/help?step=ask&need=need:help/ask/store.getOrder/email',
    '/journeys/track?step=order&need=need:track/order/store.getOrder/email',
  ])
})

test.each([
  [{ class: 'secret' }, ['token']],
  [{ persona: 'Returning customer' }, ['token', 'email']],
  [{ journey: 'help' }, ['email']],
  [{ owner: 'care' }, ['token', 'email']],
  [{ owner: 'orders' }, ['phone', 'token', 'email']],
  [{ finding: 'unneeded' }, ['phone']],
  [{ finding: 'broken' }, ['token']],
  [{ find: 'PHO' }, ['phone']],
  [{ class: 'nothing' }, []],
] as const)('keeps of everything what is asked for: %j', (filter, paths) => {
  const map = dataMapOf(shop, filter)
  expect(map.entries.map((one) => one.path)).toEqual(paths)
  expect(map.matching).toBe(paths.length)
  expect(map.classes).toHaveLength(2)
})

test('shows of a field only the screens of the journey that is asked for, also in the record', () => {
  const { entries, classes } = lineageWithin(lineageOf(shop), { journey: 'help' })
  expect(entries[0]!.screens.map((one) => one.step)).toEqual(['help/ask'])
  expect(classes.map((one) => one.class)).toEqual(['personal'])
})
