import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { cachingIn } from '../operation/caching.ts'
import { freshnessOf } from './freshness-of.ts'

const graph = graphOf({
  'throughline.yaml': 'throughline: 1\napis: { store: { contract: store.yaml } }\n',
  'policy.yaml': 'freshness: [{ match: store.getPrices, maxAge: 60s }]\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /prices:
    get:
      operationId: getPrices
      responses:
        '200':
          description: Prices
          headers: { Cache-Control: { schema: { type: string, example: "private, max-age=3600" } } }
          content: { application/json: { schema: { type: object, properties: { amount: { type: number } } } } }
  /shelf: { get: { operationId: getShelf, responses: { '204': { description: Nothing } } } }
`,
  'buy.journey.yaml': `journey: buy
steps:
  - { step: shelf, screen: /shelf, budget: { p75: 1s }, calls: [{ operation: store.getPrices, needs: [amount] }, store.getShelf] }
  - { step: pay, calls: [{ operation: store.getPrices, maxAge: 5s }] }
`,
})

test('puts what a screen tolerates beside what the contract promises and what answers said', () => {
  const seen = { ...cachingIn('max-age=120'), said: true, etag: true, answers: 3 }
  const [shelf, plain, pay] = freshnessOf(graph, new Map([['store.getPrices', seen]]))
  expect(shelf).toMatchObject({
    step: 'buy/shelf',
    screen: '/shelf',
    fields: ['amount'],
    tolerated: { seconds: 60, by: 'policy' },
    contract: { maxAge: 3600, noStore: false, etag: false },
    observed: { maxAge: 120, answers: 3 },
  })
  expect(shelf!.advice).toEqual([
    'The contract lets it be kept for 1 h, and the screen tolerates 1 min: lower max-age.',
    'Answers say max-age=120, and the screen tolerates 1 min: it shows what is out of date.',
    'The contract says "max-age=3600", and answers "max-age=120, ETag": mend one of them.',
    'The screen has a budget and tolerates 1 min: "stale-while-revalidate=60" lets it show the last answer while a new one comes.',
  ])
  expect(plain).toMatchObject({ operation: 'store.getShelf', advice: [] })
  expect(pay).toMatchObject({ tolerated: { seconds: 5, by: 'journey' } })
})

test('advises an ETag where several screens read the same', () => {
  expect(freshnessOf(graph)[2]!.advice).toContain(
    'Several screens read it: with an ETag the second answer can be a 304 without a body.',
  )
})
