import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { diffGraphs } from './diff-graphs.ts'

const contract = (properties: string): string => `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema: { type: object, properties: ${properties} }
`
const workspace = `
throughline: 1
name: Shop
apis: { store: { contract: store.yaml } }
teams: { checkout: { role: ux } }
`
const journey = `
journey: checkout
owner: checkout
steps:
  - step: basket
    screen: /basket
    calls: [{ operation: store.getBasket, needs: [id, eta] }]
`

test('names the step that a removed property breaks', () => {
  const shop = { 'throughline.yaml': workspace, 'journeys/checkout.journey.yaml': journey }
  const before = graphOf({
    ...shop,
    'store.yaml': contract('{ id: { type: string }, eta: { type: string } }'),
  })
  const after = graphOf({ ...shop, 'store.yaml': contract('{ id: { type: string } }') })
  const { changes, summary } = diffGraphs(before, after)
  expect(changes).toMatchObject([
    {
      code: 'response-optional-property-removed',
      level: 'breaking',
      api: 'store',
      operation: { id: 'getBasket', method: 'GET', path: '/basket' },
      location: 'response:200:body:eta',
      impact: [{ step: 'checkout/basket', need: 'eta', owner: 'checkout', severity: 'breaks' }],
    },
  ])
  expect(summary).toMatchObject({
    breaking: 1,
    stepsBroken: ['checkout/basket'],
    verdict: 'breaking',
  })
})

test('finds nothing between a graph and itself', () => {
  const graph = graphOf({ 'store.yaml': contract('{ id: { type: string } }') })
  expect(diffGraphs(graph, graph).changes).toEqual([])
})
