import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentOf } from '../1-parse/document.ts'
import { resolve } from '../1-parse/reference.ts'
import { child, childrenOf, isObject, rootOf, type Site } from '../text/site.ts'
import { recordedChoices, replayedChoices, seededChoices, seededDraw } from './choices.ts'
import { written } from './fixtures/written.ts'
import { generate, generated, type GenerateOptions } from './generate.ts'
import { validatorOf } from './validate.ts'
import { sentence, type Violation } from './violation.ts'

function made(schema: unknown, options?: GenerateOptions, seed: string | number = 'shop'): unknown {
  return generate(written(schema), seededChoices(seed), options)
}

/** What is wrong with a made value, in the eyes of its maker and of a validator: the maker asks none where it is sure. */
function problemsOf(
  schema: Site,
  seed: string | number,
  options: GenerateOptions = {},
): readonly Violation[] {
  const { value, problems } = generated(schema, seededChoices(seed), options)
  const { direction = 'response' } = options
  return problems.length > 0 ? problems : validatorOf(schema)(value, { direction })
}

const order = {
  type: 'object',
  required: ['id', 'items'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    customer: {
      type: 'object',
      properties: {
        firstName: { type: 'string' },
        lastName: { type: 'string' },
        email: { type: 'string', format: 'email' },
      },
    },
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          price: { $ref: '#/$defs/Money' },
          quantity: { type: 'integer' },
        },
      },
    },
    count: { type: 'integer' },
    eta: { type: ['string', 'null'], format: 'date' },
    createdAt: { type: 'string', format: 'date-time' },
    cancelledAt: { type: ['string', 'null'], format: 'date-time' },
    password: { type: 'string', writeOnly: true },
    related: { type: 'array', items: { $ref: '#' } },
  },
  $defs: {
    Money: {
      type: 'object',
      required: ['amount', 'currency'],
      properties: {
        amount: { type: 'number' },
        currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      },
    },
  },
}

interface Order {
  readonly customer: {
    readonly firstName: string
    readonly lastName: string
    readonly email: string
  }
  readonly items: readonly {
    readonly name: string
    readonly price: { readonly amount: number; readonly currency: string }
    readonly quantity: number
  }[]
  readonly [name: string]: unknown
}

test('makes an answer that a person could believe', () => {
  const now = Date.UTC(2026, 5, 1)
  const value = made(order, { now, of: 'order' }) as Order
  expect(value.items).toHaveLength(3)
  expect(value['count']).toBe(3)
  const { firstName, lastName, email } = value.customer
  expect(email).toBe(`${firstName}.${lastName}@example.com`.toLowerCase())
  expect(new Set(value.items.map((one) => one.price.currency)).size).toBe(1)
  for (const { price, quantity } of value.items) {
    expect(price.amount).toBeGreaterThan(0)
    expect(price.amount).toBeLessThan(1000)
    expect(quantity).toBeLessThan(10)
  }
  const days = (Date.parse(String(value['eta'])) - now) / 86_400_000
  expect(days).toBeGreaterThanOrEqual(0)
  expect(days).toBeLessThan(6)
  expect(Date.parse(String(value['createdAt']))).toBeLessThan(now)
  expect(value['cancelledAt']).toBeNull()
  expect(value).not.toHaveProperty('password')
})

test('makes as much as the dataset says', () => {
  const lengths = (['minimal', 'empty', 'one', 'typical', 'many'] as const).map(
    (dataset) => (made(order, { dataset }) as Order).items.length,
  )
  expect(lengths).toEqual([0, 0, 1, 3, 50])
  expect(Object.keys(made(order, { dataset: 'minimal' }) as Order)).toEqual(['id', 'items'])
  expect(made(order, { dataset: 'empty' })).toMatchObject({ items: [], count: 0 })
})

test('repeats itself for the same choices, recorded or seeded', () => {
  expect(made(order, {}, 7)).toEqual(made(order, {}, 7))
  expect(made(order, {}, 7)).not.toEqual(made(order, {}, 8))
  const { choices, record } = recordedChoices(seededDraw(7))
  const value = generate(written(order), choices)
  expect(generate(written(order), replayedChoices(record))).toEqual(value)
})

