import { expect, test } from 'vitest'
import { compiled, parted } from '../../test/compile-marked.ts'

const contracts = `
# store.openapi.yaml
openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /orders/{orderId}/delivery:
    put:
      operationId: changeDelivery
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string } }
        - { name: Idempotency-Key, in: header, required: true, schema: { type: string } }
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [slotId, address, id, kind, currency, lines]
              properties:
                slotId: { type: string }
                id: { type: string, readOnly: true }
                kind: { const: delivery }
                currency: { type: string, default: EUR }
                note: { type: string }
                lines: { type: array, items: { type: object, required: [product, quantity], properties: { product: { type: string }, quantity: { type: integer } } } }
                address:
                  type: object
                  required: [street, town]
                  properties: { street: { type: string }, town: { type: string }, floor: { type: integer } }
      responses: { "204": { description: Changed } }
# reviews.graphql
type Query { reviews(product: ID!): [String!]! }
type Mutation { addReview(input: ReviewInput!, notify: Boolean!): Boolean }
input ReviewInput { product: ID!, rating: Int!, text: String }
`

function missing(call: string, sends: readonly string[]): readonly string[] {
  const journey = `# checkout.journey.yaml\njourney: checkout\nsteps:\n  - step: delivery\n    calls: [{ operation: ${call}, sends: ${JSON.stringify(sends)} }]\n`
  const { diagnostics } = compiled(parted(journey + contracts).files)
  return diagnostics.filter((one) => /^TL201[01]$/.test(one.code)).map((one) => one.message)
}

test('asks for required fields of the body, and for parts of what is sent in parts', () => {
  expect(missing('store.changeDelivery', ['address.street', 'lines[].product', 'note'])).toEqual([
    '`store.changeDelivery` requires `slotId`, and step checkout/delivery does not send it.',
    '`store.changeDelivery` requires `lines[].quantity`, and step checkout/delivery does not send it.',
    '`store.changeDelivery` requires `address.town`, and step checkout/delivery does not send it.',
  ])
})

test('is content with whole objects, and with parameters beside the body', () => {
  expect(missing('store.changeDelivery', ['orderId', 'slotId', 'address', 'lines'])).toEqual([])
})

test('asks nothing of a step that does not say what it sends', () => {
  expect(missing('store.changeDelivery', [])).toEqual([])
})

test('looks into the input of a mutation, and leaves the arguments of a query to the app', () => {
  expect(missing('reviews.addReview', ['input.rating', 'input.stars'])).toEqual([
    '`reviews.addReview` requires `input.product`, and step checkout/delivery does not send it.',
    '`reviews.addReview` requires `notify`, and step checkout/delivery does not send it.',
    'Step checkout/delivery sends `input.stars`, which `reviews.addReview` does not accept.',
  ])
  expect(missing('reviews.reviews', ['product'])).toEqual([])
})
