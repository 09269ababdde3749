import Ajv2020 from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededChoices } from './choices.ts'
import { written } from './fixtures/written.ts'
import { generated } from './generate.ts'
import { validatorOf } from './validate.ts'

const names = ['sku', 'price', 'note']
const scalar = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, 2, -1, 1.5, 0.3, '', 'tea', 'green tea', '🛒'),
  fc.integer({ min: -5, max: 20 }),
)
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

const count = fc.integer({ min: 0, max: 3 })
const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'object', 'array', 'null')
const schema = fc.letrec<{ schema: unknown; some: unknown[] }>((tie) => ({
  some: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.boolean(),
    fc.constant({ $ref: '#/$defs/Shared' }),
    fc
      .record(
        {
          type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
          enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }),
          const: scalar,
          minimum: count,
          maximum: fc.integer({ min: 0, max: 10 }),
          exclusiveMinimum: count,
          exclusiveMaximum: fc.integer({ min: 0, max: 10 }),
          multipleOf: fc.constantFrom(1, 2, 0.5),
          minLength: count,
          maxLength: fc.integer({ min: 0, max: 9 }),
          pattern: fc.constantFrom('^t', 'e', '^$', '\\d'),
          required: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
          properties: fc.dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 3 }),
          patternProperties: fc.dictionary(fc.constantFrom('^s', 'e$'), tie('schema'), {
            maxKeys: 2,
          }),
          additionalProperties: tie('schema'),
          propertyNames: fc.constantFrom({ minLength: 4 }, { enum: ['sku', 'price'] }),
          minProperties: count,
          maxProperties: count,
          dependentRequired: fc.constantFrom({ sku: ['price'] }, { note: ['sku', 'price'] }),
          dependentSchemas: fc.dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 2 }),
          items: tie('schema'),
          prefixItems: tie('some'),
          minItems: count,
          maxItems: count,
          uniqueItems: fc.boolean(),
          contains: tie('schema'),
          minContains: count,
          maxContains: count,
          allOf: tie('some'),
          anyOf: tie('some'),
          oneOf: tie('some'),
          not: tie('schema'),
          if: tie('schema'),
          // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
          then: tie('schema'),
          else: tie('schema'),
          unevaluatedProperties: tie('schema'),
          unevaluatedItems: tie('schema'),
        },
        { requiredKeys: [] },
      )
      .map((keywords) => {
        const chosen = Object.entries(keywords)
        return Object.fromEntries(
          chosen.filter((_, index) => (index * 7 + chosen.length) % 3 === 0),
        )
      }),
  ),
})).schema

test('agrees with Ajv about random schemas and values', () => {
  let agreed = 0
  let refused = 0
  fc.assert(
    fc.property(
      schema,
      schema,
      fc.array(value, { minLength: 8, maxLength: 8 }),
      (shape, shared, values) => {
        const whole = { $defs: { Shared: withoutReferences(shared) }, allOf: [shape] }
        const compiled = new Ajv2020.default({
          strict: false,
          logger: false,
          validateSchema: false,
        }).compile(whole)
        const ours = validatorOf(written(whole))
        for (const one of values) {
          const valid = verdictOf(compiled, one)
          if (valid === undefined) continue
          expect(ours.test(one)).toBe(valid)
          expect(ours(one).length === 0).toBe(valid)
          agreed++
          if (!valid) refused++
        }
      },
    ),
    { numRuns: 150, seed: 20260301 },
  )
  expect(agreed).toBeGreaterThan(1150)
  expect(refused).toBeGreaterThan(200)
  expect(refused).toBeLessThan(1000)
}, 60_000)

test('says of a changed object what it would say of a new one', () => {
  const object = fc.dictionary(fc.constantFrom(...names), value, {
    maxKeys: 3,
    noNullPrototype: true,
  })
  let kept = 0
  let refused = 0
  const changes = fc.array(fc.tuple(object, object), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(schema, schema, changes, (shape, shared, pairs) => {
      const direct = typeof shape === 'object' && shape !== null ? shape : {}
      const ours = validatorOf(written({ $defs: { Shared: shared }, ...direct }))
      for (const [before, changed] of pairs) {
        if (!ours.test(before)) continue
        const after = { ...before, ...changed }
        const valid = ours.test(after)
        expect(ours.testChanged(after, changed)).toBe(valid)
        if (valid) kept++
        else refused++
      }
    }),
    { numRuns: 1500, seed: 20260301 },
  )
  expect(kept).toBeGreaterThan(300)
  expect(refused).toBeGreaterThan(40)
})

test('says of a made value what a validator says, also where it does not ask one', () => {
  let good = 0
  let bad = 0
  fc.assert(
    fc.property(schema, schema, fc.nat(), (shape, shared, seed) => {
      const direct = typeof shape === 'object' && shape !== null ? shape : {}
      const whole = written({ $defs: { Shared: shared }, ...direct })
      for (const dataset of ['typical', 'minimal', 'extreme'] as const) {
        const made = generated(whole, seededChoices(seed), { dataset })
        const valid = validatorOf(whole).test(made.value, { direction: 'response' })
        expect(made.problems.length === 0).toBe(valid)
        if (valid) good++
        else bad++
      }
    }),
    { numRuns: 150, seed: 20260301 },
  )
  expect(good).toBeGreaterThan(200)
  expect(bad).toBeGreaterThan(5)
}, 60_000)

/** Ajv does not end on references that only lead in a circle. */
function withoutReferences(shared: unknown): unknown {
  return JSON.parse(
    JSON.stringify(shared).replaceAll('{"$ref":"#/$defs/Shared"}', 'true'),
  ) as unknown
}

/** Ajv throws on some schemas with `unevaluatedProperties`. */
function verdictOf(compiled: (value: unknown) => unknown, one: unknown): boolean | undefined {
  try {
    return compiled(one) === true
  } catch {
    return undefined
  }
}
