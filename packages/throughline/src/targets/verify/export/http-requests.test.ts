import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../../core/test/in-memory-files.ts'
import { httpRequests } from './http-requests.ts'

const { graph } = compile(
  filesOf({
    'throughline.yaml': `throughline: 1
apis: { store: { contract: store.yaml, environments: { staging: 'https://staging.store.example/' } } }
`,
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
components: { securitySchemes: { member: { type: http, scheme: bearer } } }
paths:
  /products:
    get:
      operationId: listProducts
      parameters: [{ name: search, in: query, required: true, example: green tea, schema: { type: string } }]
      responses: { '200': { description: Products } }
  /orders:
    post:
      operationId: createOrder
      security: [{ member: [] }]
      requestBody:
        required: true
        content: { application/json: { example: { sku: TEA }, schema: { type: object } } }
      responses: { '201': { description: Placed }, '409': { description: Sold out } }
  /pictures:
    put:
      operationId: putPicture
      requestBody: { required: true, content: { text/plain: { example: "### not a request", schema: { type: string } } } }
      responses: { '204': { description: Kept } }
`,
    'journeys/checkout.journey.yaml':
      'journey: checkout\nsteps: [{ step: pay, calls: [store.createOrder] }]\n',
  }),
)

test('writes a request for each operation and for each status that is known to be reached', () => {
  const reached = {
    version: 1,
    operations: {
      createOrder: {
        409: { parameters: {}, body: { type: 'application/json', value: { sku: 'GONE' } } },
      },
    },
  }
  const { text, leftOut } = httpRequests(graph, {
    readFile: (path) =>
      path === 'reached/store.json' ? new TextEncoder().encode(JSON.stringify(reached)) : undefined,
  })
  expect(leftOut).toEqual(['store.putPicture: its request cannot be written as text'])
  expect(`\n${text}`).toMatchInlineSnapshot(`
    "
    @store = https://staging.store.example
    @token = put-yours-here

    ### store.listProducts
    GET {{store}}/products?search=green%20tea

    ### store.createOrder
    # checkout/pay
    POST {{store}}/orders
    content-type: application/json
    Authorization: Bearer {{token}}

    {"sku":"TEA"}

    ### store.createOrder 409
    # checkout/pay
    POST {{store}}/orders
    content-type: application/json
    Authorization: Bearer {{token}}

    {"sku":"GONE"}
    "
  `)
})