test('prefers what the contract itself shows, and tells rows apart', () => {
  const list = {
    type: 'array',
    items: {
      properties: {
        id: { type: 'integer', example: 41 },
        code: { type: 'string', example: 'ORD-009' },
        size: { type: 'string', examples: ['M'] },
        unit: { type: 'string', default: 'kg' },
      },
    },
  }
  expect(made(list)).toEqual([
    { id: 41, code: 'ORD-009', size: 'M', unit: 'kg' },
    { id: 42, code: 'ORD-010', size: 'M', unit: 'kg' },
    { id: 43, code: 'ORD-011', size: 'M', unit: 'kg' },
  ])
})

test('does not use an example that breaks its own schema', () => {
  expect(made({ type: 'integer', example: 'seven', minimum: 3, maximum: 3 })).toBe(3)
})

test('leaves read-only properties out of requests', () => {
  const account = {
    required: ['id', 'name'],
    properties: {
      id: { type: 'string', readOnly: true },
      name: { type: 'string' },
      secret: { type: 'string', writeOnly: true },
    },
  }
  expect(Object.keys(made(account, { direction: 'request' }) as object)).toEqual(['name', 'secret'])
})

test.each<[string, unknown]>([
  [
    'allOf',
    {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 5 } } },
        { properties: { a: { maximum: 5 } } },
      ],
    },
  ],
  [
    'oneOf',
    {
      oneOf: [
        { type: 'integer', multipleOf: 3 },
        { type: 'integer', multipleOf: 5 },
      ],
    },
  ],
  [
    'oneOf with required',
    {
      type: 'object',
      properties: { card: { type: 'string' }, iban: { type: 'string' } },
      oneOf: [{ required: ['card'] }, { required: ['iban'] }],
    },
  ],
  [
    'a discriminator',
    {
      discriminator: { propertyName: 'kind', mapping: { c: '#/$defs/Card' } },
      oneOf: [{ $ref: '#/$defs/Card' }, { $ref: '#/$defs/Bank' }],
      $defs: {
        Card: {
          type: 'object',
          required: ['kind', 'number'],
          properties: { kind: { type: 'string', enum: ['c'] }, number: { type: 'string' } },
        },
        Bank: { type: 'object', required: ['kind'], properties: { kind: { const: 'Bank' } } },
      },
    },
  ],
  [
    'if and then',
    {
      type: 'object',
      required: ['method'],
      properties: { method: { enum: ['card', 'cash'] } },
      if: { properties: { method: { const: 'card' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: {
        required: ['number'],
        properties: { number: { type: 'string', pattern: '^\\d{16}$' } },
      },
      else: { properties: { number: false } },
    },
  ],
  ['not', { type: 'string', enum: ['a', 'b'], not: { const: 'a' } }],
  [
    'not required',
    { type: 'object', properties: { a: {}, b: { type: 'string' } }, not: { required: ['a'] } },
  ],
  [
    'dependent schemas',
    {
      type: 'object',
      required: ['gift'],
      properties: { gift: { type: 'boolean' } },
      dependentSchemas: {
        gift: { required: ['note'], properties: { note: { type: 'string', minLength: 3 } } },
      },
    },
  ],
  [
    'contains',
    {
      type: 'array',
      items: { type: 'integer', minimum: 0, maximum: 9 },
      contains: { minimum: 9 },
      minContains: 2,
      minItems: 4,
    },
  ],
  [
    'maxContains',
    {
      type: 'array',
      items: { type: 'integer' },
      contains: { multipleOf: 2 },
      minContains: 0,
      maxContains: 0,
      minItems: 0,
    },
  ],
  [
    'unique items',
    {
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: 4 },
      uniqueItems: true,
      minItems: 4,
    },
  ],
  [
    'a tuple',
    {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'number' }],
      items: false,
      minItems: 2,
    },
  ],
  ['decimal steps', { type: 'number', multipleOf: 0.05, exclusiveMinimum: 0.1, maximum: 0.2 }],
  [
    'two steps',
    { type: 'integer', allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], minimum: 20, maximum: 30 },
  ],
  ['open ends', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 }],
  ['lengths', { type: 'string', minLength: 300, maxLength: 301 }],
  ['a pattern with lengths', { type: 'string', pattern: '^[a-z]+$', minLength: 20, maxLength: 21 }],
  ['two patterns', { type: 'string', allOf: [{ pattern: '^[a-z]{2,9}$' }, { pattern: 'x' }] }],
  [
    'property names',
    {
      type: 'object',
      minProperties: 2,
      propertyNames: { pattern: '^[A-Z]{2}$' },
      additionalProperties: { type: 'integer' },
    },
  ],
  [
    'pattern properties',
    {
      type: 'object',
      minProperties: 3,
      patternProperties: { '^x-[a-z]{4}$': { type: 'boolean' } },
      additionalProperties: false,
    },
  ],
  [
    'minProperties',
    {
      type: 'object',
      minProperties: 2,
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      additionalProperties: false,
    },
  ],
  [
    'unevaluated properties',
    {
      allOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }],
      unevaluatedProperties: false,
      type: 'object',
    },
  ],
  [
    'a list inside itself',
    {
      type: 'object',
      required: ['children'],
      properties: { children: { type: 'array', items: { $ref: '#' } } },
    },
  ],
  [
    'an alternative that ends',
    {
      type: 'object',
      required: ['next'],
      properties: { next: { oneOf: [{ $ref: '#' }, { type: 'null' }] } },
    },
  ],
  [
    'names that objects inherit',
    {
      type: 'object',
      required: ['__proto__', 'constructor'],
      properties: { constructor: { type: 'string' } },
      additionalProperties: { type: 'integer' },
    },
  ],
])('keeps %s', (_, schema) => {
  for (const dataset of ['typical', 'minimal', 'empty', 'one', 'many', 'extreme'] as const) {
    for (let seed = 0; seed < 8; seed++) {
      const problems = problemsOf(written(schema), seed, { dataset })
      expect(problems.map((one) => sentence(one))).toEqual([])
    }
  }
})

