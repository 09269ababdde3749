import { expect, test } from 'vitest'
import { documentOf } from '../1-parse/document.ts'
import { filesOf } from '../../test/in-memory-files.ts'
import { rootOf, type Site } from '../text/site.ts'
import { constraintsOf } from './constraints.ts'

function schema(value: unknown): Site {
  const { document } = documentOf(filesOf({ 'schema.json': JSON.stringify(value) }), 'schema.json')
  return rootOf(document!)
}

test.each([
  [{ type: 'string', minLength: 1 }, ['not empty']],
  [{ type: 'string', maxLength: 140 }, ['at most 140 characters']],
  [{ type: 'string', minLength: 3, maxLength: 3 }, ['exactly 3 characters']],
  [
    { type: 'string', minLength: 2, maxLength: 40, pattern: '^[a-z]+$' },
    ['2 to 40 characters', 'matches ^[a-z]+$'],
  ],
  [{ type: 'integer', minimum: 1, maximum: 5 }, ['1 to 5']],
  [
    { type: 'number', exclusiveMinimum: 0, multipleOf: 0.01 },
    ['more than 0', 'a multiple of 0.01'],
  ],
  [{ type: 'number', minimum: 0, exclusiveMaximum: 1 }, ['at least 0', 'less than 1']],
  [{ type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }, []],
  [
    { type: 'array', minItems: 1, maxItems: 20, uniqueItems: true },
    ['1 to 20 items', 'no item twice'],
  ],
  [{ type: 'object', maxProperties: 1 }, ['at most 1 property']],
  [
    { allOf: [{ minLength: 2 }, { $ref: '#/$defs/Short' }], $defs: { Short: { maxLength: 9 } } },
    ['2 to 9 characters'],
  ],
  [{ oneOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] }, ['at most 9 characters']],
  [{ oneOf: [{ maxLength: 9 }, { minimum: 9 }] }, []],
  [{}, []],
  [true, []],
  [null, []],
])('says of %j: %j', (value, words) => {
  expect(constraintsOf(schema(value)).words).toEqual(words)
})

test('lists what is allowed, without null, and what is taken when nothing is said', () => {
  expect(constraintsOf(schema({ enum: ['red', null, 3], default: 'red' }))).toMatchObject({
    values: ['red', 3],
    defaults: ['red'],
  })
  expect(constraintsOf(schema({ const: 'red' })).values).toEqual(['red'])
  expect(constraintsOf(schema({ type: 'string' })).values).toBeUndefined()
})

test('ends where a schema leads back to itself', () => {
  expect(constraintsOf(schema({ allOf: [{ $ref: '#' }], maxLength: 3 })).words).toEqual([
    'at most 3 characters',
  ])
})
