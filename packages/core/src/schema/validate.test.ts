import { expect, test } from 'vitest'
import { pathOf, type Dialect } from '../text/site.ts'
import { written } from './fixtures/written.ts'
import { validatorOf, type ValidateOptions } from './validate.ts'
import { pointerOf, sentence } from './violation.ts'

function said(
  schema: unknown,
  value: unknown,
  options?: ValidateOptions,
  dialect?: Dialect,
): readonly string[] {
  return validatorOf(written(schema, dialect))(value, options).map((one) => sentence(one))
}

const basket = {
  type: 'object',
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'quantity'],
        properties: {
          name: { type: 'string', minLength: 1 },
          quantity: { type: 'integer', minimum: 1 },
        },
      },
    },
    coupon: { type: 'string', pattern: '^[A-Z]{4}$' },
    eta: { type: ['string', 'null'], format: 'date' },
    currency: { enum: ['EUR', 'GBP'] },
  },
  additionalProperties: false,
}

test('says in plain words what is wrong and where', () => {
  const value = {
    items: [{ name: '', quantity: '2' }, { name: 'Tea', quantity: 0 }, { name: 'Mug' }],
    coupon: 'ten',
    eta: 'soon',
    currency: 'USD',
    cuppon: 1,
  }
  expect(said(basket, value)).toEqual([
    'items[0].name is empty, expected at least 1 character',
    'items[0].quantity is a string, expected an integer',
    'items[1].quantity is 0, expected at least 1',
    'items[2] has no `quantity`, which is required',
    'coupon is "ten", expected a string that matches "^[A-Z]{4}$"',
    'eta is "soon", expected a date (2026-03-01)',
    'currency is "USD", expected "EUR" or "GBP"',
    'cuppon is not a known property (`items`, `coupon`, `eta`, `currency`)',
  ])
  expect(said(basket, [])).toEqual(['the value is a list, expected an object'])
})

test('stops at the first violation when asked', () => {
  expect(said(basket, { coupon: 1, eta: 2 }, { all: false })).toHaveLength(1)
})

test('gives the pointer and the schema of a violation', () => {
  const [violation] = validatorOf(written(basket))({ items: [{ name: 'Tea', quantity: 0.5 }] })
  expect(pointerOf(violation!.path)).toBe('/items/0/quantity')
  expect(pathOf(violation!.schema)).toEqual([
    'properties',
    'items',
    'items',
    'properties',
    'quantity',
  ])
  expect(violation!.keyword).toBe('type')
})

test('says of an unknown property which there are', () => {
  const [violation] = validatorOf(written(basket))({ items: [], cuppon: 1 })
  expect(violation!.expected).toBe('`items`, `coupon`, `eta`, `currency`')
})

const payment = {
  oneOf: [
    {
      type: 'object',
      required: ['method', 'number'],
      properties: { method: { const: 'card' }, number: { type: 'string' } },
    },
    {
      type: 'object',
      required: ['method', 'iban'],
      properties: { method: { const: 'bank' }, iban: { type: 'string' } },
    },
    { type: 'null' },
  ],
}

test('talks about the alternative that was meant', () => {
  expect(said(payment, { method: 'bank' })).toEqual(['the value has no `iban`, which is required'])
  expect(said(payment, { method: 'card', number: 4 })).toEqual([
    'number is an integer, expected a string',
  ])
  expect(said(payment, 'cash')).toEqual(['the value is a string, expected an object or null'])
})

test('says when more than one alternative fits', () => {
  expect(said({ oneOf: [{ type: 'integer' }, { minimum: 0 }] }, 3)).toEqual([
    'the value matches 2 of the 2 possible shapes (1, 2), expected exactly one',
  ])
})

const discriminated = (defaultMapping?: string) => ({
  discriminator: {
    propertyName: 'kind',
    mapping: { card: '#/components/schemas/Card' },
    ...(defaultMapping && { defaultMapping }),
  },
  oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Voucher' }],
  components: {
    schemas: {
      Card: {
        type: 'object',
        required: ['kind', 'number'],
        properties: { kind: { type: 'string' }, number: { type: 'string' } },
      },
      Voucher: { type: 'object', required: ['code', 'pin', 'shop'] },
    },
  },
})

