import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from './mock.ts'

const text = { type: 'string' }
const line = {
  type: 'object',
  required: ['sku'],
  properties: { sku: text, quantity: { type: 'integer' } },
}

test('lists what is wrong where the contract has a list for it', async () => {
  const item = {
    type: 'object',
    required: ['field', 'message', 'code'],
    properties: { field: text, message: text, code: { enum: ['missing', 'invalid'] } },
  }
  const body = await refusedWith({ properties: { errors: list(item) }, required: ['errors'] })
  expect(body).toMatchObject({
    errors: [
      {
        field: 'lines[0].sku',
        message: 'lines[0] has no `sku`, which is required',
        code: 'missing',
      },
      {
        field: 'lines[0].quantity',
        message: 'lines[0].quantity is a string, expected an integer',
        code: 'invalid',
      },
    ],
  })
})

test.each([
  ['sentences', { errors: list(text) }, { errors: [/no `sku`/, /an integer/] }],
  [
    'sentences by field',
    { errors: { type: 'object', additionalProperties: list(text) } },
    { errors: { 'lines[0].sku': [/no `sku`/], 'lines[0].quantity': [/an integer/] } },
  ],
  [
    'places as lists',
    { detail: list({ type: 'object', properties: { loc: list({}), msg: text } }) },
    {
      detail: [
        { loc: ['body', 'lines', 0, 'sku'], msg: /no `sku`/ },
        { loc: ['body', 'lines', 0, 'quantity'], msg: /an integer/ },
      ],
    },
  ],
  [
    'pointers',
    { errors: list({ type: 'object', properties: { source: { type: 'object' }, detail: text } }) },
    {
      errors: [
        { source: { pointer: '/lines/0/sku' }, detail: /no `sku`/ },
        { source: { pointer: '/lines/0/quantity' }, detail: /an integer/ },
      ],
    },
  ],
  [
    'an error around it',
    {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: text, message: text, details: list(text) },
      },
    },
    {
      error: {
        code: /^bad_request$/,
        message: /no `sku`.*, and 1 more/,
        details: [/no `sku`/, /an integer/],
      },
    },
  ],
])('writes them as %s', async (_, properties, wanted) => {
  const required = Object.keys(properties)
  expect(await refusedWith({ properties, required })).toMatchObject(matching(wanted) as object)
})

/** What a broken basket is answered where a 400 has this schema. */
async function refusedWith(schema: object): Promise<unknown> {
  const contract = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    paths: {
      '/basket': {
        put: {
          requestBody: json({ type: 'object', properties: { lines: list(line) } }),
          responses: { '204': { description: 'Kept' }, '400': json({ type: 'object', ...schema }) },
        },
      },
    },
  })
  const file = { path: 'store.json', text: contract }
  const { graph } = compile({ paths: [file.path], read: () => file }, { contracts: [file.path] })
  const answer = await mock(graph).handle(
    new Request('http://localhost:4401/basket', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [{ quantity: 'two' }] }),
    }),
  )
  expect(answer.status).toBe(400)
  return answer.json()
}

function json(schema: object): object {
  return { description: 'JSON', content: { 'application/json': { schema } } }
}

function list(items: object): object {
  return { type: 'array', items }
}

/** Expressions as what a text must match. */
function matching(value: unknown): unknown {
  if (value instanceof RegExp) return expect.stringMatching(value)
  if (Array.isArray(value)) return value.map(matching)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, matching(one)]))
}
