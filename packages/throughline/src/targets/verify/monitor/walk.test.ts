import { compile } from '@throughline/core'
import type { MonitorDeclaration } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../../core/test/in-memory-files.ts'
import { senderOf } from '../../../../test/sender-of.ts'
import { walk } from './walk.ts'

const { graph } = compile(
  filesOf({
    'throughline.yaml': `throughline: 1
apis: { reviews: { contract: reviews.graphql, documents: 'app/*.graphql', environments: { staging: 'https://staging.test/graphql' } } }
`,
    'reviews.graphql': `type Query { reviews(product: ID!): [Review!]! }
type Mutation { addReview(text: String!): Review! }
type Review { id: ID! stars: Int! }
`,
    'app/product.graphql':
      'query ProductReviews($product: ID!) { reviews(product: $product) { stars } }',
    'journeys/shop.journey.yaml': `journey: shop
steps:
  - step: product
    calls:
      - { operation: reviews query ProductReviews, needs: ['[].stars'] }
      - reviews.addReview
`,
    'monitors/shop.monitor.yaml': 'monitor: shop\nenvironment: staging\nevery: 5m\n',
  }),
)
const [monitor] = graph.declarations.monitors as [MonitorDeclaration]

async function walked(body: object) {
  const asked: unknown[] = []
  const { calls } = await walk(graph, monitor, {
    send: senderOf(async (request) => {
      asked.push(await request.json())
      return Response.json(body)
    }, 'https://staging.test/graphql'),
    now: () => 0,
    ledger: new Map(),
  })
  return { calls, asked }
}

test('sends the document that a step really sends, and leaves out what writes', async () => {
  const { calls, asked } = await walked({ data: { reviews: [{ stars: 5 }] } })
  expect(asked).toMatchObject([
    { query: expect.stringContaining('query ProductReviews') as string },
  ])
  expect(calls).toMatchObject([
    { step: 'shop/product', status: 200, problems: [] },
    { left: 'it writes, and is not under `allow`' },
  ])
})

test('says what is wrong with a GraphQL answer that comes as a success', async () => {
  const failed = await walked({ data: null, errors: [{ message: 'The shelf is locked' }] })
  expect(failed.calls[0]!.problems).toContain('it answered with an error: The shelf is locked')
  const broken = await walked({ data: { reviews: [{ stars: null }] } })
  expect(broken.calls[0]!.problems).toHaveLength(1)
})
