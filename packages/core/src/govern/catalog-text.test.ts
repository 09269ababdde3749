import { parseAllDocuments } from 'yaml'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { catalogEntities } from '../1-parse/catalog-entities.ts'
import { filesOf } from '../../test/in-memory-files.ts'
import { catalogText } from './catalog-text.ts'

const { graph } = compile(
  filesOf({
    'shop/throughline.yaml': `throughline: 1
name: Corner Market
apis:
  store: { contract: apis/store.yaml, owner: orders, stage: beta }
  reviews: apis/reviews.graphql
teams: { orders: { role: backend }, checkout: { role: ux } }
`,
    'shop/apis/store.yaml': `openapi: 3.1.0
info: { title: The store, version: "1" }
paths: { /basket: { get: { operationId: getBasket, responses: { "204": { description: Nothing } } } } }
`,
    'shop/apis/reviews.graphql': 'type Query { reviews: [String] }',
    'shop/journeys/buy.journey.yaml':
      'journey: buy\nowner: checkout\nsteps: [{ step: basket, calls: [store.getBasket] }]\n',
  }),
)

test('writes an API for each contract, and a component that consumes those that journeys call', () => {
  const { text, leftOut } = catalogText(graph, '')
  const entities = catalogEntities({ path: 'shop/catalog-info.yaml', text })
  expect(entities).toMatchObject([
    {
      kind: 'API',
      name: 'store',
      type: 'openapi',
      owner: 'orders',
      definition: './apis/store.yaml',
      provides: [],
      consumes: [],
    },
    {
      kind: 'API',
      name: 'reviews',
      type: 'graphql',
      owner: 'unknown',
      definition: './apis/reviews.graphql',
      provides: [],
      consumes: [],
    },
    {
      kind: 'Component',
      name: 'corner-market',
      type: 'website',
      owner: 'checkout',
      provides: [],
      consumes: ['store'],
    },
  ])
  expect(text).toContain('lifecycle: experimental')
  expect(leftOut).toEqual([
    'the API reviews has no owner: Backstage asks for one, and gets `unknown`',
  ])
})

test('leaves the entities of others as they are, drops its own that are gone, and is the same the second time', () => {
  const others = `# The teams
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {   name: orders }   # by hand
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: old
  annotations: { throughline/workspace: Corner Market }
spec: { type: openapi }
---
kind: API
metadata: { name: reviews }
spec: { type: graphql, owner: community }
---
kind: [broken
`
  const { text, leftOut } = catalogText(graph, others)
  expect(text).toContain('metadata: {   name: orders }   # by hand\n')
  expect(text).toContain('kind: [broken\n')
  expect(text).not.toContain('name: old')
  expect(text).toContain('spec: { type: graphql, owner: community }')
  expect(leftOut).toContain(
    'API reviews: an entity of that name was written by hand, and stays as it is',
  )
  expect(parseAllDocuments(text)).toHaveLength(5)
  expect(catalogText(graph, text).text).toBe(text)
})
