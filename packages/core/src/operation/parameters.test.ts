import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { requestOf } from './request.ts'
import { routerOf } from './router.ts'

const ids = { type: 'array', items: { type: 'integer' } }

test('wants a path parameter to begin as its style does', () => {
  const order = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  const label = { ...order, style: 'label' }
  expect(said(label, '/orders/.7')).toBe('"7"')
  expect(said(label, '/orders/7')).toBe('The path parameter id must be .value, got 7')
  const matrix = { ...order, style: 'matrix' }
  expect(said(matrix, '/orders/;id=7')).toBe('"7"')
  expect(said(matrix, '/orders/;basket=7')).toBe(
    'The path parameter id must be ;id=value, got ;basket=7',
  )
})

test('says how a deep object is written when it stands there as one value', () => {
  const price = { name: 'price', in: 'query', style: 'deepObject', schema: { type: 'object' } }
  expect(said(price, '/orders?price=9')).toBe(
    'The query parameter price must be price[property]=value, got price=9',
  )
  expect(said(price, '/orders?price[max]=9')).toBe('{"max":"9"}')
})

test('takes a plus in a cookie as a plus, and the style cookie as it stands', () => {
  const coupon = { name: 'coupon', in: 'cookie', schema: { type: 'string' } }
  expect(said(coupon, '/orders', { cookie: 'coupon=a+b%20c' })).toBe('"a+b c"')
  expect(said({ ...coupon, style: 'cookie' }, '/orders', { cookie: 'coupon=a+b%20c' })).toBe(
    '"a+b%20c"',
  )
})

test('reads the collection formats of Swagger 2.0 in headers, paths and lists of lists', () => {
  const pipes = { name: 'X-Ids', in: 'header', ...ids, collectionFormat: 'pipes' }
  expect(said(pipes, '/orders', { 'x-ids': '1|2' }, '2.0')).toBe('[1,2]')
  const spaces = { name: 'id', in: 'path', required: true, ...ids, collectionFormat: 'ssv' }
  expect(said(spaces, '/orders/1%202', {}, '2.0')).toBe('[1,2]')
  const rows = { name: 'rows', in: 'query', type: 'array', items: { ...ids } }
  const nested = { ...rows, items: { ...ids, collectionFormat: 'pipes' } }
  expect(said(nested, '/orders?rows=1|2,3', {}, '2.0')).toBe('[[1,2],[3]]')
})

test('says what is missing, and where in a parameter something is wrong', () => {
  const list = { name: 'ids', in: 'query', required: true, schema: ids }
  expect(said(list, '/orders')).toBe('The query parameter ids is missing')
  expect(said(list, '/orders?ids=1&ids=two')).toBe(
    '[1] of the query parameter ids is a string, expected an integer',
  )
})

test('says what became of a plus in a query', () => {
  const since = { name: 'since', in: 'query', schema: { type: 'string', format: 'date-time' } }
  expect(said(since, '/orders?since=2026-03-01T12:00:00+01:00')).toMatch(
    /; a plus in a query is a space, send %2B$/,
  )
  expect(said(since, '/orders?since=2026-03-01T12:00:00%2B01:00')).toMatch(/^"2026/)
  expect(said(since, '/orders?since=today')).not.toContain('plus')
})

test('asks for no path parameter that the path has no place for', () => {
  const other = { name: 'basketId', in: 'path', required: true, schema: { type: 'integer' } }
  expect(said(other, '/orders/7')).toBeUndefined()
})

/** The parameter's value as the contract reads it, else the first thing that is wrong. */
function said(
  parameter: { readonly name: string; readonly in: string; readonly style?: string },
  url: string,
  headers: Readonly<Record<string, string>> = {},
  version: '2.0' | '3.2.0' = '3.2.0',
): string | undefined {
  const template = parameter.in === 'path' ? '/orders/{id}' : '/orders'
  const text = JSON.stringify({
    ...(version === '2.0' ? { swagger: version } : { openapi: version }),
    info: { title: 'Store', version: '1' },
    paths: { [template]: { get: { parameters: [parameter], responses: {} } } },
  })
  const file = { path: 'store.json', text }
  const { graph } = compile({ paths: [file.path], read: () => file }, { contracts: [file.path] })
  const [path = '', query = ''] = url.split('?')
  const match = routerOf(graph.apis[0]!.contract!.operations, []).match('GET', path)
  if (match.kind !== 'found') throw new Error('The contract of this test is wrong')
  const read = requestOf(match.operation)({
    method: 'GET',
    pathParameters: match.pathParameters,
    query,
    header: (name) => headers[name],
  })
  const [first] = read.violations
  return first?.message ?? JSON.stringify(read.parameters.get(`${parameter.in}.${parameter.name}`))
}
