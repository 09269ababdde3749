import { createHash } from 'node:crypto'
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib'
import { compile, requestOf } from '@throughline/core'
import type { Graph } from '@throughline/core'
import { expect, test } from 'vitest'
import { csvText } from './csv-text.ts'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'
import { sampleFile } from './sample-file.ts'

const store = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: x
          content:
            application/json: { schema: &orders { type: array, items: &order { type: object, xml: { name: order }, required: [id, city, lines], properties: { id: { type: integer, xml: { attribute: true } }, city: { type: string }, secret: { type: string, writeOnly: true }, lines: { type: array, xml: { wrapped: true }, items: { type: object, xml: { name: line }, required: [sku], properties: { sku: { type: string }, quantity: { type: integer, minimum: 1 } } } } } } } }
            application/xml: { schema: { type: array, xml: { name: orders, wrapped: true }, items: *order } }
    post:
      operationId: placeOrder
      requestBody:
        required: true
        content:
          application/json: { schema: *order, examples: { declined: { value: { id: 1, city: Porto, lines: [] } } } }
          application/xml: { schema: *order }
          multipart/form-data: { schema: { type: object, required: [city], properties: { city: { type: string }, photo: { type: string, format: binary } } } }
      responses:
        '201': { description: x, content: { application/json: { schema: *order }, application/xml: { schema: *order } } }
        '402': { description: x, content: { application/json: { schema: { type: object }, examples: { declined: { value: { reason: The bank said no } } } } } }
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: x
          headers: { ETag: { schema: { type: string } } }
          content:
            application/json: { schema: *order }
            application/xml: { schema: *order, example: '<order id="4"><city>Porto</city><lines/></order>' }
    put:
      operationId: changeOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      requestBody: { required: true, content: { application/json: { schema: *order } } }
      responses:
        '200': { description: x, headers: { ETag: { schema: { type: string } } }, content: { application/json: { schema: *order } } }
  /label:
    get: { operationId: getLabel, responses: { '200': { description: x, content: { application/pdf: { schema: { type: string, format: binary } } } } } }
  /export:
    get: { operationId: exportOrders, responses: { '200': { description: x, content: { text/csv: { schema: { type: array, items: { type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string } } } } } } } } }
  /search:
    get:
      operationId: search
      parameters: [{ name: q, in: query, schema: { type: string }, examples: { nothing: { value: xyz } } }]
      responses:
        '200': { description: x, content: { application/json: { schema: { type: object }, examples: { some: { value: { hits: 2 } }, nothing: { value: { hits: 0 } } } } } }
