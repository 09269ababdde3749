import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { headerOf } from './answer.ts'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'

const store = `
openapi: 3.1.0
info: { title: Store, version: '1' }
servers: [{ url: https://store.example/api/v1 }]
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: The basket
          headers:
            X-Basket-Age: { schema: { type: integer }, example: 4 }
            Content-Encoding: { schema: { type: string }, example: gzip }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Basket' }
              examples:
                two: { value: { items: [{ name: Rye bread, price: 3.5 }, { name: Eggs, price: 2 }], total: 2 } }
                none: { value: { items: [], total: 0 } }
                torn: { value: { items: nothing, total: 0 } }
        '404': { description: None }
        '503':
          description: Away
          content: { application/problem+json: { schema: { type: object }, example: { type: /problems/away, title: Back at six, status: 503 } } }
    put:
      operationId: replaceBasket
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Basket' } } }
      responses:
        '204': { description: Done }
        '422':
          description: Wrong
          content: { application/json: { schema: { type: object, required: [message, code], properties: { message: { type: string }, code: { type: integer } } } } }
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string } }
        - { name: full, in: query, schema: { type: boolean } }
      responses:
        '200':
          description: The order
          content: { application/json: { schema: { type: object, required: [id, city], properties: { id: { type: string }, city: { type: string }, note: { type: string } } } } }
  /torn:
    get:
      operationId: getTorn
      responses:
        '200': { description: x, content: { application/json: { schema: { type: object, required: [total], properties: { total: { type: integer } } }, example: { total: many } } } }
  /account:
    get:
      operationId: getAccount
      security: [{ customer: [] }, { key: [] }]
      responses: { '200': { description: x, content: { application/json: { schema: { type: object } } } } }
  /receipt:
    get:
      operationId: getReceipt
      responses:
        '200':
          description: x
          content:
            text/plain: { schema: { type: string }, example: Two loaves }
            application/json: { schema: { type: object }, example: { loaves: 2 } }
            application/xml: { schema: { type: object } }
  /silent:
    get: { operationId: getSilent }
components:
  securitySchemes:
    customer: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Basket:
      type: object
      required: [items, total]
      properties:
        items: { type: array, items: { type: object, required: [name], properties: { name: { type: string }, price: { type: number } } } }
        total: { type: integer, minimum: 0 }
`
const journey = `
journey: checkout
steps:
  - step: basket
    title: Review the basket
    calls:
      - operation: store.getBasket
        states:
          503: { show: Back soon }
          empty: { show: Nothing here }
      - operation: store.getOrder
    states:
      timeout: { show: Try again }
`
const scenario = `
scenario: bad-day
title: A bad day
rules:
  - operation: store.replaceBasket
    when: { body: { total: 2 } }
    respond: { status: 409, body: { title: Somebody was faster } }
    times: 1
  - operation: store.getOrder
    when: { path: { orderId: '7' }, query: { full: true } }
    respond: { status: 200, body: { id: '7', city: Bern }, headers: { X-Cache: hit } }
  - operation: store.getOrder
    fault: flaky:50%
  - operation: store.getReceipt
    respond: { file: receipts/one.txt }
`
const files: Readonly<Record<string, string>> = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\nstates: { offline: { show: You are offline } }\n',
  'store.yaml': store,
  'journeys/checkout.journey.yaml': journey,
  'scenarios/bad-day.scenario.yaml': scenario,
}

function shop(options: MockOptions = {}, changed: Readonly<Record<string, string>> = {}): Mock {
  return mock(graphOf({ ...files, ...changed }), options)
}

function graphOf(all: Readonly<Record<string, string>>) {
  return compile({
    paths: Object.keys(all),
    read: (path) =>
      Object.hasOwn(all, path) ? { path, text: all[path]! } : { path, unreadable: 'missing' },
  }).graph
}

async function answer(
  served: Mock,
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body?: unknown,
): Promise<string> {
  const response = await responseOf(served, line, headers, body)
  return `${response.status} ${await response.text()}`.trim()
}

