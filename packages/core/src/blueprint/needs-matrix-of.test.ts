import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import type { NeedsGroup, NeedsMatrix } from './needs-matrix.ts'
import { needsMatrixOf } from './needs-matrix-of.ts'

const store = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      summary: What is in the basket
      responses:
        "200":
          description: The basket
          headers: { Link: { schema: { type: string } }, Age: { schema: { type: integer } } }
          content:
            application/json:
              schema:
                type: object
                required: [items, total]
                properties:
                  items: { type: array, items: { type: object, required: [name], properties: { name: { type: string }, note: { type: string, deprecated: true } } } }
                  total: { $ref: "#/components/schemas/Money" }
                  customer: { type: object, properties: { email: { type: string, description: Where the receipt goes } } }
                  extra: {}
  /orders:
    get: { operationId: listOrders, responses: { "200": { description: Orders } } }
components:
  schemas:
    Money: { type: object, required: [amount, currency], properties: { amount: { type: integer }, currency: { type: string } } }
`

function matrixOf(files: Readonly<Record<string, string>>): NeedsMatrix {
  const { graph, diagnostics } = compiled({ 'store.openapi.yaml': store, ...files })
  return needsMatrixOf(graph, diagnostics)
}

/** `items[].name string basket:covered`: a row as one line. */
function lines({ rows }: NeedsGroup): readonly string[] {
  return rows.map(({ path, type, unused, missing, cells }) =>
    [
      path,
      type ?? '-',
      ...cells.map((cell) => `${cell.step}:${cell.status}`),
      ...(unused ? ['unused'] : []),
      ...(missing ? ['missing'] : []),
    ].join(' '),
  )
}

const journey = (needs: string, name = 'checkout'): string =>
  `journey: ${name}\nsteps:\n  - step: basket\n    calls:\n      - operation: store.getBasket\n        needs: ${needs}\n`

test('lays every field beside every step, with gaps where they would stand', () => {
  const { operations, totals } = matrixOf({
    'checkout.journey.yaml': journey(
      '["items[].name", "items[].price", total.amount, { path: customer.email, absent: No receipt }, customer.phone, eta]',
    ),
    'again.journey.yaml': journey('["items[].note", total.amount]', 'again'),
    'policy.yaml': 'classes: { personal: { contains: [email], rule: never in logs } }\n',
  })
  expect(operations.map((one) => [one.operation, one.title, one.status, one.calledBy])).toEqual([
    ['store.getBasket', 'What is in the basket', '200', ['again/basket', 'checkout/basket']],
  ])
  expect(lines(operations[0]!)).toEqual([
    'items[].name string checkout/basket:covered',
    'items[].note string? again/basket:optional',
    'items[].price - checkout/basket:missing missing',
    'total.amount integer again/basket:covered checkout/basket:covered',
    'total.currency string unused',
    'customer.email string? checkout/basket:planned-for',
    'customer.phone - checkout/basket:missing missing',
    'extra any? unused',
    'eta - checkout/basket:missing missing',
  ])
  const email = operations[0]!.rows.find((row) => row.path === 'customer.email')!
  expect(email).toMatchObject({
    class: 'personal',
    description: 'Where the receipt goes',
    usedBy: 1,
  })
  expect(email.because).toContain('is optional')
  expect(email.cells[0]).toMatchObject({ absent: 'No receipt', label: 'Customer email' })
  expect(totals).toEqual({
    rows: 9,
    unused: 2,
    needs: { covered: 3, optional: 1, 'planned-for': 1, missing: 3 },
  })
})

test('says of each cell where it is written and what is wrong with it', () => {
  const [group] = matrixOf({
    'checkout.journey.yaml': journey('[{ path: "items[].nam", why: To know what it is }]'),
  }).operations
  expect(group!.rows.find((row) => row.missing)!.cells).toEqual([
    {
      step: 'checkout/basket',
      status: 'missing',
      call: 'store.getBasket',
      need: 'need:checkout/basket/store.getBasket/items[].nam',
      label: 'Nam',
      why: 'To know what it is',
      url: '/journeys/checkout?step=basket&need=need:checkout/basket/store.getBasket/items[].nam',
      file: 'checkout.journey.yaml',
      line: 6,
      problems: [
        {
          code: 'TL2003',
          severity: 'error',
          message:
            'Step checkout/basket needs `items[].nam`, which GET /basket (200) does not return. Did you mean `items[].name`?',
          fixes: [
            { title: 'Change to `items[].name`', replace: 'items[].name' },
            {
              title: 'Propose `items[].nam` to the owners of store',
              propose: 'need:checkout/basket/store.getBasket/items[].nam',
            },
          ],
        },
      ],
    },
  ])
})

test('lets an object that is needed stand for what is inside it', () => {
  const [group] = matrixOf({ 'checkout.journey.yaml': journey('[total, items]') }).operations
  expect(lines(group!)).toEqual(
    [
      'items array checkout/basket:covered',
      'total Money checkout/basket:covered',
      'customer.email string? unused',
      'extra any? unused',
    ].map((line) => line.replace('items array', `items ${group!.rows[0]!.type}`)),
  )
})

test('shows headers only where somebody needs them', () => {
  const [group] = matrixOf({ 'checkout.journey.yaml': journey('["header:Link"]') }).operations
  expect(lines(group!).filter((line) => line.startsWith('header:'))).toEqual([
    'header:Link string? checkout/basket:optional',
  ])
})

test('takes any item of a list for all of them', () => {
  const [group] = matrixOf({ 'checkout.journey.yaml': journey('["items[0].name"]') }).operations
  const row = group!.rows.find((one) => one.path === 'items[].name')!
  expect(row.unused).toBe(false)
  expect(row.cells[0]).toMatchObject({ path: 'items[0].name', status: 'optional' })
})

test('has a row for what lies below something undescribed', () => {
  const [group] = matrixOf({ 'checkout.journey.yaml': journey('[extra.colour]') }).operations
  const row = group!.rows.find((one) => one.path === 'extra.colour')
  expect(row).toMatchObject({ missing: false, unused: false, type: 'any?' })
})

test('shows needs of an operation that no contract has, all missing', () => {
  const { operations } = matrixOf({
    'checkout.journey.yaml': journey('[total.amount]').replace('store.getBasket', 'store.getCrate'),
  })
  expect(operations).toMatchObject([
    {
      operation: 'store.getCrate',
      api: '',
      method: '',
      path: 'store.getCrate',
      calledBy: ['checkout/basket'],
    },
  ])
  expect(operations[0]!.url).toBeUndefined()
  expect(lines(operations[0]!)).toEqual(['total.amount - checkout/basket:missing missing'])
})

test('cuts big answers, says by how much, and never leaves a need out', () => {
  const names = Array.from({ length: 300 }, (_, index) => `f${index}`)
  const wide = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { "200": { description: It, content: { application/json: { schema: { type: object, properties: { ${names.map((name) => `${name}: { type: string }`).join(', ')} } } } } } }
`
  const { operations, bounds } = matrixOf({
    'store.openapi.yaml': wide,
    'checkout.journey.yaml': journey('[f299]'),
  })
  expect(operations[0]!.rows).toHaveLength(bounds.rows)
  expect(operations[0]!.rows.at(-1)?.path).toBe('f299')
  expect(operations[0]!.leftOut).toEqual({ fields: 240, more: false })
})

