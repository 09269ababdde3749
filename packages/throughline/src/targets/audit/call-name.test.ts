import { expect, test } from 'vitest'
import { callName } from './call-name.ts'

test.each([
  ['GET', 'http://shop.example/api/orders/17?page=2', null, 'GET /api/orders/{id}'],
  ['GET', 'http://shop.example/api/products/sourdough', null, 'GET /api/products/sourdough'],
  ['GET', 'http://api.example/orders/CM-2041', null, 'GET http://api.example/orders/{id}'],
  [
    'POST',
    'http://shop.example/graphql',
    '{"query":"query Basket { basket { total } }"}',
    'POST /graphql Basket',
  ],
  ['POST', 'http://shop.example/graphql', '{"query": broken', 'POST /graphql'],
])('calls %s %s what people would', (method, url, body, name) => {
  expect(callName({ method, url, body }, 'http://shop.example')).toBe(name)
})
