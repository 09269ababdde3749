import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { pageFields } from './page-fields.ts'

test('names the leaves of what the journeys call, and of nothing else', () => {
  const graph = graphOf({
    'throughline.yaml': `
      throughline: 1
      apis: { store: { contract: store.yaml } }
    `,
    'store.yaml': `
      openapi: 3.1.0
      info: { title: Store, version: "1" }
      paths:
        /basket:
          get:
            operationId: getBasket
            responses:
              "200":
                description: The basket
                headers: { Link: { schema: { type: string } } }
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        total: { type: object, properties: { amount: { type: integer } } }
                        labels: { type: array, items: { type: string } }
                        parts: { type: array, items: { $ref: "#/components/schemas/Part" } }
        /coupons: { get: { operationId: listCoupons, responses: { "200": { description: Coupons } } } }
      components:
        schemas:
          Part:
            type: object
            properties: { name: { type: string }, inner: { $ref: "#/components/schemas/Part" } }
    `,
    'checkout.journey.yaml': `
      journey: checkout
      steps: [{ step: basket, screen: /basket, calls: [store.getBasket] }]
    `,
  })
  const { 'store.getBasket': basket, ...others } = pageFields(graph)
  expect(others).toEqual({})
  expect(basket?.slice(0, 4)).toEqual([
    'total.amount',
    'labels[]',
    'parts[].name',
    'parts[].inner.name',
  ])
  expect(basket!.length).toBeLessThan(20)
})
