import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { filesOf } from '../../test/in-memory-files.ts'

function reported(path: string, schema: string, parameters = ''): boolean {
  const contract = `
openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  ${path}:
    get:
      ${parameters === '' ? '' : `parameters: [${parameters}]`}
      responses: { "200": { description: It, content: { application/json: { schema: ${schema} } } } }
`
  const { diagnostics } = compile(filesOf({ 'store.yaml': contract }), {
    contracts: ['store.yaml'],
  })
  return diagnostics.some((one) => one.code === 'TL4004')
}

const list = '{ type: array, items: { type: object } }'

test.each([
  ['an array', '/orders', list, true],
  [
    'an array with a most',
    '/orders',
    '{ type: array, maxItems: 50, items: { type: object } }',
    false,
  ],
  [
    'an envelope of its own name',
    '/orders',
    `{ type: object, properties: { orders: ${list} } }`,
    true,
  ],
  [
    'an envelope with a count',
    '/search',
    `{ type: object, properties: { items: ${list}, total: { type: integer } } }`,
    true,
  ],
  [
    'a thing that holds a list',
    '/basket',
    `{ type: object, properties: { lines: ${list}, eta: { type: string } } }`,
    false,
  ],
  ['a thing', '/basket', '{ type: object, properties: { eta: { type: string } } }', false],
])('%s at %s is unbounded: %s', (_, path, schema, unbounded) => {
  expect(reported(path, schema)).toBe(unbounded)
})

test.each([
  ['limit', 'query', false],
  ['pageSize', 'query', false],
  ['page[size]', 'query', false],
  ['$top', 'query', false],
  ['starting_after', 'query', false],
  ['Range', 'header', false],
  ['color', 'query', true],
  ['homepage', 'query', true],
])('with %s in the %s it is unbounded: %s', (name, place, unbounded) => {
  expect(
    reported('/orders', list, `{ name: "${name}", in: ${place}, schema: { type: string } }`),
  ).toBe(unbounded)
})
