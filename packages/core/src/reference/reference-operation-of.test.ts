import { describe, expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import type { ReferenceOperation, SchemaNode } from './reference.ts'
import { referenceFieldsOf, referenceOperationOf } from './reference-operation-of.ts'

const store = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
servers: [{ url: "https://api.store.example/v1" }]
paths:
  /baskets/{id}:
    put:
      operationId: changeBasket
      summary: Change the basket
      description: Everything **at once**.
      tags: [Basket]
      x-owner: orders
      security: [{ key: [] }, { login: [write] }]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, maxLength: 40 }, example: b-1 }
        - { name: fields, in: query, description: What to answer with, schema: { type: array, items: { type: string, enum: [items, total] }, maxItems: 2 } }
        - { name: dry, in: query, required: true, schema: { type: boolean, default: true } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [items], properties: { items: { type: array, items: { $ref: "#/components/schemas/Item" } }, note: { type: [string, "null"], maxLength: 140 } } }
            examples:
              good: { summary: One loaf, value: { items: [{ name: Loaf, price: { amount: 520, currency: EUR } }] } }
              bad: { value: { items: [{ name: 7 }] } }
      responses:
        "200":
          description: The basket
          headers: { ETag: { required: true, description: Its version, schema: { type: string } } }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Basket" }
        "402":
          description: Not paid
          content:
            application/problem+json:
              schema: { type: object }
              examples: { declined: { value: { type: /problems/declined, title: The bank said no } } }
        5XX: { description: Something broke }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    login: { type: oauth2, flows: {} }
  schemas:
    Basket:
      type: object
      required: [items, total]
      properties:
        items: { type: array, maxItems: 200, items: { $ref: "#/components/schemas/Item" } }
        total: { $ref: "#/components/schemas/Money" }
        payment: { oneOf: [{ $ref: "#/components/schemas/Card" }, { $ref: "#/components/schemas/Transfer" }] }
        secret: { type: string, writeOnly: true }
    Item:
      type: object
      required: [name, price]
      properties:
        name: { type: string, minLength: 1, description: As on the shelf }
        price: { $ref: "#/components/schemas/Money" }
        labels: { type: array, items: { type: string, enum: [organic, local] } }
        parts: { type: array, items: { $ref: "#/components/schemas/Item" } }
    Money: { type: object, required: [amount, currency], properties: { amount: { type: integer, minimum: 0 }, currency: { type: string, default: EUR }, email: { type: string, deprecated: true } } }
    Card: { type: object, properties: { last4: { type: string } } }
    Transfer: { type: object, properties: { iban: { type: string } } }
`
const journey = `journey: checkout
steps:
  - step: basket
    title: Review the basket
    calls:
      - operation: store.changeBasket
        sends: [items, note, id]
        needs:
          - { path: "items[].name", label: Name, why: To know it again }
          - items[].price.amount
          - items[].labels[]
          - items[].weight
          - { path: delivery.arrival, label: Delivery date }
          - header:ETag
        states: { 402: { show: What the bank said } }
