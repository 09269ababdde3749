import { expect, test } from 'vitest'
import { compiled, parted } from '../../test/compile-marked.ts'

const contract = `
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
          content:
            application/json:
              schema:
                type: object
                required: [items, tags, best]
                properties:
                  items: { type: array, items: { type: object, required: [name], properties: { name: { type: string } } } }
                  tags: { type: array, items: { type: string } }
                  best: { type: array, minItems: 1, items: { type: object, required: [name], properties: { name: { type: string } } } }
        "404": { description: No basket yet }
        "503": { description: Closed }
  /payments:
    post:
      operationId: createPayment
      responses:
        "201": { description: Paid }
        "402":
          description: Declined
          content:
            application/problem+json:
              examples: { expired: { value: { type: https://shop.example/problems/card-expired } } }
        "409": { description: Price changed }
        default: { description: Anything else }
`

function about(rule: string, journey: string): readonly string[] {
  const { diagnostics } = compiled(
    parted(`# checkout.journey.yaml\njourney: checkout\nsteps:\n${journey}${contract}`).files,
  )
  return diagnostics
    .filter((one) => one.rule === rule)
    .map((one) => one.message.replace(/^Nobody has said what people see on checkout\//, ''))
}

test('asks for each documented error, for loading, timeout and offline, and for empty lists that are shown', () => {
  const missing = about(
    'missing-state',
    `  - step: basket
    calls: [{ operation: store.getBasket, needs: ["items[].name", "tags[]"] }]
`,
  )
  expect(missing).toEqual([
    'basket while `store.getBasket` is `loading`.',
    'basket when the list `items` of `store.getBasket` is `empty`.',
    'basket when `store.getBasket` takes too long (`timeout`).',
    "basket when `store.getBasket` can't be reached (`offline`).",
    'basket when `store.getBasket` answers `404` (No basket yet).',
    'basket when `store.getBasket` answers `503` (Closed).',
  ])
})

test('asks for no empty list where the contract promises an item, and for nothing where a step calls nothing', () => {
  const missing = about(
    'missing-state',
    `  - step: basket
    calls: [{ operation: store.getBasket, needs: ["best[].name", "tags[]"] }]
  - step: thanks
`,
  )
  expect(missing.filter((one) => /empty|thanks/.test(one))).toEqual([])
})

test('takes a class, a problem type, and a state of the step for an answer', () => {
  const missing = about(
    'missing-state',
    `  - step: payment
    states: { loading: Wait, timeout: Again, offline: { same: timeout } }
    calls:
      - operation: store.createPayment
        states: { "problem: card-expired": Your card has expired, 5xx: Our fault }
      - operation: store.getBasket
        states: { 4xx: No basket, 5xx: Our fault }
`,
  )
  expect(missing).toEqual(['payment when `store.createPayment` answers `409` (Price changed).'])
})

test('names the calls that go one way in one line', () => {
  const missing = about(
    'missing-state',
    `  - step: payment
    states: { loading: Wait, timeout: Again, 4xx: No, 5xx: Our fault }
    calls: [store.createPayment, store.getBasket]
`,
  )
  expect(missing).toEqual(["payment when either call can't be reached (`offline`)."])
})

test('says which designed states can never come', () => {
  const impossible = about(
    'state-cannot-happen',
    `  - step: basket
    calls:
      - operation: store.getBasket
        states: { 404: No basket, 409: Changed, 502: Our fault, 4xx: No, empty: Nothing, partial: Some, invalid: Odd, "problem: sold-out": Gone }
  - step: payment
    calls:
      - operation: store.createPayment
        states: { 418: Teapot, empty: Nothing, "problem: sold-out": Gone }
`,
  )
  expect(impossible).toEqual([
    'Step checkout/basket designs the state `409`, but `store.getBasket` documents no 409 answer. Did you mean `404`?',
    'Step checkout/basket designs the state `partial`, but `store.getBasket` is its only call: it succeeds or fails as a whole.',
    'Step checkout/basket designs the state `problem: sold-out`, but `store.getBasket` documents no application/problem+json answer.',
    'Step checkout/payment designs the state `empty`, but `store.createPayment` has no list that can be empty.',
  ])
})
