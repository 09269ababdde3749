import { expect, test } from 'vitest'
import { compile } from '../src/compile.ts'
import { filesOf } from './in-memory-files.ts'

const store = `
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
                required: [items, delivery]
                properties:
                  items:
                    type: array
                    items: { type: object, required: [name], properties: { name: { type: string } } }
                  delivery: { type: object, properties: { arrivalDays: { type: integer } } }
  /orders/{orderId}:
    get: { operationId: getOrder, responses: { "200": { description: The order } } }
  /orders/{id}/lines/{line}:
    delete: { responses: { "204": { description: Gone } } }
`

const reviews = `
type Query { reviews(product: ID!): [Review!]!, total: Int! }
type Review { rating: Int!, author: Author! }
type Author { name: String! }
`
const documents = `
query ProductReviews($product: ID!) { reviews(product: $product) { stars: rating author { name } } }
query Both($product: ID!) { latest: reviews(product: $product) { rating } total }
`

function shop(
  journey: string,
  others: Readonly<Record<string, string>> = {},
): ReturnType<typeof compile> {
  return compile(
    filesOf({
      'throughline.yaml':
        'throughline: 1\nname: Shop\napis:\n  store: { contract: store.yaml }\n  reviews: { contract: reviews.graphql, documents: app/*.graphql }\n',
      'store.yaml': store,
      'reviews.graphql': reviews,
      'app/queries.graphql': documents,
      'checkout.journey.yaml': journey,
      ...others,
    }),
  )
}

function callsOf(operations: readonly string[]): ReturnType<typeof compile> {
  return shop(
    `journey: checkout\nsteps:\n  - step: basket\n    calls: ${JSON.stringify(operations)}\n`,
  )
}

function operationsCalled(operations: readonly string[]): readonly (string | undefined)[] {
  return [...callsOf(operations).graph.nodes.values()]
    .filter((node) => node.kind === 'call')
    .map((call) => call.operation)
}

function messages(
  { diagnostics }: ReturnType<typeof compile>,
  ...codes: readonly string[]
): readonly string[] {
  return diagnostics
    .filter((one) => codes.includes(one.code))
    .map((one) => `${one.code} ${one.message}`)
}

test('finds an operation by id, by method and path whatever its parameters are called, and by document', () => {
  const called = operationsCalled([
    'store.getBasket',
    'store get /orders/:id',
    'store DELETE /orders/{order}/lines/{n}/',
    'reviews query ProductReviews',
    'reviews.total',
  ])
  expect(called).toEqual([
    'op:store.getBasket',
    'op:store.getOrder',
    'op:store.DELETE /orders/{id}/lines/{line}',
    'op:reviews.reviews',
    'op:reviews.total',
  ])
})

test('asks "did you mean" in the spelling of the reference', () => {
  const found = messages(
    callsOf([
      'store.getBaskte',
      'store GET /baskte',
      'stroe.getBasket',
      'getBasket',
      'reviews query ProductReview',
      'nothing like it',
    ]),
    'TL2001',
    'TL2012',
  )
  expect(found).toEqual([
    'TL2001 No contract has the operation `store.getBaskte`. Did you mean `store.getBasket`?',
    'TL2001 No contract has the operation `store GET /baskte`. Did you mean `store GET /basket`?',
    'TL2001 No contract has the operation `stroe.getBasket`. Did you mean `store.getBasket`?',
    'TL2001 No contract has the operation `getBasket`. Did you mean `store.getBasket`?',
    'TL2001 No contract has the operation `reviews query ProductReview`. Did you mean `reviews query ProductReviews` or `reviews query reviews`?',
    'TL2001 No contract has the operation `nothing like it`.',
  ])
})

test('leaves the API out where there is only one', () => {
  const { graph } = compile(
    filesOf({
      'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
      'store.yaml': store,
      'checkout.journey.yaml':
        'journey: checkout\nsteps:\n  - step: basket\n    calls: [getBasket, "GET /orders/{id}"]\n',
    }),
  )
  const calls = [...graph.nodes.values()].filter((node) => node.kind === 'call')
  expect(calls.map((call) => call.id)).toEqual([
    'call:checkout/basket/store.getBasket',
    'call:checkout/basket/store.getOrder',
  ])
})

