import { expect, test } from 'vitest'
import type { Dialect } from '../text/site.ts'
import { bodyField, fieldPaths, findField, type FieldOptions } from './fields.ts'
import { written } from './fixtures/written.ts'

/** `types, absence` of the field, or where the path stops. */
function found(schema: unknown, path: string, options?: FieldOptions, dialect?: Dialect): string {
  const result = findField(bodyField(written(schema, dialect), options), path)
  if (!('field' in result))
    return `no ${result.missing} in ${result.at || 'the body'}: ${result.known.join(', ')}`
  const { field, absence } = result
  const types = field.types.join('|') || 'anything'
  return [types, ...absence.map((one) => `${one.path || 'the body'} ${one.reason}`)].join(', ')
}

const basket = {
  type: 'object',
  required: ['items', 'prices', 'a.b'],
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'price'],
        properties: {
          name: { type: 'string' },
          price: { $ref: '#/$defs/Money' },
          note: { type: 'string' },
        },
      },
    },
    prices: { type: 'object', additionalProperties: { $ref: '#/$defs/Money' } },
    eta: { type: ['string', 'null'], format: 'date' },
    'a.b': { type: 'object', required: ['c'], properties: { c: { type: 'boolean' } } },
    attributes: { type: 'object' },
    meta: {},
    size: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], items: false },
  },
  $defs: {
    Money: { type: 'object', required: ['amount'], properties: { amount: { type: 'integer' } } },
  },
}

test.each([
  ['', 'object'],
  ['items[].name', 'string'],
  ['items[].price.amount', 'integer'],
  ['items[0].name', 'string, items[0] optional'],
  ['items[].note', 'string, items[].note optional'],
  ['prices{}.amount', 'integer'],
  ['prices.EUR.amount', 'integer, prices.EUR optional'],
  ['eta', 'string, eta optional, eta nullable'],
  ['"a.b".c', 'boolean'],
  ['size[1]', 'string, size optional, size[1] optional'],
])('finds %s', (path, expected) => {
  expect(found(basket, path)).toBe(expected)
})

test.each([
  ['etta', 'no etta in the body: items, prices, eta, a.b, attributes, meta, size'],
  ['items.name', 'no name in items: [], [].name, [].price, [].note'],
  ['items[].price.amont', 'no amont in items[].price: amount'],
  ['eta.day', 'no day in eta: '],
  ['items[', 'no items[ in the body: items, prices, eta, a.b, attributes, meta, size'],
])('says where %s stops', (path, expected) => {
  expect(found(basket, path).replaceAll('"', '')).toBe(expected)
})

test('counts what lies below an undescribed value as optional', () => {
  expect(found(basket, 'attributes.colour')).toBe(
    'anything, attributes optional, attributes.colour optional',
  )
  expect(found(basket, 'meta.tags[].id')).toContain('meta.tags[].id optional')
  expect(findField(bodyField(undefined), 'anything[].goes')).toMatchObject({
    field: { types: [], schema: undefined },
  })
})

test('merges allOf, and asks for what any of its branches requires', () => {
  const order = {
    allOf: [
      { $ref: '#/$defs/Resource' },
      {
        properties: { id: { type: 'string', format: 'uuid' }, total: { type: 'number' } },
        required: ['total'],
      },
    ],
    $defs: {
      Resource: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', description: 'Stable' } },
      },
    },
  }
  expect(found(order, 'total')).toBe('number')
  expect(findField(bodyField(written(order)), 'id')).toMatchObject({
    field: { required: true, format: 'uuid', description: 'Stable' },
    absence: [],
  })
})

test('knows what only some alternatives have', () => {
  const payment = {
    oneOf: [
      {
        type: 'object',
        required: ['id', 'card'],
        properties: { id: { type: 'string' }, card: { type: 'string' } },
      },
      {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer' }, iban: { type: 'string' } },
      },
      { type: 'null' },
    ],
  }
  expect(found(payment, 'id')).toBe('string|integer, the body nullable')
  expect(found(payment, 'card')).toBe('string, the body nullable, card one-of')
  expect(found(payment, 'cvc')).toBe('no cvc in the body: id, card, iban')
})

test('takes requirements in alternatives for requirements, not for alternatives', () => {
  const contact = {
    type: 'object',
    properties: { email: { type: 'string' }, phone: { type: 'string' } },
    anyOf: [{ required: ['email'] }, { required: ['phone'] }],
  }
  expect(found(contact, 'email')).toBe('string, email optional')
})

test('follows a type inside itself as far as somebody asks', () => {
  const category = {
    type: 'object',
    required: ['parent'],
    properties: { name: { type: 'string' }, parent: { $ref: '#' } },
  }
  expect(found(category, 'parent.parent.parent.name')).toBe(
    'string, parent.parent.parent.name optional',
  )
  expect([...fieldPaths(bodyField(written(category)))].map((one) => one.path)).toEqual([
    'name',
    'parent',
  ])
})

test('ends on schemas that only refer to each other', () => {
  const loop = {
    $ref: '#/$defs/a',
    $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } },
  }
  expect(found(loop, 'name')).toBe('anything, name optional')
})

test('shows a direction only what it carries', () => {
  const account = {
    properties: {
      id: { type: 'string', readOnly: true },
      password: { type: 'string', writeOnly: true },
    },
  }
  const names = (options?: FieldOptions) =>
    [...fieldPaths(bodyField(written(account), options))].map((one) => one.path)
  expect(names()).toEqual(['id', 'password'])
  expect(names({ direction: 'response' })).toEqual(['id'])
  expect(names({ direction: 'request' })).toEqual(['password'])
  expect(found(account, 'password', { direction: 'response' })).toBe('no password in the body: id')
})

test('knows nullable references of OpenAPI 3.0 and the name of the type', () => {
  const order = {
    properties: { ship: { nullable: true, allOf: [{ $ref: '#/definitions/Address' }] } },
    required: ['ship'],
    definitions: {
      Address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
    },
  }
  expect(found(order, 'ship.city', {}, 'openapi-3.0')).toBe('string, ship nullable')
  expect(findField(bodyField(written(order, 'openapi-3.0')), 'ship')).toMatchObject({
    field: { typeName: 'Address', types: ['object'] },
  })
})

test('bounds a listing', () => {
  const wide = {
    properties: Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `p${index}`,
        { properties: { inner: { type: 'string' } } },
      ]),
    ),
  }
  const paths = [...fieldPaths(bodyField(written(wide)), { most: 60 })]
  expect(paths).toHaveLength(60)
  expect(paths[50]!.path).toBe('p0.inner')
  expect([...fieldPaths(bodyField(written(wide)), { depth: 1 })]).toHaveLength(50)
})