test('lets the discriminator choose what to complain about', () => {
  expect(said(discriminated(), { kind: 'card' })).toEqual([
    'the value has no `number`, which is required',
  ])
  expect(said(discriminated(), { kind: 'Voucher', number: 1 })).toHaveLength(3)
  expect(said(discriminated(), { kind: 'cash' })).toEqual([
    'kind is "cash", expected "card" or "Voucher"',
  ])
  expect(said(discriminated(), {})).toEqual([
    'the value has no `kind`, which says what shape it has ("card" or "Voucher")',
  ])
  expect(said(discriminated('Card'), {})).toContain('the value has no `number`, which is required')
})

const account = {
  allOf: [
    { required: ['id', 'password', 'email'] },
    {
      properties: {
        id: { type: 'string', readOnly: true },
        password: { $ref: '#/$defs/Secret' },
        email: { type: 'string' },
      },
    },
  ],
  $defs: { Secret: { type: 'string', writeOnly: true } },
}

test('knows which way a property goes', () => {
  expect(
    said(account, { email: 'a@example.com', password: 'x' }, { direction: 'request' }),
  ).toEqual([])
  expect(said(account, { email: 'a@example.com', id: '1' }, { direction: 'response' })).toEqual([])
  expect(said(account, { email: 'a@example.com' }, {})).toHaveLength(2)
  expect(
    said(account, { email: 'a@example.com', id: '1', password: 'x' }, { direction: 'response' }),
  ).toEqual(['password is write-only, so it must not be in an answer'])
})

test('counts characters, not UTF-16 units', () => {
  expect(said({ maxLength: 2, minLength: 2 }, '🛒🛒')).toEqual([])
  expect(said({ minLength: 2 }, '🛒')).toHaveLength(1)
})

test('counts multiples as people do', () => {
  const cents = validatorOf(written({ multipleOf: 0.01 }))
  expect(
    [19.99, 0.07, 4.35, 1e10 + 0.01, 0, -0.29, 1e300].map((value) => cents.test(value)),
  ).toEqual(Array(7).fill(true))
  expect([0.001, 19.995, 1e-12].map((value) => cents.test(value))).toEqual([false, false, false])
})

test('finds two equal items among thousands at once', () => {
  const unique = validatorOf(written({ uniqueItems: true }))
  const items = Array.from({ length: 10_000 }, (_, index) => ({ sku: index, tags: [index] }))
  const started = performance.now()
  expect(unique.test(items)).toBe(true)
  expect(unique.test([...items, { tags: [7], sku: 7 }])).toBe(false)
  expect(performance.now() - started).toBeLessThan(30_000)
})

test('ignores what nobody can use', () => {
  const broken = {
    type: 'price',
    minLength: '3',
    pattern: '([a-z',
    enum: 'card',
    required: 'name',
    properties: { name: 7, note: { $ref: '#/nowhere' } },
    items: 'x',
    oneOf: [],
    allOf: {},
    multipleOf: 0,
    format: 12,
    not: null,
    if: 3,
  }
  for (const value of ['a', 1, null, { name: 1, note: {} }, [1], true])
    expect(said(broken, value)).toEqual([])
})

test('ends when schemas only lead to each other', () => {
  const loop = {
    $ref: '#/$defs/a',
    $defs: {
      a: { anyOf: [{ $ref: '#/$defs/b' }, { $ref: '#/$defs/c' }] },
      b: { $ref: '#/$defs/a' },
      c: { allOf: [{ $ref: '#' }, { type: 'string' }] },
    },
  }
  expect(() => validatorOf(written(loop))(5)).not.toThrow()
})

test('survives a value deeper than any stack', () => {
  const comment = {
    type: 'object',
    properties: { reply: { $ref: '#' } },
    additionalProperties: false,
  }
  let value: unknown = {}
  for (let depth = 0; depth < 100_000; depth++) value = { reply: value }
  expect(() => validatorOf(written(comment))(value)).not.toThrow()
  expect(() =>
    validatorOf(written({ uniqueItems: true, const: [{ reply: {} }, 1] }))([value, value]),
  ).not.toThrow()
})

test('checks a tree of references all the way down', () => {
  const comment = {
    type: 'object',
    properties: { text: { type: 'string' }, replies: { type: 'array', items: { $ref: '#' } } },
  }
  expect(said(comment, { replies: [{ replies: [{ text: 'fine' }, { text: 4 }] }] })).toEqual([
    'replies[0].replies[1].text is an integer, expected a string',
  ])
})

test('tells names that objects inherit from names they have', () => {
  expect(
    said(
      { required: ['constructor', '__proto__'], properties: { toString: { type: 'string' } } },
      {},
    ),
  ).toEqual([
    'the value has no `constructor`, which is required',
    'the value has no `__proto__`, which is required',
  ])
})
