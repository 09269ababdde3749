import { expect, test } from 'vitest'
import { expressionText, expressionValue } from './runtime-expression.ts'
import type { Happened } from './runtime-expression.ts'

const paid: Happened = {
  method: 'POST',
  url: 'http://localhost:4401/payments?notify=http://localhost:9/paid',
  query: new Map([['notify', 'http://localhost:9/paid']]),
  path: new Map([['id', '7']]),
  header: (name) => (name === 'x-notify' ? 'http://localhost:9/x' : undefined),
  body: { callback: { url: 'http://localhost:9/c' }, 'a/b': [{ id: 4 }] },
  response: {
    status: 201,
    header: (name) => (name === 'location' ? '/payments/7' : undefined),
    body: { id: 'p-7' },
  },
}

test.each([
  ['$url', paid.url],
  ['$method', 'POST'],
  ['$statusCode', 201],
  ['$request.query.notify', 'http://localhost:9/paid'],
  ['$request.path.id', '7'],
  ['$request.header.X-Notify', 'http://localhost:9/x'],
  ['$request.body#/callback/url', 'http://localhost:9/c'],
  ['$request.body#/a~1b/0/id', 4],
  ['$request.body', paid.body],
  ['$response.header.Location', '/payments/7'],
  ['$response.body#/id', 'p-7'],
  ['$response.query.id', undefined],
  ['$request.body#/constructor/name', undefined],
  ['$elsewhere', undefined],
])('knows what %s is', (expression, value) => {
  expect(expressionValue(expression, paid)).toEqual(value)
})

test('fills in texts with several expressions, and nothing where one is missing', () => {
  expect(expressionText('{$request.body#/callback/url}?id={$response.body#/id}', paid)).toBe(
    'http://localhost:9/c?id=p-7',
  )
  expect(expressionText('http://localhost:9/{$request.body#/none}', paid)).toBeUndefined()
  expect(expressionText('$request.query.notify', paid)).toBe('http://localhost:9/paid')
})
