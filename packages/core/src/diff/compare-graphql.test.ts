import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import type { Change } from './change.ts'
import { diffGraphs } from './diff-graphs.ts'
import { rules } from './rules.ts'

const changesOf = (before: string, after: string): readonly Change[] =>
  diffGraphs(graphOf({ 'reviews.graphql': before }), graphOf({ 'reviews.graphql': after })).changes

const shop = (review: string, more = ''): string => `
  type Query { reviews: [Review!]!, search: Item }
  type Review { id: ID! ${review} }
  ${more}
`

const cases: Readonly<Record<string, readonly [string, string]>> = {
  'argument-added': [shop('text: String'), shop('text(length: Int): String')],
  'required-argument-added': [shop('text: String'), shop('text(length: Int!): String')],
  'argument-removed': [shop('text(length: Int): String'), shop('text: String')],
  'argument-became-required': [
    shop('text(length: Int): String'),
    shop('text(length: Int!): String'),
  ],
  'argument-became-optional': [
    shop('text(length: Int!): String'),
    shop('text(length: Int): String'),
  ],
  'request-type-changed': [
    shop('text(length: Int): String'),
    shop('text(length: Boolean): String'),
  ],
  'request-default-changed': [
    shop('text(length: Int = 1): String'),
    shop('text(length: Int = 2): String'),
  ],
  'possible-type-removed': [
    shop('', 'union Item = Review | Book type Book { id: ID! }'),
    shop('', 'union Item = Review type Book { id: ID! }'),
  ],
  'interface-added': [
    shop('', 'interface Priced { id: ID! }'),
    shop('', 'interface Priced { id: ID! } extend type Review implements Priced'),
  ],
  'interface-removed': [
    shop('', 'interface Priced { id: ID! } extend type Review implements Priced'),
    shop('', 'interface Priced { id: ID! }'),
  ],
  'enum-value-deprecated': [
    shop('mood: Mood', 'enum Mood { GOOD BAD }'),
    shop('mood: Mood', 'enum Mood { GOOD BAD @deprecated }'),
  ],
  'enum-value-no-longer-deprecated': [
    shop('mood: Mood', 'enum Mood { GOOD BAD @deprecated }'),
    shop('mood: Mood', 'enum Mood { GOOD BAD }'),
  ],
  'enum-value-description-changed': [
    shop('mood: Mood', 'enum Mood { GOOD BAD }'),
    shop('mood: Mood', 'enum Mood { GOOD "Not so good" BAD }'),
  ],
  'scalar-specification-changed': [
    shop('at: Day', 'scalar Day @specifiedBy(url: "https://shop.example/day/1")'),
    shop('at: Day', 'scalar Day @specifiedBy(url: "https://shop.example/day/2")'),
  ],
  'type-added': [shop(''), shop('', 'type Coupon { code: String }')],
  'type-removed': [shop('', 'type Coupon { code: String }'), shop('')],
  'type-kind-changed': [
    shop('', 'type Coupon { code: String }'),
    shop('', 'input Coupon { code: String }'),
  ],
  'directive-added': [shop(''), shop('', 'directive @defer on FIELD')],
  'directive-removed': [shop('', 'directive @defer on FIELD'), shop('')],
  'directive-location-added': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer on FIELD | QUERY'),
  ],
  'directive-location-removed': [
    shop('', 'directive @defer on FIELD | QUERY'),
    shop('', 'directive @defer on FIELD'),
  ],
  'directive-became-repeatable': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer repeatable on FIELD'),
  ],
  'directive-no-longer-repeatable': [
    shop('', 'directive @defer repeatable on FIELD'),
    shop('', 'directive @defer on FIELD'),
  ],
  'directive-argument-added': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer(label: String) on FIELD'),
  ],
  'required-directive-argument-added': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer(label: String!) on FIELD'),
  ],
  'directive-argument-removed': [
    shop('', 'directive @defer(label: String) on FIELD'),
    shop('', 'directive @defer on FIELD'),
  ],
  'directive-argument-type-changed': [
    shop('', 'directive @defer(label: String) on FIELD'),
    shop('', 'directive @defer(label: Int) on FIELD'),
  ],
  'directive-argument-default-changed': [
    shop('', 'directive @defer(label: Int) on FIELD'),
    shop('', 'directive @defer(label: Int = 2) on FIELD'),
  ],
  'directive-use-added': [shop('text: String'), shop('text: String @cost(weight: 2)')],
  'directive-use-removed': [shop('text: String @cost(weight: 2)'), shop('text: String')],
  'directive-use-changed': [
    shop('text: String @cost(weight: 2)'),
    shop('text: String @cost(weight: 3)'),
  ],
  'schema-directive-added': [shop(''), shop('', 'directive @cost on OBJECT')],
  'schema-directive-removed': [shop('', 'directive @cost on OBJECT'), shop('')],
  'schema-directive-changed': [
    shop('', 'directive @cost on OBJECT'),
    shop('', 'directive @cost(weight: Int) on OBJECT'),
  ],
}

