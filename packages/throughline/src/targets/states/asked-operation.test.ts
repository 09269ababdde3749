import { fileURLToPath } from 'node:url'
import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../workspace/workspace.ts'
import { askedOperations } from './asked-operation.ts'

const storefront = fileURLToPath(new URL('../../../../../examples/storefront', import.meta.url))
const asked = askedOperations(compile(openWorkspace(storefront)).graph)

test.each([
  ['http://localhost:4401/store/basket', '/store/basket'],
  ['http://localhost:5173/api/basket', '/store/basket'],
  ['https://cornermarket.example/api/basket?page=2', '/store/basket?page=2'],
  ['http://localhost:5173/api/v1/basket', '/store/basket'],
])('finds the operation of %s, wherever the app thinks that the API is', (url, on) => {
  expect(asked({ method: 'GET', url, body: null })).toEqual({
    url: on,
    operation: 'op:store.getBasket',
    name: 'store.getBasket',
  })
})

test('names a GraphQL request by its operation, else by its first field', () => {
  const request = (body: object) => ({
    method: 'POST',
    url: 'http://localhost:5173/graphql',
    body: JSON.stringify(body),
  })
  expect(asked(request({ query: 'mutation AddReview { addReview { review { id } } }' }))).toEqual({
    url: '/reviews/graphql',
    name: 'reviews.AddReview',
  })
  expect(asked(request({ query: '{ product(id: 1) { name } }' }))?.name).toBe('reviews.product')
})

test.each([
  ['GET', 'http://localhost:5173/config.json', null],
  ['POST', 'https://metrics.example/collect', '{"event":"seen"}'],
  ['POST', 'http://localhost:5173/graphql', 'no JSON'],
])('leaves alone what is no call of the workspace: %s %s', (method, url, body) => {
  expect(asked({ method, url, body })).toBe(undefined)
})
