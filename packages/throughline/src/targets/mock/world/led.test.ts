import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from '../mock.ts'

const text = '{ type: string, minLength: 4, maxLength: 12 }'
const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /orders:
    get:
      responses:
        '200':
          description: All
          content: { application/json: { schema: { type: object, required: [orders], properties: { orders: { type: array, minItems: 4, items: { $ref: '#/components/schemas/Order' } } } } } }
          links:
            buyer: { operationId: getCustomer, parameters: { customerId: '$response.body#/orders/0/buyer/reference' } }
            address:
              operationId: getAddress
              parameters: { customerId: '$response.body#/orders/0/buyer/reference', addressId: '$response.body#/orders/0/place' }
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
  /orders/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
  /checkouts:
    post:
      responses:
        '201':
          description: Begun
          content: { application/json: { schema: { type: object, required: [customer, at], properties: { customer: ${text}, at: ${text} } } } }
          links: { customer: { operationId: getCustomer, parameters: { customerId: '$response.body#/customer' } } }
  /customers:
    get: { responses: { '200': { description: All, content: { application/json: { schema: { type: array, minItems: 3, items: { $ref: '#/components/schemas/Customer' } } } } } } }
  /customers/{customerId}:
    get:
      operationId: getCustomer
      parameters: [{ name: customerId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Customer' } } } } }
  /customers/{customerId}/addresses:
    get:
      parameters: [{ name: customerId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: All, content: { application/json: { schema: { type: array, minItems: 2, items: { $ref: '#/components/schemas/Address' } } } } } }
  /customers/{customerId}/addresses/{addressId}:
    get:
      operationId: getAddress
      parameters: [{ name: customerId, in: path, required: true, schema: { type: string } }, { name: addressId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Address' } } } } }
components:
  schemas:
    Order: { type: object, required: [id, buyer, place], properties: { id: { type: string }, place: ${text}, buyer: { type: object, required: [reference], properties: { reference: ${text} } } } }
    Customer: { type: object, required: [id, name], properties: { id: ${text}, name: { type: string } } }
    Address: { type: object, required: [id, street], properties: { id: ${text}, street: { type: string } } }
`,
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})

interface Thing {
  readonly id: string
}

interface Order extends Thing {
  readonly place: string
  readonly buyer: { readonly reference: string }
}

test('gives ids of things that are there where a link of the contract leads on with them', async () => {
  const { orders } = await asked<{ readonly orders: readonly Order[] }>('GET /orders')
  const customers = await asked<readonly Thing[]>('GET /customers')
  const known = customers.map((one) => one.id)
  for (const order of orders) {
    const { reference } = order.buyer
    expect(known).toContain(reference)
    const customer = customers.find((one) => one.id === reference)
    expect(await asked(`GET /customers/${encodeURIComponent(reference)}`)).toEqual(customer)
    const addresses = await asked<readonly Thing[]>(
      `GET /customers/${encodeURIComponent(reference)}/addresses`,
    )
    expect(addresses.map((one) => one.id)).toContain(order.place)
    expect(await asked(`GET /orders/${encodeURIComponent(order.id)}`)).toEqual(order)
  }
  expect(new Set(orders.map((one) => one.buyer.reference)).size).toBeGreaterThan(1)
})

test('does so in what is made up for a new thing, and in the answer to what makes none', async () => {
  const customers = await asked<readonly Thing[]>('GET /customers')
  const { buyer } = await asked<Order>('POST /orders')
  expect(customers.map((one) => one.id)).toContain(buyer.reference)
  const { customer, at } = await asked<Readonly<Record<string, string>>>('POST /checkouts')
  expect(customers.map((one) => one.id)).toContain(customer)
  expect(at).not.toBe(customer)
})

async function asked<T>(line: string): Promise<T> {
  const [method, path] = line.split(' ')
  const answer = await mock(graph, { seed: 7 }).handle(
    new Request(`http://mock.example${path}`, {
      method: method!,
      ...(method === 'POST' && { body: '{}', headers: { 'content-type': 'application/json' } }),
    }),
  )
  expect(answer.status).toBeLessThan(300)
  return (await answer.json()) as T
}
