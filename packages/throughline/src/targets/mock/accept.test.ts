import { expect, test } from 'vitest'
import { accepted } from './accept.ts'

const offered = ['application/json', 'text/csv', 'application/problem+json']

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['text/*', 'text/csv'],
  ['text/csv;q=0.5, application/json;q=0.9', 'application/json'],
  ['application/json;q=0, */*', 'text/csv'],
  ['application/problem+json', 'application/problem+json'],
  ['text/html, application/xhtml+xml, */*;q=0.8', 'application/json'],
  ['image/png', undefined],
  [';;,q=;', undefined],
])('of JSON, CSV and a problem, %s takes %s', (accept, type) => {
  expect(accepted(accept, offered)).toBe(type)
})
