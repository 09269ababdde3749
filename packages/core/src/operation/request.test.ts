import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { Call } from './call.ts'
import { requestOf } from './request.ts'
import { routerOf } from './router.ts'

test('reads a query parameter as the type that its schema asks for', () => {
  expect(given('{ name: page, in: query, schema: { type: integer } }', '?page=2')).toEqual({
    'query.page': 2,
  })
  expect(given('{ name: open, in: query, schema: { type: boolean } }', '?open=true')).toEqual({
    'query.open': true,
  })
  expect(given('{ name: zip, in: query, schema: { type: string } }', '?zip=01234')).toEqual({
    'query.zip': '01234',
  })
  expect(
    given('{ name: words, in: query, schema: { type: string } }', '?words=rye+bread%21'),
  ).toEqual({ 'query.words': 'rye bread!' })
  expect(
    given('{ name: max, in: query, schema: { type: [integer, "null"] } }', '?max=null'),
  ).toEqual({ 'query.max': null })
})

test('reads lists in every style', () => {
  const list = (rest: string) =>
    `{ name: ids, in: query, ${rest}, schema: { type: array, items: { type: integer } } }`
  expect(given(list('style: form'), '?ids=1&ids=2')).toEqual({ 'query.ids': [1, 2] })
  expect(given(list('style: form'), '?ids=1')).toEqual({ 'query.ids': [1] })
  expect(given(list('explode: false'), '?ids=1,2')).toEqual({ 'query.ids': [1, 2] })
  expect(given(list('explode: false'), '?ids=1%2C2')).toEqual({ 'query.ids': [1, 2] })
  expect(given(list('style: spaceDelimited, explode: false'), '?ids=1%202')).toEqual({
    'query.ids': [1, 2],
  })
  expect(given(list('style: spaceDelimited, explode: false'), '?ids=1+2')).toEqual({
    'query.ids': [1, 2],
  })
  expect(given(list('style: pipeDelimited, explode: false'), '?ids=1|2')).toEqual({
    'query.ids': [1, 2],
  })
  expect(given(list('style: pipeDelimited, explode: false'), '?ids=1%7C2')).toEqual({
    'query.ids': [1, 2],
  })
})

test('keeps an encoded comma inside an item when other items are there', () => {
  const list =
    '{ name: names, in: query, explode: false, schema: { type: array, items: { type: string } } }'
  expect(given(list, '?names=a%2Cb,c')).toEqual({ 'query.names': ['a,b', 'c'] })
})

test('reads objects in every style', () => {
  const price =
    'schema: { type: object, properties: { min: { type: integer }, max: { type: integer } } }'
  const both = { 'query.price': { min: 1, max: 9 } }
  expect(given(`{ name: price, in: query, ${price} }`, '?min=1&max=9&other=x')).toEqual(both)
  expect(
    given(`{ name: price, in: query, explode: false, ${price} }`, '?price=min,1,max,9'),
  ).toEqual(both)
  expect(
    given(
      `{ name: price, in: query, style: deepObject, explode: true, ${price} }`,
      '?price[min]=1&price%5Bmax%5D=9',
    ),
  ).toEqual(both)
})

test('reads deep objects with lists and objects inside', () => {
  const filter =
    '{ name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { tags: { type: array, items: { type: string } }, price: { type: object, properties: { max: { type: number } } } } } }'
  expect(given(filter, '?filter[tags][]=a&filter[tags][]=b&filter[price][max]=9.5')).toEqual({
    'query.filter': { tags: ['a', 'b'], price: { max: 9.5 } },
  })
  expect(given(filter, '?filter[__proto__][x]=1')).toEqual({
    'query.filter': JSON.parse('{"__proto__":{"x":"1"}}') as unknown,
  })
})

test('reads path parameters in simple, label and matrix style', () => {
  const ids = (rest: string) =>
    `{ name: id, in: path, required: true, ${rest}, schema: { type: array, items: { type: integer } } }`
  expect(given(ids('style: simple'), '', {}, '3,4')).toEqual({ 'path.id': [3, 4] })
  expect(given(ids('style: label'), '', {}, '.3,4')).toEqual({ 'path.id': [3, 4] })
  expect(given(ids('style: label, explode: true'), '', {}, '.3.4')).toEqual({ 'path.id': [3, 4] })
  expect(given(ids('style: matrix'), '', {}, ';id=3,4')).toEqual({ 'path.id': [3, 4] })
  expect(given(ids('style: matrix, explode: true'), '', {}, ';id=3;id=4')).toEqual({
    'path.id': [3, 4],
  })
})

test('reads headers, cookies and JSON parameters', () => {
  expect(
    given('{ name: X-Ids, in: header, schema: { type: array, items: { type: integer } } }', '', {
      'x-ids': '1, 2',
    }),
  ).toEqual({ 'header.X-Ids': [1, 2] })
  expect(
    given('{ name: seen, in: cookie, schema: { type: integer } }', '', { cookie: 'a=b; seen=4' }),
  ).toEqual({ 'cookie.seen': 4 })
  expect(
    given(
      '{ name: q, in: query, content: { application/json: { schema: { type: object } } } }',
      '?q=%7B%22a%22:1%7D',
    ),
  ).toEqual({ 'query.q': { a: 1 } })
})

