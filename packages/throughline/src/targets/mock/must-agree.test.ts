import { rootOf } from '@throughline/core'
import type { Site } from '@throughline/core'
import { expect, test } from 'vitest'
import { mustAgree } from './must-agree.ts'

const NEITHER = { counts: false, sums: false }

test('finds nothing to agree in a product', () => {
  const product = schemaOf({
    properties: { name: { type: 'string' }, price: { type: 'number' }, tags: { type: 'array' } },
  })
  expect(mustAgree(product)).toEqual(NEITHER)
})

test('finds a count only where a list stands beside it', () => {
  const total = { total: { type: 'integer' } }
  expect(mustAgree(schemaOf({ properties: total }))).toEqual(NEITHER)
  expect(mustAgree(schemaOf({ properties: { ...total, items: { type: 'array' } } }))).toEqual({
    counts: true,
    sums: false,
  })
})

test('finds a count and its list in different parts of one schema, and behind references', () => {
  const page = schemaOf({
    allOf: [{ $ref: '#/$defs/counted' }, { properties: { orders: { $ref: '#/$defs/orders' } } }],
    $defs: {
      counted: { properties: { total_count: { type: 'integer' } } },
      orders: { type: 'array' },
    },
  })
  expect(mustAgree(page).counts).toBe(true)
})

test('finds lines of an order deep inside a schema that leads back to itself', () => {
  const shop = schemaOf({
    properties: { basket: { $ref: '#/$defs/basket' } },
    $defs: {
      basket: {
        properties: {
          before: { $ref: '#/$defs/basket' },
          lines: {
            type: 'array',
            items: { properties: { price: { type: 'number' }, quantity: { type: 'integer' } } },
          },
        },
      },
    },
  })
  expect(mustAgree(shop)).toEqual({ counts: false, sums: true })
})

test('takes nothing for granted where names are not spelled out', () => {
  expect(mustAgree(schemaOf({ patternProperties: { '^c': {} } }))).toEqual({
    counts: true,
    sums: true,
  })
  const shown = schemaOf({ type: 'object', default: { count: 3, coupons: [] } })
  expect(mustAgree(shown).counts).toBe(true)
})

function schemaOf(value: unknown): Site {
  const file = { path: 'shop.json', text: JSON.stringify(value) }
  return rootOf({
    file,
    value,
    dialect: 'json-schema-2020-12',
    base: 'shop.json',
    open: () => undefined,
    locate: () => [],
  })
}