`
const files = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, environments: { staging: https://staging.store.example/api } } }\n',
  'store.yaml': store,
  'checkout.journey.yaml': journey,
  'policy.yaml': 'classes: { personal: { contains: [email], rule: never in logs } }\n',
}
const { graph } = compiled(files)
const mockUrl = 'http://localhost:4401'
const operation = referenceOperationOf(graph, 'store.changeBasket', { mockUrl })!

function root({ responses }: ReferenceOperation, status = '200'): SchemaNode {
  return responses.find((one) => one.status === status)!.content[0]!.root!
}

/** `items Item[] required`: a tree as lines, two spaces for each level. */
function tree(node: SchemaNode, indent = ''): readonly string[] {
  const { name, type, required, missing, hasChildren, children } = node
  const more = hasChildren && children === undefined ? ' ...' : ''
  return [
    `${indent}${name === '' ? '(body)' : name} ${missing ? 'MISSING' : type}${required ? ' required' : ''}${more}`,
    ...(children ?? []).flatMap((child) => tree(child, `${indent}  `)),
  ]
}

test('opens an answer two levels deep, with needs that the contract lacks where they would be', () => {
  expect(tree(root(operation))).toEqual([
    '(body) Basket required',
    '  items Item[] required',
    '    name string required',
    '    price Money required ...',
    '    labels string[]',
    '    parts Item[] ...',
    '    weight MISSING',
    '  total Money required',
    '    amount integer required',
    '    currency string required',
    '    email string',
    '  payment object',
    '    last4 string',
    '    iban string',
    '  delivery.arrival MISSING',
  ])
  expect(operation.missing).toBe(2)
})

test('says of each field who needs it and what the schema asks', () => {
  const items = root(operation).children!.find((one) => one.name === 'items')!
  expect(items).toMatchObject({
    path: 'items',
    base: 'object[]',
    typeName: 'Item',
    constraints: ['at most 200 items'],
    usedBy: [],
    usedInside: 1,
  })
  const [name, price, labels] = items.children!
  expect(name).toMatchObject({
    path: 'items[].name',
    description: 'As on the shelf',
    constraints: ['not empty'],
    hasChildren: false,
  })
  expect(name!.usedBy).toEqual([
    {
      step: 'checkout/basket',
      title: 'Review the basket',
      journey: 'checkout',
      line: 1,
      status: 'covered',
      label: 'Name',
      why: 'To know it again',
      url: '/journeys/checkout?step=basket&need=need:checkout/basket/store.changeBasket/items[].name',
    },
  ])
  expect(price).toMatchObject({ usedBy: [], usedInside: 1 })
  expect(labels).toMatchObject({
    enum: ['"organic"', '"local"'],
    usedBy: [{ step: 'checkout/basket', status: 'optional' }],
  })
  const total = root(operation).children!.find((one) => one.name === 'total')!
  expect(total.children).toMatchObject([
    { constraints: ['at least 0'] },
    { default: '"EUR"' },
    { deprecated: true, class: 'personal' },
  ])
  expect(root(operation).children!.find((one) => one.name === 'payment')?.variants).toEqual([
    'Card',
    'Transfer',
  ])
})

test('opens any field further, also where a type is inside itself', () => {
  const at = (path: string): readonly string[] =>
    tree(
      referenceFieldsOf(graph, 'store.changeBasket', { kind: 'response', status: '200' }, path)!
        .field,
    )
  expect(at('items[].price')).toEqual([
    'price Money required',
    '  amount integer required',
    '  currency string required',
    '  email string',
  ])
  expect(at('items[].parts[].parts').slice(0, 2)).toEqual([
    'parts Item[]',
    '  name string required',
  ])
  expect(
    referenceFieldsOf(graph, 'store.changeBasket', { kind: 'response' }, 'items[].nothing'),
  ).toBeUndefined()
  expect(
    referenceFieldsOf(graph, 'store.changeBasket', { kind: 'response', status: '404' }, ''),
  ).toBeUndefined()
  expect(referenceFieldsOf(graph, 'store.getCrate', { kind: 'response' }, '')).toBeUndefined()
})

test('opens requests and parameters in the same way', () => {
  const note = referenceFieldsOf(graph, 'store.changeBasket', { kind: 'request' }, 'note')!.field
  expect(note).toMatchObject({
    nullable: true,
    constraints: ['at most 140 characters'],
    usedBy: [{ step: 'checkout/basket' }],
  })
  const fields = referenceFieldsOf(
    graph,
    'store.changeBasket',
    { kind: 'parameter', parameter: 'query:fields' },
    '',
  )!.field
  expect(fields).toMatchObject({
    type: 'string[]',
    enum: ['"items"', '"total"'],
    constraints: ['at most 2 items'],
  })
})

test('tells parameters, headers, security, errors and who calls', () => {
  expect(operation).toMatchObject({
    title: 'Change the basket',
    description: 'Everything **at once**.',
    tags: ['Basket'],
    owner: 'orders',
    stage: 'live',
    file: 'store.yaml',
    success: '200',
    request: { required: true },
  })
  expect(
    operation.parameters.map(({ name, in: place, required, style, sentBy }) => [
      name,
      place,
      required,
      style,
      sentBy.length,
    ]),
  ).toEqual([
    ['id', 'path', true, undefined, 1],
    ['fields', 'query', false, 'form', 0],
    ['dry', 'query', true, undefined, 0],
  ])
  expect(operation.responses[0]!.headers).toMatchObject([
    { name: 'ETag', description: 'Its version', field: { usedBy: [{ step: 'checkout/basket' }] } },
  ])
  expect(operation.security.map((all) => all.map((one) => one.words))).toEqual([
    ['a key in the header X-Key'],
    ['an OAuth 2 token in the header Authorization'],
  ])
  expect(operation.errors).toEqual([
    {
      status: '402',
      description: 'Not paid',
      titles: ['The bank said no'],
      types: ['/problems/declined'],
      problem: true,
    },
    { status: '5XX', description: 'Something broke', titles: [], types: [], problem: false },
  ])
  expect(operation.responses[1]!.designedBy).toMatchObject([
    {
      step: 'checkout/basket',
      label: 'What the bank said',
      url: '/journeys/checkout?step=basket&state=402',
    },
  ])
  expect(operation.callers).toMatchObject([
    { step: 'checkout/basket', call: 'store.changeBasket', needs: 6, missing: 2 },
  ])
})

test('shows every example, says what is wrong with one, and makes one where there is none', () => {
  const [good, bad] = operation.request!.content[0]!.examples
  expect(good).toMatchObject({ name: 'good', summary: 'One loaf', problems: [], generated: false })
  expect(good!.text).toContain('"name": "Loaf"')
  expect(bad!.problems).toEqual([
    'items[0] has no `price`, which is required',
    'items[0].name is an integer, expected a string',
  ])
  const [made] = operation.responses[0]!.content[0]!.examples
  expect(made).toMatchObject({ name: 'generated', generated: true, problems: [] })
  expect(Object.keys(JSON.parse(made!.text) as object)).toContain('total')
})

test('drafts a first request and writes it as code', () => {
  expect(operation.draft).toMatchObject({
    pathParameters: { id: 'b-1' },
    query: { dry: 'true' },
    headers: { 'content-type': 'application/json' },
  })
  expect(operation.targets).toEqual([
    { target: 'mock', label: 'Mock', kind: 'mock', base: 'http://localhost:4401/store' },
    {
      target: 'staging',
      label: 'staging',
      kind: 'environment',
      base: 'https://staging.store.example/api',
    },
    {
      target: 'https://api.store.example/v1',
      label: 'api.store.example',
      kind: 'server',
      base: 'https://api.store.example/v1',
    },
  ])
  expect(operation.samples[0]!.text).toMatch(
    /^curl -X PUT 'http:\/\/localhost:4401\/store\/baskets\/b-1\?dry=true'/,
  )
})

test('knows nothing of an operation that no contract has', () => {
  expect(referenceOperationOf(graph, 'store.getCrate', { mockUrl })).toBeUndefined()
  expect(referenceOperationOf(graph, '__proto__', { mockUrl })).toBeUndefined()
})

describe('GraphQL', () => {
  const reviews = {
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis: { reviews: { contract: reviews.graphql, documents: app.graphql } }\n',
    'reviews.graphql': `type Query { reviews(product: ID!, kind: Kind!, first: Int = 5): Page! found(text: String!): [Thing!]! }
