import '@hyperjump/json-schema/draft-04'
import '@hyperjump/json-schema/openapi-3-1'
import '@hyperjump/json-schema/openapi-3-2'
import { registerSchema, validate, type SchemaObject } from '@hyperjump/json-schema/draft-2020-12'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { load } from 'js-yaml'
import { validatorOf } from '../../schema/validate.ts'
import { specificationOf, specificationOfPart, type SpecificationVersion } from './specification.ts'

// Our copies are rewritten for speed and for better words. Another implementation, with the specification's own schema,
// has to accept and refuse the same documents: good ones, and good ones with something replaced or taken out.

for (const version of ['2.0', '3.0', '3.1', '3.2'] as const) {
  const original = JSON.parse(
    readFileSync(new URL(`specification/openapi-${version}.json`, import.meta.url), 'utf8'),
  ) as SchemaObject
  const contract = load(
    readFileSync(new URL(`fixtures/store-${version}.yaml`, import.meta.url), 'utf8'),
  ) as Json
  const uri = `https://store.example/specification/${version}`
  const { $id: _, id: __, ...schema } = original as Record<string, unknown>
  registerSchema(schema as SchemaObject, uri, dialectOf(version))

  test(`agrees with the specification's own schema of OpenAPI ${version}`, async () => {
    const theirs = await validate(uri)
    const ours = validatorOf(specificationOf(version))
    expect(ours(contract)).toEqual([])
    expect(theirs(contract).valid).toBe(true)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), replacements), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const changed = changes.reduce<Json>(
            (value, [at, replacement]) => mutated(value, at, replacement),
            contract,
          )
          const isValid = theirs(changed).valid
          // The specification says nothing about the inside of Schema Objects from 3.1 on; ours does.
          if (isValid && (version === '3.1' || version === '3.2')) return
          if (ours.test(changed) !== isValid)
            throw new Error(
              JSON.stringify({
                theirs: isValid,
                ours: ours(changed).map((one) => `${one.path.join('/')} ${one.message}`),
                changed,
              }),
            )
        },
      ),
      { numRuns: 300, seed: 7 },
    )
  }, 60_000)
}

for (const version of ['3.1', '3.2'] as const) {
  test(`agrees with the metaschema about Schema Objects of OpenAPI ${version}`, async () => {
    const theirs = await validate(
      `https://spec.openapis.org/oas/${version}/dialect${version === '3.1' ? '/base' : ''}`,
    )
    const ours = validatorOf(specificationOfPart(version, 'schema')!)
    const schema: Json = {
      type: ['object', 'null'],
      required: ['items'],
      properties: {
        items: {
          type: 'array',
          items: { $ref: '#/components/schemas/Item' },
          minItems: 1,
          uniqueItems: true,
        },
        total: { type: 'number', minimum: 0, multipleOf: 0.01, deprecated: true },
        eta: { type: 'string', pattern: '^\\d+$', examples: ['12'] },
      },
      additionalProperties: false,
      discriminator: { propertyName: 'kind', mapping: { tea: 'Tea' } },
      xml: { name: 'basket' },
      externalDocs: { url: 'https://store.example' },
      allOf: [true, { not: { const: 1 } }, { anyOf: [{ enum: [1, 2] }] }],
      $defs: { Money: { $anchor: 'money', dependentRequired: { a: ['b'] } } },
    }
    expect(ours(schema)).toEqual([])
    expect(theirs(schema).valid).toBe(true)
    fc.assert(
      fc.property(fc.nat(), replacements, (at, replacement) => {
        const changed = mutated(schema, at, replacement)
        if (ours.test(changed) !== theirs(changed).valid)
          throw new Error(
            JSON.stringify({
              ours: ours(changed).map((one) => `${one.path.join('/')} ${one.message}`),
              changed,
            }),
          )
      }),
      { numRuns: 400, seed: 7 },
    )
  }, 60_000)
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const replacements = fc.constantFrom<Json | undefined>(
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  'tea',
  '',
  [],
  ['tea'],
  ['tea', 'tea'],
  {},
  { $ref: '#/x' },
  { $ref: 3 },
  { type: 'string' },
  { description: 'tea' },
  { 'x-tea': 1 },
  { tea: 1 },
)

function dialectOf(version: SpecificationVersion): string {
  return version === '2.0' || version === '3.0'
    ? 'http://json-schema.org/draft-04/schema#'
    : 'https://json-schema.org/draft/2020-12/schema'
}

/** The value with its `at`-th part replaced, or taken out. */
function mutated(value: Json, at: number, replacement: Json | undefined): Json {
  const copy = structuredClone(value)
  const places: { readonly holder: Record<string, Json>; readonly key: string }[] = []
  const gather = (inner: Json): void => {
    if (inner === null || typeof inner !== 'object') return
    for (const key of Object.keys(inner)) {
      places.push({ holder: inner as Record<string, Json>, key })
      gather((inner as Record<string, Json>)[key]!)
    }
  }
  gather(copy)
  if (places.length === 0) return copy
  const { holder, key } = places[at % places.length]!
  if (replacement !== undefined) holder[key] = replacement
  else if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
  return copy
}
