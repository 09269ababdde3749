import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { diffGraphs } from './diff-graphs.ts'

const contract = (properties: string): string => `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema: { type: object, properties: ${properties} }
`
const workspace = `
throughline: 1
name: Shop
apis: { store: { contract: store.yaml } }
teams: { checkout: { role: ux } }
`
const journey = `
journey: checkout
owner: checkout
steps:
  - step: basket
    screen: /basket
    calls: [{ operation: store.getBasket, needs: [id, eta] }]
`

test('names the step that a removed property breaks', () => {
  const shop = { 'throughline.yaml': workspace, 'journeys/checkout.journey.yaml': journey }
  const before = graphOf({
    ...shop,
    'store.yaml': contract('{ id: { type: string }, eta: { type: string } }'),
  })
  const after = graphOf({ ...shop, 'store.yaml': contract('{ id: { type: string } }') })
  const { changes, summary } = diffGraphs(before, after)
  expect(changes).toMatchObject([
    {
      code: 'response-optional-property-removed',
      level: 'breaking',
      api: 'store',
      operation: { id: 'getBasket', method: 'GET', path: '/basket' },
      location: 'response:200:body:eta',
      impact: [{ step: 'checkout/basket', need: 'eta', owner: 'checkout', severity: 'breaks' }],
    },
  ])
  expect(summary).toMatchObject({
    breaking: 1,
    stepsBroken: ['checkout/basket'],
    verdict: 'breaking',
  })
})

test('finds nothing between a graph and itself', () => {
  const graph = graphOf({ 'store.yaml': contract('{ id: { type: string } }') })
  expect(diffGraphs(graph, graph).changes).toEqual([])
})

const basket = (schema: object, base: object, more: object = {}): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    paths: {
      '/basket': {
        get: {
          operationId: 'getBasket',
          responses: {
            200: { description: 'It', content: { 'application/json': { schema } } },
          },
        },
      },
    },
    components: { schemas: { Base: base } },
    ...more,
  })
const codesBetween = (before: string, after: string): readonly string[] =>
  diffGraphs(graphOf({ 'store.json': before }), graphOf({ 'store.json': after }))
    .changes.filter((one) => one.promise === 'WIRE')
    .map((one) => one.code)
const text = { type: 'string' }
const total = { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] }
const wider = {
  ...total,
  properties: { ...total.properties, eta: text },
  required: ['total', 'eta'],
}
const base = { $ref: '#/components/schemas/Base' }
const own = { type: 'object', properties: { eta: text }, required: ['eta'] }

test.each([
  ['beside the reference', { ...base, ...own }],
  ['beside it in allOf', { allOf: [base, own] }],
  ['beside allOf', { allOf: [base], ...own }],
  ['further down', { type: 'object', properties: { cart: { allOf: [base, own] } } }],
])('takes what a base no longer says as said where it still is said: %s', (_, schema) => {
  expect(codesBetween(basket(schema, wider), basket(schema, total))).toEqual([])
  expect(codesBetween(basket(base, wider), basket(base, total))).toEqual([
    'response-property-removed',
  ])
})

test('tells a property once that several bases lose, wherever they are put together', () => {
  const note = { type: 'object', properties: { note: text } }
  expect(
    codesBetween(basket({ allOf: [base, note] }, wider), basket({ allOf: [base, note] }, total)),
  ).toEqual(['response-property-removed'])
})

const shopWith = (apis: string, files: Readonly<Record<string, string>>) =>
  graphOf({
    'throughline.yaml': `throughline: 1\nname: Shop\napis: ${apis}\n`,
    ...files,
  })
const store = contract('{ id: { type: string } }')

