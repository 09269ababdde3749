import { fileURLToPath } from 'node:url'
import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { graphOf } from '../../core/test/graph-of.ts'
import { listen } from '../src/targets/mock/listen.ts'
import { mock } from '../src/targets/mock/mock.ts'
import { senderTo } from '../src/targets/verify/send.ts'
import { allPhases, verify } from '../src/targets/verify/verify.ts'
import { openWorkspace } from '../src/workspace/workspace.ts'

// Two implementations of one contract look at each other: the mock keeps what `test` asks for, whatever it is filled with.

const { graph } = compile(
  openWorkspace(fileURLToPath(new URL('../../../examples/storefront', import.meta.url))),
)

test.each(['typical', 'minimal', 'empty', 'one', 'many', 'extreme'])(
  'finds nothing wrong with the mock of the example filled with %s',
  { timeout: 60_000 },
  async (dataset) => {
    const server = await listen(mock(graph, { dataset, seed: 1 }), { port: 0 })
    const sender = senderTo({ target: `${server.url}/store`, connections: 4 })
    try {
      const { findings, ended } = await verify(graph, {
        send: sender.send,
        seed: 1,
        phases: new Set(allPhases),
        fuzz: 5,
        workers: 4,
        // A basket of many things is larger than its budget: to show that is what the data set is for.
        isOn: (check) => check !== 'budget',
      })
      expect(ended).toBeUndefined()
      expect(
        findings.map((one) => [
          one.check,
          one.message,
          one.reproduce.curl,
          one.reproduce.answer?.body,
        ]),
      ).toEqual([])
    } finally {
      await sender.close()
      await server.close()
    }
  },
)

const governed = graphOf({
  'throughline.yaml': `throughline: 1
name: Shop
apis:
  store: { contract: store.yaml }
  reviews: { contract: reviews.graphql }
`,
  'policy.yaml': `validation:
  - { match: '**.currency', schema: { type: string, pattern: '^[A-Z]{3}$' } }
  - { match: '**.id', schema: { pattern: '^[a-z]{4}-[0-9]{4}$' } }
  - { match: 'store.listOrders.[].total', schema: { minimum: 100, maximum: 900, multipleOf: 5 } }
  - { match: '**.labels[]', schema: { enum: [organic, local] } }
  - { match: '**.coupon', schema: { minLength: 6, maxLength: 6 } }
  - { match: '**.note', schema: { maxLength: 20, pattern: '^[a-z ]+$' } }
  - { match: 'X-Page', schema: { minimum: 3, maximum: 4 } }
  - { match: '**.author', schema: { pattern: '^[A-Z][a-z]{2,9}$' } }
  - { match: '**.rating', schema: { minimum: 1, maximum: 5 } }
`,
  'store.yaml': `openapi: 3.0.3
info: { title: Store, version: 1.0.0 }
paths:
  /orders:
    get:
      operationId: listOrders
      parameters: [{ name: coupon, in: query, schema: { type: string } }]
      responses:
        '200':
          description: All of them
          headers: { X-Page: { schema: { type: integer } } }
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } }
    post:
      operationId: placeOrder
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewOrder' } } }
      responses:
        '201': { description: Placed, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
        '400': { description: Wrong }
  /orders/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getOrder
      responses:
        '200':
          description: One
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
              example: { id: no-rule-kept, total: 7, currency: euro, note: 'No!', labels: [], coupon: x }
        '404': { description: Gone }
components:
  schemas:
    Currency: { type: string, example: euro }
    NewOrder:
      type: object
      required: [currency]
      properties:
        coupon: { type: string, nullable: true }
        currency: { $ref: '#/components/schemas/Currency' }
        note: { type: string }
    Order:
      allOf:
        - $ref: '#/components/schemas/NewOrder'
        - type: object
          required: [id, total, currency]
          properties:
            id: { type: string, readOnly: true }
            total: { type: number, readOnly: true }
            labels: { type: array, items: { type: string } }
            note: { type: string, maxLength: 60 }
`,
  'reviews.graphql': `type Query { reviews: [Review!]! review(id: ID!): Review }
type Review { id: ID! author: String! rating: Int! note: String }
`,
})

test.each(['typical', 'minimal', 'empty', 'one', 'many', 'extreme'])(
  'keeps to what the policy asks of values in the mock filled with %s',
  { timeout: 60_000 },
  async (dataset) => {
    const played = mock(governed, { dataset, seed: 1 })
    const findings = []
    for (const [api, path] of [
      ['store', 'store'],
      ['reviews', 'reviews'],
    ] as const) {
      const server = await listen(played, { port: 0 })
      const sender = senderTo({ target: `${server.url}/${path}`, connections: 4 })
      try {
        const ended = await verify(governed, {
          send: sender.send,
          seed: 1,
          phases: new Set(allPhases),
          fuzz: 5,
          workers: 4,
          operations: (one) => one.api === api,
          isOn: (check) => check === 'response-schema',
        })
        findings.push(...ended.findings)
      } finally {
        await sender.close()
        await server.close()
      }
    }
    expect(findings.map((one) => [one.message, one.reproduce.answer?.body])).toEqual([])
  },
)