`

test('answers in XML to those who accept it, valid by the contract', async () => {
  const served = mockOf()
  const response = await ask(served, 'GET /orders', { accept: 'application/xml' })
  expect(response.headers.get('content-type')).toBe('application/xml')
  expect(response.headers.get('vary')).toContain('Accept')
  const text = await response.text()
  expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<orders><order id="\d+"><city>/)
  expect(text).not.toContain('secret')
  const json: unknown = await (
    await ask(served, 'GET /orders', { accept: 'application/json' })
  ).json()
  // What the mock writes it also reads: each order is one that the contract takes.
  const orders = [...text.matchAll(/<order .*?<\/order>/g)].map(([one]) => one)
  const place = operationNamed(served.graph, 'placeOrder')
  expect(
    orders.map((one) => {
      const read = requestOf(place)({
        method: 'POST',
        pathParameters: new Map(),
        query: '',
        header: (name) => (name === 'content-type' ? 'application/xml' : undefined),
        body: Buffer.from(one),
      })
      expect(read.violations).toEqual([])
      return read.body
    }),
  ).toEqual(json)
})

test('takes an order in XML, keeps it, and shows it in XML and in JSON', async () => {
  const served = mockOf()
  const sent =
    '<order id="4711"><city>Porto</city><lines><line><sku>rye</sku></line></lines></order>'
  const made = await ask(
    served,
    'POST /orders',
    { 'content-type': 'application/xml', accept: 'application/xml' },
    sent,
  )
  expect([made.status, await made.text()]).toEqual([
    201,
    expect.stringContaining('<city>Porto</city>'),
  ])
  expect(await (await ask(served, 'GET /orders/4711')).json()).toMatchObject({
    city: 'Porto',
    lines: [{ sku: 'rye' }],
  })
})

test('refuses XML with a document type, and says where XML breaks the contract', async () => {
  const bomb = '<!DOCTYPE order [<!ENTITY a "aaa">]><order>&a;</order>'
  const type = { 'content-type': 'application/xml' }
  const refused = await ask(mockOf(), 'POST /orders', type, bomb)
  expect([refused.status, await refused.json()]).toEqual([
    400,
    expect.objectContaining({ detail: expect.stringContaining('document type') }),
  ])
  const wrong = await ask(mockOf(), 'POST /orders', type, '<order id="x"><city/><lines/></order>')
  expect(await wrong.json()).toMatchObject({ violations: [{ pointer: '/id', got: '"x"' }] })
})

test('takes an example of XML that is written out, after checking it', async () => {
  const response = await ask(mockOf(), 'GET /orders/4', { accept: 'application/xml' })
  expect(response.headers.get('throughline-violation')).toBeNull()
})

test('takes forms with files', async () => {
  const form = new FormData()
  form.set('city', 'Porto')
  form.set('photo', new Blob(['PNG']), 'box.png')
  const request = new Request('http://localhost/orders', { method: 'POST', body: form })
  expect((await mockOf().handle(request)).status).toBe(201)
})

test('answers files of a type with a real file of it, whole or in pieces', async () => {
  const served = mockOf()
  const whole = await ask(served, 'GET /label')
  const bytes = Buffer.from(await whole.arrayBuffer())
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  const tag = whole.headers.get('etag')!
  expect(whole.headers.get('accept-ranges')).toBe('bytes')

  const piece = await ask(served, 'GET /label', { range: 'bytes=5-7' })
  expect([piece.status, piece.headers.get('content-range'), await piece.text()]).toEqual([
    206,
    `bytes 5-7/${bytes.length}`,
    '1.4',
  ])
  const last = await ask(served, 'GET /label', { range: 'bytes=-6' })
  expect(await last.text()).toBe('%%EOF\n')
  const rest = await ask(served, 'GET /label', {
    range: `bytes=${bytes.length - 6}-`,
    'if-range': tag,
  })
  expect([rest.status, await rest.text()]).toEqual([206, '%%EOF\n'])
  const beyond = await ask(served, 'GET /label', { range: 'bytes=99999-' })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
    416,
    `bytes */${bytes.length}`,
  ])
  const other = await ask(served, 'GET /label', { range: 'bytes=0-1', 'if-range': '"other"' })
  expect(other.status).toBe(200)
  const known = await ask(served, 'GET /label', { 'if-none-match': `"x", W/${tag}` })
  expect([known.status, await known.text()]).toEqual([304, ''])
  const head = await ask(served, 'HEAD /label', { range: 'bytes=0-1' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)])
})

test('gives data a tag where the contract has one, and another after it was changed', async () => {
  const served = mockOf()
  const type = { 'content-type': 'application/json' }
  const order = { id: 4711, city: 'Porto', lines: [] }
  await ask(served, 'POST /orders', type, JSON.stringify({ ...order, city: 'Graz' }))
  const first = (await ask(served, 'GET /orders/4711')).headers.get('etag')!
  expect((await ask(served, 'GET /orders/4711', { 'if-none-match': first })).status).toBe(304)
  const fresh = mockOf()
  await ask(fresh, 'POST /orders', type, JSON.stringify({ ...order, city: 'Lyon' }))
  expect((await ask(fresh, 'GET /orders/4711', { 'if-none-match': first })).status).toBe(200)
})

test('takes a change only for the version that it was meant for', async () => {
  const served = mockOf()
  const sent = async (city: string, tag: string): Promise<Response> =>
    ask(
      served,
      'PUT /orders/4711',
      { 'content-type': 'application/json', 'if-match': tag },
      JSON.stringify({ id: 4711, city, lines: [] }),
    )
  const seen = (await ask(served, 'GET /orders/4711')).headers.get('etag')!
  const first = await sent('Graz', seen)
  expect(first.status).toBe(200)
  const late = await sent('Lyon', seen)
  expect(late.status).toBe(412)
  expect(await late.json()).toMatchObject({
    title: 'Somebody has changed this meanwhile. Look again, then decide',
  })
  expect(await (await ask(served, 'GET /orders/4711')).json()).toMatchObject({ city: 'Graz' })
  expect((await sent('Lyon', `"other", ${first.headers.get('etag')}`)).status).toBe(200)
  expect((await sent('Rome', '*')).status).toBe(200)
})

test('answers files of scenarios in pieces too', async () => {
  const scenario =
    'scenario: film\nrules: [{ operation: store.getLabel, respond: { file: film.mp4 } }]'
  const served = mockOf(
    {
      scenario: 'film',
      readFile: (path) => (path === 'film.mp4' ? Buffer.from('0123456789') : undefined),
    },
    scenario,
  )
  const piece = await ask(served, 'GET /label', { range: 'bytes=3-' })
  expect([piece.status, piece.headers.get('content-type'), await piece.text()]).toEqual([
    206,
    'video/mp4',
    '3456789',
  ])
})

test('writes lists as CSV', async () => {
  const text = await (await ask(mockOf(), 'GET /export')).text()
  expect(text).toMatch(/^id,name\r\n\d+,.+\r\n/)
  expect(csvText([{ name: 'Honey, "lime"' }, { name: 'Tea', stock: null }])).toBe(
    'name,stock\r\n"Honey, ""lime""",\r\nTea,\r\n',
  )
})

test('makes files that are what they say', () => {
  const zip = Buffer.from(sampleFile('application/zip')!)
  expect(zip.readUInt32LE(zip.length - 22 + 16)).toBe(zip.indexOf('PK\u0001\u0002'))
  const pdf = Buffer.from(sampleFile('application/pdf')!).toString()
  const start = Number(/startxref\n(\d+)/.exec(pdf)![1])
  expect(pdf.slice(start, start + 4)).toBe('xref')
  expect(gunzipSync(sampleFile('application/gzip')!).toString()).toContain('made up')
  expect(Buffer.from(sampleFile('image/jpeg')!).subarray(0, 2).toString('hex')).toBe('ffd8')
  expect(Buffer.from(sampleFile('audio/wav')!).subarray(8, 12).toString()).toBe('WAVE')
  expect(createHash('sha1').update(sampleFile('image/x-unknown')!).digest('hex')).toBe(
    createHash('sha1').update(sampleFile('image/png')!).digest('hex'),
  )
  expect(sampleFile('application/x-unknown')).toBeUndefined()
})

test('answers with the example that is paired with the request', async () => {
  const served = mockOf()
  const type = { 'content-type': 'application/json' }
  const declined = await ask(served, 'POST /orders', type, '{"lines":[],"city":"Porto","id":1}')
  expect([declined.status, await declined.json()]).toEqual([402, { reason: 'The bank said no' }])
  expect(
    (await ask(served, 'POST /orders', type, '{"lines":[],"city":"Graz","id":1}')).status,
  ).toBe(201)
  expect(await (await ask(served, 'GET /search?q=xyz')).json()).toEqual({ hits: 0 })
  expect(await (await ask(served, 'GET /search?q=tea')).json()).toEqual({ hits: 2 })
})

test('takes preferences in the query, for links', async () => {
  const served = mockOf()
  const chosen = await ask(served, 'GET /search?q=tea&__example=nothing')
  expect([await chosen.json(), chosen.headers.get('preference-applied')]).toEqual([
    { hits: 0 },
    'example=nothing',
  ])
  const code = await ask(served, 'GET /search?__code=503')
  expect([code.status, code.headers.get('preference-applied')]).toEqual([503, 'code=503'])
  const both = await ask(served, 'GET /search?__code=503', { prefer: 'code=404' })
  expect(both.status).toBe(404)
})

test('says what is offered to those who accept nothing of it', async () => {
  const response = await ask(mockOf(), 'GET /orders', { accept: 'image/png, application/xml;q=0' })
  expect([response.status, await response.json()]).toEqual([
    406,
    expect.objectContaining({ offered: ['application/json', 'application/xml'] }),
  ])
})

function mockOf(options: MockOptions = {}, scenario?: string): Mock {
  const texts = new Map([['store.yaml', store]])
  if (scenario !== undefined) {
    texts.set(
      'throughline.yaml',
      'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }',
    )
    texts.set('scenarios/film.scenario.yaml', scenario)
  }
  const files = {
    paths: [...texts.keys()],
    read: (path: string) => {
      const text = texts.get(path)
      return text === undefined ? { path, unreadable: 'missing' as const } : { path, text }
    },
  }
  return mock(
    compile(files, scenario === undefined ? { contracts: ['store.yaml'] } : {}).graph,
    options,
  )
}

function operationNamed(graph: Graph, name: string) {
  return graph.apis[0]!.contract!.operations.find((one) => one.name === name)!
}

function ask(
  served: Mock,
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Response> {
  const [method = 'GET', path = '/'] = line.split(' ')
  return served.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    }),
  )
}

test('reads bodies that were compressed, and refuses what cannot be read so', async () => {
  const city = '{"id":7,"city":"Porto","lines":[]}'
  const post = async (coding: string, body: Uint8Array<ArrayBuffer>): Promise<Response> => {
    const headers = { 'content-type': 'application/json', 'content-encoding': coding }
    const url = 'http://localhost:4401/orders'
    return mockOf().handle(new Request(url, { method: 'POST', headers, body }))
  }
  for (const [coding, body] of [
    ['gzip', gzipSync(city)],
    ['br', brotliCompressSync(city)],
    ['deflate', deflateSync(city)],
  ] as const)
    expect(await (await post(coding, body)).json()).toMatchObject({ city: 'Porto' })
  expect((await post('gzip', gzipSync('{"city":7}'))).status).toBe(400)
  for (const [coding, body] of [
    ['gzip', Buffer.from('no gzip')],
    ['lzma', Buffer.from(city.slice(1))],
    ['gzip', gzipSync(Buffer.alloc(30_000_000))],
  ] as const)
    expect((await post(coding, body)).status).toBe(415)
})
