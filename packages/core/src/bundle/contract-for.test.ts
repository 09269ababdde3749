import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { compile } from '../compile.ts'
import type { Contract } from '../operation/api.ts'
import { contractFor, isForOthers, type ContractForOptions } from './contract-for.ts'

const files = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'policy.yaml': `
classes: { purchasing: { contains: [buyingPrice], audience: internal } }
`,
  'checkout.journey.yaml': `
journey: checkout
title: Buy
steps:
  - step: basket
    title: Basket
    calls:
      - operation: store.getBasket
        needs: [total, { path: margin, absent: Nothing is shown }]
  - step: stock
    title: Stock
    calls: [{ operation: store.getStock, needs: [count] }]
`,
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
tags: [{ name: shop }, { name: office }]
paths:
  /basket:
    get:
      operationId: getBasket
      tags: [shop]
      parameters: [{ name: trace, in: query, x-internal: true, schema: { type: string } }]
      responses:
        200:
          description: The basket
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Basket' }
              examples: { one: { value: { total: 3, margin: 1, supplier: { name: Mill }, buyingPrice: 2 } } }
          links: { stock: { operationId: getStock } }
  /stock:
    get:
      operationId: getStock
      tags: [office]
      x-audience: company-internal
      responses: { 200: { description: Stock, content: { application/json: { schema: { $ref: '#/components/schemas/Stock' } } } } }
  /hints:
    get:
      operationId: listHints
      x-audience: [partner]
      responses: { 200: { description: Hints } }
components:
  schemas:
    Basket:
      type: object
      required: [total, margin, buyingPrice]
      properties:
        total: { type: integer }
        margin: { type: integer, x-internal: true }
        supplier: { $ref: '#/components/schemas/Supplier' }
        buyingPrice: { type: integer }
        payment: { $ref: '#/components/schemas/Payment' }
    Supplier: { type: object, x-internal: true, properties: { name: { type: string } } }
    Stock: { type: object, properties: { count: { type: integer } } }
    Payment: { type: object, discriminator: { propertyName: kind }, properties: { kind: { type: string } } }
    Card: { allOf: [{ $ref: '#/components/schemas/Payment' }] }
    Unused: { type: string }
`,
}

function written(options: ContractForOptions) {
  const { graph } = compile(filesOf(files))
  const api = graph.apis[0]!
  return contractFor(graph, { ...api, contract: api.contract! }, options)
}

test('leaves out what the public may not see, what only leads there, and names the steps that lose by it', () => {
  const { value, removed, lost, problems } = written({ audience: 'public' })
  expect(problems).toEqual([])
  expect(removed.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    'GET /basket parameters.0: x-internal: true',
    'GET /stock: x-audience: company-internal',
    'GET /hints: x-audience: partner',
    'Basket.margin: x-internal: true',
    'Basket.supplier: x-internal: true',
    'Basket.buyingPrice: class purchasing is internal',
    'Supplier: x-internal: true',
  ])
  expect(lost).toEqual([
    {
      step: 'checkout/basket',
      operation: 'store.getBasket',
      need: 'margin',
      absent: 'Nothing is shown',
    },
    { step: 'checkout/stock', operation: 'store.getStock' },
  ])
  const text = JSON.stringify(value)
  for (const secret of [
    'margin',
    'buyingPrice',
    'upplier',
    'Mill',
    'tock',
    'hints',
    'office',
    'trace',
  ])
    expect(text).not.toContain(secret)
  expect(value).toMatchObject({
    components: {
      schemas: { Basket: { required: ['total'] }, Card: {}, Payment: {} },
    },
  })
  expect(text).not.toContain('Unused')
})

test('shows partners what is theirs, and those inside everything', () => {
  expect(JSON.stringify(written({ audience: 'partner' }).value)).toContain('/hints')
  expect(written({ audience: 'internal' })).toMatchObject({ removed: [], lost: [] })
})

test('leaves nothing out where nobody asks for it', () => {
  const { value, removed } = written({})
  expect(removed).toEqual([])
  expect(JSON.stringify(value)).toContain('Unused')
})

test('keeps only what journeys call', () => {
  const { value, removed, lost } = written({ journeysOnly: true })
  expect(removed).toMatchObject([{ what: 'GET /hints', why: 'no journey calls it' }])
  expect(Object.keys((value as { paths: object }).paths)).toEqual(['/basket', '/stock'])
  expect(lost).toEqual([])
})

test('applies overlays before it looks what is internal, and tells those that do nothing', () => {
  const { value, lost, problems } = written({
    audience: 'public',
    overlays: [
      {
        file: 'public.overlay.yaml',
        actions: [
          {
            target: '$.components.schemas.Basket.properties.total',
            update: { 'x-internal': true },
          },
          { target: '$.paths.gone', remove: true },
        ],
      },
    ],
  })
  expect(JSON.stringify(value)).not.toContain('total')
  expect(lost).toContainEqual({
    step: 'checkout/basket',
    operation: 'store.getBasket',
    need: 'total',
  })
  expect(problems).toEqual([
    'public.overlay.yaml: the target of action 2 ($.paths.gone) selects nothing.',
  ])
})

test('knows a contract that is for others only', () => {
  const { graph } = compile(
    filesOf({
      'a.yaml': `openapi: 3.0.3\ninfo: { title: A, version: '1', x-audience: business-unit-internal }\npaths: {}\n`,
    }),
    { contracts: ['a.yaml'] },
  )
  const contract: Contract = graph.apis[0]!.contract!
  expect(isForOthers(contract, 'partner')).toBe('x-audience: business-unit-internal')
  expect(isForOthers(contract, 'internal')).toBeUndefined()
})