type Mutation { add(input: Draft!): Review }
enum Kind { NEW BEST }
input Draft { text: String! kind: Kind! }
type Page { total: Int! nodes: [Review!]! }
type Review { id: ID! text: String! author: Author replies: [Review!]! }
type Author { name: String! }
union Thing = Review | Author
`,
    'checkout.journey.yaml':
      'journey: checkout\nsteps:\n  - step: basket\n    calls: [{ operation: reviews query Reviews, needs: [total, "nodes[].body", "nodes[].author.town"] }]\n',
    'app.graphql':
      'query Reviews($p: ID!, $k: Kind!) { reviews(product: $p, kind: $k) { total nodes { body: text } } }\n',
  }
  const { graph: shop } = compiled(reviews)
  const of = (name: string): ReferenceOperation =>
    referenceOperationOf(shop, `reviews.${name}`, { mockUrl })!

  test('shows arguments and the answer as REST does', () => {
    const operation = of('reviews')
    expect(operation).toMatchObject({
      protocol: 'graphql',
      method: 'query',
      path: 'reviews',
      missing: 1,
    })
    expect(
      operation.parameters.map(({ name, in: place, required }) => [name, place, required]),
    ).toEqual([
      ['product', 'argument', true],
      ['kind', 'argument', true],
      ['first', 'argument', false],
    ])
    expect(operation.parameters[1]!.field.enum).toEqual(['"NEW"', '"BEST"'])
    expect(tree(root(operation))).toEqual([
      '(body) Page required',
      '  total integer required',
      '  nodes Review[] required',
      '    id string required',
      '    text string required',
      '    author Author required ...',
      '    replies Review[] required ...',
    ])
    const nodes = root(operation).children![1]!.children!
    expect(nodes[1]!.usedBy).toMatchObject([{ step: 'checkout/basket', label: 'Body' }])
    const author = referenceFieldsOf(
      shop,
      'reviews.reviews',
      { kind: 'response' },
      'nodes[].author',
    )!.field
    expect(tree(author)).toEqual([
      'author Author required',
      '  name string required',
      '  town MISSING',
    ])
  })

  test('takes the query that the UI sends, with its variables', () => {
    const { draft, samples } = of('reviews')
    expect(samples[0]).toMatchObject({ kind: 'graphql', language: 'graphql' })
    expect(samples[0]!.text).toContain('query Reviews($p: ID!, $k: Kind!)')
    const { variables } = JSON.parse(draft.body!) as { variables: Record<string, unknown> }
    expect(Object.keys(variables)).toEqual(['p', 'k'])
    expect(['NEW', 'BEST']).toContain(variables['k'])
    expect(of('reviews').targets[0]!.base).toBe('http://localhost:4401/reviews/graphql')
  })

  test('writes a query where the UI sends none', () => {
    const query = (name: string): string =>
      (JSON.parse(of(name).draft.body!) as { query: string }).query
    expect(query('add')).toMatch(
      /^mutation \{\n {2}add\(input: \{ text: ".+", kind: (NEW|BEST) \}\) \{\n {4}id\n {4}text\n {4}author \{\n {6}name\n {4}\}\n/,
    )
    expect(query('found')).toMatch(/^query \{\n {2}found\(text: ".+"\) \{ __typename \}\n\}$/)
  })
})

describe('broken and hostile contracts', () => {
  const broken = (paths: string): ReferenceOperation | undefined => {
    const { graph: linked } = compiled({
      'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
      'store.yaml': `openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths:\n  /basket:\n    get: ${paths}\n`,
    })
    return referenceOperationOf(linked, 'store.getBasket', { mockUrl })
  }

  test.each([
    '{ operationId: getBasket }',
    '{ operationId: getBasket, responses: 4, parameters: [7, { name: 3 }], requestBody: [], security: 1, tags: 5 }',
    '{ operationId: getBasket, responses: { "200": { description: 1, content: { application/json: { schema: { $ref: "#/nowhere" } } } } } }',
    '{ operationId: getBasket, responses: { "200": { description: a, content: { application/json: { schema: { $ref: "#/paths/~1basket/get/responses/200/content/application~1json/schema" } } } } } }',
    '{ operationId: getBasket, responses: { "200": { description: a, content: { application/json: { schema: { enum: [], pattern: "(", minLength: x }, example: 1 } } } } }',
    '{ operationId: getBasket, responses: { "200": { description: a, content: { application/json: { example: &a { inside: *a } } } } } }',
    '{ operationId: getBasket, parameters: [{ name: __proto__, in: query, required: true, schema: { type: string } }], responses: {} }',
  ])('says what it can of %s', (paths) => {
    const found = broken(paths)
    expect(found).toMatchObject({ id: 'store.getBasket', method: 'GET', path: '/basket' })
    expect(() => JSON.stringify(found)).not.toThrow()
  })

  test('shows the first two hundred of a thousand fields, and how many there are besides', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `f${index}: { type: string }`).join(
      ', ',
    )
    const found = broken(
      `{ operationId: getBasket, responses: { "200": { description: a, content: { application/json: { schema: { type: object, properties: { ${names} } } } } } } }`,
    )!
    expect(root(found).children).toHaveLength(200)
    expect(root(found).childrenMore).toBe(800)
  })
})
