import { createHash } from 'node:crypto'
import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'

const sdl = `
type Query {
  product(productId: ID!): Product
  reviews(productId: ID!, first: Int = 5, after: String): ReviewPage!
  search(words: String!, first: Int): [Found!]!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
}
interface Node { id: ID! }
type Mutation { addReview(input: AddReview!): AddReviewResult! }
input AddReview { productId: ID!, rating: Int!, text: String! }
type AddReviewResult { review: Review, problems: [Problem!]! }
type Problem { field: String!, message: String! }
type Product implements Node { id: ID!, name: String!, price: Float!, stock: Stock!, madeOn: Date, parts: [Product!]! }
enum Stock { PLENTY FEW NONE }
type ReviewPage { total: Int!, nodes: [Review!]!, next: String }
type Review implements Node { id: ID!, rating: Int!, text: String!, product: Product! }
union Found = Product | Review
scalar Date
`
const files: Readonly<Record<string, string>> = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { reviews: { contract: reviews.graphql } }\n',
  'reviews.graphql': sdl,
  'journeys/product.journey.yaml':
    'journey: product\nsteps: [{ step: look, calls: [{ operation: reviews.reviews }, { operation: reviews.addReview }] }]\n',
  'scenarios/torn.scenario.yaml':
    'scenario: torn\nrules: [{ operation: reviews.reviews, respond: { body: { total: 1, nodes: [] } } }]\n',
}

function shop(options: MockOptions = {}): Mock {
  const { graph } = compile({
    paths: Object.keys(files),
    read: (path) =>
      Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
  })
  return mock(graph, options)
}