test('tells APIs that came, went and cannot be read, and whom it breaks', () => {
  const calls =
    'journey: checkout\nsteps: [{ step: basket, calls: [{ operation: store.getBasket, needs: [id] }] }]\n'
  const files = { 'store.yaml': store, 'other.yaml': store, 'checkout.journey.yaml': calls }
  const both = shopWith(
    '{ store: { contract: store.yaml }, other: { contract: other.yaml } }',
    files,
  )
  const one = shopWith('{ store: { contract: store.yaml } }', files)
  const two = shopWith('{ other: { contract: other.yaml } }', files)
  const apisOf = (before: typeof both, after: typeof both) =>
    diffGraphs(before, after).changes.filter((change) => change.code.startsWith('api-'))
  expect(apisOf(one, both)).toMatchObject([{ code: 'api-added', level: 'info', api: 'other' }])
  expect(apisOf(both, two)).toMatchObject([
    {
      code: 'api-removed',
      level: 'breaking',
      api: 'store',
      impact: [{ step: 'checkout/basket', severity: 'breaks' }],
    },
  ])
  const unreadable = shopWith('{ store: { contract: nowhere.yaml } }', files)
  expect(apisOf(one, unreadable).map((change) => change.code)).toEqual(['api-unreadable'])
  expect(apisOf(unreadable, unreadable)).toEqual([])
})

test('counts only the promises that a team makes', () => {
  const renamed = store.replace('operationId: getBasket', 'operationId: readBasket')
  const [before, after] = [store, renamed].map((one) => graphOf({ 'store.yaml': one }))
  const levelWith = (promises?: readonly ('WIRE' | 'SDK')[]) =>
    diffGraphs(before!, after!, promises && { promises }).changes.map((one) => one.level)
  expect(levelWith()).toEqual(['info'])
  expect(levelWith(['WIRE'])).toEqual(['info'])
  expect(levelWith(['WIRE', 'SDK'])).toEqual(['breaking'])
})

test.each(['planned', 'mocked', 'beta', 'live', 'deprecated'])(
  'promises nothing before an operation is live: %s',
  (stage) => {
    const staged = (yaml: string) =>
      shopWith(`{ store: { contract: store.yaml, stage: ${stage} } }`, { 'store.yaml': yaml })
    const [change] = diffGraphs(
      staged(store.replace('schema: {', 'schema: { required: [id],')),
      staged(contract('{ total: { type: number } }')),
    ).changes
    expect(change).toMatchObject({
      code: 'response-property-removed',
      level: stage === 'live' || stage === 'deprecated' ? 'breaking' : 'warning',
    })
  },
)

test('says which step gets what it waited for', () => {
  const shop = { 'throughline.yaml': workspace, 'journeys/checkout.journey.yaml': journey }
  const before = graphOf({ ...shop, 'store.yaml': contract('{ id: { type: string } }') })
  const after = graphOf({
    ...shop,
    'store.yaml': contract('{ id: { type: string }, eta: { type: string } }'),
  })
  const { changes, summary } = diffGraphs(before, after)
  expect(changes).toMatchObject([
    {
      code: 'response-property-added',
      level: 'info',
      impact: [{ step: 'checkout/basket', need: 'eta', severity: 'helps' }],
    },
  ])
  expect(summary.stepsHelped).toEqual(['checkout/basket'])
})

