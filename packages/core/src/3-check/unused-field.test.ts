import { expect, test } from 'vitest'
import { compiled, parted } from '../../test/compile-marked.ts'

const contracts = `
# store.openapi.yaml
openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
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
                required: [items, note]
                properties:
                  items:
                    type: array
                    items:
                      type: object
                      required: [name, price]
                      properties:
                        name: { type: string, example: Carrots }
                        price: { type: object, required: [amount, currency], properties: { amount: { type: number, example: 12 }, currency: { type: string, example: EUR } } }
                  note: { type: string, example: "0123456789" }
# reviews.graphql
type Query { reviews: [Review!]! }
type Review { rating: Int!, text: String! }
# app/queries.graphql
query Ratings { reviews { stars: rating text } }
# throughline.yaml
throughline: 1
name: Shop
apis: { store: { contract: store.openapi.yaml }, reviews: { contract: reviews.graphql, documents: app/*.graphql } }
`

function unused(...calls: readonly string[]): readonly string[] {
  const journey = `# checkout.journey.yaml\njourney: checkout\nsteps:\n  - step: basket\n    calls:\n${calls.map((call) => `      - ${call}\n`).join('')}`
  const { diagnostics } = compiled(parted(journey + contracts).files)
  return diagnostics
    .filter((one) => one.code === 'TL3002')
    .map((one) => one.message.replace(/about .* in each answer/, 'some'))
}

test('names the topmost fields that no step needs', () => {
  expect(unused('{ operation: store.getBasket, needs: ["items[].name"] }')).toEqual([
    '`store.getBasket` returns 2 fields that no step needs, some: `items[].price` and `note`.',
  ])
  expect(
    unused('{ operation: store.getBasket, needs: ["items[].name", "items[].price.amount", note] }'),
  ).toEqual([
    '`store.getBasket` returns a field that no step needs, some: `items[].price.currency`.',
  ])
})

test('takes a need of a whole object for all of it', () => {
  expect(unused('{ operation: store.getBasket, needs: [items, note] }')).toEqual([])
})

test('says what a document asks for in vain, in the words of the contract', () => {
  expect(unused('{ operation: reviews query Ratings, needs: ["[].stars"] }')).toEqual([
    '`reviews query Ratings` returns a field that no step needs, some: `[].text`.',
  ])
})

test('weighs what is unused', () => {
  const journey =
    '# checkout.journey.yaml\njourney: checkout\nsteps:\n  - step: basket\n    calls: [{ operation: store.getBasket, needs: [items] }]\n'
  const [found] = compiled(parted(journey + contracts).files).diagnostics.filter(
    (one) => one.code === 'TL3002',
  )
  expect(found?.message).toMatch(/about 20B of [\d.]+kB in each answer: `note`/)
})