test('says what is wrong with parameters, where, and what was expected', () => {
  const limit = '{ name: limit, in: query, required: true, schema: { type: integer, maximum: 48 } }'
  expect(wrong(limit, '?limit=many')).toMatchObject([
    {
      in: 'query',
      name: 'limit',
      pointer: '',
      expected: 'an integer',
      got: '"many"',
      reason: 'invalid',
    },
  ])
  expect(wrong(limit, '')).toMatchObject([
    { in: 'query', name: 'limit', got: 'nothing', reason: 'missing' },
  ])
  expect(wrong(limit, '?limit=12')).toEqual([])
  expect(wrong('{ name: q, in: query, content: { application/json: {} } }', '?q={')).toMatchObject([
    { expected: 'JSON', reason: 'malformed' },
  ])
  expect(
    wrong('{ name: flag, in: query, allowEmptyValue: true, schema: { type: integer } }', '?flag'),
  ).toEqual([])
})

test('validates a JSON body and names each pointer', () => {
  expect(body('{"quantity":"two"}', 'application/json')).toMatchObject([
    { in: 'body', pointer: '', reason: 'invalid' },
    { in: 'body', pointer: '/quantity', expected: 'an integer', got: '"two"' },
  ])
  expect(body('{"productId":"bread","quantity":2}', 'application/json; charset=utf-8')).toEqual([])
  expect(body('{"productId":', 'application/json')).toMatchObject([
    { pointer: '', expected: 'JSON', reason: 'malformed' },
  ])
  expect(body('', undefined)).toMatchObject([{ in: 'body', got: 'nothing', reason: 'missing' }])
})

test('reads a form as the schema types it', () => {
  expect(body('productId=rye+bread&quantity=2', 'application/x-www-form-urlencoded')).toEqual([])
  expect(body('productId=rye&quantity=many', 'application/x-www-form-urlencoded')).toMatchObject([
    { pointer: '/quantity' },
  ])
})

test('refuses a content type that the operation does not take', () => {
  expect(body('x', 'application/pdf')).toMatchObject([
    { in: 'body', got: 'application/pdf', reason: 'media-type' },
  ])
})

test('says that a compressed body is not read', () => {
  const operation = operationWith('{ name: unused, in: query, schema: {} }')
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const call = { ...callOf('', headers, '1'), body: new Uint8Array([0x1f, 0x8b, 8, 0]) }
  expect(requestOf(operation)(call).violations).toMatchObject([
    { expected: 'application/json without Content-Encoding', got: 'gzip', reason: 'media-type' },
  ])
})

test('reads a body without a content type as what the operation takes', () => {
  expect(body('{"productId":"bread","quantity":2}', undefined)).toEqual([])
})

const encoder = new TextEncoder()

function given(
  parameter: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
  id = '1',
): Readonly<Record<string, unknown>> {
  const read = requestOf(operationWith(parameter))(callOf(query, headers, id))
  expect(read.violations).toEqual([])
  const own = parameter.includes('in: path')
  return Object.fromEntries([...read.parameters].filter(([name]) => own || name !== 'path.id'))
}

function wrong(parameter: string, query: string): readonly object[] {
  return requestOf(operationWith(parameter))(callOf(query, {}, '1')).violations
}

function body(text: string, type: string | undefined): readonly object[] {
  const operation = operationWith('{ name: unused, in: query, schema: {} }')
  const call = callOf('', type === undefined ? {} : { 'content-type': type }, '1')
  return requestOf(operation)({ ...call, body: encoder.encode(text) }).violations
}

function callOf(query: string, headers: Readonly<Record<string, string>>, id: string): Call {
  return {
    method: 'POST',
    pathParameters: new Map([['id', id]]),
    query: query.replace(/^\?/, ''),
    header: (name) => headers[name],
  }
}

function operationWith(parameter: string) {
  const own = parameter.includes('in: path')
  const text = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /baskets/{id}:
    post:
      operationId: addToBasket
      parameters:
        - ${own ? parameter : '{ name: id, in: path, required: true, schema: { type: string } }'}
        ${own ? '' : `- ${parameter}`}
      requestBody:
        required: ${parameter.includes('unused')}
        content:
          application/json: { schema: &line { type: object, required: [productId, quantity], properties: { productId: { type: string }, quantity: { type: integer } } } }
          application/x-www-form-urlencoded: { schema: *line }
      responses: { '204': { description: Done } }
`
  const files = { paths: ['store.yaml'], read: () => ({ path: 'store.yaml', text }) }
  const contract = compile(files, { contracts: ['store.yaml'] }).graph.apis[0]!.contract!
  const match = routerOf(contract.operations, contract.basePaths).match('POST', '/baskets/1')
  if (match.kind !== 'found') throw new Error('The contract of this test is wrong')
  return match.operation
}
