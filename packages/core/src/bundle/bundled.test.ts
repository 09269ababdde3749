import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { compile } from '../compile.ts'
import { diffGraphs } from '../diff/diff-graphs.ts'
import { bundled } from './bundled.ts'

const packages = fileURLToPath(new URL('../../..', import.meta.url))
const house = fileURLToPath(new URL('../../../..', import.meta.url))

function compiledFiles(files: Readonly<Record<string, string>>, contract: string) {
  return compile(filesOf(files), { contracts: [contract] })
}

function bundleOf(files: Readonly<Record<string, string>>, contract: string) {
  return bundled(compiledFiles(files, contract).graph.apis[0]!.contract!.root)
}

const contracts = [
  ...globSync('*/src/**/fixtures/**/store*.yaml', { cwd: packages }),
  ...globSync('*/test/publish/*.openapi.yaml', { cwd: packages }),
  '../examples/storefront/apis/store.openapi.yaml',
  'throughline/src/server/studio.openapi.yaml',
]

test.each(contracts)('bundles %s into what says the same', (path) => {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const files = Object.fromEntries(
    globSync('**/*.{yaml,json}', { cwd: packages + folder }).map((name) => [
      name,
      readFileSync(packages + folder + name, 'utf8'),
    ]),
  )
  const name = path.slice(folder.length)
  const before = compiledFiles(files, name)
  const { value } = bundled(before.graph.apis[0]!.contract!.root)
  const text = JSON.stringify(value)
  const after = compiledFiles({ [name]: text }, name)
  const { changes } = diffGraphs(before.graph, after.graph)
  // Schemas of other files have names now.
  expect(changes.filter(({ code }) => code !== 'shared-schema-added')).toEqual([])
  const codes = (all: typeof before) => new Set(all.diagnostics.map((one) => one.code))
  expect([...codes(after)].filter((one) => !codes(before).has(one))).toEqual([])
  // A bundle of a bundle is the same text: nothing is left to bring in.
  expect(JSON.stringify(bundled(after.graph.apis[0]!.contract!.root).value)).toBe(text)
  expect(text).not.toMatch(/"\$ref":"(?!#|https:)/)
})

test('leaves all of GitHub as it is', () => {
  const text = readFileSync(
    new URL('node_modules/@octokit/openapi/generated/api.github.com.json', `file://${house}`),
    'utf8',
  )
  expect(bundleOf({ 'github.json': text }, 'github.json')).toEqual({
    value: JSON.parse(text),
    problems: [],
  })
}, 60_000)

const shop = {
  'shop.yaml': `
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /basket: { $ref: 'paths/basket.yaml' }
  /orders:
    get:
      operationId: listOrders
      responses:
        200:
          description: Orders
          content: { application/json: { schema: { $ref: 'schemas/order.yaml#/$defs/Item' } } }
        404: { $ref: 'responses.yaml#/NotFound' }
components:
  schemas:
    Item: { type: object, properties: { local: { type: string } } }
    Order: { $ref: 'schemas/order.yaml' }
`,
  'paths/basket.yaml': `
get:
  operationId: getBasket
  responses:
    200:
      description: The basket
      content: { application/json: { schema: { $ref: '../schemas/basket.yaml' } } }
`,
  'schemas/basket.yaml': `
type: object
properties:
  items: { type: array, items: { $ref: 'order.yaml#/$defs/Item' } }
  own: { $ref: '../shop.yaml#/components/schemas/Item' }
  order: { $ref: order.yaml }
  parent: { $ref: '#' }
  payment: { $ref: payment.yaml }
`,
  'schemas/order.yaml': `
$id: https://shop.example/order
type: object
properties: { items: { type: array, items: { $ref: '#/$defs/Item' } } }
$defs:
  Item: { type: object, properties: { name: { type: string }, within: { $ref: '#' } } }
`,
  'schemas/payment.yaml': `
oneOf: [{ $ref: 'card.yaml' }, { $ref: '#/$defs/Item' }]
discriminator: { propertyName: kind, mapping: { plastic: ./card.yaml } }
$defs: { Item: { type: object, properties: { kind: { type: string } } } }
`,
  'schemas/card.yaml': 'type: object\nproperties: { kind: { type: string } }\n',
  'responses.yaml': 'NotFound: { description: There is none }\n',
}

test('brings other files in, keeps what is recursive, and gives clashing names a number', () => {
  const { value, problems } = bundleOf(shop, 'shop.yaml')
  expect(problems).toEqual([])
  expect(value).toMatchObject({
    paths: {
      '/basket': { get: { operationId: 'getBasket' } },
      '/orders': { get: { responses: { 404: { $ref: '#/components/responses/NotFound' } } } },
    },
    components: {
      responses: { NotFound: { description: 'There is none' } },
      schemas: {
        Item: { properties: { local: { type: 'string' } } },
        Order: { properties: { items: { items: { $ref: '#/components/schemas/Item_2' } } } },
        Item_2: { properties: { within: { $ref: '#/components/schemas/Order' } } },
        basket: {
          properties: {
            items: { items: { $ref: '#/components/schemas/Item_2' } },
            own: { $ref: '#/components/schemas/Item' },
            order: { $ref: '#/components/schemas/Order' },
            parent: { $ref: '#/components/schemas/basket' },
          },
        },
        payment: {
          discriminator: {
            mapping: {
              plastic: '#/components/schemas/card',
              Item: '#/components/schemas/Item_3',
            },
          },
        },
      },
    },
  })
  expect(JSON.stringify(value)).not.toMatch(/\$id|\$defs/)
})

test('tells what leads nowhere, and ends what leads in a circle', () => {
  const { value, problems } = bundleOf(
    {
      'shop.yaml': `
openapi: 3.0.3
info: { title: Shop, version: '1' }
paths: { /basket: { $ref: a.yaml }, /gone: { $ref: gone.yaml } }
`,
      'a.yaml': '$ref: b.yaml\n',
      'b.yaml': '$ref: a.yaml\n',
    },
    'shop.yaml',
  )
  expect(problems).toEqual([
    'b.yaml: `a.yaml` leads in a circle and is left as it is.',
    'shop.yaml: `gone.yaml` leads nowhere and is left as it is.',
  ])
  expect(value).toMatchObject({ paths: { '/gone': { $ref: 'gone.yaml' } } })
})