test('finds nothing between the same API in Swagger 2.0 and OpenAPI 3.1', () => {
  const address = { type: 'object', required: ['city'], properties: { city: text } }
  const query = { name: 'limit', in: 'query', description: 'How many' }
  const limits = { type: 'integer', minimum: 1, maximum: 50, default: 10 }
  const old = {
    swagger: '2.0',
    info: { title: 'Store', version: '1' },
    host: 'store.example',
    basePath: '/v1',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    security: [{ key: [] }],
    definitions: {
      Address: {
        ...address,
        properties: { ...address.properties, zip: { type: 'string', 'x-nullable': true } },
      },
    },
    paths: {
      '/addresses': {
        get: {
          operationId: 'listAddresses',
          parameters: [
            { ...query, ...limits },
            { name: 'tags', in: 'query', type: 'array', items: text, collectionFormat: 'csv' },
          ],
          responses: {
            200: {
              description: 'All',
              headers: { 'X-Total': { type: 'integer' } },
              schema: { type: 'array', items: { $ref: '#/definitions/Address' } },
            },
          },
        },
        post: {
          operationId: 'addAddress',
          parameters: [
            {
              name: 'address',
              in: 'body',
              required: true,
              schema: { $ref: '#/definitions/Address' },
            },
          ],
          responses: { 201: { description: 'Added' } },
        },
      },
    },
  }
  const schema = { $ref: '#/components/schemas/Address' }
  const json = (of: object) => ({ content: { 'application/json': { schema: of } } })
  const next = {
    openapi: '3.1.0',
    info: old.info,
    servers: [{ url: 'https://store.example/v1' }],
    security: old.security,
    components: {
      securitySchemes: old.securityDefinitions,
      schemas: {
        Address: {
          ...address,
          properties: { ...address.properties, zip: { type: ['string', 'null'] } },
        },
      },
    },
    paths: {
      '/addresses': {
        get: {
          operationId: 'listAddresses',
          parameters: [
            { ...query, schema: limits },
            { name: 'tags', in: 'query', explode: false, schema: { type: 'array', items: text } },
          ],
          responses: {
            200: {
              description: 'All',
              headers: { 'X-Total': { schema: { type: 'integer' } } },
              ...json({ type: 'array', items: schema }),
            },
          },
        },
        post: {
          operationId: 'addAddress',
          requestBody: { required: true, ...json(schema) },
          responses: { 201: { description: 'Added' } },
        },
      },
    },
  }
  const [before, after] = [old, next].map((one) => graphOf({ 'store.json': JSON.stringify(one) }))
  expect(diffGraphs(before!, after!).changes.map((one) => one.message)).toEqual([
    'The contract is written in `openapi 3.1.0` now, `swagger 2.0` before.',
  ])
})

test('takes an alternative that went into another as still there', () => {
  const labels = (items: object) => ({
    type: 'object',
    properties: { labels: { type: 'array', items } },
  })
  const named = { type: 'object', properties: { name: text }, required: ['name'] }
  const asked = (schema: object): string => {
    const post = {
      requestBody: { content: { 'application/json': { schema } } },
      responses: { 204: { description: 'Done' } },
    }
    return basket({}, {}, { paths: { '/labels': { post } } })
  }
  const apart = asked({ oneOf: [labels(text), labels(named)] })
  expect(codesBetween(apart, asked({ oneOf: [labels({ oneOf: [text, named] })] }))).not.toContain(
    'request-alternative-removed',
  )
  expect(codesBetween(apart, asked({ oneOf: [labels(text), { type: 'null' }] }))).toContain(
    'request-alternative-removed',
  )
})

const zoo = (dog: string, mapping = '{ cat: Cat, dog: Dog }'): string => `
openapi: 3.0.3
info: { title: Zoo, version: '1' }
paths:
  /animals:
    get:
      operationId: getAnimals
      responses:
        '200':
          description: All
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Animal' } } } }
    post:
      operationId: addAnimal
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } } }
      responses: { '204': { description: Added } }
  /cats/{id}:
    get:
      operationId: getCat
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } } }
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator: { propertyName: kind, mapping: ${mapping} }
    Cat: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, properties: { lives: { type: integer } } }] }
    Dog: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, properties: ${dog} }] }
`
const dog = '{ tricks: { type: string } }'

test.each([
  [
    'loses a property',
    zoo('{}'),
    [
      'response-optional-property-removed getAnimals []tricks',
      'request-property-removed addAnimal tricks',
    ],
  ],
  [
    'goes',
    zoo(dog, '{ cat: Cat }'),
    ['request-alternative-removed addAnimal ', 'response-alternative-removed getAnimals []'],
  ],
])('says where people meet a subtype that %s, and nothing of another', (_, text, expected) => {
  const [before, after] = [zoo(dog), text].map((one) => graphOf({ 'store.yaml': one }))
  const { changes } = diffGraphs(before!, after!)
  expect(
    changes.map(
      ({ code, operation, location }) =>
        `${code} ${operation?.id} ${location.replace(/^[a-z]+(:200)?:body:?/, '').replace('.', '')}`,
    ),
  ).toEqual(expected)
})
