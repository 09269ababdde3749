import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { Operation } from './operation.ts'
import { requestOf } from './request.ts'
import { callOf, writtenRequest, type SaidRequest, type WrittenRequest } from './write-request.ts'

function operationWith(path: string, method: string, rest: object): Operation {
  const text = JSON.stringify({
    openapi: '3.2.0',
    info: { title: 'Store', version: '1' },
    paths: { [path]: { [method]: { operationId: 'order', responses: {}, ...rest } } },
  })
  const file = { path: 'store.json', text }
  const { graph } = compile({ paths: [file.path], read: () => file }, { contracts: [file.path] })
  return graph.apis[0]!.contract!.operations[0]!
}

function written(operation: Operation, said: SaidRequest): WrittenRequest {
  const request = writtenRequest(operation, said)
  if ('unsayable' in request) throw new Error(request.unsayable)
  return request
}

const text = { type: 'string' }
const whole = { type: 'integer' }
const list = { type: 'array', items: text }
const numbers = { type: 'array', items: whole }
const price = { type: 'object', properties: { min: whole, currency: text } }

test('writes every style as the specification shows it', () => {
  const operation = operationWith('/orders/{id}/{ids}/{price}', 'get', {
    parameters: [
      { name: 'id', in: 'path', required: true, style: 'label', schema: text },
      { name: 'ids', in: 'path', required: true, style: 'matrix', explode: true, schema: numbers },
      { name: 'price', in: 'path', required: true, schema: price },
      { name: 'sort', in: 'query', schema: list },
      { name: 'tags', in: 'query', explode: false, schema: list },
      { name: 'near', in: 'query', style: 'pipeDelimited', explode: false, schema: list },
      { name: 'filter', in: 'query', style: 'deepObject', explode: true, schema: price },
      { name: 'only', in: 'query', content: { 'application/json': { schema: price } } },
      { name: 'X-Shelves', in: 'header', schema: numbers },
      { name: 'cart', in: 'cookie', schema: text },
    ],
  })
  const request = written(operation, {
    parameters: new Map<string, unknown>([
      ['path.id', 'CM/20 41'],
      ['path.ids', [3, 4]],
      ['path.price', { min: 1, currency: 'EUR' }],
      ['query.sort', ['name', 'price desc']],
      ['query.tags', ['a,b', 'c']],
      ['query.near', ['x', 'y']],
      ['query.filter', { min: 1, currency: 'EUR' }],
      ['query.only', { min: 2 }],
      ['header.X-Shelves', [1, 2]],
      ['cookie.cart', 'c 1'],
    ]),
    headers: { authorization: 'Bearer t' },
  })
  expect(request).toMatchObject({
    method: 'GET',
    path: '/orders/.CM%2F20%2041/;ids=3;ids=4/min,1,currency,EUR',
    query:
      'sort=name&sort=price%20desc&tags=a%2Cb,c&near=x%7Cy&filter%5Bmin%5D=1&filter%5Bcurrency%5D=EUR&only=%7B%22min%22%3A2%7D',
    headers: [
      ['X-Shelves', '1,2'],
      ['cookie', 'cart=c%201'],
      ['authorization', 'Bearer t'],
    ],
  })
})

test.each([
  ['application/json', { name: 'Rye', count: 2 }],
  ['application/x-www-form-urlencoded', { name: 'Rye & salt', count: 2, tags: ['a', 'b'] }],
  ['multipart/form-data', { name: 'Rye', count: 2, tags: ['a', 'b'], note: { by: 'Maya' } }],
  ['application/xml', { name: 'Rye <b>', count: 2 }],
])('writes a body of %s as its reader reads it', (type, value) => {
  const schema = {
    type: 'object',
    properties: {
      name: text,
      count: whole,
      tags: list,
      note: { type: 'object', properties: { by: text } },
    },
  }
  const operation = operationWith('/orders', 'post', {
    requestBody: { content: { [type]: { schema } } },
  })
  const content = operation.requestBody()!.content[0]!
  const request = written(operation, { parameters: new Map(), body: { content, value } })
  const read = requestOf(operation)(callOf(request))
  expect(read.violations).toEqual([])
  expect(read.body).toEqual(value)
})

test('says what cannot be said', () => {
  const operation = operationWith('/orders/{id}', 'get', {
    parameters: [
      { name: 'id', in: 'path', required: true, schema: text },
      { name: 'X-Note', in: 'header', schema: text },
    ],
  })
  const of = (...said: readonly [string, unknown][]) =>
    writtenRequest(operation, { parameters: new Map(said) })
  expect(of()).toEqual({ unsayable: 'the path parameter id has no value' })
  expect(of(['path.id', ''])).toEqual({ unsayable: 'the path parameter id would be ``' })
  expect(of(['path.id', '..'])).toEqual({ unsayable: 'the path parameter id would be `..`' })
  expect(of(['path.id', 'a'], ['header.X-Note', 'a\r\nset-cookie: b'])).toEqual({
    unsayable: 'the header X-Note cannot hold its value',
  })
})

// What a client means, a server reads: for every place and style, with values that a wire can carry at all.
test('what is written is read again as it was meant', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(
    // A delimiter inside an item of a delimited list is lost in any implementation.
    (one) => !/[,|. ;=+\t]/.test(one) && one.isWellFormed() && !/^\.{1,2}$/.test(one),
  )
  const values = fc.oneof(
    fc.record({ schema: fc.constant(text), value: word }),
    fc.record({ schema: fc.constant(whole), value: fc.integer() }),
    fc.record({ schema: fc.constant({ type: 'boolean' }), value: fc.boolean() }),
    fc.record({ schema: fc.constant(list), value: fc.array(word, { minLength: 1, maxLength: 3 }) }),
    fc.record({
      schema: fc.constant(price),
      value: fc.record({ min: fc.integer(), currency: word }),
    }),
  )
  const places = fc.oneof(
    fc.record({
      in: fc.constant('path'),
      required: fc.constant(true),
      style: fc.constantFrom('simple', 'label', 'matrix'),
      explode: fc.boolean(),
    }),
    fc.record({
      in: fc.constant('query'),
      style: fc.constantFrom('form', 'spaceDelimited', 'pipeDelimited'),
      explode: fc.boolean(),
    }),
    fc.record({ in: fc.constant('header'), explode: fc.boolean() }),
    fc.record({ in: fc.constant('cookie'), explode: fc.constant(false) }),
  )
  fc.assert(
    fc.property(places, values, (place, { schema, value }) => {
      const isText = typeof value === 'string'
      // A header is Latin-1, and text that looks like blank space at its ends is cut.
      const sent = JSON.stringify(value)
      fc.pre(place.in !== 'header' || /^[\x21-\x7e]*$/.test(sent.replaceAll(' ', '_')))
      fc.pre(place.in !== 'header' || isText || !/\\|"[^"]*\s/.test(sent))
      const operation = operationWith(place.in === 'path' ? '/orders/{cart}' : '/orders', 'get', {
        parameters: [{ name: 'cart', schema, ...place }],
      })
      const key = `${place.in}.cart`
      const request = written(operation, { parameters: new Map<string, unknown>([[key, value]]) })
      const read = requestOf(operation)(callOf(request))
      expect(read.parameters.get(key)).toEqual(value)
      expect(read.violations).toEqual([])
    }),
    { numRuns: 300 },
  )
})
