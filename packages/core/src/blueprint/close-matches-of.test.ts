import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import type { CloseMatches } from './close-matches.ts'
import { closeMatchesOf } from './close-matches-of.ts'

const { graph } = compiled({
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, owner: orders } }\nteams: { orders: {} }\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200":
          description: The basket
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: { type: array, items: { type: object, required: [name], properties: { name: { type: string }, picture: { type: string }, stock: { type: integer } } } }
                  delivery: { type: object, properties: { arrivalDays: { type: integer, description: Working days until we could come }, fee: { type: number } } }
  /orders/{id}:
    get:
      operationId: getOrder
      summary: One order
      responses: { "200": { description: An order, content: { application/json: { schema: { type: object, required: [eta], properties: { eta: { type: string, format: date } } } } } } }
  /shelves:
    get:
      operationId: listShelves
      responses: { "200": { description: Shelves, content: { application/json: { schema: { type: object, properties: { ETA: { type: string } } } } } } }
`,
  'checkout.journey.yaml': `journey: checkout
steps:
  - step: basket
    calls: [{ operation: store.getBasket, needs: ["items[].name"] }]
  - step: done
    calls: [{ operation: store.getOrder, needs: [eta] }]
`,
})

function matching(path: string, step?: string): CloseMatches {
  return closeMatchesOf(graph, 'store.getBasket', path, step)
}

test.each([
  ['items[].nam', 'items[].name', 'spelled nearly the same', 1],
  ['name', 'items[].name', 'the same name, elsewhere in the answer', 0],
  ['items[].image', 'items[].picture', 'says the same in other words', 6],
  ['delivery.arrival', 'delivery.arrivalDays', 'has a word in common', 3],
  ['items[].available', 'items[].stock', 'says the same in other words', 6],
  ['delivery.workingTime', 'delivery.arrivalDays', 'is described with the same word', 6],
])('finds for %s the field %s: %s', (path, match, because, distance) => {
  const { exists, matches } = matching(path)
  expect(exists).toBe(false)
  expect(matches[0]).toMatchObject({ path: match, because, distance })
})

test('says what is known of a match', () => {
  expect(matching('delivery.arrival').matches[0]).toEqual({
    path: 'delivery.arrivalDays',
    label: 'Delivery arrival days',
    type: 'integer?',
    description: 'Working days until we could come',
    distance: 3,
    because: 'has a word in common',
    usedBy: 0,
  })
  expect(matching('items[].nam').matches[0]).toMatchObject({ usedBy: 1, type: 'string' })
})

test('finds the same name in other answers, those that the step calls already first', () => {
  expect(matching('eta', 'checkout/done').elsewhere).toEqual([
    {
      operation: 'store.getOrder',
      method: 'GET',
      operationPath: '/orders/{id}',
      title: 'One order',
      path: 'eta',
      type: 'date',
      owner: 'orders',
      called: true,
      url: '/reference/store.getOrder?field=eta',
    },
    {
      operation: 'store.listShelves',
      method: 'GET',
      operationPath: '/shelves',
      path: 'ETA',
      type: 'string?',
      owner: 'orders',
      called: false,
      url: '/reference/store.listShelves?field=ETA',
    },
  ])
  expect(matching('eta', 'checkout/basket').elsewhere.map((one) => one.called)).toEqual([
    false,
    false,
  ])
})

test('knows what exists, and looks elsewhere for an operation that no contract has', () => {
  expect(matching('items[].name')).toMatchObject({ exists: true })
  expect(closeMatchesOf(graph, 'store.getCrate', 'eta')).toMatchObject({
    exists: false,
    matches: [],
    elsewhere: [{ operation: 'store.getOrder' }, { operation: 'store.listShelves' }],
  })
})

test.each(['', '[]', '.', '"', '[[[', '\u0000', 'a'.repeat(5000), '__proto__.constructor'])(
  'finds nothing for %j, and does not stumble',
  (path) => {
    expect(matching(path).matches).toEqual([])
  },
)