test.each([
  ['two formats', { allOf: [{ type: 'string', format: 'date' }, { format: 'uuid' }] }],
  [
    'what one part says of the properties of another',
    {
      allOf: [
        { type: 'object', additionalProperties: { type: 'string' } },
        { type: 'object', required: ['total'], properties: { total: { type: 'integer' } } },
      ],
    },
  ],
  [
    'more different items than there are values',
    { type: 'array', minItems: 4, uniqueItems: true, items: { type: 'boolean' } },
  ],
  ['a step that no number is on', { type: 'number', minimum: 1, maximum: 2, multipleOf: 5 }],
  ['a text that is too short for its format', { type: 'string', format: 'uuid', maxLength: 3 }],
  ['a value of another type', { type: 'integer', enum: ['dozen'] }],
  [
    'a required property that may not be',
    { type: 'object', required: ['coupon'], properties: { coupon: false } },
  ],
  [
    'more properties than it has',
    {
      type: 'object',
      minProperties: 3,
      additionalProperties: false,
      properties: { sku: { type: 'string' } },
    },
  ],
  [
    'what cannot be, deep inside',
    {
      type: 'object',
      required: ['lines'],
      properties: {
        lines: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['sku'],
            properties: { sku: { type: 'string', minLength: 9, maxLength: 4 } },
          },
        },
      },
    },
  ],
])('is not sure of itself with %s', (_, schema) => {
  for (let seed = 0; seed < 8; seed++) {
    const { value, problems } = generated(written(schema), seededChoices(seed))
    expect(problems.length > 0).toBe(
      !validatorOf(written(schema)).test(value, { direction: 'response' }),
    )
  }
})

test('makes the same of a schema when it has met it before', () => {
  const schema = written(order)
  const first = generate(schema, seededChoices('basket'), { dataset: 'typical' })
  for (const dataset of ['minimal', 'extreme', 'many'] as const)
    generate(schema, seededChoices('basket'), { dataset, direction: 'request' })
  expect(generate(schema, seededChoices('basket'), { dataset: 'typical' })).toEqual(first)
  expect(generate(written(structuredClone(order)), seededChoices('basket'))).toEqual(first)
})

test('gives up in good time on alternatives that nobody can keep', () => {
  const nested = (depth: number): unknown =>
    depth === 0
      ? { type: 'integer', not: {} }
      : {
          type: 'object',
          required: ['a'],
          oneOf: [
            { properties: { a: nested(depth - 1) } },
            { properties: { a: nested(depth - 1) } },
          ],
        }
  const started = performance.now()
  expect(generated(written(nested(9)), seededChoices(1)).problems.length).toBeGreaterThan(0)
  expect(performance.now() - started).toBeLessThan(30_000)
})

test('keeps every format it knows', () => {
  const formats = [
    'date-time',
    'date',
    'time',
    'duration',
    'email',
    'idn-email',
    'hostname',
    'idn-hostname',
    'ipv4',
    'ipv6',
    'uri',
    'uri-reference',
    'iri',
    'iri-reference',
    'uri-template',
    'uuid',
    'json-pointer',
    'relative-json-pointer',
    'regex',
    'byte',
  ]
  for (const format of formats) {
    for (const name of ['', 'url', 'email', 'createdAt', 'phone']) {
      expect(problemsOf(written({ type: 'string', format }), format, { name })).toEqual([])
    }
  }
})

