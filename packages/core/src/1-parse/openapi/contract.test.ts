import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesOf } from '../../../test/in-memory-files.ts'
import { bodyField } from '../../schema/fields.ts'
import type { Operation, Parameter, ResponseDeclaration } from '../../operation/operation.ts'
import { located } from '../../text/diagnostic.ts'
import { pathOf, rootOf } from '../../text/site.ts'
import type { ApiDeclaration } from '../declarations.ts'
import { documentOf } from '../document.ts'
import { resolve } from '../reference.ts'
import { openapiContract } from './contract.ts'

test('reads Swagger 2.0 in the words of OpenAPI 3', () => {
  const contract = contractOf(fixture('store-2.0.yaml'))
  expect(contract.version).toBe('swagger 2.0')
  expect(contract.basePaths).toEqual(['/api/v1'])
  expect(contract.servers).toEqual(['https://store.example/api/v1/'])
  expect(shown(contract.operations)).toEqual([
    'getBasket: GET /basket (query currency form, query fields pipeDelimited, query sku form*) -> 200 application/json, 404 application/json',
    'addItem: POST /basket (query currency form) application/json! -> 201',
    'setNote: PUT /basket/note () multipart/form-data! -> 204',
  ])
  const [basket, add, note] = contract.operations
  expect(basket!.responses()[0]!.headers.map(shownParameter)).toEqual(['header X-Items simple'])
  expect(basket!.responses()[0]!.headers[0]!.schema!.value).toEqual({
    type: 'integer',
    description: 'How many items',
  })
  expect(basket!.responses()[0]!.content[0]!.examples[0]!.value).toEqual({ items: [], total: 0 })
  expect(add!.requestBody()!.content[0]!.schema!.value).toEqual({ $ref: '#/definitions/Item' })
  expect(note!.requestBody()!.content[0]!.schema!.value).toEqual({
    type: 'object',
    properties: { text: { type: 'string' }, photo: { type: 'string', format: 'binary' } },
    required: ['text'],
  })
  expect(basket!.security()).toEqual([
    [{ scheme: 'session', type: 'apiKey', in: 'header', name: 'X-Session', scopes: [] }],
  ])
  expect(note!.security()[0]!.map((one) => `${one.type} ${one.httpScheme ?? ''}`)).toEqual([
    'apiKey ',
    'http basic',
  ])
})

test('is served under every path that the variables of a server allow', () => {
  const stages = {
    stage: { default: 'live', enum: ['live', 'test'] },
    host: { default: 'eu', enum: ['eu', 'us'] },
  }
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    servers: [{ url: 'https://{host}.store.example/{stage}/v1', variables: stages }],
    paths: {},
  })
  const contract = contractOf({ 'store.json': text })
  expect(contract.basePaths).toEqual(['/live/v1', '/test/v1'])
  expect(contract.servers).toEqual(['https://eu.store.example/live/v1'])
})

test('reads OpenAPI 3.0: inherited parameters, shared parts, examples, stage and owner', () => {
  const contract = contractOf(fixture('store-3.0.yaml'), {
    owner: 'store-team',
    stages: new Map([['addItem', 'planned']]),
  })
  expect(contract.basePaths).toEqual(['/v1'])
  expect(contract.servers).toEqual(['https://eu.store.example/v1/'])
  expect(shown(contract.operations)).toEqual([
    'getBasket: GET /basket (query currency! form*, query filter form*) -> 200 application/json, 4XX application/problem+json, default',
    'addItem: POST /basket (query currency form*) application/json! -> 201',
  ])
  const [basket, add] = contract.operations
  expect([basket!.stage, basket!.owner, basket!.deprecated]).toEqual(['beta', 'orders', false])
  expect([add!.stage, add!.owner, add!.deprecated, add!.sunset]).toEqual([
    'planned',
    'store-team',
    true,
    '2027-06-30',
  ])
  const response = basket!.responses()[0]!
  expect(response.headers.map((header) => [header.name, header.examples[0]?.value])).toEqual([
    ['Cache-Control', 'max-age=60'],
  ])
  expect(
    response.content[0]!.examples.map(({ name, summary, value }) => ({ name, summary, value })),
  ).toEqual([
    { name: 'empty', summary: 'Nothing in it', value: { items: [] } },
    { name: 'full', summary: undefined, value: { items: [{ sku: 'TEA-1' }], total: 4.5 } },
  ])
  expect(pathOf(response.content[0]!.examples[1]!.site)).toEqual([
    'components',
    'examples',
    'FullBasket',
    'value',
  ])
  expect(response.site.value).toHaveProperty('links.next.operationId', 'addItem')
  expect(basket!.security().map((all) => all.map((one) => one.scheme))).toEqual([['session'], []])
  expect(add!.security()).toEqual([])
  expect(basket!.parameters()[1]!.content?.type).toBe('application/json')
})