test('ends where a type is inside itself', () => {
  const tree = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get: { operationId: getBasket, responses: { "200": { description: It, content: { application/json: { schema: { $ref: "#/components/schemas/Shelf" } } } } } }
components:
  schemas:
    Shelf: { type: object, required: [name, inside], properties: { name: { type: string }, inside: { type: array, items: { $ref: "#/components/schemas/Shelf" } } } }
`
  const [group] = matrixOf({
    'store.openapi.yaml': tree,
    'checkout.journey.yaml': journey('["inside[].inside[].name"]'),
  }).operations
  expect(group!.rows.find((row) => !row.unused)?.path).toBe('inside[].inside[].name')
  expect(group!.rows.length).toBeLessThan(10)
})

test("shows of GraphQL what the documents ask for, by the contract's names", () => {
  const { operations } = matrixOf({
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis: { reviews: { contract: reviews.graphql, documents: app.graphql } }\n',
    'reviews.graphql':
      'type Query { reviews: Page! average(of: ID!): Float }\ntype Page { total: Int! nodes: [Review!]! next: String }\ntype Review { rating: Int! text: String! author: String }\n',
    'app.graphql':
      'query Both { reviews { total nodes { stars: rating text } } average(of: "1") }\n',
    'checkout.journey.yaml':
      'journey: checkout\nsteps:\n  - step: basket\n    calls:\n      - operation: reviews query Both\n        needs: ["reviews.nodes[].stars", average, "reviews.nodes[].author"]\n',
  })
  expect(operations.map((one) => [one.operation, ...lines(one)])).toEqual([
    [
      'reviews.reviews',
      'total integer unused',
      'nodes[].rating integer checkout/basket:covered',
      'nodes[].text string unused',
      'nodes[].author - checkout/basket:missing missing',
    ],
    ['reviews.average', ' number? checkout/basket:optional'],
  ])
  const stars = operations[0]!.rows[1]!.cells[0]!
  expect(stars).toMatchObject({ call: 'reviews.Both', path: 'reviews.nodes[].stars' })
})
