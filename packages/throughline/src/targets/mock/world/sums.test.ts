import { compile, mainContent, successResponse } from '@throughline/core'
import type { Site } from '@throughline/core'
import { expect, test } from 'vitest'
import { summed } from './sums.ts'

const contract = `
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  items:
                    type: array
                    items:
                      type: object
                      properties:
                        quantity: { type: integer, maximum: 99 }
                        price: { type: integer, maximum: 1000 }
                        lineTotal: { type: integer, maximum: 1000 }
                  delivery: { type: object, properties: { fee: { type: integer } } }
                  total: { type: integer, maximum: 1000 }
`
const basket = (): Site => {
  const { graph } = compile(
    {
      paths: ['shop.yaml'],
      read: (path) => ({ path, text: contract }),
    },
    { contracts: ['shop.yaml'] },
  )
  const [operation] = graph.apis[0]!.contract!.operations
  return mainContent(successResponse(operation!)!.content)!.schema!
}

test('adds lines and fees up, and makes them cheaper where the sum has no room', () => {
  const schema = basket()
  expect(
    summed(
      { items: [{ quantity: 2, price: 30, lineTotal: 1 }], delivery: { fee: 5 }, total: 7 },
      schema,
    ),
  ).toEqual({ items: [{ quantity: 2, price: 30, lineTotal: 60 }], delivery: { fee: 5 }, total: 65 })
  const huge = {
    items: [
      { quantity: 99, price: 1000, lineTotal: 1000 },
      { quantity: 1, price: 1000, lineTotal: 0 },
    ],
    total: 0,
  }
  expect(summed(huge, schema)).toEqual({
    items: [
      { quantity: 99, price: 10, lineTotal: 990 },
      { quantity: 1, price: 10, lineTotal: 10 },
    ],
    total: 1000,
  })
})
