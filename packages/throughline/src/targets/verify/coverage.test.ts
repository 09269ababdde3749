import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { senderOf } from '../../../test/sender-of.ts'
import { verify } from './verify.ts'

const { graph } = compile(
  filesOf({
    'throughline.yaml': `throughline: 1
apis: { store: apis/store.yaml }
`,
    'apis/store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      parameters:
        - { name: currency, in: query, schema: { type: string, enum: [EUR, USD] } }
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: { type: array, items: { type: object, properties: { name: { type: string }, price: { type: number } } } }
                  eta: { type: string }
        '404': { description: No basket }
    delete:
      operationId: emptyBasket
      responses: { '204': { description: Empty }, '409': { description: Being paid } }
`,
    'journeys/checkout.journey.yaml': `journey: checkout
steps:
  - step: basket
    screen: /basket
    calls:
      - operation: store.getBasket
        needs: ['items[].name', 'items[].price', eta]
        states:
          loading: { show: Grey rows }
          empty: { show: Your basket is empty }
          404: { show: A new basket }
`,
  }),
)

test('names what a run reached and what not, and why', async () => {
  const send = senderOf((request) =>
    request.method === 'GET'
      ? Response.json({ items: [{ name: 'Teapot', price: null }] })
      : new Response(null, { status: 204 }),
  )
  const { coverage } = await verify(graph, { send, seed: 1, phases: new Set(['coverage']) })
  expect(coverage).toEqual({
    operations: {
      reached: 2,
      total: 2,
      unreached: [],
      answered: ['store.getBasket', 'store.emptyBasket'],
    },
    statuses: {
      reached: 2,
      total: 4,
      unreached: [
        { name: 'store.getBasket 404', why: 'answered only 200' },
        { name: 'store.emptyBasket 409', why: 'answered only 204' },
      ],
    },
    parameters: { reached: 1, total: 1, unreached: [] },
    needs: {
      reached: 1,
      total: 3,
      unreached: [
        { name: 'checkout/basket items[].price', why: 'no answer had it' },
        { name: 'checkout/basket eta', why: 'no answer had it' },
      ],
    },
    states: {
      reached: 0,
      total: 2,
      unreached: [
        { name: 'checkout/basket store.getBasket empty', why: '`items` was never empty' },
        { name: 'checkout/basket store.getBasket 404', why: 'answered only 200' },
      ],
    },
  })
})

test('sees an empty list and a state that a status brings about', async () => {
  let turn = 0
  const send = senderOf((request) =>
    request.method === 'DELETE'
      ? new Response(null, { status: 409 })
      : turn++ % 2 === 0
        ? Response.json({ items: [], eta: 'tomorrow' })
        : Response.json({ title: 'No basket' }, { status: 404 }),
  )
  const { coverage } = await verify(graph, { send, seed: 1, phases: new Set(['coverage']) })
  expect(coverage.states).toEqual({ reached: 2, total: 2, unreached: [] })
  expect(coverage.needs.unreached.map(({ name }) => name)).toEqual([
    'checkout/basket items[].name',
    'checkout/basket items[].price',
  ])
})

test('says what was never asked', async () => {
  const send = senderOf(() => Response.json({}))
  const { coverage } = await verify(graph, { send, seed: 1, phases: new Set() })
  expect(coverage.operations.unreached).toContainEqual({
    name: 'store.emptyBasket',
    why: 'never asked',
  })
})