async function asked(
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
  served = shop(),
): Promise<Answered> {
  const response = await served.handle(
    new Request('http://localhost:4401/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    }),
  )
  const value: Omit<Answered, 'status'> = JSON.parse(await response.text())
  return { ...value, status: response.status }
}

interface Answered {
  readonly status: number
  readonly data?: unknown
  readonly errors?: readonly {
    readonly message: string
    readonly extensions?: object
    readonly path?: readonly unknown[]
  }[]
}

test('makes up what a query asks for, and the thing that was asked for has its id', async () => {
  const { data } = await asked(
    '{ product(productId: "rye") { __typename id name price stock madeOn } }',
  )
  expect(data).toEqual({
    product: {
      __typename: 'Product',
      id: 'rye',
      name: expect.any(String),
      price: expect.any(Number),
      stock: expect.stringMatching(/^(PLENTY|FEW|NONE)$/),
      madeOn: expect.any(String),
    },
  })
})

test('tells the same about one thing in every query and every process', async () => {
  const name = async (): Promise<unknown> =>
    (await asked('{ product(productId: "rye") { name } }')).data
  expect(await name()).toEqual(await name())
  expect((await asked('{ product(productId: "rye") { name price } }')).data).toMatchObject(
    Object((await asked('{ product(productId: "rye") { price } }')).data),
  )
})

test('counts what is in the list, gives no more than was asked for, and leads on from there', async () => {
  interface Page {
    readonly total: number
    readonly next: string | null
    readonly nodes: readonly { readonly id: string }[]
  }
  const query =
    'query ($after: String) { reviews(productId: "rye", first: 2, after: $after) { total next nodes { id } } }'
  const seen: string[] = []
  let after: string | null = null
  let total = 0
  do {
    const { reviews } = (await asked(query, { after })).data as { readonly reviews: Page }
    expect(reviews.nodes.length).toBeLessThanOrEqual(2)
    seen.push(...reviews.nodes.map((one) => one.id))
    total = reviews.total
    after = reviews.next
  } while (after !== null)
  expect(seen).toHaveLength(total)
  expect(new Set(seen).size).toBe(total)
})

test('gives a value of a union or an interface one type, whatever is asked of it', async () => {
  interface Found {
    readonly kind: string
    readonly rating?: number
    readonly name?: string
  }
  const search = async (fields: string, words = 'rye'): Promise<readonly Found[]> => {
    const { data } = await asked(`{ search(words: "${words}", ${fields} } }`)
    return (data as { readonly search: readonly Found[] }).search
  }
  const plain = await search('first: 20) { kind: __typename')
  const reviews = await search('first: 20) { kind: __typename ... on Review { rating }')
  const products = await search('first: 3) { kind: __typename ... on Product { id name }')
  const types = plain.map((one) => one.kind)
  expect(new Set(types)).toEqual(new Set(['Product', 'Review']))
  expect(reviews.map((one) => one.kind)).toEqual(types)
  expect(products.map((one) => one.kind)).toEqual(types.slice(0, 3))
  for (const one of reviews) expect('rating' in one).toBe(one.kind === 'Review')
  expect(products.filter((one) => one.name !== undefined).length).toBeGreaterThan(0)
})

test('knows by its id what a thing is that is asked for as something more general', async () => {
  const { data } = await asked('{ reviews(productId: "rye", first: 1) { nodes { id } } }')
  const { nodes } = (data as { reviews: { nodes: readonly { readonly id: string }[] } }).reviews
  const { id } = nodes[0]!
  const relay = Buffer.from('Product:7').toString('base64')
  const again = await asked(
    `{ node(id: "${id}") { __typename id ... on Product { name } } nodes(ids: ["${relay}", "${id}"]) { __typename id } }`,
  )
  expect(again.data).toEqual({
    node: { __typename: 'Review', id },
    nodes: [
      { __typename: 'Product', id: relay },
      { __typename: 'Review', id },
    ],
  })
})

test('gives back what a mutation was sent, and no problems', async () => {
  const mutation =
    'mutation ($input: AddReview!) { addReview(input: $input) { review { rating text } problems { message } } }'
  const { data } = await asked(mutation, {
    input: { productId: 'rye', rating: 4, text: 'Good crust' },
  })
  expect(data).toEqual({ addReview: { review: { rating: 4, text: 'Good crust' }, problems: [] } })
  const invalid = await asked(
    mutation,
    { input: { productId: 'rye', rating: 4, text: 'x' } },
    { 'throughline-scenario': 'product/look/reviews.addReview/invalid' },
  )
  expect(invalid.data).toMatchObject({
    addReview: { problems: [{ message: expect.any(String) }] },
  })
})

test('ends nested lists before they flood the page', async () => {
  const { data } = await asked(
    `{ product(productId: "rye") ${'{ parts '.repeat(12)}{ name }${' }'.repeat(12)} }`,
  )
  expect(JSON.stringify(data).length).toBeLessThan(15_000)
})

test('answers introspection, and a broken query with errors', async () => {
  expect((await asked('{ __schema { queryType { name } } }')).data).toEqual({
    __schema: { queryType: { name: 'Query' } },
  })
  const wrong = await asked('{ products { name } }')
  expect([wrong.status, wrong.errors?.[0]?.message]).toEqual([
    200,
    'Cannot query field "products" on type "Query". Did you mean "product"?',
  ])
  expect(
    (await asked('{ products { name } }', {}, { accept: 'application/graphql-response+json' }))
      .status,
  ).toBe(400)
  expect(
    (await asked('query ($id: ID!) { product(productId: $id) { name } }')).errors?.[0]?.message,
  ).toContain('Variable "$id"')
})

test('answers GET, but no mutation by GET', async () => {
  const get = async (query: string): Promise<Response> =>
    shop().handle(
      new Request(`http://localhost:4401/reviews/graphql?query=${encodeURIComponent(query)}`),
    )
  expect(await (await get('{ __typename }')).json()).toEqual({ data: { __typename: 'Query' } })
  expect(
    (
      await get(
        'mutation { addReview(input: { productId: "a", rating: 1, text: "b" }) { problems { message } } }',
      )
    ).status,
  ).toBe(405)
})

test('answers a batch', async () => {
  const response = await shop().handle(
    new Request('http://localhost:4401/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '[{"query":"{ __typename }"},{"query":"{ a: __typename }"}]',
    }),
  )
  expect(await response.json()).toEqual([
    { data: { __typename: 'Query' } },
    { data: { a: 'Query' } },
  ])
})

