import { expect, test } from 'vitest'
import { nodeOf } from '../2-link/ask.ts'
import { compiled } from '../../test/compile-marked.ts'
import { conformance } from './conformance.ts'

const { graph } = compiled({
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml }, reviews: { contract: reviews.graphql } }\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200":
          description: The basket
          headers: { ETag: { required: true, schema: { type: string } } }
          content:
            application/json: { schema: { type: object, required: [total], properties: { total: { type: number }, secret: { type: string, writeOnly: true } } } }
            text/*: { schema: { type: string } }
        default: { description: Whatever }
`,
  'reviews.graphql': 'type Query { reviews: Page! }\ntype Page { total: Int! next: String! }\n',
})

function judged(
  name: string,
  body: unknown,
  {
    status = 200,
    type = 'application/json',
    headers = { etag: '"1"' },
    opaque = false,
  }: { status?: number; type?: string; headers?: Record<string, string>; opaque?: boolean } = {},
): ReturnType<typeof conformance> {
  return conformance(nodeOf(graph, 'operation', `op:${name}`)!, {
    status,
    header: (header) => ({ ...headers, 'content-type': type })[header],
    body: typeof body === 'string' ? body : JSON.stringify(body),
    opaque,
  })
}

test('takes what the contract says, in any described type', () => {
  expect(judged('store.getBasket', { total: 1 })).toEqual({
    described: '200',
    matches: true,
    violations: [],
  })
  expect(
    judged('store.getBasket', { total: 1 }, { type: 'Application/JSON; charset=utf-8' }).matches,
  ).toBe(true)
  expect(judged('store.getBasket', { anything: true }, { status: 418 })).toEqual({
    described: 'default',
    matches: true,
    violations: [],
  })
})

test('misses headers and fields, and reads answers as answers', () => {
  expect(judged('store.getBasket', { total: 1 }, { headers: {} }).violations).toEqual([
    { path: 'header:ETag', message: 'The header ETag is missing.' },
  ])
  expect(judged('store.getBasket', { total: '1' }).violations).toEqual([
    { path: 'total', message: 'total is a string, expected a number.' },
  ])
  expect(judged('store.getBasket', { total: 1, secret: 'x' }).matches).toBe(false)
})

test('judges only what it can read', () => {
  const text = judged('store.getBasket', 'hello', { type: 'text/plain' })
  expect(text).toEqual({ described: '200', violations: [] })
  expect(judged('store.getBasket', '{"total"', { opaque: true })).toEqual({
    described: '200',
    violations: [],
  })
  expect(judged('store.getBasket', '{"total"', { opaque: true, headers: {} }).matches).toBe(false)
})

test('does not miss what a query did not ask for', () => {
  expect(judged('reviews.reviews', { data: { reviews: { total: 1 } } })).toEqual({
    described: '200',
    matches: true,
    violations: [],
  })
  expect(
    judged('reviews.reviews', { data: { reviews: { total: 'many' } } }).violations,
  ).toMatchObject([{ path: 'total' }])
  expect(judged('reviews.reviews', { data: { mine: { total: 'many' } } }).matches).toBe(true)
})

test('knows that errors are part of GraphQL', () => {
  expect(
    judged('reviews.reviews', { data: { reviews: null }, errors: [{ message: 'Busy' }] }).matches,
  ).toBe(true)
  expect(judged('reviews.reviews', { errors: [{ message: 'Busy' }] }).matches).toBe(true)
  expect(judged('reviews.reviews', { data: { reviews: null } }).matches).toBe(false)
  expect(judged('reviews.reviews', { message: 'Not found' }).violations).toMatchObject([
    { message: 'The answer has neither `data` nor `errors`, so it is no GraphQL answer.' },
  ])
})
