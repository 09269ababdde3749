import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { freshnessMapOf } from './freshness-map-of.ts'

test('puts what a screen shows out of date before everything else, and leads to its step', () => {
  const graph = graphOf({
    'throughline.yaml': 'throughline: 1\napis: { store: { contract: store.yaml } }\n',
    'policy.yaml':
      'freshness: [{ match: store.getPrices, maxAge: 60s }, { match: store.getOrder, maxAge: 10s }]\n',
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /prices:
    get:
      operationId: getPrices
      responses:
        '200':
          description: Prices
          headers: { Cache-Control: { schema: { type: string, example: "max-age=30" } }, ETag: { schema: { type: string } } }
          content: { application/json: { schema: { type: object, properties: { amount: { type: number } } } } }
  /shelf: { get: { operationId: getShelf, responses: { '204': { description: Nothing } } } }
  /order: { get: { operationId: getOrder, responses: { '204': { description: Nothing } } } }
`,
    'buy.journey.yaml': `journey: buy
title: Buy bread
steps:
  - { step: shelf, title: The shelf, screen: /shelf, calls: [store.getShelf, { operation: store.getPrices, needs: [amount] }] }
  - { step: order, calls: [store.getOrder] }
  - { step: pay, budget: { p75: 1s }, calls: [{ operation: store.getOrder, maxAge: 0s }, { operation: store.getPrices, maxAge: 5s }] }
`,
  })
  const { rows, total } = freshnessMapOf(graph)
  expect(total).toBe(5)
  expect(rows.map(({ verdict, step, operation }) => [verdict, step.step, operation])).toEqual([
    ['stale', 'buy/pay', 'store.getPrices'],
    ['unsaid', 'buy/shelf', 'store.getShelf'],
    ['advice', 'buy/order', 'store.getOrder'],
    ['advice', 'buy/pay', 'store.getOrder'],
    ['fits', 'buy/shelf', 'store.getPrices'],
  ])
  expect(rows[0]).toMatchObject({
    request: 'GET /prices',
    url: '/reference/store.getPrices',
    call: 5,
    policy: 60,
    contract: 'max-age=30, ETag',
    problem: '/diagnostics?code=TL3011',
    step: { journey: 'Buy bread', url: '/journeys/buy?step=pay' },
  })
  expect(rows[4]).toMatchObject({ screen: '/shelf', fields: ['amount'], policy: 60, advice: [] })
  expect(rows[4]).not.toHaveProperty('call')

  const answered = new Map([
    ['store.getPrices', { maxAge: 90, noStore: false, said: true, etag: false, answers: 3 }],
  ])
  const [shelf, pays] = freshnessMapOf(graph, answered).rows
  expect(pays).toMatchObject({ verdict: 'stale', observed: 'max-age=90' })
  expect(shelf).toMatchObject({
    verdict: 'stale',
    step: { step: 'buy/shelf' },
    operation: 'store.getPrices',
    contract: 'max-age=30, ETag',
    observed: 'max-age=90',
  })
  // What the contract says is no problem of the files here.
  expect(shelf).not.toHaveProperty('problem')
})
