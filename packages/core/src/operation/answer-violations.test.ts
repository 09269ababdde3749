import { expect, test } from 'vitest'
import { nodeOf } from '../2-link/ask.ts'
import { compiled } from '../../test/compile-marked.ts'
import { answerViolations } from './answer-violations.ts'

const { graph } = compiled({
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200":
          description: The basket
          headers: { ETag: { required: true, schema: { type: string } } }
          content:
            application/json:
              schema: { type: object, properties: { items: { type: array, items: { type: object, required: [price], properties: { price: { type: number } } } } } }
`,
})

test('names what is wrong or missing by pointer and as journeys write it', () => {
  const body = '{"items":[{"price":"3.20"},{}]}'
  const header = (name: string): string | undefined =>
    name === 'content-type' ? 'application/json' : undefined
  const { violations } = answerViolations(nodeOf(graph, 'operation', 'op:store.getBasket')!, {
    status: 200,
    header,
    body,
    opaque: false,
  })
  expect(
    violations.map(({ pointer, field, expected, got }) => [pointer, field, expected, got]),
  ).toEqual([
    ['', 'header:ETag', 'a value', 'nothing'],
    ['/items/0/price', 'items[].price', 'a number', '"3.20"'],
    ['/items/1/price', 'items[].price', 'a value', 'nothing'],
  ])
})

test('holds a header to its schema', () => {
  const { graph: priced } = compiled({
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200": { description: The basket, headers: { RateLimit-Limit: { schema: { type: integer } } } }
`,
  })
  const judged = (value: string) =>
    answerViolations(nodeOf(priced, 'operation', 'op:store.getBasket')!, {
      status: 200,
      header: (name) => (name === 'ratelimit-limit' ? value : undefined),
      body: '',
      opaque: false,
    }).violations.map(({ field, expected, got }) => [field, expected, got])
  expect(judged('60')).toEqual([])
  expect(judged('many')).toEqual([['header:RateLimit-Limit', 'an integer', '"many"']])
})