function responseOf(
  served: Mock,
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const [method = '', path = ''] = line.split(' ')
  return served.handle(
    new Request(`http://localhost:4401${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    }),
  )
}

const two = '200 {"items":[{"name":"Rye bread","price":3.5},{"name":"Eggs","price":2}],"total":2}'

test('answers with the first example, at the root, under the name of the API and under the base path', async () => {
  const served = shop()
  expect(await answer(served, 'GET /basket')).toBe(two)
  expect(await answer(served, 'GET /store/basket')).toBe(two)
  expect(await answer(served, 'GET /api/v1/basket')).toBe(two)
  expect(await answer(served, 'GET /store/api/v1/basket?utm=1')).toBe(two)
})

test('serves several APIs under their names only', async () => {
  const served = shop(
    {},
    {
      'throughline.yaml':
        'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml }, other: { contract: other.yaml } }\n',
      'other.yaml': store,
    },
  )
  expect(await answer(served, 'GET /store/basket')).toBe(two)
  const lost = await responseOf(served, 'GET /basket')
  expect(lost.status).toBe(404)
  expect(await lost.json()).toMatchObject({ nearest: ['GET /store/basket', 'GET /other/basket'] })
})

test('sends the headers that the contract describes, and none about the connection', async () => {
  const response = await responseOf(shop(), 'GET /basket')
  expect(response.headers.get('x-basket-age')).toBe('4')
  expect(response.headers.get('content-encoding')).toBeNull()
})

test('names the nearest operation of a path that is not there', async () => {
  const response = await responseOf(shop(), 'GET /baskets')
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({
    title: 'No operation answers GET /baskets. The nearest is GET /basket',
  })
})

test('answers 405 with the methods that a path has', async () => {
  const response = await responseOf(shop(), 'DELETE /basket')
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD, PUT, OPTIONS')
})

test('answers HEAD like GET, without the body', async () => {
  const response = await responseOf(shop(), 'HEAD /basket')
  expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([
    200,
    '',
    '80',
  ])
})

test('gives the same generated answer to the same call, also in another process, and another to another seed', async () => {
  const first = await answer(shop(), 'GET /orders/7')
  expect(await answer(shop(), 'GET /orders/7')).toBe(first)
  expect(await answer(shop({ seed: 2 }), 'GET /orders/7')).not.toBe(first)
  expect(await answer(shop(), 'GET /orders/8')).not.toBe(first)
  expect(await answer(shop(), 'GET /orders/7', { prefer: 'seed=9' })).not.toBe(first)
  const served = shop()
  await answer(served, 'GET /orders/7', { prefer: 'seed=9' })
  expect(await answer(served, 'GET /orders/7')).toBe(first)
})

test('puts the ids of the path into the body', async () => {
  const response = await responseOf(shop(), 'GET /orders/o%2D7')
  expect(await response.json()).toMatchObject({ id: 'o-7' })
})

test('does what Prefer asks for, and says so', async () => {
  const served = shop()
  const named = await responseOf(served, 'GET /basket', { prefer: 'example=none' })
  expect([await named.text(), named.headers.get('preference-applied')]).toEqual([
    '{"items":[],"total":0}',
    'example=none',
  ])
  const away = await responseOf(served, 'GET /basket', { prefer: 'code=503' })
  expect([away.status, await away.json(), away.headers.get('preference-applied')]).toEqual([
    503,
    { type: '/problems/away', title: 'Back at six', status: 503 },
    'code=503',
  ])
  const made = await responseOf(served, 'GET /basket', { prefer: 'dynamic=true' })
  expect(await made.text()).not.toContain('Rye bread')
  expect(made.headers.get('preference-applied')).toBe('dynamic=true')
  expect(
    (await responseOf(served, 'GET /basket', { prefer: 'example=unknown' })).headers.get(
      'preference-applied',
    ),
  ).toBeNull()
})

test('does not serve an example that breaks its schema, and says why', async () => {
  const response = await responseOf(shop(), 'GET /torn')
  expect(await response.json()).toEqual({ total: expect.any(Number) })
  expect(response.headers.get('throughline-violation')).toMatch(
    /example "example" \/total: total is a string, expected an integer/,
  )
  const asked = await responseOf(shop(), 'GET /basket', { prefer: 'example=torn' })
  expect(await asked.json()).toEqual({ items: 'nothing', total: 0 })
  expect(asked.headers.get('throughline-violation')).toContain('/items')
  expect((await responseOf(shop({ errors: true }), 'GET /torn')).status).toBe(500)
})

test('refuses a request that breaks the contract, in the shape that the contract has for it', async () => {
  const response = await responseOf(shop(), 'PUT /basket', {}, { items: [{ name: 4 }] })
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({
    code: expect.any(Number),
    message: expect.stringContaining('and 1 more'),
    violations: expect.arrayContaining([
      expect.objectContaining({
        in: 'body',
        pointer: '/items/0/name',
        expected: 'a string',
        got: '4',
      }),
    ]),
  })
})

test('refuses a parameter with problem+json where the contract has no shape for it', async () => {
  const response = await responseOf(shop(), 'GET /orders/7?full=perhaps')
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({
    status: 400,
    violations: [{ in: 'query', name: 'full', expected: 'a boolean', got: '"perhaps"' }],
  })
})

test('answers 415 to a content type that is not taken', async () => {
  expect(
    (await responseOf(shop(), 'PUT /basket', { 'content-type': 'text/csv' }, 'a,b')).status,
  ).toBe(415)
})

test('takes any credentials, but wants some', async () => {
  const missing = await responseOf(shop(), 'GET /account')
  expect(missing.status).toBe(401)
  expect(missing.headers.get('www-authenticate')).toBe(
    'Bearer realm="store", ApiKey realm="store", in="header", name="X-Key"',
  )
  expect((await responseOf(shop(), 'GET /account', { authorization: 'Bearer x' })).status).toBe(200)
  expect((await responseOf(shop(), 'GET /account', { 'x-key': '1' })).status).toBe(200)
})

test('chooses the type that is accepted, JSON first', async () => {
  const served = shop()
  expect(await answer(served, 'GET /receipt')).toBe('200 {"loaves":2}')
  expect(await answer(served, 'GET /receipt', { accept: 'text/plain' })).toBe('200 Two loaves')
  expect(await answer(served, 'GET /receipt', { accept: 'application/json;q=0.1, text/*' })).toBe(
    '200 Two loaves',
  )
  expect((await responseOf(served, 'GET /receipt', { accept: 'image/png' })).status).toBe(406)
})

test('serves an operation without responses as far as it goes', async () => {
  expect(await answer(shop(), 'GET /silent')).toBe('204')
})

test('lets any page call, preflight included, unless told otherwise', async () => {
  const origin = { origin: 'http://localhost:5173' }
  const response = await responseOf(shop(), 'GET /basket', origin)
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
  expect(response.headers.get('access-control-expose-headers')).toBe(
    'Content-Type, X-Basket-Age, Throughline-Replay, Throughline-Why',
  )
  const preflight = await responseOf(shop(), 'OPTIONS /basket', {
    ...origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type',
  })
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
    204,
    'content-type',
  ])
  const closed = await responseOf(shop({ cors: false }), 'GET /basket', origin)
  expect(closed.headers.get('access-control-allow-origin')).toBeNull()
})

test('plays a state of a journey for one request', async () => {
  const served = shop()
  const play = (name: string) => responseOf(served, 'GET /basket', { 'throughline-scenario': name })
  expect((await play('checkout/basket/store.getBasket/503')).status).toBe(503)
  expect(await (await play('checkout/basket/store.getBasket/empty')).json()).toEqual({
    items: [],
    total: 0,
  })
  expect((await play('checkout/basket/418')).status).toBe(418)
  expect((await play('checkout/basket/store.getOrder/503')).status).toBe(200)
  await expect(play('checkout/basket/offline')).rejects.toThrow('cut the connection')
  const unknown = await play('checkout/baskett/503')
  expect([unknown.status, await unknown.text()]).toEqual([
    400,
    expect.stringContaining('There is no scenario checkout/baskett/503'),
  ])
  expect(await answer(served, 'GET /basket')).toBe(two)
})

test('never answers a timeout', async () => {
  const abort = new AbortController()
  const pending = responseOf(
    shop({ scenario: 'checkout/basket/timeout' }),
    'GET /basket',
    {},
    undefined,
    abort.signal,
  )
  setTimeout(() => abort.abort(), 20)
  await expect(pending).rejects.toThrow(/abort/)
})

test('leaves the first call alone and fails the others when a step is partial', async () => {
  const served = shop({ scenario: 'checkout/basket/partial' })
  expect((await responseOf(served, 'GET /basket')).status).toBe(200)
  expect((await responseOf(served, 'GET /orders/7')).status).toBe(503)
})

test('drops optional fields when a single call is partial', async () => {
  const served = shop({ scenario: 'checkout/basket/store.getBasket/partial' })
  expect(await answer(served, 'GET /basket')).toBe(
    '200 {"items":[{"name":"Rye bread"},{"name":"Eggs"}],"total":2}',
  )
})

test('plays a scenario file: conditions, sequences, bodies, headers, files and flaky calls', async () => {
  const served = shop({
    scenario: 'bad-day',
    readFile: (path) =>
      path === 'receipts/one.txt' ? Buffer.from('Two loaves, one cheese') : undefined,
  })
  const basket = { items: [], total: 2 }
  expect(await answer(served, 'PUT /basket', {}, basket)).toBe(
    '409 {"title":"Somebody was faster"}',
  )
  expect(await answer(served, 'PUT /basket', {}, basket)).toBe('204')
  expect(await answer(served, 'PUT /basket', {}, { items: [], total: 3 })).toBe('204')
  const full = await responseOf(served, 'GET /orders/7?full=true')
  expect([await full.text(), full.headers.get('x-cache')]).toEqual([
    '{"id":"7","city":"Bern"}',
    'hit',
  ])
  const statuses = []
  for (let call = 0; call < 4; call++)
    statuses.push((await responseOf(served, 'GET /orders/7')).status)
  expect(statuses).toEqual([200, 503, 200, 503])
  expect(await answer(served, 'GET /receipt')).toBe('200 Two loaves, one cheese')
})

test('keeps the sequences of two sessions apart', async () => {
  const served = shop({ scenario: 'bad-day' })
  const put = (session: string) =>
    responseOf(served, 'PUT /basket', { 'throughline-session': session }, { items: [], total: 2 })
  expect([(await put('ann')).status, (await put('ben')).status, (await put('ann')).status]).toEqual(
    [409, 409, 204],
  )
})

test('plays for one browser through a link, and leads back to the app', async () => {
  const served = shop({ origins: ['http://localhost:4402'], newSession: () => 's1' })
  const link = await responseOf(
    served,
    'GET /_throughline/play/checkout/basket/store.getBasket/503?to=http://localhost:4402/basket',
  )
  expect([link.status, link.headers.get('location')]).toEqual([303, 'http://localhost:4402/basket'])
  const cookie = link.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  expect((await responseOf(served, 'GET /basket', { cookie })).status).toBe(503)
  expect((await responseOf(served, 'GET /basket')).status).toBe(200)
  expect(
    (await responseOf(served, 'GET /_throughline/play/bad-day?to=https://evil.example/')).status,
  ).toBe(400)
  expect(
    (await responseOf(served, 'GET /_throughline/play/bad-day?to=//evil.example/')).status,
  ).toBe(400)
  const normal = await responseOf(served, 'GET /_throughline/normal', { cookie })
  expect(normal.headers.getSetCookie()[0]).toContain('Max-Age=0')
})

test('plays for everybody, for pages of this machine only', async () => {
  const served = shop()
  const put = (headers: Readonly<Record<string, string>>, name: string | null) =>
    responseOf(served, 'PUT /_throughline/situation', headers, { scenario: name })
  expect((await put({ origin: 'https://evil.example' }, 'bad-day')).status).toBe(403)
  expect((await put({}, 'bad-dya')).status).toBe(404)
  expect(await (await put({ origin: 'http://localhost:4400' }, 'bad-day')).json()).toEqual({
    situation: { scenario: 'bad-day', title: 'A bad day' },
    session: null,
  })
  expect(served.situation).toEqual({ scenario: 'bad-day', title: 'A bad day' })
  await responseOf(served, 'POST /_throughline/normal')
  expect(served.situation).toBeNull()
})

test('lists what can be played: scenario files, designed states and inherited ones', async () => {
  const response = await responseOf(shop(), 'GET /_throughline/scenarios')
  const { scenarios }: { scenarios: { name: string; play: string }[] } = JSON.parse(
    await response.text(),
  )
  expect(scenarios.map((one) => one.name)).toEqual([
    'bad-day',
    'checkout/basket/timeout',
    'checkout/basket/store.getBasket/503',
    'checkout/basket/store.getBasket/empty',
    'checkout/basket/offline',
  ])
  expect(scenarios[2]!.play).toBe('/_throughline/play/checkout/basket/store.getBasket/503')
})

test('tells listening pages what is played', async () => {
  const served = shop()
  const abort = new AbortController()
  const response = await responseOf(served, 'GET /_throughline/events', {}, undefined, abort.signal)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('data: {"situation":null}\n\n')
  served.play('bad-day')
  expect((await reader.read()).value).toBe(
    'data: {"situation":{"scenario":"bad-day","title":"A bad day"}}\n\n',
  )
  await reader.cancel()
})

test('serves a changed graph, and goes on playing what still exists', async () => {
  const served = shop({ scenario: 'bad-day' })
  served.update(graphOf({ ...files, 'store.yaml': store.replaceAll('Rye bread', 'Brown bread') }))
  expect(await answer(served, 'GET /basket')).toBe(two.replace('Rye', 'Brown'))
  expect(served.situation?.scenario).toBe('bad-day')
  const { 'scenarios/bad-day.scenario.yaml': _, ...without } = files
  served.update(graphOf(without))
  expect(served.situation).toBeNull()
})

test('shows a page with everything that can be played, and escapes what people wrote', async () => {
  const served = shop(
    {},
    {
      'scenarios/bad-day.scenario.yaml':
        'scenario: bad-day\ntitle: <script>alert(1)</script>\nrules: []\n',
    },
  )
  const page = await answer(served, 'GET /_throughline/')
  expect(page).toContain('/_throughline/play/bad-day')
  expect(page).not.toContain('<script>')
})

test('answers with the example of the thing that was asked for', async () => {
  const contract = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /products/{productId}:
    get:
      parameters: [{ name: productId, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: x
          content:
            application/json:
              examples:
                bread: { value: { id: bread, name: Rye bread } }
                eggs: { value: { id: eggs, name: Eggs } }
`
  const served = mock(
    graphOf({ 'throughline.yaml': files['throughline.yaml']!, 'store.yaml': contract }),
  )
  expect(await answer(served, 'GET /products/eggs')).toBe('200 {"id":"eggs","name":"Eggs"}')
  expect(await answer(served, 'GET /products/tea')).toBe('200 {"id":"tea","name":"Rye bread"}')
})

test('counts the list in generated data', async () => {
  const contract = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /products:
    get:
      responses: { '200': { description: x, content: { application/json: { schema: { type: object, required: [total_count, items], properties: {
        total_count: { type: integer }, items: { type: array, minItems: 2, items: { type: object } } } } } } } }
`
  const served = mock(
    graphOf({ 'throughline.yaml': files['throughline.yaml']!, 'store.yaml': contract }),
  )
  const page: { total_count: number; items: unknown[] } = JSON.parse(
    (await answer(served, 'GET /products')).slice(4),
  )
  expect(page.total_count).toBe(page.items.length)
})

test('writes a sequence item by item', async () => {
  const contract = (type: string): string => `
openapi: 3.2.0
info: { title: Store, version: '1' }
paths:
  /prices:
    get: { responses: { '200': { description: x, content: { ${type}: { itemSchema: { type: object, required: [price], properties: { price: { type: integer } } } } } } } }
`
  const prices = async (type: string): Promise<string> =>
    answer(
      mock(
        graphOf({ 'throughline.yaml': files['throughline.yaml']!, 'store.yaml': contract(type) }),
      ),
      'GET /prices',
    )
  expect(await prices('text/event-stream')).toMatch(/^200 (id: \d\ndata: \{"price":-?\d+\}\s*){3}$/)
  expect(await prices('application/jsonl')).toMatch(/^200 (\{"price":-?\d+\}\s*){3}$/)
})

test('leads a browser from the root to the page of the mock', async () => {
  const response = await responseOf(shop(), 'GET /', { accept: 'text/html' })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/_throughline/'])
})

test('fills answers by the data set of a scenario', async () => {
  const served = shop(
    {},
    { 'scenarios/bad-day.scenario.yaml': 'scenario: bad-day\ndataset: empty\nrules: []\n' },
  )
  expect(
    await (await responseOf(served, 'GET /basket', { 'throughline-scenario': 'bad-day' })).json(),
  ).toEqual({ items: [], total: 0 })
})

test('keeps browsers from keeping answers, so that what is played is seen at once', async () => {
  const cached = store.replace(
    'X-Basket-Age: { schema: { type: integer }, example: 4 }',
    "Cache-Control: { schema: { type: string }, example: 'max-age=60' }",
  )
  const served = shop({}, { 'store.yaml': cached })
  expect((await responseOf(served, 'GET /basket')).headers.get('cache-control')).toBe('max-age=60')
  const browser = await served.answer({
    method: 'GET',
    url: '/basket',
    header: (name) => (name === 'sec-fetch-mode' ? 'cors' : undefined),
  })
  expect(headerOf(browser, 'cache-control')).toBe('no-store')
})