test('reads OpenAPI 3.1: path items by reference, ids and anchors, operations without an id', () => {
  const contract = contractOf(fixture('store-3.1.yaml'))
  expect(contract.operations.map((one) => one.id)).toEqual([
    'op:store.getBasket',
    'op:store.GET /orders/{id}',
  ])
  expect(contract.diagnostics).toEqual([])
  const schema = contract.operations[1]!.responses()[0]!.content[0]!.schema!
  expect(pathOf(resolve(schema))).toEqual(['components', 'schemas', 'Order', '$defs', 'Money'])
  expect(contract.basePaths).toEqual(['/v1'])
})

test('reads OpenAPI 3.2: QUERY, other methods, sequences, the whole query string, media types by reference', () => {
  const contract = contractOf(fixture('store-3.2.yaml'))
  expect(contract.diagnostics).toEqual([])
  expect(shown(contract.operations)).toEqual([
    'searchProducts: QUERY /products () application/json -> 200 application/jsonl',
    'copyProducts: COPY /products () -> 204',
    'followProducts: GET /products/live (querystring filter form*, cookie session cookie*) -> 200 text/event-stream',
  ])
  const [search, , follow] = contract.operations
  expect(resolve(search!.responses()[0]!.content[0]!.itemSchema!).value).toHaveProperty(
    'properties.sku',
  )
  expect(search!.responses()[0]!.description).toBe('What was found')
  expect(follow!.responses()[0]!.content[0]!.examples.map((one) => one.value)).toEqual([
    { data: '4.50' },
  ])
})

test('reads a contract that is split over files', () => {
  const contract = contractOf(split(), {}, 'store.yaml')
  expect(contract.operations.map((one) => one.name)).toEqual(['getBasket', 'listOrders'])
  expect([...contract.files()].toSorted()).toEqual([
    'paths/basket.yaml',
    'responses.json',
    'schemas/basket of goods.yaml',
    'schemas/money.json',
    'store.yaml',
  ])
  expect(contract.diagnostics).toEqual([])
  expect(contract.validity()).toEqual([])
  const schema = resolve(contract.operations[0]!.responses()[0]!.content[0]!.schema!)
  expect(schema.document.file.path).toBe('schemas/basket of goods.yaml')
  // A file without a version is read as the contract that refers to it: here `nullable` counts.
  expect(schema.document.dialect).toBe('openapi-3.0')
})

test('holds what other files contain against the specification too', () => {
  const texts = split()
  const contract = contractOf(
    { ...texts, 'schemas/money.json': '{ "type": "money" }', 'responses.json': '{ "Orders": {} }' },
    {},
    'store.yaml',
  )
  expect(located(contract.validity()).map((one) => `${one.file}: ${one.message}`)).toEqual([
    'responses.json: `Orders` has no `description`. Add it.',
    'schemas/money.json: `type` is "money", expected "array", "boolean", "integer", "number", "object" or "string".',
  ])
})