test('knows a query again by its hash, once it was sent with it', async () => {
  const served = shop()
  const post = async (body: object): Promise<Response> =>
    served.handle(
      new Request('http://localhost:4401/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const query = 'query P($id: ID!) { product(productId: $id) { id } }'
  const hashed = (sha256Hash: string) => ({
    extensions: { persistedQuery: { version: 1, sha256Hash } },
  })
  const own = hashed(createHash('sha256').update(query).digest('hex'))
  const variables = { id: 'rye' }
  const unknown = await post({ ...own, variables })
  expect(await unknown.json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] })
  expect((await post({ query, variables, ...hashed('0123') })).status).toBe(400)
  const data = { product: { id: 'rye' } }
  expect(await (await post({ query, variables, ...own })).json()).toEqual({ data })
  expect(await (await post({ variables, ...own })).json()).toEqual({ data })
  const pairs = new URLSearchParams({
    variables: JSON.stringify(variables),
    extensions: JSON.stringify(own.extensions),
  })
  const got = await served.handle(new Request(`http://localhost:4401/graphql?${pairs}`))
  expect(await got.json()).toEqual({ data })
})

test('takes files as clients send them', async () => {
  const send = async (operations: unknown, map: unknown, file = 'rye.png'): Promise<Response> => {
    const body = new FormData()
    body.set('operations', JSON.stringify(operations))
    body.set('map', JSON.stringify(map))
    body.set('0', new File(['x'], file, { type: 'image/png' }))
    return shop().handle(new Request('http://localhost:4401/graphql', { method: 'POST', body }))
  }
  const query =
    'mutation A($text: String!) { addReview(input: { productId: "rye", rating: 4, text: $text }) { review { text } } }'
  const operations = { query, variables: { text: null } }
  const answer = await send(operations, { 0: ['variables.text'] })
  expect(await answer.json()).toEqual({ data: { addReview: { review: { text: 'rye.png' } } } })
  const batch = await send([operations], { 0: ['0.variables.text'] })
  expect(await batch.json()).toMatchObject([{ data: { addReview: {} } }])
  for (const [map, detail] of [
    [{ 1: ['variables.text'] }, '`map` names a part that is missing: 1'],
    [
      { 0: ['variables.__proto__'] },
      '`operations` has no null at variables.__proto__ for the file 0',
    ],
    [7, 'A part `map` with JSON is missing'],
  ] as const) {
    const refused = await send(operations, map)
    expect([refused.status, await refused.json()]).toMatchObject([400, { detail }])
  }
})

test('plays a 5xx as the status of the answer, and a 404 as an error of its field', async () => {
  const query = '{ reviews(productId: "rye") { total } product(productId: "rye") { id } }'
  const away = await asked(
    query,
    {},
    { 'throughline-scenario': 'product/look/reviews.reviews/503' },
  )
  expect([away.status, away.errors?.[0]?.extensions]).toEqual([
    503,
    { code: 'SERVICE_UNAVAILABLE' },
  ])
  const gone = await asked(
    query,
    {},
    { 'throughline-scenario': 'product/look/reviews.reviews/404' },
  )
  expect([gone.status, gone.data, gone.errors?.[0]?.path, gone.errors?.[0]?.extensions]).toEqual([
    200,
    null,
    ['reviews'],
    { code: 'NOT_FOUND', http: { status: 404 } },
  ])
  const untouched = await asked(
    '{ product(productId: "rye") { id } }',
    {},
    { 'throughline-scenario': 'product/look/reviews.reviews/503' },
  )
  expect(untouched.status).toBe(200)
})

test('plays empty lists, missing parts and written answers', async () => {
  const query = '{ reviews(productId: "rye") { total next nodes { rating product { madeOn } } } }'
  expect(
    (await asked(query, {}, { 'throughline-scenario': 'product/look/reviews.reviews/empty' })).data,
  ).toEqual({ reviews: { total: 0, next: null, nodes: [] } })
  const partial = await asked(
    query,
    {},
    { 'throughline-scenario': 'product/look/reviews.reviews/partial' },
  )
  expect(partial.data).toMatchObject({
    reviews: {
      nodes: expect.arrayContaining([expect.objectContaining({ product: { madeOn: null } })]),
    },
  })
  expect((await asked(query, {}, { 'throughline-scenario': 'torn' })).data).toEqual({
    reviews: { total: 1, nodes: [] },
  })
})

test('says what is wrong with a schema that cannot be served', async () => {
  const { graph } = compile(
    { paths: ['reviews.graphql'], read: (path) => ({ path, text: 'type Query { a: Missing }' }) },
    { contracts: ['reviews.graphql'] },
  )
  const response = await mock(graph).handle(
    new Request('http://localhost:4401/graphql?query=%7Ba%7D'),
  )
  expect([response.status, await response.json()]).toEqual([
    500,
    expect.objectContaining({ detail: expect.stringContaining('Missing') }),
  ])
})
