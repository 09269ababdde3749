import { compile, type Graph } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { senderOf } from '../../../test/sender-of.ts'
import { mock } from '../mock/mock.ts'
import type { VerifyOptions } from './verify.ts'
import { verify } from './verify.ts'

const sdl = `type Query { reviews(product: ID!): [Review!]! }
type Mutation { addReview(product: ID!, text: String!): Review! }
type Review { id: ID! stars: Int! text: String day: Date }
scalar Date @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")
`

function shop(schema: string, more: Readonly<Record<string, string>> = {}): Graph {
  return compile(
    filesOf({
      ...more,
      'throughline.yaml': `throughline: 1
apis: { reviews: { contract: reviews.graphql, documents: 'app/*.graphql' } }
`,
      'reviews.graphql': schema,
      'app/product.graphql':
        'query ProductReviews($product: ID!) { reviews(product: $product) { stars } }',
      'journeys/shop.journey.yaml': `journey: shop
steps:
  - step: product
    calls: [{ operation: reviews query ProductReviews, needs: ['[].stars'] }]
`,
    }),
  ).graph
}

async function found(
  answer: (request: Request, next: () => Promise<Response>) => Promise<Response>,
  options: Partial<VerifyOptions> = {},
  more: Readonly<Record<string, string>> = {},
) {
  const graph = shop(sdl, more)
  const inside = mock(graph)
  const sent: string[] = []
  const report = await verify(graph, {
    send: senderOf(async (request) => {
      const { query } = (await request.clone().json()) as { query: string }
      sent.push(query)
      return answer(request, () => inside.handle(request))
    }, 'http://store.test/reviews'),
    seed: 1,
    phases: new Set(['graphql']),
    ...options,
  })
  return { ...report, sent }
}

/** Only the queries that ask for reviews are answered otherwise. */
function reviewsAnswer(body: object) {
  return async (request: Request, next: () => Promise<Response>): Promise<Response> => {
    const { query } = (await request.clone().json()) as { query: string }
    return query.includes('reviews(') ? Response.json(body) : next()
  }
}

test('asks each root field and the documents of the UI, and finds nothing where nothing is wrong', async () => {
  const { findings, sent, coverage, notThere } = await found((_, next) => next())
  expect(findings).toEqual([])
  expect(notThere).toBeUndefined()
  expect(sent.some((one) => one.includes('addReview'))).toBe(true)
  expect(sent.some((one) => one.startsWith('query ProductReviews'))).toBe(true)
  expect(coverage.operations).toMatchObject({ reached: 2, total: 2 })
  expect(coverage.needs).toMatchObject({ reached: 1, total: 1 })
})

test('sends no mutation where it only reads', async () => {
  const { sent } = await found((_, next) => next(), { readOnly: true })
  expect(sent.some((one) => one.includes('addReview'))).toBe(false)
})

test('finds a null that may not be, and names the step that suffers', async () => {
  const { findings } = await found(reviewsAnswer({ data: { reviews: [{ id: '1', stars: null }] } }))
  expect(findings).toMatchObject([
    { check: 'response-schema', operation: { id: 'reviews' }, steps: ['shop/product'] },
  ])
})

test.each([
  ['an error without a message', { data: null, errors: [{}] }, 'graphql', 'has no message'],
  [
    'an error that points at what is there',
    { data: { reviews: [] }, errors: [{ message: 'late', path: ['reviews'] }] },
    'graphql',
    'points at a value that is there',
  ],
  ['no data and no error', { data: null }, 'graphql', 'no data, and no error'],
  [
    'a query that is not understood',
    { errors: [{ message: 'Cannot query field "stars" on type "Review".' }] },
    'graphql',
    'is not understood',
  ],
  [
    'a stack trace',
    { data: null, errors: [{ message: 'no', extensions: { stacktrace: ['at a.js:1'] } }] },
    'leak',
    'stack trace',
  ],
] as const)('finds %s', async (_, body, check, words) => {
  const { findings } = await found(reviewsAnswer(body))
  expect(findings).toContainEqual(
    expect.objectContaining({ check, message: expect.stringContaining(words) as string }),
  )
})

test('finds a value that the policy forbids, whatever the document calls it, and names the step that shows it', async () => {
  const { findings } = await found(
    reviewsAnswer({ data: { reviews: [{ id: '1', stars: 9, given: 9, text: 'Fresh' }] } }),
    {},
    {
      'policy.yaml': `validation:
  - { match: '**.stars', schema: { maximum: 5 } }
  - { match: 'reviews.reviews.[].text', schema: { minLength: 10 } }
`,
      'app/product.graphql':
        'query ProductReviews($product: ID!) { reviews(product: $product) { given: stars } }',
      'journeys/shop.journey.yaml': `journey: shop
steps:
  - step: product
    calls: [{ operation: reviews query ProductReviews, needs: ['[].given'] }]
`,
    },
  )
  expect(findings.map(({ message, at, steps }) => ({ message, at, steps }))).toEqual([
    {
      message: '`data.reviews[].stars` is not what the policy asks of `**.stars`.',
      at: 'body:data.reviews[].stars',
      steps: ['shop/product'],
    },
    {
      message: '`data.reviews[].text` is not what the policy asks of `reviews.reviews.[].text`.',
      at: 'body:data.reviews[].text',
      steps: [],
    },
  ])
})

test('finds a server that refuses nothing', async () => {
  const { findings } = await found(async (request, next) => {
    const { query } = (await request.clone().json()) as { query: string }
    return query.includes('NoSuchField') ? Response.json({ data: {} }) : next()
  })
  expect(findings).toMatchObject([
    { check: 'graphql', message: expect.stringContaining('asks for a field that there is not') },
  ])
})

test('finds what runs and is not what the schema says, and whom that touches', async () => {
  const running = mock(shop(sdl.replace('stars: Int!', 'rating: Int!')))
  const { findings } = await found(async (request, next) => {
    const { query } = (await request.clone().json()) as { query: string }
    return query.includes('__schema') ? running.handle(request) : next()
  })
  expect(findings).toMatchObject([{ check: 'drift', severity: 'error', steps: ['shop/product'] }])
})

test('leaves an API out that is nowhere below the target', async () => {
  const { findings, notThere } = await found(() =>
    Promise.resolve(new Response('no such page', { status: 404 })),
  )
  expect(findings).toEqual([])
  expect(notThere).toEqual(['reviews'])
})
