import { expect, test } from 'vitest'
import { descend, isObject, type Dialect, type Site } from '../text/site.ts'
import { seededChoices } from './choices.ts'
import { bodyField, findField } from './fields.ts'
import { written } from './fixtures/written.ts'
import { generated, type GenerateOptions } from './generate.ts'
import { familyOf } from './subtypes.ts'
import { validatorOf } from './validate.ts'

const schemas = {
  Animals: { type: 'array', minItems: 12, items: { $ref: '#/components/schemas/Animal' } },
  Animal: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, friend: { $ref: '#/components/schemas/Animal' } },
    discriminator: {
      propertyName: 'kind',
      mapping: { cat: '#/components/schemas/Cat', dog: 'Dog', kitten: 'Kitten' },
    },
  },
  Cat: builtOn('Animal', { lives: { type: 'integer', minimum: 1, maximum: 9 } }),
  Dog: builtOn('Animal', { tricks: { type: 'array', items: { enum: ['sit', 'roll'] } } }),
  Kitten: builtOn('Cat', { weeks: { type: 'integer', minimum: 1, maximum: 12 } }),
  Mammal: builtOn('Animal', { legs: { const: 4 } }),
}

function builtOn(name: string, properties: object): object {
  return {
    allOf: [
      { $ref: `#/components/schemas/${name}` },
      { type: 'object', required: Object.keys(properties), properties },
    ],
  }
}

function schema(name: string, all: object = schemas, dialect: Dialect = 'openapi-3.0'): Site {
  return descend(written({ components: { schemas: all } }, dialect), [
    'components',
    'schemas',
    name,
  ])!
}

type Entity = Readonly<Record<string, unknown>>

function made(site: Site, options: GenerateOptions = {}, seed = 'zoo'): unknown {
  const { value, problems } = generated(site, seededChoices(seed), options)
  expect(problems).toEqual([])
  expect(validatorOf(site)(value)).toEqual([])
  return value
}

/** What it says it is, and which properties of its own it has. */
function kindOf(value: unknown): string {
  const { kind, friend: _, ...rest } = value as Entity
  return [kind, ...Object.keys(rest)].join(' ')
}

const kinds = ['cat lives', 'dog tricks', 'kitten lives weeks']

test('makes each value of a schema with subtypes one of them, which it names', () => {
  const list = made(schema('Animals')) as readonly Entity[]
  expect([...new Set(list.map(kindOf))].toSorted()).toEqual(kinds)
  for (const { friend } of list) if (friend !== undefined) expect(kinds).toContain(kindOf(friend))
})

test.each([
  ['Cat', 'cat lives'],
  ['Kitten', 'kitten lives weeks'],
  ['Mammal', 'Mammal legs'],
])('makes a %s what it is, and nothing else', (name, kind) => {
  for (const seed of ['a', 'b', 'c', 'd']) expect(kindOf(made(schema(name), {}, seed))).toBe(kind)
})

test.each<[string, object, Dialect]>([
  ['OpenAPI 2.0 says', { discriminator: 'kind' }, 'swagger-2.0'],
  ['no mapping says', { discriminator: { propertyName: 'kind' } }, 'json-schema-2020-12'],
])('takes the names of the schemas where %s otherwise', (_, own, dialect) => {
  const { discriminator: __, ...animal } = schemas.Animal
  const all = {
    ...schemas,
    Animal: { ...animal, ...own },
    Dog: { ...schemas.Dog, 'x-ms-discriminator-value': 'woof' },
  }
  const list = made(schema('Animals', all, dialect)) as readonly Entity[]
  expect([...new Set(list.map(kindOf))].toSorted()).toEqual([
    'Cat lives',
    'Kitten lives weeks',
    'Mammal legs',
    'woof tricks',
  ])
})

test('makes what goes with what is known of a value', () => {
  for (const seed of ['a', 'b', 'c']) {
    const like = (known: object): string => kindOf(made(schema('Animal'), { like: known }, seed))
    expect(like({ kind: 'dog' })).toBe('dog tricks')
    expect(like({ weeks: 3 })).toBe('kitten lives weeks')
  }
})

test('makes the alternative that goes with what is known where only its values tell', () => {
  const paid = (by: string, more: object): object => ({
    type: 'object',
    required: ['by', ...Object.keys(more)],
    properties: { by: { const: by }, ...more },
  })
  const site = written({
    oneOf: [
      paid('card', { last4: { type: 'string' } }),
      paid('voucher', { code: { type: 'string' } }),
    ],
  })
  for (const seed of ['a', 'b', 'c'])
    expect(made(site, { like: { by: 'voucher' } }, seed)).toMatchObject({ by: 'voucher', code: {} })
})

test('knows the fields of subtypes as those that only some values have', () => {
  const found = (path: string): readonly (string | undefined)[] => {
    const result = findField(bodyField(schema('Animals')), path)
    return 'field' in result
      ? [...result.field.types, ...result.absence.map((one) => one.reason)]
      : ['missing', ...result.known]
  }
  expect(found('[].lives')).toEqual(['integer', 'one-of'])
  expect(found('[].kind')).toEqual(['string'])
  expect(found('[].legs')[0]).toBe('missing')
  const cat = findField(bodyField(schema('Cat')), 'tricks')
  expect('field' in cat).toBe(false)
})

test('validates as if subtypes were not there', () => {
  expect(validatorOf(schema('Animal'))({ kind: 'cow' })).toEqual([])
  expect(validatorOf(schema('Animal'))({ kind: 'cat' })).toEqual([])
})

test.each<[string, unknown]>([
  ['no discriminator', {}],
  ['alternatives of its own', { ...schemas.Animal, oneOf: [{ $ref: '#/components/schemas/Cat' }] }],
  [
    'a mapping that leads nowhere',
    { discriminator: { propertyName: 'kind', mapping: { a: 'Gone', b: '#/gone' } } },
  ],
  ['a discriminator that is none', { discriminator: { propertyName: 3 } }],
])('finds no subtypes with %s', (_, base) => {
  expect(familyOf(schema('Base', { Base: base }))).toBeUndefined()
})

test('ends on schemas that build on themselves', () => {
  const all = {
    Animal: { ...schemas.Animal, allOf: [{ $ref: '#/components/schemas/Cat' }] },
    Cat: schemas.Cat,
    Dog: { allOf: [{ $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Animal' }] },
  }
  for (const name of Object.keys(all)) {
    const site = schema(name, all)
    expect(isObject(generated(site, seededChoices('zoo')).value)).toBe(true)
    expect(findField(bodyField(site), 'lives')).toHaveProperty('field')
  }
})