test.each(Object.entries(cases))('tells %s, once', (code, [before, after]) => {
  const changes = changesOf(before, after)
  expect(changes.map((one) => one.code)).toEqual([code])
  expect(changes[0]!.message).not.toMatch(/undefined|\{(?:at|name|from|to)\}|\[object|contract/)
})

test('has two schemas for every rule of GraphQL', () => {
  const own = [...rules.values()].filter((one) => one.area === 'GraphQL').map((one) => one.code)
  expect(own.filter((code) => cases[code] === undefined)).toEqual([])
})

test('finds nothing between schemas that say the same in another order, and points at the argument that changed', () => {
  const one = shop('text(length: Int, from: Int): String @a @b', 'enum Mood { A B }')
  const other = shop('text(from: Int, length: Int): String @b @a', 'enum Mood { B A }')
  expect(changesOf(one, other)).toEqual([])
  const [change] = changesOf(
    shop('text(length: Int): String'),
    shop('text(length: Boolean): String'),
  )
  expect(change).toMatchObject({
    message: '`Review.text(length:)` is `boolean` now, `integer` before.',
  })
  const { source, place } = change!.origin.after!
  const { start } = source.locate([place])[0]!
  expect(source.file.text.split('\n')[start.line - 1]!.slice(start.column - 1)).toMatch(/^length/)
})

test('says once what the type of an input says and what is required', () => {
  const schema = (input: string): string => `
    type Query { ping: Int }
    type Mutation { add(review: ReviewInput!): Int }
    input ReviewInput { stars: Int ${input} }
  `
  expect(changesOf(schema('text: String'), schema('text: String!')).map((one) => one.code)).toEqual(
    ['request-property-became-required'],
  )
  expect(changesOf(schema(''), schema('text: String @cost')).map((one) => one.code)).toEqual([
    'request-property-added',
  ])
  expect(
    changesOf(schema('text: String'), schema('text: String @cost')).map((one) => one.message),
  ).toEqual(['`ReviewInput.text` is marked `@cost` now.'])
})

const document = `query Page { reviews { id text(length: 10) author { name } ... on Review { stars } } }`
const journey = `
journey: read
steps:
  - step: reviews
    screen: /reviews
    calls:
      - { operation: reviews query Page, needs: ['[].id', { path: '[].author.name', absent: Show no name }] }
`
const workspace = `
throughline: 1
name: Shop
apis: { reviews: { contract: reviews.graphql, documents: ['app/*.graphql'] } }
`
const author = 'type Author { name: String }'

test.each([
  [
    'an argument that the document sends is gone',
    'text: String stars: Int author: Author',
    'breaks',
  ],
  [
    'an argument that it does not send is required',
    'text(length: Int, in: Int!): String stars: Int author: Author',
    'breaks',
  ],
  [
    'a field that it selects and no step needs is gone',
    'text(length: Int): String author: Author',
    'breaks',
  ],
  [
    'a field with a fallback is gone: the whole document is refused',
    'text(length: Int): String stars: Int',
    'breaks',
  ],
  [
    'a field that it selects takes another optional argument',
    'text(length: Int, in: Int): String stars: Int author: Author',
    undefined,
  ],
  [
    'a field that it does not select is gone',
    'text(length: Int): String stars: Int author: Author @cut',
    undefined,
  ],
])('knows what a document asks for: %s', (_, fields, severity) => {
  const all = (review: string): Record<string, string> => ({
    'throughline.yaml': workspace,
    'journeys/read.journey.yaml': journey,
    'app/page.graphql': document,
    'reviews.graphql': `type Query { reviews: [Review!]! } type Review { id: ID! ${review} } ${author}`,
  })
  const old = 'text(length: Int): String stars: Int author: Author votes(by: Int): Int'
  const next = fields.includes('@cut')
    ? fields.replace(' @cut', '')
    : `${fields} votes(by: Int): Int`
  const { changes } = diffGraphs(graphOf(all(old)), graphOf(all(next)))
  const worst = changes.flatMap((one) => one.impact.map((impact) => impact.severity))
  expect(worst[0]).toBe(severity)
  if (severity === 'breaks') expect(changes[0]!.level).toBe('breaking')
})
