import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'

const policy = `validation:
  - { match: "**.currency", schema: { pattern: "^[A-Z]{3}$" } }
  - { match: store.addToBasket.coupon, schema: { maxLength: 6 } }
  - { match: "**.page", schema: { minimum: 1 } }
`
const contract = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      parameters: [{ name: page, in: query, schema: { type: integer }, example: 0 }]
      responses:
        200:
          description: It
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Basket' }
              examples: { usual: { $ref: '#/components/examples/usual' } }
    post:
      operationId: addToBasket
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { coupon: { type: string } } }
            example: { coupon: SPRING-SALE }
      responses:
        200:
          description: It
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Basket' }
              examples: { usual: { $ref: '#/components/examples/usual' } }
components:
  schemas:
    Basket:
      type: object
      properties:
        items: { type: array, items: { type: object, properties: { name: { type: string }, currency: { type: string } } } }
        total: { type: object, properties: { currency: { type: string, enum: [EUR, USD] } } }
  examples:
    usual:
      value: { items: [{ name: Mug, currency: EUR }, { name: Lamp, currency: eur }, { name: Rug, currency: eur }], total: { currency: eur } }
`
const journey = `journey: checkout
steps:
  - step: product
    calls: [{ operation: store.addToBasket, needs: [items], sends: [coupon] }]
  - step: basket
    calls: [{ operation: store.getBasket, needs: ['items[0].name', 'items[].currency'] }]
  - step: pay
    calls: [{ operation: store.getBasket, needs: [total.currency, 'items[].name'] }]
`

function found(files: Readonly<Record<string, string>>): readonly string[] {
  return compiled(files)
    .diagnostics.filter(({ code }) => code === 'TL5016')
    .map(({ message }) => message)
}

test('finds examples that break a rule, once, with the steps that show or send the field', () => {
  const files = { 'store.yaml': contract, 'checkout.journey.yaml': journey, 'policy.yaml': policy }
  expect(found(files)).toEqual([
    'The example `example` of `store.getBasket` breaks what the policy asks of `**.page`: it is 0, expected at least 1.',
    'The example `example` of `store.addToBasket` breaks what the policy asks of `store.addToBasket.coupon`: coupon has 11 characters, expected at most 6 characters. Step `checkout/product` sends it.',
    'The example `usual` of `store.getBasket` (and 1 more) breaks what the policy asks of `**.currency`: items[1].currency is "eur", expected a string that matches "^[A-Z]{3}$". The steps `checkout/product` and `checkout/basket` show it.',
  ])
})

test('says nothing where the policy has no such rule, nor of what the schema refuses as well', () => {
  expect(found({ 'store.yaml': contract, 'policy.yaml': 'validation: []\n' })).toEqual([])
  const total = '[{ match: "store.getBasket.total.currency", schema: { pattern: "^[A-Z]{3}$" } }]'
  expect(found({ 'store.yaml': contract, 'policy.yaml': `validation: ${total}\n` })).toEqual([])
})