test('links needs to fields, and says what somebody probably meant where it cannot', () => {
  const found = shop(`
journey: checkout
steps:
  - step: basket
    calls:
      - operation: store.getBasket
        needs: ["items[].name", header:link, items.name, delivry.arrivalDays, arrivalDays, nothing]
`)
  const fields = [...found.graph.nodes.values()]
    .filter((node) => node.kind === 'need')
    .map((need) => need.field)
  expect(fields).toEqual([
    'field:store.getBasket:200:items[].name',
    'field:store.getBasket:200:header:Link',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(messages(found, 'TL2003')).toEqual([
    'TL2003 Step checkout/basket needs `items.name`, which GET /basket (200) does not return. Did you mean `items[].name`?',
    'TL2003 Step checkout/basket needs `delivry.arrivalDays`, which GET /basket (200) does not return. Did you mean `delivery.arrivalDays`?',
    'TL2003 Step checkout/basket needs `arrivalDays`, which GET /basket (200) does not return. Did you mean `delivery.arrivalDays`?',
    'TL2003 Step checkout/basket needs `nothing`, which GET /basket (200) does not return.',
  ])
})

test('follows the needs of an operation document through its aliases, and not beyond what it asks for', () => {
  const found = shop(`
journey: checkout
steps:
  - step: product
    calls:
      - operation: reviews query ProductReviews
        needs: ["[].stars", "[].author", "[].rating"]
      - operation: reviews query Both
        needs: ["latest[].rating", total, "latest[].author"]
`)
  const fields = [...found.graph.nodes.values()]
    .filter((node) => node.kind === 'need')
    .map((need) => need.field)
  expect(fields).toEqual([
    'field:reviews.reviews:200:[].rating',
    'field:reviews.reviews:200:[].author',
    undefined,
    'field:reviews.reviews:200:[].rating',
    'field:reviews.total:200:',
    undefined,
  ])
  expect(messages(found, 'TL2003', 'TL3001')).toEqual([
    'TL2003 Step checkout/product needs `[].rating`, which query ProductReviews does not return. `ProductReviews` does not ask for it: add it in app/queries.graphql.',
    'TL2003 Step checkout/product needs `latest[].author`, which query Both does not return. Did you mean `latest[].rating`?',
    'TL3001 No journey calls `store.getBasket`. Remove it, or add the journey that needs it.',
    'TL3001 No journey calls `store.getOrder`. Remove it, or add the journey that needs it.',
    'TL3001 No journey calls `store.DELETE /orders/{id}/lines/{line}`. Remove it, or add the journey that needs it.',
  ])
})

test('fills in what a file leaves out: titles, labels, and the step that follows', () => {
  const { graph } = shop(`
journey: checkout
steps:
  - step: reviewBasket
    calls: [{ operation: store.getBasket, needs: ["items[].name", delivery.arrivalDays] }]
  - step: payment
    next: []
  - step: track-order
`)
  const steps = [...graph.nodes.values()].filter((node) => node.kind === 'step')
  expect(steps.map(({ title, next }) => [title, next])).toEqual([
    ['Review basket', ['step:checkout/payment']],
    ['Payment', []],
    ['Track order', []],
  ])
  const needs = [...graph.nodes.values()].filter((node) => node.kind === 'need')
  expect(needs.map((need) => need.label)).toEqual(['Name', 'Delivery arrival days'])
})

test('follows `same` from a call to its step and on to the app', () => {
  const { graph, diagnostics } = shop(
    `
journey: checkout
steps:
  - step: basket
    states:
      5xx: { show: Our fault, recover: retry }
    calls:
      - operation: store.getBasket
        states:
          503: { same: 5xx }
          offline: { same: timeout, test: "text=offline" }
          empty: { same: emtpy }
`,
    {
      'throughline.yaml':
        'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\nstates: { timeout: A banner, offline: { same: timeout } }\n',
    },
  )
  const states = [...graph.nodes.values()].filter((node) => node.kind === 'state')
  expect(states.map(({ id, show, test, recover }) => [id, show, test, recover])).toEqual([
    ['state:checkout/basket/5xx', 'Our fault', undefined, 'retry'],
    ['state:checkout/basket/store.getBasket/503', 'Our fault', undefined, 'retry'],
    ['state:checkout/basket/store.getBasket/offline', 'A banner', 'text=offline', undefined],
    ['state:checkout/basket/store.getBasket/empty', undefined, undefined, undefined],
  ])
  expect([...graph.appStates].map(([condition, state]) => [condition, state.show])).toEqual([
    ['timeout', 'A banner'],
    ['offline', 'A banner'],
  ])
  expect(messages({ graph, diagnostics }, 'TL2013')).toEqual(['TL2013 `emtpy` is no state here.'])
})

test('keeps edges in both directions', () => {
  const { graph } = shop(`
journey: checkout
steps:
  - step: basket
    calls:
      - { operation: store.getBasket, needs: ["items[].name"] }
      - { operation: store.getOrder, after: store.getBasket }
`)
  const edges = [...graph.outgoing.values()].flat()
  for (const edge of edges) expect(graph.incoming.get(edge.to)).toContain(edge)
  expect(
    edges
      .filter((edge) => edge.from.includes('checkout'))
      .map(({ kind, from, to }) => `${from} ${kind} ${to}`),
  ).toEqual([
    'journey:checkout has step:checkout/basket',
    'step:checkout/basket has call:checkout/basket/store.getBasket',
    'step:checkout/basket has call:checkout/basket/store.getOrder',
    'call:checkout/basket/store.getBasket calls op:store.getBasket',
    'call:checkout/basket/store.getBasket needs need:checkout/basket/store.getBasket/items[].name',
    'need:checkout/basket/store.getBasket/items[].name reads field:store.getBasket:200:items[].name',
    'call:checkout/basket/store.getOrder calls op:store.getOrder',
    'call:checkout/basket/store.getOrder after call:checkout/basket/store.getBasket',
  ])
})
