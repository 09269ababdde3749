import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { seededChoices } from './choices.ts'
import { edgesOf, wrongEdge } from './edges.ts'
import type { Site } from '../text/site.ts'

function schemaOf(schema: object): Site {
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    paths: {
      '/orders': { post: { requestBody: { content: { 'application/json': { schema } } } } },
    },
  })
  const file = { path: 'store.json', text }
  const { graph } = compile({ paths: [file.path], read: () => file }, { contracts: [file.path] })
  return graph.apis[0]!.contract!.operations[0]!.requestBody()!.content[0]!.schema!
}

function edges(schema: object, base: unknown): readonly string[] {
  return [...edgesOf(schemaOf(schema), base)].map(
    ({ path, name, fits, value }) =>
      `${fits ? 'fits' : 'breaks'} ${[...path, name].join('/')} ${JSON.stringify(value)}`,
  )
}

test('stands at, inside and beyond the bounds of a number', () => {
  expect(edges({ type: 'integer', minimum: 1, maximum: 99 }, 7)).toEqual([
    'fits at-minimum 1',
    'fits above-minimum 2',
    'breaks below-minimum 0',
    'fits at-maximum 99',
    'fits below-maximum 98',
    'breaks above-maximum 100',
    'breaks fraction 1.5',
    'breaks type-null null',
    'breaks type-string "text"',
    'breaks type-boolean true',
    'breaks type-array []',
    'breaks type-object {}',
  ])
  expect(edges({ type: 'number', exclusiveMinimum: 0, multipleOf: 0.5 }, 1)).toEqual(
    expect.arrayContaining([
      'fits at-minimum 0.5',
      'breaks below-minimum 0',
      'breaks off-step 0.25',
    ]),
  )
})

test('stands at the lengths of a text, and leaves out what its pattern decides', () => {
  expect(edges({ type: 'string', minLength: 2, maxLength: 4 }, 'rye')).toEqual(
    expect.arrayContaining([
      'breaks too-short "x"',
      'breaks too-long "xxxxx"',
      'fits shortest "xx"',
      'fits longest "xxxx"',
      'fits almost-longest "xxx"',
      'fits unicode "Ünïc"',
    ]),
  )
  const withPattern = edges({ type: 'string', pattern: '^p-[0-9]+$' }, 'p-1')
  expect(withPattern).toContain('breaks off-pattern "~ not this ~"')
  expect(withPattern.filter((one) => one.startsWith('fits'))).toEqual([])
  expect(edges({ type: 'string', format: 'date' }, '2026-05-04')).toContain(
    'breaks off-format "not-of-this-format !"',
  )
})

test('tries each value of an enum and one that is none', () => {
  expect(edges({ enum: ['none', 'paper', 'box'] }, 'none').slice(0, 3)).toEqual([
    'fits value-"paper" "paper"',
    'fits value-"box" "box"',
    'breaks not-in-enum "no-such-value"',
  ])
})

test('leaves properties out, adds what may not be there, and goes into what is inside', () => {
  const order = {
    type: 'object',
    required: ['product'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', readOnly: true },
      product: { type: 'string', minLength: 1 },
      note: { type: 'string' },
      wrap: { enum: ['box'] },
      lines: {
        type: 'array',
        maxItems: 2,
        uniqueItems: true,
        items: { type: 'integer', maximum: 5 },
      },
    },
  }
  const found = edges(order, { product: 'rye', note: 'soon', lines: [1] })
  expect(found).toEqual(
    expect.arrayContaining([
      'breaks product/missing {"note":"soon","lines":[1]}',
      'fits note/absent {"product":"rye","lines":[1]}',
      'fits wrap/present {"product":"rye","note":"soon","lines":[1],"wrap":"box"}',
      'breaks unexpectedProperty/unexpected {"product":"rye","note":"soon","lines":[1],"unexpectedProperty":"unexpected"}',
      'breaks product/too-short {"product":"","note":"soon","lines":[1]}',
      'fits lines/no-items {"product":"rye","note":"soon","lines":[]}',
      'breaks lines/same-twice {"product":"rye","note":"soon","lines":[1,1]}',
      'breaks lines/0/above-maximum {"product":"rye","note":"soon","lines":[6]}',
    ]),
  )
  expect(found.filter((one) => one.startsWith('breaks id/read-only'))).toHaveLength(1)
})

test('follows references and the alternative that a value is of', () => {
  const found = edges(
    {
      oneOf: [
        {
          type: 'object',
          required: ['card'],
          properties: { card: { type: 'string', minLength: 4 } },
        },
        {
          type: 'object',
          required: ['bank'],
          properties: { bank: { type: 'integer', maximum: 9 } },
        },
      ],
    },
    { bank: 3 },
  )
  expect(found).toContain('breaks bank/above-maximum {"bank":10}')
})

test('ends, however deep and wide a schema is', () => {
  const wide = {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [
        `p${at}`,
        { type: 'integer', minimum: 0, maximum: 9 },
      ]),
    ),
  }
  const base = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, 1]))
  expect([...edgesOf(schemaOf(wide), base)]).toHaveLength(400)
  expect([...edgesOf(schemaOf(wide), base, { most: 10 })]).toHaveLength(10)
})

test('draws each edge that does not fit, and none where all do', () => {
  const schema = schemaOf({ type: 'integer', minimum: 1, maximum: 99 })
  const drawn = Array.from({ length: 200 }, (_, seed) => wrongEdge(schema, 7, seededChoices(seed)))
  expect(new Set(drawn.map((one) => one?.name))).toEqual(
    new Set([...edgesOf(schema, 7)].filter(({ fits }) => !fits).map(({ name }) => name)),
  )
  expect(drawn.every((one) => one?.fits === false)).toBe(true)
  expect(wrongEdge(schemaOf({}), 7, seededChoices(1))).toBeUndefined()
})
