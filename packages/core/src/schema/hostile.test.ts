import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dialect } from '../text/site.ts'
import { seededChoices } from './choices.ts'
import { bodyField, fieldPaths, findField } from './fields.ts'
import { written } from './fixtures/written.ts'
import { generated } from './generate.ts'
import { estimatedFieldSize, estimatedSize } from './size.ts'
import { validatorOf } from './validate.ts'

const keywords = [
  'type',
  'properties',
  'items',
  'allOf',
  'oneOf',
  'anyOf',
  'not',
  'if',
  'else',
  '$ref',
  '$dynamicRef',
  'required',
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'contains',
  'minContains',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'dependentSchemas',
  'dependentRequired',
  'dependencies',
  'nullable',
  'discriminator',
  'exclusiveMinimum',
  'minimum',
  'multipleOf',
  'example',
  'examples',
  'default',
  'prefixItems',
  'unevaluatedProperties',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'readOnly',
  'writeOnly',
  '$id',
  '$anchor',
  '__proto__',
  'sku',
  'price',
  'mapping',
]
const words = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  -1,
  1,
  3,
  1e9,
  1e308,
  'string',
  'object',
  'array',
  'integer',
  'number',
  'null',
  '#',
  '#/properties/sku',
  '#/allOf/0',
  '(',
  '^a+$',
  '^[A-Z]{2,4}$',
  'date-time',
  'uri',
  'sku',
)
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    words,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keywords), tie('value'), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
})).value
const dialects = fc.constantFrom<Dialect>('openapi-3.0', 'swagger-2.0', 'json-schema-2020-12')

test('takes any nonsense for a schema: nothing throws, and all agree', () => {
  fc.assert(
    fc.property(anything, anything, fc.integer(), dialects, (raw, value, seed, dialect) => {
      const schema = written(raw, dialect)
      const validate = validatorOf(schema)
      expect(validate(value).length === 0).toBe(validate.test(value))
      const root = bodyField(schema)
      for (const field of fieldPaths(root, { depth: 4, most: 100 })) {
        expect(findField(root, field.path)).toHaveProperty('field')
        expect(estimatedFieldSize(field)).toBeGreaterThan(0)
      }
      for (const dataset of ['typical', 'extreme'] as const) {
        const made = generated(schema, seededChoices(seed), { dataset })
        expect(made.problems.length === 0).toBe(
          validate.test(made.value, { direction: 'response' }),
        )
      }
      expect(estimatedSize(schema).bytes).toBeGreaterThan(0)
    }),
    { numRuns: 200 },
  )
}, 60_000)
