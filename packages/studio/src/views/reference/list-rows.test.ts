import type { ReferenceEntry, ReferenceIndex } from '@throughline/core'
import { expect, test } from 'vitest'
import { listRows, rowsBetween } from './list-rows.ts'

function entry(id: string, method: string, path: string, title: string): ReferenceEntry {
  return {
    id,
    method,
    path,
    title,
    deprecated: false,
    callers: 0,
    missing: 0,
    url: `/reference/${id}`,
  }
}

function api(name: string, groups: Readonly<Record<string, readonly ReferenceEntry[]>>) {
  return {
    name,
    version: 'openapi 3.1.0',
    protocol: 'rest' as const,
    file: `${name}.yaml`,
    types: [],
    operations: Object.values(groups).flat().length,
    groups: Object.entries(groups).map(([tag, operations]) => ({ name: tag, operations })),
  }
}

const shop: ReferenceIndex = {
  apis: [
    api('store', {
      Basket: [
        entry('store.getBasket', 'GET', '/basket', 'What is in the basket'),
        entry('store.addItem', 'POST', '/basket/items', 'Put something in'),
      ],
      Orders: [entry('store.listOrders', 'GET', '/orders', 'Past orders')],
    }),
    api('reviews', { Queries: [entry('reviews.reviews', 'query', 'reviews', 'Reviews')] }),
  ],
}

const titles = (query: string): readonly string[] =>
  listRows(shop, query).rows.map((row) =>
    row.kind === 'operation' ? row.entry.id : `# ${row.title}`,
  )

test('operations stand below their API and their group, each at its height', () => {
  expect(titles('')).toEqual([
    '# store',
    '# Basket',
    'store.getBasket',
    'store.addItem',
    '# Orders',
    'store.listOrders',
    '# reviews',
    '# Queries',
    'reviews.reviews',
  ])
  const { rows, height, operations } = listRows(shop, '')
  expect(rows.map(({ top }) => top)).toEqual([0, 40, 72, 103, 134, 166, 197, 237, 269])
  expect([height, operations]).toEqual([300, 4])
})

test('every word of the filter is somewhere in the name, method, path, title or group', () => {
  expect(titles('POST basket')).toEqual(['# store', '# Basket', 'store.addItem'])
  expect(titles('orders past')).toEqual(['# store', '# Orders', 'store.listOrders'])
  expect(titles('coupon')).toEqual([])
})

test('only the rows in sight are drawn, even of a list too long to draw', () => {
  const many = {
    apis: [
      api('github', {
        repos: Array.from({ length: 20_000 }, (_, at) =>
          entry(`github.op${at}`, 'GET', `/${at}`, `${at}`),
        ),
      }),
    ],
  }
  const { rows, height } = listRows(many, '')
  const seen = rowsBetween(rows, 300_000, 300_900)
  expect(height).toBeGreaterThan(600_000)
  expect(seen.length).toBeLessThan(34)
  expect(seen[0]!.top).toBeLessThanOrEqual(300_000)
  expect(seen.at(-1)!.top).toBeGreaterThan(300_860)
})
