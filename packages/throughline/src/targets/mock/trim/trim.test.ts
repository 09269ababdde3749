import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from '../mock.ts'
import type { MockOptions } from '../mock.ts'
import { tombstonesHurting, wrongTombstones } from './trim.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: x
          content:
            application/json:
              schema:
                type: object
                properties:
                  total: { type: number }
                  note: { type: string, deprecated: true }
                  prices: { type: object, additionalProperties: { type: object, properties: { amount: { type: number }, cents: { type: integer } } } }
                  items: { type: array, items: { type: object, properties: { name: { type: string }, price: { type: number }, legacyPrice: { type: string, deprecated: true } } } }
              example: { total: 3, note: hi, prices: { eur: { amount: 3, cents: 300 } }, items: [{ name: bread, price: 3, legacyPrice: '3.00' }] }
  /stock:
    get:
      operationId: getStock
      responses: { '200': { description: x, content: { application/json: { schema: { type: object }, example: { bread: 7 } } } } }
`,
  'journeys/checkout.journey.yaml': `journey: checkout
steps:
  - step: basket
    calls:
      - { operation: store.getBasket, needs: ['items[].name', 'items[].legacyPrice', 'prices{}.amount'] }
      - store.getStock
`,
}

const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})

async function ask(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  options: MockOptions = {},
): Promise<readonly [unknown, string | null]> {
  const answer = await mock(graph, options).handle(
    new Request(`http://mock.example${path}`, { headers }),
  )
  return [await answer.json(), answer.headers.get('throughline-trimmed')]
}

const needed = { prices: { eur: { amount: 3 } }, items: [{ name: 'bread', legacyPrice: '3.00' }] }

test('answers with nothing but what some step needs', async () => {
  const minimal = { trim: { minimal: true, tombstones: [] } }
  expect(await ask('/basket', { 'throughline-minimal': 'true' })).toEqual([needed, 'minimal'])
  expect(await ask('/basket', {}, minimal)).toEqual([needed, 'minimal'])
  expect((await ask('/basket', { 'throughline-minimal': 'false' }, minimal))[1]).toBeNull()
  // Nobody has said what the screen takes from it.
  expect(await ask('/stock', {}, minimal)).toEqual([{ bread: 7 }, null])
})

test('leaves out what is to be removed, and says which steps need it', async () => {
  const [value, told] = await ask('/basket', {
    'throughline-tombstone': 'store.getBasket:items[].legacyPrice, store.getBasket:prices{}.cents',
  })
  expect(value).toEqual({
    total: 3,
    note: 'hi',
    prices: { eur: { amount: 3 } },
    items: [{ name: 'bread', price: 3 }],
  })
  expect(told).toMatch(
    /^items\[\]\.legacyPrice is gone, needed by checkout\/basket \(.+\); prices\{\}\.cents is gone, needed by no step$/,
  )
})

test('leaves out every deprecated field', async () => {
  const trim = { minimal: false, tombstones: ['deprecated'] }
  const [value] = await ask('/basket', {}, { trim })
  expect(value).toEqual({
    total: 3,
    prices: { eur: { amount: 3, cents: 300 } },
    items: [{ name: 'bread', price: 3 }],
  })
  expect(tombstonesHurting(graph, ['deprecated'])).toEqual([
    expect.stringMatching(
      /^store\.getBasket:items\[\]\.legacyPrice is gone, and checkout\/basket \(.+\) needs it$/,
    ),
  ])
  expect((await ask('/basket', { 'throughline-tombstone': 'none' }, { trim }))[1]).toBeNull()
})

test('keeps whole and trimmed answers apart, and gives a trimmed one again', async () => {
  const served = mock(graph)
  const get = (headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    served.handle(new Request('http://mock.example/basket', { headers }))
  await get()
  const first = await get({ 'throughline-minimal': '1' })
  expect(await first.json()).toEqual(needed)
  expect(await (await get()).json()).toMatchObject({ total: 3 })
  const again = await get({ 'throughline-replay': first.headers.get('throughline-replay')! })
  expect(await again.json()).toEqual(needed)
})

test('says what is no tombstone', () => {
  expect(wrongTombstones(graph, ['store.getCart:total', 'store.getBasket', 'deprecated'])).toEqual([
    'No operation is called `store.getCart`, as in `store.getCart:total`.',
    '`store.getBasket` names no field: write it as store.getBasket:items[].legacyPrice.',
  ])
})
