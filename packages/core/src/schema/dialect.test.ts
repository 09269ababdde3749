import { expect, test } from 'vitest'
import { pathOf, type Dialect } from '../text/site.ts'
import { normalised, part, parts } from './dialect.ts'
import { written } from './fixtures/written.ts'
import { validatorOf } from './validate.ts'

function accepts(
  schema: unknown,
  dialect: Dialect,
  values: readonly unknown[],
): readonly boolean[] {
  return values.map((value) => validatorOf(written(schema, dialect)).test(value))
}

test('gives a schema that needs no change back itself', () => {
  const price = written({ type: 'number', minimum: 0 }, 'openapi-3.0')
  expect(normalised(price)).toBe(price)
})

test('is remembered', () => {
  const coupon = written({ type: 'string', nullable: true }, 'openapi-3.0')
  expect(normalised(coupon).value).toBe(normalised({ ...coupon }).value)
})

test.each<[string, unknown, Dialect]>([
  ['a type', { type: 'string', nullable: true }, 'openapi-3.0'],
  ['a type with enum', { type: 'string', enum: ['card'], nullable: true }, 'openapi-3.0'],
  ['an enum alone', { enum: ['card'], nullable: true }, 'openapi-3.0'],
  ['x-nullable', { type: 'string', 'x-nullable': true }, 'swagger-2.0'],
  ['a 3.1 contract that still says it', { type: 'string', nullable: true }, 'json-schema-2020-12'],
  ['allOf', { nullable: true, allOf: [{ type: 'string' }] }, 'openapi-3.0'],
  [
    'a type beside allOf',
    { type: 'string', nullable: true, allOf: [{ minLength: 2 }] },
    'openapi-3.0',
  ],
  [
    'a reference',
    { nullable: true, $ref: '#/definitions/Method', definitions: { Method: { type: 'string' } } },
    'openapi-3.0',
  ],
])('lets null in with nullable beside %s', (_, schema, dialect) => {
  expect(accepts(schema, dialect, [null, 'card', 7])).toEqual([true, true, false])
})

test('reads boolean exclusive limits', () => {
  expect(
    accepts(
      { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
      'openapi-3.0',
      [1, 2, 9],
    ),
  ).toEqual([false, true, true])
})

test('ignores what stands beside a reference before 3.1, and heeds it since', () => {
  const schema = {
    $ref: '#/definitions/Price',
    maximum: 5,
    definitions: { Price: { type: 'number' } },
  }
  expect(accepts(schema, 'openapi-3.0', [7])).toEqual([true])
  expect(accepts(schema, 'json-schema-2020-12', [7])).toEqual([false])
})

test('reads item lists and dependencies of older drafts', () => {
  const schema = {
    items: [{ type: 'string' }],
    additionalItems: { type: 'number' },
    dependencies: { card: ['cvc'], gift: { required: ['message'] } },
  }
  expect(
    accepts(schema, 'json-schema-2020-12', [
      ['a', 1],
      ['a', 'b'],
      { card: 1 },
      { card: 1, cvc: 2 },
      { gift: 1 },
    ]),
  ).toEqual([true, false, false, true, false])
})

test('takes type: file for any string', () => {
  expect(accepts({ type: 'file' }, 'swagger-2.0', ['%PDF', 1])).toEqual([true, false])
})

test('keeps the true place of every part', () => {
  const view = normalised(
    written(
      {
        items: [{ type: 'string' }],
        additionalItems: false,
        nullable: true,
        allOf: [{ minItems: 1 }],
      },
      'json-schema-2020-12',
    ),
  )
  const [rest] = parts(view, 'anyOf')
  expect(pathOf(rest!)).toEqual([])
  expect(parts(rest!, 'prefixItems').map(pathOf)).toEqual([['items', 0]])
  expect(pathOf(part(rest!, 'items')!)).toEqual(['additionalItems'])
  expect(parts(rest!, 'allOf').map(pathOf)).toEqual([['allOf', 0]])
})
