import { compile, mainContent, nodesOfKind, successResponse, validatorOf } from '@throughline/core'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'

// What goes wrong with Prism, each as people reported it there, and does not here.

const payments = {
  paths: {
    '/payments': {
      post: {
        requestBody: json({ $ref: '#/components/schemas/Payment' }),
        responses: {
          201: { description: 'Paid', ...json({ $ref: '#/components/schemas/Payment' }) },
        },
      },
    },
  },
  components: {
    schemas: {
      Payment: {
        oneOf: [
          { $ref: '#/components/schemas/CardPayment' },
          { $ref: '#/components/schemas/Voucher' },
        ],
        discriminator: {
          propertyName: 'kind',
          mapping: { card: '#/components/schemas/CardPayment', gift: 'Voucher' },
        },
      },
      CardPayment: {
        type: 'object',
        required: ['kind', 'number'],
        properties: { kind: { type: 'string' }, number: { type: 'string', minLength: 12 } },
      },
      Voucher: {
        type: 'object',
        required: ['kind', 'code'],
        properties: { kind: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
}

test('follows the mapping of a discriminator (Prism takes the tag for the name of a schema, and refuses what is right)', async () => {
  const served = mockOf(payments)
  const pay = (body: unknown): Promise<Answered> => asked(served, 'POST', '/payments', { body })
  expect((await pay({ kind: 'card', number: '424242424242' })).status).toBe(201)
  expect((await pay({ kind: 'gift', code: 'SPRING' })).status).toBe(201)
  const wrong = await pay({ kind: 'card', number: '4242' })
  expect(wrong.status).toBe(400)
  expect(wrong.text).toContain('number')
})

test('makes up payments whose tag says what they are (Prism fills in any text)', async () => {
  const kinds = new Set<unknown>()
  for (let seed = 0; seed < 12; seed++) {
    const { value } = await asked(mockOf(payments, { seed, dynamic: true }), 'POST', '/payments', {
      body: { kind: 'gift', code: 'SPRING' },
      prefer: 'dynamic=true',
    })
    kinds.add(Reflect.get(Object(value), 'kind'))
  }
  expect([...kinds].filter((one) => one !== 'card' && one !== 'gift')).toEqual([])
})

test('ends on schemas inside themselves, in answers and in requests (Prism runs out of stack, or answers 500)', async () => {
  const category = { $ref: '#/components/schemas/Category' }
  const served = mockOf(
    {
      paths: {
        '/categories': {
          get: { responses: ok({ type: 'array', items: category }) },
          post: { requestBody: json(category), responses: { 204: { description: 'Kept' } } },
        },
      },
      components: {
        schemas: {
          Category: {
            type: 'object',
            required: ['name', 'children'],
            properties: {
              name: { type: 'string' },
              parent: category,
              children: { type: 'array', items: category },
            },
          },
        },
      },
    },
    { dynamic: true },
  )
  const { status, value } = await asked(served, 'GET', '/categories')
  expect(status).toBe(200)
  expect(isValidAnswer(served, '/categories', value)).toBe(true)
  let deep: unknown = { name: 'Tea', children: [] }
  for (let level = 0; level < 50; level++) deep = { name: 'Shelf', children: [deep] }
  expect((await asked(served, 'POST', '/categories', { body: deep })).status).toBe(204)
  const wrong = JSON.parse(JSON.stringify(deep).replace('"Tea"', '7')) as unknown
  expect((await asked(served, 'POST', '/categories', { body: wrong })).status).toBe(400)
})

test('takes an allOf of references for what it says (Prism holds each part to be the whole, and refuses the others’ properties)', async () => {
  const served = mockOf({
    paths: {
      '/orders': {
        post: {
          requestBody: json({ $ref: '#/components/schemas/NewOrder' }),
          responses: { 204: { description: 'Ordered' } },
        },
      },
    },
    components: {
      schemas: {
        Timed: {
          type: 'object',
          required: ['placedAt'],
          properties: { placedAt: { type: 'string', format: 'date-time' } },
        },
        Priced: { type: 'object', required: ['total'], properties: { total: { type: 'number' } } },
        NewOrder: {
          allOf: [
            { $ref: '#/components/schemas/Timed' },
            { $ref: '#/components/schemas/Priced' },
            { type: 'object', properties: { note: { type: 'string' } } },
          ],
          unevaluatedProperties: false,
        },
      },
    },
  })
  const good = { placedAt: '2026-03-01T09:30:00Z', total: 12.5, note: 'ring twice' }
  const order = async (body: unknown): Promise<number> =>
    (await asked(served, 'POST', '/orders', { body })).status
  expect(await order(good)).toBe(204)
  expect(await order({ ...good, coupon: 'SPRING' })).toBe(400)
  expect(await order({ ...good, placedAt: 'noon' })).toBe(400)
})

test('copies no header that speaks of another connection or another body (Prism sends `Content-Encoding: gzip` before plain text, and clients choke)', async () => {
  const header = (example: string): unknown => ({ schema: { type: 'string' }, example })
  const served = mockOf({
    paths: {
      '/basket': {
        get: {
          responses: {
            200: {
              ...ok({ type: 'object' }, { items: ['bread'] })[200],
              headers: {
                'Content-Encoding': header('gzip'),
                'Transfer-Encoding': header('chunked'),
                'Content-Length': header('3'),
                Connection: header('upgrade'),
                'Keep-Alive': header('timeout=1'),
                Trailer: header('X-Sum'),
                'X-Request-Id': header('r-1'),
              },
            },
          },
        },
      },
    },
  })
  const running = await listen(served, { port: 0 })
  const response = await fetch(`${running.url}/basket`)
  expect(await response.json()).toEqual({ items: ['bread'] })
  expect(response.headers.get('x-request-id')).toBe('r-1')
  expect(response.headers.get('content-encoding')).toBeNull()
  expect(response.headers.get('content-length')).toBe('19')
  await running.close()
})

test('lets no seed reach another request (Prism seeds one generator for the whole process)', async () => {
  const schema = {
    type: 'object',
    required: ['total', 'note'],
    properties: { total: { type: 'number' }, note: { type: 'string' } },
  }
  const served = mockOf(
    { paths: { '/basket': { get: { responses: ok(schema) } } } },
    { dynamic: true },
  )
  const plain = (await asked(served, 'GET', '/basket')).text
  const seeded = await Promise.all(
    ['maya', 'tom', 'maya', 'ines'].map((seed) =>
      asked(served, 'GET', '/basket', { prefer: `seed=${seed}` }),
    ),
  )
  const [maya, tom, again, ines] = seeded.map((one) => one.text)
  expect(maya).toBe(again)
  expect(new Set([plain, maya, tom, ines]).size).toBe(4)
  expect((await asked(served, 'GET', '/basket')).text).toBe(plain)
})

test('serves thousands of operations, the last like the first (Prism needs seconds for each answer on huge contracts, or never starts)', async () => {
  const paths: Record<string, unknown> = {}
  for (let index = 0; index < 4000; index++)
    paths[`/shops/{shopId}/shelves-${index}/{shelfId}`] = {
      get: {
        parameters: ['shopId', 'shelfId'].map((name) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        responses: ok({ type: 'object' }, { shelf: index }),
      },
    }
  const served = mockOf({ paths })
  expect((await asked(served, 'GET', '/shops/1/shelves-0/2')).value).toEqual({ shelf: 0 })
  expect((await asked(served, 'GET', '/shops/1/shelves-3999/2')).value).toEqual({ shelf: 3999 })
})

test('answers where everything refers to everything (Prism copies each reference out, until the memory is full)', async () => {
  const schemas: Record<string, unknown> = {}
  const count = 150
  for (let index = 0; index < count; index++)
    schemas[`Thing${index}`] = {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        ...Object.fromEntries(
          Array.from({ length: 12 }, (_, other) => [
            `thing${other}`,
            { $ref: `#/components/schemas/Thing${(index * 7 + other * 13 + 1) % count}` },
          ]),
        ),
      },
    }
  const served = mockOf(
    {
      paths: { '/things': { get: { responses: ok({ $ref: '#/components/schemas/Thing0' }) } } },
      components: { schemas },
    },
    { dynamic: true },
  )
  const { status, text, value } = await asked(served, 'GET', '/things')
  expect(status).toBe(200)
  expect(isValidAnswer(served, '/things', value)).toBe(true)
  expect(text.length).toBeLessThan(5_000_000)
})

test('serves what it can of a document with missing parts (Prism refuses to start without `info`)', async () => {
  const { info: _, ...incomplete } = documentOf({
    paths: {
      '/basket': { get: { responses: ok({ type: 'object' }, { items: [] }) } },
      '/orders': { get: {} },
      '/coupons': { get: { responses: { 200: {} } } },
      '/odd': null,
    },
  })
  const served = mock(graphOf(incomplete))
  expect((await asked(served, 'GET', '/basket')).value).toEqual({ items: [] })
  expect((await asked(served, 'GET', '/orders')).status).toBe(204)
  expect((await asked(served, 'GET', '/coupons')).status).toBe(200)
  expect((await asked(served, 'GET', '/odd')).status).toBe(404)
})

test('knows the base path of its server (Prism answers 404 under it)', async () => {
  const served = mockOf({
    servers: [{ url: 'https://shop.example.com/api/v2' }],
    paths: { '/basket': { get: { responses: ok({ type: 'object' }, { items: [] }) } } },
  })
  expect((await asked(served, 'GET', '/api/v2/basket')).status).toBe(200)
  expect((await asked(served, 'GET', '/basket')).status).toBe(200)
})

function json(schema: unknown, example?: unknown): { readonly content: unknown } {
  return { content: { 'application/json': { schema, ...(example !== undefined && { example }) } } }
}

function ok(
  schema: unknown,
  example?: unknown,
): { readonly 200: Readonly<Record<string, unknown>> } {
  return { 200: { description: 'Fine', ...json(schema, example) } }
}

function documentOf(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { openapi: '3.1.0', info: { title: 'Shop', version: '1' }, ...parts }
}

function mockOf(parts: Readonly<Record<string, unknown>>, options: MockOptions = {}): Mock {
  return mock(graphOf(documentOf(parts)), options)
}

function graphOf(document: unknown): Mock['graph'] {
  const text = JSON.stringify(document)
  return compile(
    { paths: ['shop.json'], read: (path) => ({ path, text }) },
    { contracts: ['shop.json'] },
  ).graph
}

interface Answered {
  readonly status: number
  readonly text: string
  /** `undefined` for a body that is no JSON. */
  readonly value: unknown
}

async function asked(
  served: Mock,
  method: string,
  path: string,
  { body, prefer }: { readonly body?: unknown; readonly prefer?: string } = {},
): Promise<Answered> {
  const response = await served.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(prefer !== undefined && { prefer }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  try {
    return { status: response.status, text, value: JSON.parse(text) }
  } catch {
    return { status: response.status, text, value: undefined }
  }
}

function isValidAnswer(served: Mock, path: string, value: unknown): boolean {
  const operation = [...nodesOfKind(served.graph, 'operation')].find(
    (one) => one.path === path && one.method === 'GET',
  )!
  const schema = mainContent(successResponse(operation)!.content)!.schema!
  return validatorOf(schema).test(value, { direction: 'response' })
}
