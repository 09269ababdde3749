import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import type { Change } from './change.ts'
import { diffGraphs } from './diff-graphs.ts'
import { graphqlExamples } from './graphql-examples.ts'
import { rules } from './rules.ts'

const changesOf = (before: string, after: string): readonly Change[] =>
  diffGraphs(graphOf({ 'reviews.graphql': before }), graphOf({ 'reviews.graphql': after })).changes

const shop = (review: string, more = ''): string =>
  `type Query { reviews: [Review!]! } type Review { id: ID! ${review} } ${more}`

test.each(Object.entries(graphqlExamples))('tells %s, once', (code, [before, after]) => {
  const changes = changesOf(before, after)
  expect(changes.map((one) => one.code)).toEqual([code])
  expect(changes[0]!.message).not.toMatch(/undefined|\{(?:at|name|from|to)\}|\[object|contract/)
})

test('has two schemas for every rule of GraphQL', () => {
  const own = [...rules.values()].filter((one) => one.area === 'GraphQL').map((one) => one.code)
  expect(own.filter((code) => graphqlExamples[code] === undefined)).toEqual([])
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
