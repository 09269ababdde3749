import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'

const store = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /products:
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Product' } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Product' } } } }
      responses:
        '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Product' } } } }
  /products/{productId}:
    parameters: [{ name: productId, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Product' } } } }
    delete: { responses: { '204': { description: gone } } }
  /products/{productId}/offers:
    parameters: [{ name: productId, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Offer' } } } } }
  /basket:
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Basket' } } } }
components:
  schemas:
    Product:
      type: object
      required: [id, name, price, stock_level]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string }
        price: { type: object, required: [amount, currency], properties: { amount: { type: number }, currency: { type: string } } }
        stock_level: { type: string, enum: [in-stock, sold-out] }
        note: { type: string }
    Offer:
      type: object
      required: [id, text]
      properties: { id: { type: string }, text: { type: string } }
    Basket:
      type: object
      required: [voucher]
      properties: { voucher: { type: string } }
`
const catalogue = `
type Query {
  product(id: ID!): Product
  products(name: String, filter: ProductFilter, orderBy: ProductOrder, first: Int, after: String): ProductConnection!
  productReviews(productId: ID!, first: Int): ReviewPage!
  review(id: ID!): Review
  basket: Basket!
}
type Mutation {
  addProduct(input: ProductInput!): Product!
  updateProduct(id: ID!, input: ProductInput!): ProductPayload!
  deleteProduct(id: ID!): DeletePayload!
  addReview(input: ReviewInput!): ReviewPayload!
  updateReview(id: ID!, text: String!): Review!
  updateBasket(voucher: String!): Basket!
}
input ProductInput { name: String, price: Float, stockLevel: StockLevel }
input ProductFilter { name: NameFilter }
input NameFilter { contains: String }
enum ProductOrder { NAME_ASC NAME_DESC }
input ReviewInput { productId: ID!, rating: Int!, text: String! }
type ProductPayload { product: Product }
type DeletePayload { deletedId: ID, success: Boolean! }
type ReviewPayload { review: Review }
enum StockLevel { IN_STOCK SOLD_OUT }
type Product { id: ID!, name: String!, price: Float!, stockLevel: StockLevel!, note: String, reviews: [Review!]!, offers: [Offer!]! }
type Offer { id: ID!, text: String! }
type ProductConnection { edges: [ProductEdge!]!, pageInfo: PageInfo!, totalCount: Int! }
type ProductEdge { cursor: String!, node: Product! }
type PageInfo { hasNextPage: Boolean!, endCursor: String }
type ReviewPage { total: Int!, average: Float, nodes: [Review!]! }
type Review { id: ID!, rating: Int!, text: String!, product: Product! }
type Basket { voucher: String! }
`
const files: Readonly<Record<string, string>> = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { catalogue: { contract: catalogue.graphql }, store: { contract: store.yaml } }\n',
  'store.yaml': store,
  'catalogue.graphql': catalogue,
  'scenarios/full.scenario.yaml': 'scenario: full\ndataset: many\n',
  'data/two.yaml': `
products: [{ id: rye, name: Rye, price: { amount: 4, currency: GBP }, stock_level: sold-out }]
reviews: [{ id: r1, rating: 2, text: Dry, productId: rye }]
`,
}

function shop(options: MockOptions = {}): Mock {
  const { graph } = compile({
    paths: Object.keys(files).filter((one) => !one.startsWith('data/')),
    read: (path) =>
      Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
  })
  return mock(graph, {
    readFile: (path) => (Object.hasOwn(files, path) ? Buffer.from(files[path]!) : undefined),
    ...options,
  })
}

async function graphql(
  served: Mock,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const response = await served.handle(
    new Request('http://localhost:4401/catalogue/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    }),
  )
  return JSON.parse(await response.text()) as Answered
}

interface Answered {
  readonly data?: unknown
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
}

async function rest(
  served: Mock,
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await served.handle(
    new Request(`http://localhost:4401${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

interface Product {
  readonly id: string
  readonly name: string
  readonly price: { readonly amount: number }
}

test('shows the things of the other API: the same ids, names and prices', async () => {
  const served = shop()
  const products = (await rest(served, 'GET', '/store/products')).body as readonly Product[]
  const { data } = await graphql(
    served,
    '{ products { totalCount edges { node { id name price } } } }',
  )
  expect(data).toEqual({
    products: {
      totalCount: products.length,
      edges: products.map(({ id, name, price }) => ({ node: { id, name, price: price.amount } })),
    },
  })
  const [first] = products
  expect((await graphql(served, `{ product(id: "${first!.id}") { name price } }`)).data).toEqual({
    product: { name: first!.name, price: first!.price.amount },
  })
})

test('finds what was posted over REST, and loses what was deleted', async () => {
  const served = shop()
  const made = (
    await rest(served, 'POST', '/store/products', {
      name: 'Rye',
      price: { amount: 4.5, currency: 'GBP' },
      stock_level: 'sold-out',
    })
  ).body as Product
  const query = `{ product(id: "${made.id}") { name price stockLevel note } }`
  expect((await graphql(served, query)).data).toMatchObject({
    product: { name: 'Rye', price: 4.5, stockLevel: 'SOLD_OUT' },
  })
  expect(
    (await graphql(served, query, { 'throughline-session': 'another' })).data,
  ).not.toMatchObject({ product: { name: 'Rye', price: 4.5 } })
  await rest(served, 'DELETE', `/store/products/${made.id}`)
  expect((await graphql(served, query)).data).toEqual({ product: null })
})

test('writes to what REST shows: adds, changes and deletes', async () => {
  const served = shop()
  const added = await graphql(
    served,
    'mutation { addProduct(input: { name: "Rye", stockLevel: SOLD_OUT }) { id name stockLevel } }',
  )
  const { addProduct } = added.data as { readonly addProduct: Product }
  expect(addProduct).toMatchObject({ name: 'Rye', stockLevel: 'SOLD_OUT' })
  const [first] = (await rest(served, 'GET', '/store/products')).body as readonly Product[]
  expect(first).toMatchObject({ id: addProduct.id, name: 'Rye', stock_level: 'sold-out' })

  const { data } = await graphql(
    served,
    `mutation { updateProduct(id: "${addProduct.id}", input: { name: "Dark rye", price: 9 }) { product { name price } } }`,
  )
  expect(data).toEqual({
    updateProduct: { product: { name: 'Dark rye', price: expect.any(Number) } },
  })
  const path = `/store/products/${addProduct.id}`
  expect((await rest(served, 'GET', path)).body).toMatchObject({ name: 'Dark rye' })

  expect(
    (
      await graphql(
        served,
        `mutation { deleteProduct(id: "${addProduct.id}") { deletedId success } }`,
      )
    ).data,
  ).toEqual({ deleteProduct: { deletedId: addProduct.id, success: true } })
  expect((await rest(served, 'GET', path)).status).toBe(404)
  const again = await graphql(
    served,
    `mutation { updateProduct(id: "${addProduct.id}", input: { name: "x" }) { product { id } } }`,
  )
  expect(again.errors?.[0]?.extensions?.code).toBe('NOT_FOUND')
})

test('changes a single thing for both', async () => {
  const served = shop()
  await graphql(served, 'mutation { updateBasket(voucher: "SPRING") { voucher } }')
  expect((await rest(served, 'GET', '/store/basket')).body).toEqual({ voucher: 'SPRING' })
  expect((await graphql(served, '{ basket { voucher } }')).data).toEqual({
    basket: { voucher: 'SPRING' },
  })
})

test('filters, sorts and pages connections', async () => {
  const served = shop({ dataset: 'many' })
  interface Connection {
    readonly totalCount: number
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
    readonly edges: readonly { readonly cursor: string; readonly node: Product }[]
  }
  const page = async (args: string): Promise<Connection> =>
    (
      (await graphql(
        served,
        `{ products${args} { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name } } } }`,
      )) as { readonly data: { readonly products: Connection } }
    ).data.products
  const all = await page('')
  expect(all.totalCount).toBe(200)
  const first = await page('(first: 30)')
  expect(first.edges).toEqual(all.edges.slice(0, 30))
  expect(first.pageInfo).toEqual({ hasNextPage: true, endCursor: first.edges[29]!.cursor })
  const next = await page(`(first: 30, after: "${first.pageInfo.endCursor}")`)
  expect(next.edges).toEqual(all.edges.slice(30, 60))
  const { name } = all.edges[7]!.node
  const same = await page(`(name: ${JSON.stringify(name)})`)
  expect(same.edges).toEqual(all.edges.filter((one) => one.node.name === name))
  const part = name.slice(0, 4)
  const containing = await page(`(filter: { name: { contains: ${JSON.stringify(part)} } })`)
  expect(containing.totalCount).toBe(
    all.edges.filter((one) => one.node.name.toLowerCase().includes(part.toLowerCase())).length,
  )
  const names = (await page('(orderBy: NAME_DESC)')).edges.map((one) => one.node.name)
  expect(names).toEqual(names.toSorted((a, b) => b.localeCompare(a, 'en')))
})

test('keeps things that only GraphQL knows with what they belong to', async () => {
  const served = shop()
  interface Page {
    readonly total: number
    readonly average: number
    readonly nodes: readonly { readonly id: string; readonly rating: number }[]
  }
  const reviews = async (): Promise<Page> =>
    (
      (await graphql(
        served,
        '{ productReviews(productId: "rye") { total average nodes { id rating text } } }',
      )) as { readonly data: { readonly productReviews: Page } }
    ).data.productReviews
  const before = await reviews()
  expect(before.average).toBeCloseTo(
    before.nodes.reduce((sum, one) => sum + one.rating, 0) / before.total,
    1,
  )
  const added = await graphql(
    served,
    'mutation { addReview(input: { productId: "rye", rating: 5, text: "Good crust" }) { review { id text product { id } } } }',
  )
  expect(added.data).toMatchObject({
    addReview: { review: { text: 'Good crust', product: { id: 'rye' } } },
  })
  const after = await reviews()
  expect(after.total).toBe(before.total + 1)
  expect(after.nodes.slice(1)).toEqual(before.nodes)
  expect(after.nodes[0]).toMatchObject({ rating: 5, text: 'Good crust' })
  expect((await graphql(served, '{ product(id: "rye") { reviews { id } } }')).data).toEqual({
    product: { reviews: after.nodes.map(({ id }) => ({ id })) },
  })
  expect(
    (await graphql(served, '{ productReviews(productId: "oat") { nodes { text } } }')).data,
  ).not.toMatchObject({
    productReviews: { nodes: expect.arrayContaining([{ text: 'Good crust' }]) },
  })

  const { id } = before.nodes[1]!
  await graphql(served, `mutation { updateReview(id: "${id}", text: "Changed my mind") { id } }`)
  expect((await graphql(served, `{ review(id: "${id}") { text rating } }`)).data).toEqual({
    review: { text: 'Changed my mind', rating: before.nodes[1]!.rating },
  })
  expect((await reviews()).nodes[2]).toMatchObject({ id, text: 'Changed my mind' })
  expect((await reviews()).total).toBe(after.total)
})

test('fills both with data sets and files', async () => {
  const served = shop()
  const query = '{ products { totalCount } productReviews(productId: "rye") { total } }'
  expect((await graphql(served, query, { 'throughline-scenario': 'full' })).data).toEqual({
    products: { totalCount: 200 },
    productReviews: { total: 200 },
  })
  expect((await graphql(shop({ dataset: 'empty' }), query)).data).toEqual({
    products: { totalCount: 0 },
    productReviews: { total: 0 },
  })
  const notices: string[] = []
  const filled = shop({ dataset: 'data/two.yaml', onNotice: (line) => notices.push(line) })
  expect(
    (
      await graphql(
        filled,
        '{ products { edges { node { name stockLevel } } } productReviews(productId: "rye") { nodes { id text product { name } } } }',
      )
    ).data,
  ).toEqual({
    products: { edges: [{ node: { name: 'Rye', stockLevel: 'SOLD_OUT' } }] },
    productReviews: { nodes: [{ id: 'r1', text: 'Dry', product: { name: 'Rye' } }] },
  })
  expect(notices).toEqual([])
})

test('seeds what only GraphQL knows by its name', async () => {
  const served = shop()
  const put = await rest(served, 'PUT', '/_throughline/data/reviews', [
    { id: 'r7', rating: 1, text: 'Cold', productId: 'rye' },
  ])
  expect(put).toMatchObject({ status: 200, body: { ids: ['r7'] } })
  expect(
    (await graphql(served, '{ productReviews(productId: "rye") { nodes { id text } } }')).data,
  ).toEqual({ productReviews: { nodes: [{ id: 'r7', text: 'Cold' }] } })
})

test('seeds what stands under a parent by its path, for both', async () => {
  const served = shop()
  const offers = [{ id: 'o1', text: 'Two for one' }]
  expect(await rest(served, 'PUT', '/_throughline/data/products/rye/offers', offers)).toMatchObject(
    { status: 200, body: { collection: 'offers', ids: ['o1'] } },
  )
  expect((await rest(served, 'GET', '/_throughline/data/products/rye/offers')).body).toEqual({
    collection: 'offers',
    things: offers,
  })
  expect((await rest(served, 'GET', '/store/products/rye/offers')).body).toEqual(offers)
  expect((await rest(served, 'GET', '/store/products/oat/offers')).body).not.toEqual(offers)
  expect((await graphql(served, '{ product(id: "rye") { offers { id text } } }')).data).toEqual({
    product: { offers },
  })
})

test('gives an earlier answer again by its token, and says what answers are made of', async () => {
  const served = shop({ dataset: 'many' })
  const send = async (token?: string): Promise<Response> =>
    served.handle(
      new Request('http://localhost:4401/catalogue/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { 'throughline-replay': token }),
        },
        body: JSON.stringify({ query: '{ products(first: 3) { edges { node { name } } } }' }),
      }),
    )
  const first = await send()
  const text = await first.text()
  await rest(served, 'POST', '/store/products', {
    name: 'Rye',
    price: { amount: 4.5, currency: 'GBP' },
    stock_level: 'sold-out',
  })
  const again = await send(first.headers.get('throughline-replay')!)
  expect(await again.text()).toBe(text)
  const why = await rest(
    served,
    'GET',
    `/_throughline/why/${first.headers.get('throughline-why')}`,
    undefined,
    { accept: 'application/json' },
  )
  expect(why.body).toMatchObject({ because: 'generated' })
})