test('keeps both operations of an id that stands twice', () => {
  const contract = contractOf({
    'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: "1" }
paths:
  /basket:
    get: { operationId: getBasket }
  /cart:
    get: { operationId: getBasket }
`,
  })
  expect(contract.operations.map((one) => one.name)).toEqual(['getBasket', 'GET /cart'])
  const [found] = located(contract.diagnostics)
  expect([found!.code, found!.range.start, found!.related![0]!.range.start.line]).toEqual([
    'TL2006',
    { line: 8, column: 25 },
    6,
  ])
})

test('tells each reference that leads nowhere once, with what to do, and serves the rest', () => {
  const contract = contractOf({
    'store.yaml': `
openapi: 3.0.3
info: { title: Store, version: "1" }
paths:
  /basket:
    get:
      parameters: [{ $ref: '#/components/parameters/Currncy' }]
      responses:
        200: { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Loop' }, example: { $ref: '#/not/a/reference' } } } }
        404: { $ref: missing.yaml#/NotFound }
        500: { $ref: 'https://store.example/problem.yaml' }
        501: { $ref: ../../etc/passwd }
    post:
      parameters: [{ $ref: '#/components/parameters/Currncy' }]
components:
  parameters:
    Currency: { name: currency, in: query, schema: { type: string } }
  schemas:
    Loop: { $ref: '#/components/schemas/Back' }
    Back: { $ref: '#/components/schemas/Loop' }
`,
  })
  expect(
    located(contract.diagnostics).map(
      (one) => `${one.range.start.line} ${one.code} ${one.message}`,
    ),
  ).toEqual([
    '7 TL1005 The reference `#/components/parameters/Currncy` leads nowhere: this file has nothing at `/components/parameters/Currncy`. Did you mean `#/components/parameters/Currency`?',
    '9 TL1006 The reference `#/components/schemas/Loop` leads only back to itself. Describe the value somewhere along the way.',
    '10 TL1005 The reference `missing.yaml#/NotFound` leads to `missing.yaml`, which does not exist. Check its name and folder; capitals count.',
    '11 TL1005 The reference `https://store.example/problem.yaml` names an address, and nothing is ever fetched. Save what stands there as a file in the workspace, and refer to that.',
    '12 TL1005 The reference `../../etc/passwd` leads to `../../etc/passwd`, which does not exist. Check its name and folder; capitals count.',
  ])
  expect(contract.files()).toContain('missing.yaml')
  expect(contract.operations[0]!.responses().map((one) => one.status)).toEqual([
    '200',
    '404',
    '500',
    '501',
  ])
})

test('serves what is left of a contract with wrong parts', () => {
  const contract = contractOf({
    'store.yaml': `
openapi: 3.1.0
servers: https://store.example
security: session
paths:
  /basket:
    get:
      operationId: 12
      tags: basket
      parameters: [currency, { name: page, in: query }, { name: x, in: nowhere }, null]
      requestBody: a basket
      responses: [200, 404]
    post: just text
    put:
      responses:
        200: ok
        201: { content: [] }
        700: { description: no such status }
  basket: { get: {} }
  /orders: []
`,
  })
  expect(shown(contract.operations)).toEqual([
    '12: GET /basket (query page form*) -> ',
    'PUT /basket: PUT /basket () -> 201 '.trimEnd(),
  ])
  expect(contract.basePaths).toEqual([''])
  expect(contract.operations[0]!.security()).toEqual([])
})

test('builds the contract of GitHub from a few objects of each operation, for its parts wait for their first use', () => {
  const text = readFileSync(
    new URL(
      '../../../../../node_modules/@octokit/openapi/generated/api.github.com.json',
      import.meta.url,
    ),
    'utf8',
  )
  const files = filesOf({ 'github.json': text })
  const { document } = documentOf(files, 'github.json')
  const { value, looked } = lookedAt(document!.value)
  const contract = openapiContract(files, { ...document!, value }, api('github.json', {}))
  const operations = contract.operations.length
  expect(operations).toBeGreaterThan(1000)
  const building = looked.size
  for (const one of contract.operations) {
    one.parameters()
    for (const { content } of one.responses())
      for (const { schema } of content) if (schema !== undefined) bodyField(schema).children()
  }
  expect(building).toBeLessThan(3 * operations)
  expect(looked.size).toBeGreaterThan(10 * operations)
  expect(contract.diagnostics).toEqual([])
})

function contractOf(
  texts: Record<string, string>,
  declared: Partial<ApiDeclaration> = {},
  path = Object.keys(texts)[0]!,
) {
  const files = filesOf(texts)
  const { document } = documentOf(files, path)
  return openapiContract(files, document!, api(path, declared))
}

function api(contract: string, declared: Partial<ApiDeclaration>): ApiDeclaration {
  const site = rootOf(documentOf(filesOf({ 'throughline.yaml': '' }), 'throughline.yaml').document!)
  return {
    id: 'store',
    contract,
    environments: new Map(),
    stages: new Map(),
    documents: [],
    site,
    ...declared,
  }
}

function fixture(name: string): Record<string, string> {
  return { [name]: readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8') }
}

function split(): Record<string, string> {
  const folder = new URL('fixtures/split/', import.meta.url)
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(yaml|json)$/.test(path),
  )
  return Object.fromEntries(
    paths.map((path) => [
      path,
      readFileSync(new URL(path.split('/').map(encodeURIComponent).join('/'), folder), 'utf8'),
    ]),
  )
}

/** `getBasket: GET /basket (query currency! form*) application/json! -> 200 application/json`: `!` required, `*` exploded. */
function shown(operations: readonly Operation[]): readonly string[] {
  return operations.map((one) => {
    const body = one.requestBody()
    const sent =
      body === undefined
        ? ''
        : ` ${body.content.map((media) => media.type).join(' ')}${body.required ? '!' : ''}`
    return `${one.name}: ${one.method} ${one.path} (${one.parameters().map(shownParameter).join(', ')})${sent} -> ${one.responses().map(shownResponse).join(', ')}`
  })
}

function shownParameter(one: Parameter): string {
  return `${one.in} ${one.name}${one.required ? '!' : ''} ${one.style}${one.explode ? '*' : ''}`
}

function shownResponse(one: ResponseDeclaration): string {
  return [one.status, ...one.content.map((media) => media.type)].join(' ')
}

/** The same JSON, and which of its objects and lists somebody has read something from. */
function lookedAt(json: unknown): { readonly value: unknown; readonly looked: Set<object> } {
  const looked = new Set<object>()
  const watched = new WeakMap<object, object>()
  const watch = (inner: unknown): unknown => {
    if (typeof inner !== 'object' || inner === null) return inner
    let proxy = watched.get(inner)
    if (proxy === undefined)
      watched.set(
        inner,
        (proxy = new Proxy(inner, {
          get(target, key, receiver) {
            looked.add(target)
            return watch(Reflect.get(target, key, receiver))
          },
        })),
      )
    return proxy
  }
  return { value: watch(json), looked }
}
