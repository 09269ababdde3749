import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { ownerOf } from '../2-link/owner-of.ts'
import { located } from '../text/diagnostic.ts'
import { filesOf } from '../../test/in-memory-files.ts'

const contract = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200":
          description: The basket
          content:
            application/json:
              schema:
                type: object
                properties:
                  total: { type: number }
                  eta: { x-owner: delivery, type: object, properties: { day: { type: string } } }
  /payments:
    post:
      operationId: pay
      x-owner: payments
      responses: { "204": { description: Paid } }
`
const journey = (owner = '') => `journey: checkout
${owner}
steps:
  - step: basket
    calls: [{ operation: store.getBasket, needs: [total, eta.day] }]
`
const workspace = (owner = '') => `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml${owner} } }
teams:
  orders: { role: backend, handle: "@shop/order-people" }
  checkout: { role: ux, members: [ines@example.com] }
  delivery: { role: backend }
  payments: { role: backend }
`

function owned(files: Readonly<Record<string, string>>, place = '') {
  const all = filesOf({
    'throughline.yaml': workspace(),
    'apis/store.yaml': contract,
    'journeys/checkout.journey.yaml': journey(),
    ...files,
  })
  const { graph, diagnostics } = compile({ ...all, place })
  const about = located(diagnostics).filter((one) =>
    ['TL4005', 'TL4008', 'TL2004'].includes(one.code),
  )
  return {
    api: ownerOf(graph, 'api:store'),
    operation: ownerOf(graph, 'op:store.getBasket'),
    journey: ownerOf(graph, 'journey:checkout'),
    said: about.map((one) => `${one.file}:${one.range.start.line} ${one.code} ${one.message}`),
    graph,
  }
}

const entities = `# The shop
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: store-api }
spec: { type: openapi, lifecycle: production, owner: group:default/orders, definition: { $text: ./apis/store.yaml } }
---
kind: Component
metadata: { name: shop-ui }
spec: { type: website, owner: user:default/ines@example.com, consumesApis: ["api:default/store-api"] }
---
kind: [broken
---
kind: Group
metadata: { name: orders }
`

test('asks CODEOWNERS where the workspace says nothing', () => {
  const {
    api,
    operation,
    journey: ofJourney,
    said,
  } = owned({
    '.github/CODEOWNERS':
      '* @shop/everyone\n/apis/ @shop/Order-People\n*.journey.yaml ines@example.com\n',
  })
  expect({ api, operation, ofJourney, said }).toEqual({
    api: 'orders',
    operation: 'orders',
    ofJourney: 'checkout',
    said: [],
  })
})

test('believes Backstage before CODEOWNERS, and finds an API by its definition', () => {
  const found = owned({
    'catalog-info.yaml': entities,
    CODEOWNERS: '/apis/ @shop/delivery\n',
  })
  expect([found.api, found.journey, found.said]).toEqual(['orders', 'checkout', []])
})

test('lets the words of the workspace win, and says where others disagree', () => {
  const found = owned({
    'throughline.yaml': workspace(', owner: payments'),
    'journeys/checkout.journey.yaml': journey('owner: checkout'),
    'catalog-info.yaml': entities,
    'docs/CODEOWNERS': '* @shop/everyone\n/journeys/ @shop/checkout\n',
  })
  expect(found.api).toBe('payments')
  expect(found.said).toEqual([
    'throughline.yaml:3 TL4008 `store` belongs to `payments` in the workspace, and to orders in `catalog-info.yaml`. Mend one of them: people are asked by both.',
  ])
})

test('reads what stands above the workspace in its repository', () => {
  const found = owned(
    {
      '../../CODEOWNERS': '/shops/bakery/apis/store.yaml @x/orders\n/apis/ @x/payments\n',
      '../catalog-info.yaml': entities,
    },
    'shops/bakery',
  )
  // The definition of the entity above names another file, so its name and the rule are left.
  expect(found.api).toBe('orders')
  expect(found.journey).toBe('checkout')
})

test('takes a team that the workspace does not know as it is, and asks for an owner where nobody says one', () => {
  expect(owned({ CODEOWNERS: '/apis/ @shop/strangers\n' })).toMatchObject({
    api: 'strangers',
    said: [
      'journeys/checkout.journey.yaml:1 TL4005 `checkout` has no owner. Name a team, so that gaps reach somebody.',
    ],
  })
})

test('follows a field to its own owner, else to that of its operation', () => {
  const { graph } = owned({ CODEOWNERS: '/apis/ @shop/orders\n' })
  expect(ownerOf(graph, 'field:store.getBasket:200:eta.day')).toBe('delivery')
  expect(ownerOf(graph, 'field:store.getBasket:200:total')).toBe('orders')
  expect(ownerOf(graph, 'op:store.pay')).toBe('payments')
  expect(ownerOf(graph, 'need:checkout/basket/store.getBasket/total')).toBeUndefined()
})
