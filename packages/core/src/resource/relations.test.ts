import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { Operation } from '../operation/operation.ts'
import { relationsOf } from './relations.ts'
import type { Relations } from './relations.ts'

const thing = (...names: readonly string[]): string =>
  `{ type: object, properties: { ${names.map((one) => `${one}: { type: string }`).join(', ')} } }`

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /orders:
    post:
      operationId: placeOrder
      responses:
        '201':
          description: Made
          content: { application/json: { schema: ${thing('uuid', 'ticket', 'buyer')} } }
          links:
            order: { operationId: getOrder, parameters: { reference: '$response.body#/ticket' } }
            gone: { operationId: nobody, parameters: { id: '$response.body#/uuid' } }
    get:
      operationId: listOrders
      responses:
        '200':
          description: All
          content: { application/json: { schema: { type: object, properties: { orders: { type: array, items: ${thing('uuid', 'ticket', 'buyer', 'place')} } } } } }
          links:
            buyer: { $ref: '#/components/links/Buyer' }
            address:
              operationRef: '#/paths/~1people~1{person}~1addresses~1{address}/get'
              parameters: { path.person: '{$response.body#/orders/0/buyer}', path.address: '$response.body#/orders/0/place' }
  /orders/{reference}:
    get:
      operationId: getOrder
      responses: { '200': { description: One, content: { application/json: { schema: ${thing('uuid', 'ticket', 'buyer')} } } } }
  /people:
    get: { operationId: listPeople, responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: ${thing('id', 'name')} } } } } } }
  /people/{person}:
    get: { operationId: getPerson, responses: { '200': { description: One, content: { application/json: { schema: ${thing('id', 'name')} } } } } }
  /people/{person}/addresses:
    get: { operationId: listAddresses, responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: ${thing('id', 'street')} } } } } } }
  /people/{person}/addresses/{address}:
    get: { operationId: getAddress, responses: { '200': { description: One, content: { application/json: { schema: ${thing('id', 'street')} } } } } }
components:
  links:
    Buyer: { operationId: getPerson, parameters: { person: '$response.body#/orders/0/buyer' } }
`,
}

test('takes from the links of an answer what its values lead on to', () => {
  const { relations, operation } = store()
  const references = relations.referencesOf(operation('listOrders'))
  expect(references.map(({ at, target }) => [at.join('/'), target.path])).toEqual([
    ['orders/0/buyer', '/people'],
    ['orders/0/place', '/people/{person}/addresses'],
  ])
  const orders = relations.named('orders')!
  expect(relations.referencesIn(orders)).toMatchObject([
    { at: ['buyer'], target: { path: '/people' }, parents: new Map() },
    { at: ['place'], parents: new Map([['person', { kind: 'answer', at: ['buyer'] }]]) },
  ])
  expect(relations.referred('buyer', orders)?.path).toBe('/people')
  expect([relations.referred('buyer'), relations.referred('place', orders)]).toEqual([
    undefined,
    undefined,
  ])
})

test('knows a thing by what a link to it gives, and does not take that for a way elsewhere', () => {
  const { relations, operation } = store()
  expect(relations.named('orders')).toMatchObject({ idProperty: 'ticket' })
  expect(relations.referencesOf(operation('placeOrder'))).toEqual([])
})

function store(): {
  readonly relations: Relations
  readonly operation: (name: string) => Operation
} {
  const { graph } = compile({
    paths: Object.keys(files),
    read: (path) =>
      Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
  })
  const { operations } = graph.apis[0]!.contract!
  return {
    relations: relationsOf(operations),
    operation: (name) => operations.find((one) => one.name === name)!,
  }
}