test('says so when nothing can be right', () => {
  const { value, problems } = generated(
    written({ type: 'integer', minimum: 5, maximum: 4 }),
    seededChoices(1),
  )
  expect(typeof value).toBe('number')
  expect(problems.map((one) => sentence(one))).toHaveLength(1)
})

test('ends on anything', () => {
  const endless = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } }
  expect(generated(written(endless), seededChoices(1)).problems.length).toBeGreaterThan(0)
  const wide = {
    type: 'object',
    properties: Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [
        name,
        { type: 'array', minItems: 9, items: { $ref: '#' } },
      ]),
    ),
  }
  expect(() => made(wide)).not.toThrow()
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer(), (schema, seed) => {
      generate(written({ schema }), seededChoices(seed))
      made(schema, {}, seed)
    }),
    { numRuns: 300 },
  )
})

test('tells alternatives apart that accept the same values, where something can', () => {
  const reason = { type: 'object', properties: { message: { type: 'string' } } }
  const declined = {
    type: 'object',
    properties: { message: { type: 'string' }, bank: { type: 'object' } },
  }
  const schema = { oneOf: [reason, declined] }
  for (let seed = 0; seed < 5; seed++) {
    const { value, problems } = generated(written(schema), seededChoices(seed))
    expect(problems).toEqual([])
    expect(value).toEqual({ message: expect.any(String), bank: null })
  }
  const same = generated(written({ oneOf: [reason, reason] }), seededChoices(1))
  expect(same.problems).toMatchObject([{ keyword: 'oneOf' }])
})

test('makes valid answers for all 2914 schemas of GitHub’s responses', () => {
  const path = import.meta
    .resolve('@octokit/openapi')
    .replace(/index\.js$/, 'generated/api.github.com.json')
  const text = readFileSync(new URL(path), 'utf8')
  const { document } = documentOf(
    { paths: [], read: () => ({ path: 'github.json', text }) },
    'github.json',
  )
  const schemas = [...responseSchemas(rootOf(document!))]
  expect(schemas).toHaveLength(2914)
  const impossible: string[] = []
  const ajv = new Ajv2020.default({ strict: false, logger: false, validateFormats: true })
  addFormats.default(ajv)
  const whole = forAjv(document!.value) as object
  ajv.addSchema(whole, 'github')
  let second = 0
  for (const [index, { schema, name }] of schemas.entries()) {
    const { value, problems } = generated(schema, seededChoices(name))
    if (problems.length > 0) impossible.push(`${name}: ${sentence(problems[0]!)}`)
    else if (!validatorOf(schema).test(value, { direction: 'response' }))
      impossible.push(`${name}: taken for valid`)
    else if (index % 350 === 0 || name === HARD) {
      second++
      expect(ajv.compile(forAjv(pointered(schema.value)) as object)(value)).toBe(true)
    }
  }
  expect(second).toBeGreaterThan(5)
  expect(impossible).toEqual([])
}, 60_000)

/** Both alternatives accept every object with sensible values. */
const HARD = 'PUT /repos/{owner}/{repo}/contents/{path} 409'

function* responseSchemas(root: Site): Generator<{ readonly schema: Site; readonly name: string }> {
  for (const path of childrenOf(child(root, 'paths')!)) {
    for (const operation of childrenOf(path)) {
      const responses = child(operation, 'responses')
      for (const response of responses === undefined ? [] : childrenOf(responses)) {
        const content = child(resolve(response), 'content')
        for (const media of content === undefined ? [] : childrenOf(content)) {
          const schema = child(media, 'schema')
          if (schema !== undefined)
            yield {
              schema,
              name: `${String(operation.key).toUpperCase()} ${path.key} ${response.key}`,
            }
        }
      }
    }
  }
}

/** OpenAPI 3.0 as Ajv understands it: `nullable` spelt out, references to the whole contract. */
function forAjv(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forAjv)
  if (!isObject(value)) return value
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'example' || key === 'examples' ? undefined : forAjv(inner),
    ]),
  )
  if (nullable !== true)
    return 'nullable' in value && typeof value['nullable'] === 'boolean'
      ? rest
      : { ...rest, ...('nullable' in value && { nullable }) }
  return { anyOf: [rest, { type: 'null' }] }
}

function pointered(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value).replaceAll('"#/components/', '"github#/components/'),
  ) as unknown
}
