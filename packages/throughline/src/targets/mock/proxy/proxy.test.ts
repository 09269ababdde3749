import { createServer, request as httpRequest } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { compile } from '@throughline/core'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../listen.ts'
import { mock } from '../mock.ts'
import type { MockOptions } from '../mock.ts'
import { backendsOf } from './backends.ts'
import type { ProxyOptions } from './backends.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': `throughline: 1
name: Shop
apis:
  store: { contract: store.yaml, stages: { listCoupons: planned } }
  reviews: { contract: reviews.graphql }
`,
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
servers: [{ url: https://shop.example/api }]
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: x
          content:
            application/json:
              schema:
                type: object
                required: [items, total]
                properties:
                  items: { type: array, items: { type: object, required: [name, price], properties: { name: { type: string }, price: { type: number }, email: { type: string, format: email } } } }
                  total: { type: number }
              example: { items: [{ name: mocked bread, price: 1 }], total: 1 }
  /orders:
    post:
      operationId: placeOrder
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [basket], properties: { basket: { type: string } } } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { type: object } } } } }
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: x, content: { application/json: { schema: { type: object }, example: { id: mocked } } } }
        '404': { description: x, content: { application/problem+json: { schema: { type: object, required: [title] } } } }
  /coupons:
    get:
      operationId: listCoupons
      responses: { '200': { description: x, content: { application/json: { schema: { type: array }, example: [mocked coupon] } } } }
  /files:
    put:
      operationId: putFile
      requestBody: { content: { application/octet-stream: {} } }
      responses: { '200': { description: x, content: { text/plain: {} } } }
  /stock:
    get:
      operationId: watchStock
      responses: { '200': { description: x, content: { text/event-stream: {} } } }
`,
  'reviews.graphql':
    'type Query { rating(product: ID!): Int!\n reviews: [Review!]! }\ntype Review { text: String! }\n',
  'journeys/checkout.journey.yaml': `journey: checkout
steps:
  - step: basket
    title: Review the basket
    screen: /basket
    calls:
      - operation: store.getBasket
        needs: [{ path: 'items[].price', absent: Show a dash }, total]
        states: { 503: { show: A banner } }
`,
  'scenarios/sold-out.scenario.yaml':
    'scenario: sold-out\nrules: [{ operation: store.getBasket, respond: { status: 200, body: { items: [], total: 0 } } }]\n',
  'scenarios/slow.scenario.yaml':
    'scenario: slow\nrules: [{ operation: store.getBasket, latency: { fixed: 30ms } }]\n',
}

const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})

const basket = { items: [{ name: 'real bread', price: 3.2 }], total: 3.2 }

test('passes a call on to the backend, and says who answered', async () => {
  const seen: string[] = []
  const shop = await hybrid((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['authorization']}`)
    json(response, basket, { 'x-request-id': '7' })
  })
  const answer = await fetch(`${shop.url}/store/basket?page=2`, {
    headers: { authorization: 'Bearer secret' },
  })
  expect(await answer.json()).toEqual(basket)
  expect(answer.headers.get('throughline-answered-by')).toBe('backend')
  expect(answer.headers.get('throughline-violation')).toBeNull()
  expect(answer.headers.get('x-request-id')).toBe('7')
  expect(seen).toEqual(['GET /v1/basket?page=2 Bearer secret'])
  const coupons = await fetch(`${shop.url}/store/coupons`)
  expect(await coupons.json()).toEqual(['mocked coupon'])
  expect(coupons.headers.get('throughline-answered-by')).toBe('mock')
  expect(seen).toHaveLength(1)
  const why = await fetch(`${shop.url}/_throughline/why/${answer.headers.get('throughline-why')}`, {
    headers: { accept: 'application/json' },
  })
  expect(await why.json()).toMatchObject({
    because: 'backend',
    decisions: [{ what: 'Real backend' }],
  })
})

test('takes the base path of the contract off before the one of the backend goes on', async () => {
  const seen: (string | undefined)[] = []
  const shop = await hybrid((request, response) => {
    seen.push(request.url)
    json(response, basket)
  })
  await fetch(`${shop.url}/store/api/basket`)
  await fetch(`${shop.url}/store/api/undescribed?x=1`)
  expect(seen).toEqual(['/v1/basket', '/v1/undescribed?x=1'])
})

test('lets the client, the journey and the person in charge choose who answers', async () => {
  const shop = await hybrid((_, response) => json(response, basket), {
    mockOnly: ['store.getOrder'],
  })
  const by = async (path: string, init: RequestInit = {}): Promise<string> => {
    const answer = await fetch(`${shop.url}${path}`, init)
    return `${answer.headers.get('throughline-answered-by')} ${answer.status}`
  }
  expect(await by('/store/basket')).toBe('backend 200')
  expect(await by('/store/orders/1')).toBe('mock 200')
  expect(await by('/store/basket', { headers: { prefer: 'example=example' } })).toBe('mock 200')
  expect(await by('/store/basket', { headers: { prefer: 'return=minimal' } })).toBe('backend 200')
  expect(await by('/store/basket', { headers: { 'throughline-scenario': 'sold-out' } })).toBe(
    'mock 200',
  )
  expect(
    await by('/store/basket', { headers: { 'throughline-scenario': 'checkout/basket/503' } }),
  ).toBe('mock 503')
  expect(await by('/store/basket', { headers: { 'throughline-scenario': 'slow' } })).toBe(
    'backend 200',
  )

  const put = (change: object): Promise<Response> =>
    fetch(`${shop.url}/_throughline/proxy`, { method: 'PUT', body: JSON.stringify(change) })
  expect(await (await put({ operation: 'store.getBasket', to: 'mock' })).json()).toMatchObject({
    operations: expect.arrayContaining([
      { operation: 'store.getBasket', stage: 'live', to: 'mock', because: 'set' },
      { operation: 'store.listCoupons', stage: 'planned', to: 'mock', because: 'stage' },
      { operation: 'store.getOrder', stage: 'live', to: 'mock', because: 'mock-only' },
    ]),
  })
  expect(await by('/store/basket')).toBe('mock 200')
  expect(await by('/store/basket')).toBe('mock 200')
  await put({ operation: 'store.getBasket', to: null })
  expect(await by('/store/basket')).toBe('backend 200')
  await put({ operation: 'store.listCoupons', to: 'backend' })
  expect(await by('/store/coupons')).toBe('backend 200')
  expect(await (await put({ operation: 'store.getBaskt', to: 'mock' })).json()).toMatchObject({
    title: 'No operation with a backend is called store.getBaskt. Did you mean store.getBasket?',
  })
  expect((await put({ operation: 'store.getBasket', to: 'elsewhere' })).status).toBe(400)
})

test('lets the mock stand in for what is not built, not running or too slow, as far as it may', async () => {
  const shop = await hybrid(
    (request, response) => {
      if (request.url === '/v1/basket') response.writeHead(501).end('not yet')
      else if (request.url === '/v1/orders/unrouted')
        response
          .writeHead(404, { 'content-type': 'text/html' })
          .end('Cannot GET /v1/orders/unrouted')
      else if (request.url === '/v1/orders/unknown')
        response
          .writeHead(404, { 'content-type': 'application/problem+json' })
          .end('{"title":"No such order"}')
      else if (request.url === '/v1/orders/broken') response.writeHead(500).end()
      else if (request.url !== '/v1/orders/late') json(response, {})
    },
    { timeout: 700 },
  )
  const by = async (path: string): Promise<string> => {
    const answer = await fetch(`${shop.url}${path}`)
    return `${answer.status} ${answer.headers.get('throughline-answered-by')}: ${(await answer.text()).slice(0, 33)}`
  }
  expect(await by('/store/basket')).toMatch(/^200 mock; because=501: \{"items":\[\{"name":"mocked/)
  expect(await by('/store/orders/unrouted')).toMatch(/^200 mock; because=404/)
  expect(await by('/store/orders/unknown')).toBe('404 backend: {"title":"No such order"}')
  expect(await by('/store/orders/broken')).toBe('500 backend: ')
  expect(await by('/store/orders/late')).toMatch(/^200 mock; because=timeout/)
  expect(shop.notices).toContain(`mocked  store.getBasket: ${shop.host} answered 501`)

  const change = (fallback: string): Promise<Response> =>
    fetch(`${shop.url}/_throughline/proxy`, { method: 'PUT', body: JSON.stringify({ fallback }) })
  await change('5xx,refused')
  expect(await by('/store/orders/broken')).toMatch(/^200 mock; because=500/)
  expect(await by('/store/orders/unrouted')).toMatch(/^404 backend/)
  await change('none')
  expect(await by('/store/basket')).toMatch(/^501 backend: not yet/)
  expect(await by('/store/orders/late')).toMatch(/^504 nobody/)
  expect((await change('sometimes')).status).toBe(400)
  await change('refused')
  shop.backend.close()
  shop.backend.closeAllConnections()
  expect(await by('/store/basket')).toMatch(/^200 mock; because=refused/)
  await change('none')
  const answer = await fetch(`${shop.url}/store/basket`)
  expect([answer.status, await answer.json()]).toMatchObject([
    502,
    { title: `${shop.host} did not answer: nothing listens there` },
  ])
})

test('says how an answer differs from the contract, and which screens it hurts', async () => {
  const wrong = {
    items: [
      { name: 'bread', price: '3.20', email: 'not-an-address' },
      { name: 'eggs', price: '2' },
    ],
  }
  const shop = await hybrid((_, response) => json(response, wrong))
  const answer = await fetch(`${shop.url}/store/basket`)
  expect(await answer.json()).toEqual(wrong)
  expect(answer.headers.get('throughline-violation')).toMatch(
    /^response \/\S+ expected .*; and \d more$/,
  )
  await fetch(`${shop.url}/store/basket`)
  const { violations } = (await (await fetch(`${shop.url}/_throughline/violations`)).json()) as {
    violations: { pointer: string }[]
  }
  const at = (pointer: string): unknown => violations.find((one) => one.pointer === pointer)
  expect(at('/items/0/price') ?? at('/items/1/price')).toMatchObject({
    side: 'response',
    operation: 'store.getBasket',
    method: 'GET',
    path: '/basket',
    status: 200,
    field: 'items[].price',
    expected: 'a number',
    count: 4,
    hurts: [
      {
        step: 'checkout/basket',
        title: 'Review the basket',
        journey: 'checkout',
        screen: '/basket',
        need: 'items[].price',
        absent: 'Show a dash',
      },
    ],
  })
  expect(at('/total')).toMatchObject({
    expected: 'a value',
    got: 'nothing',
    hurts: [{ need: 'total' }],
  })
  // What somebody's address is stays between the client and the backend.
  expect(JSON.stringify(violations)).not.toContain('not-an-address')
  expect(shop.notices.filter((line) => line.includes('/price'))).toHaveLength(1)
  expect(shop.notices.find((line) => line.includes('/price'))).toMatch(
    /^violation {2}store\.getBasket 200 \/items\/0\/price: .* Hurts checkout\/basket \(.+\)\.$/,
  )
  await fetch(`${shop.url}/_throughline/violations`, { method: 'DELETE' })
  expect(await (await fetch(`${shop.url}/_throughline/violations`)).json()).toEqual({
    violations: [],
  })
})

test('takes 304 for no break of the contract: it speaks of the copy that the client has', async () => {
  const shop = await hybrid((_, response) => response.writeHead(304, { etag: '"a"' }).end())
  const answer = await fetch(`${shop.url}/store/basket`, { headers: { 'if-none-match': '"a"' } })
  expect(answer.status).toBe(304)
  expect(answer.headers.get('throughline-violation')).toBeNull()
})

test('reports requests that break the contract and what no contract describes, or refuses them', async () => {
  const backend = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume()
    json(response, { id: '1' }, {}, 201)
  }
  const order = (url: string): Promise<Response> =>
    fetch(`${url}/store/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"basket":7}',
    })
  const shop = await hybrid(backend)
  const answer = await order(shop.url)
  expect([answer.status, answer.headers.get('throughline-violation')]).toEqual([
    201,
    'request /basket expected a string, got 7',
  ])
  expect((await fetch(`${shop.url}/store/promotions`)).headers.get('throughline-violation')).toBe(
    'request expected an operation of store, got GET /promotions',
  )
  const strict = await hybrid(backend, {}, { errors: true })
  const refused = await order(strict.url)
  expect([refused.status, refused.headers.get('throughline-answered-by')]).toEqual([
    400,
    'mock; because=request',
  ])
})

test('looks into compressed answers and passes them on compressed', async () => {
  const shop = await hybrid((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      .end(gzipSync('{"items":[],"total":"none"}'))
  })
  const answer = await fetch(`${shop.url}/store/basket`)
  expect(await answer.json()).toEqual({ items: [], total: 'none' })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  const without = await fetch(`${shop.url}/store/basket`, {
    headers: { 'throughline-tombstone': 'store.getBasket:total' },
  })
  expect(await without.json()).toEqual({ items: [] })
  expect(without.headers.get('throughline-trimmed')).toMatch(
    /^total is gone, needed by checkout\/basket/,
  )
  expect(answer.headers.get('throughline-violation')).toBe(
    'response /total expected a number, got "none"',
  )
})

test('looks into compressed requests and passes them on compressed', async () => {
  const seen: unknown[] = []
  const shop = await hybrid((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { 'content-encoding': coding, 'content-length': length } = request.headers
      const bytes = Buffer.concat(chunks)
      seen.push(coding, Number(length) - bytes.length, gunzipSync(bytes).toString())
      json(response, { id: '1' }, {}, 201)
    })
  })
  const answer = await fetch(`${shop.url}/store/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync('{"basket":7}'),
  })
  expect(seen).toEqual(['gzip', 0, '{"basket":7}'])
  expect(answer.headers.get('throughline-violation')).toBe(
    'request /basket expected a string, got 7',
  )
})

test('speaks of the client to the backend, and keeps what is between two machines to itself', async () => {
  let seen: IncomingMessage['headers'] = {}
  const shop = await hybrid((request, response) => {
    seen = request.headers
    json(response, basket, {
      connection: 'keep-alive, x-hop',
      'x-hop': 'secret',
      'strict-transport-security': 'max-age=1000',
      'access-control-allow-origin': 'https://elsewhere.example',
    })
  })
  const answer = await raw(`${shop.url}/store/basket`, {
    connection: 'close, x-mine',
    'x-mine': '1',
    te: 'trailers',
    'proxy-authorization': 'Basic x',
    cookie: 'throughline-session=maya; cart=7',
    'throughline-session': 'maya',
    'x-forwarded-for': '10.0.0.7',
    via: '1.1 cdn',
    origin: 'http://localhost:4402',
  })
  expect(seen).toMatchObject({
    host: shop.host,
    cookie: 'cart=7',
    'x-forwarded-for': '10.0.0.7, 127.0.0.1',
    'x-forwarded-host': new URL(shop.url).host,
    'x-forwarded-proto': 'http',
    'x-forwarded-prefix': '/store',
    forwarded: `for=127.0.0.1;host="${new URL(shop.url).host}";proto=http`,
  })
  expect(seen['via']).toMatch(/^1\.1 cdn, 1\.1 throughline-/)
  for (const name of ['x-mine', 'te', 'proxy-authorization', 'throughline-session'])
    expect(seen).not.toHaveProperty(name)
  expect(answer.headers).not.toHaveProperty('x-hop')
  expect(answer.headers).not.toHaveProperty('strict-transport-security')
  expect(answer.headers['access-control-allow-origin']).toBe('http://localhost:4402')
  expect(answer.headers['via']).toMatch(/^1\.1 throughline-/)
})

test('leads redirects, links and cookies of the backend to the mock', async () => {
  const shop = await hybrid((request, response) => {
    const own = `http://${request.headers.host}`
    response
      .writeHead(303, {
        location: `${own}/v1/orders/7?new=1`,
        'content-location': '/v1/orders/7',
        link: `<${own}/v1/basket?page=2>; rel="next", <https://docs.example/x>; rel="help"`,
        'set-cookie': [
          'sid=7; Domain=shop.example; Path=/v1; Secure; SameSite=None; HttpOnly',
          '__Host-id=1; Path=/; Secure',
        ],
      })
      .end()
  })
  const answer = await fetch(`${shop.url}/store/basket`, { redirect: 'manual' })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`${shop.url}/store/orders/7?new=1`)
  expect(answer.headers.get('content-location')).toBe('/store/orders/7')
  expect(answer.headers.get('link')).toBe(
    `<${shop.url}/store/basket?page=2>; rel="next", <https://docs.example/x>; rel="help"`,
  )
  expect(answer.headers.getSetCookie()).toEqual([
    'sid=7; Path=/store; SameSite=Lax; HttpOnly',
    '__Host-id=1; Path=/; Secure',
  ])
})

test('sends nothing anywhere but below the address of the backend', async () => {
  const seen: (string | undefined)[] = []
  const shop = await hybrid((request, response) => {
    seen.push(`${request.headers.host} ${request.url}`)
    json(response, {})
  })
  expect((await raw(shop.url, {}, '/store/orders/..%2f..%2fadmin')).status).toBe(400)
  expect((await raw(shop.url, {}, '/store/../admin')).status).toBe(400)
  expect((await raw(shop.url, {}, '/store/orders/%2e%2e')).status).toBe(400)
  await raw(
    shop.url,
    { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    'http://evil.example/store/basket',
  )
  await raw(shop.url, {}, '/store//evil.example/basket')
  expect(seen).toEqual([`${shop.host} /v1/basket`, `${shop.host} /v1//evil.example/basket`])
})

test('notices a backend that leads back to the mock', async () => {
  const loop = mock(graph)
  const first = await listen(loop, { port: 0 })
  onTestFinished(() => first.close())
  const backends = backendsOf({ backends: new Map([['store', `${first.url}/store`]]) })
  onTestFinished(() => backends.close())
  const second = await listen(mock(graph, { backends }), { port: 0 })
  onTestFinished(() => second.close())
  const answer = await fetch(`${second.url}/store/basket`)
  expect(answer.headers.get('throughline-answered-by')).toBe('backend')
  const via = answer.headers.get('via') ?? ''
  expect((await fetch(`${second.url}/store/basket`, { headers: { via } })).status).toBe(508)
})

test('streams what is large or endless, both ways', async () => {
  let received = 0
  const left = Promise.withResolvers<boolean>()
  const shop = await hybrid((request, response) => {
    if (request.url === '/v1/stock') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: 1\n\n')
      request.on('close', () => left.resolve(true))
      return
    }
    request.on('data', (chunk: Buffer) => (received += chunk.length))
    request.on('end', () =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('x'.repeat(3_000_000)),
    )
  })
  const body = Buffer.alloc(30_000_000, 1)
  const uploaded = await fetch(`${shop.url}/store/files`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
  expect([uploaded.status, (await uploaded.text()).length, received]).toEqual([
    200, 3_000_000, 30_000_000,
  ])

  const leaving = new AbortController()
  const events = await fetch(`${shop.url}/store/stock`, { signal: leaving.signal })
  const { value } = await events.body!.getReader().read()
  expect(Buffer.from(value!).toString()).toBe('data: 1\n\n')
  leaving.abort()
  expect(await left.promise).toBe(true)
})

test('cuts the answer off where the backend does', async () => {
  const shop = await hybrid((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '200000' })
    response.write('x'.repeat(1000), () => response.destroy())
  })
  await expect(
    fetch(`${shop.url}/store/files`, { method: 'PUT' }).then((one) => one.text()),
  ).rejects.toThrow('terminated')
  expect((await fetch(`${shop.url}/_throughline/proxy`)).status).toBe(200)
})

test('does not wait for ever for the rest of an answer, and says when it is cut off', async () => {
  const shop = await hybrid(
    (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"items":', () => {
        if (request.url === '/v1/orders/cut') response.destroy()
      })
    },
    { timeout: 500, fallback: 'none' },
  )
  const asked = async (path: string): Promise<readonly [number, unknown]> => {
    const answer = await fetch(`${shop.url}${path}`)
    return [answer.status, await answer.json()]
  }
  expect(await asked('/store/basket')).toMatchObject([
    504,
    { title: `${shop.host} stopped in the middle of its answer` },
  ])
  expect(await asked('/store/orders/cut')).toMatchObject([
    502,
    { title: `${shop.host} cut its answer off in the middle` },
  ])
})

test('passes HEAD on with the length that the body would have', async () => {
  const shop = await hybrid((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4711' }).end()
  })
  const answer = await fetch(`${shop.url}/store/basket`, { method: 'HEAD' })
  expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '4711'])
})

test('passes GraphQL on as a whole, unless one of its operations is to be mocked', async () => {
  const seen: unknown[] = []
  const graphql: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push(JSON.parse(Buffer.concat(chunks).toString()))
      json(response, { data: { rating: 'good' } })
    })
  }
  const shop = await hybrid(graphql, { mockOnly: ['reviews.reviews'] })
  const ask = (query: string): Promise<Response> =>
    fetch(`${shop.url}/reviews/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
  const rating = await ask('{ rating(product: "1") }')
  expect(await rating.json()).toEqual({ data: { rating: 'good' } })
  expect(rating.headers.get('throughline-violation')).toBe(
    'response /data/rating expected an integer, got "good"',
  )
  expect(seen).toEqual([{ query: '{ rating(product: "1") }' }])
  const both = await ask('{ rating(product: "1") reviews { text } }')
  expect(both.headers.get('throughline-answered-by')).toBe('mock')
  expect((await ask('{ nothing }')).headers.get('throughline-violation')).toMatch(
    /^request \/query expected/,
  )
})

test('lets a streamed answer come late, and puts another in its place', async () => {
  const shop = await hybrid((_, response) =>
    response.writeHead(200, { 'content-type': 'text/plain' }).end('a stock list'),
  )
  const imposed = async (fault: unknown): Promise<string> => {
    const body = JSON.stringify({ path: '/store/files', ...(fault as object) })
    await fetch(`${shop.url}/_throughline/fault`, { method: 'PUT', body })
    return (await fetch(`${shop.url}/store/files`, { method: 'PUT', body: 'eggs' })).text()
  }
  expect(await imposed({ delay: 5 })).toBe('a stock list')
  expect(await imposed({ answer: { status: 200, type: 'text/plain', body: 'sold' } })).toBe('sold')
})

test('says what is wrong with a certificate, and takes any where it is told to', async () => {
  const { generate } = await import('selfsigned')
  const { createServer: createSecure } = await import('node:https')
  const pems = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 })
  const secure = createSecure({ key: pems.private, cert: pems.cert }, (_, response) =>
    json(response, basket),
  )
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void secure.close())
  const { port } = secure.address() as AddressInfo
  const asked = async (insecure: boolean): Promise<readonly [number, unknown]> => {
    const backends = backendsOf({
      backends: new Map([['store', `https://localhost:${port}`]]),
      insecure,
    })
    onTestFinished(() => backends.close())
    const answer = await mock(graph, { backends }).handle(
      new Request('http://mock.example/store/basket'),
    )
    return [answer.status, await answer.json()]
  }
  expect(await asked(false)).toMatchObject([
    502,
    {
      title: expect.stringContaining(
        `localhost:${port} shows a certificate that cannot be trusted`,
      ),
      detail: expect.stringContaining('--insecure-backend'),
    },
  ])
  expect(await asked(true)).toEqual([200, basket])
})

interface Hybrid {
  readonly url: string
  readonly host: string
  readonly notices: readonly string[]
  readonly backend: Server
}

/** A mock in front of a real server: the shop at `/v1`, reviews at `/graphql`. */
async function hybrid(
  listener: RequestListener,
  options: Partial<ProxyOptions> = {},
  mocking: MockOptions = {},
): Promise<Hybrid> {
  const backend = createServer(listener)
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(backend.address() as AddressInfo).port}`
  const notices: string[] = []
  const backends = backendsOf(
    {
      backends: new Map([
        ['store', `http://${host}/v1`],
        ['reviews', `http://${host}/graphql`],
      ]),
      ...options,
    },
    (line) => notices.push(line),
  )
  const server = await listen(mock(graph, { ...mocking, backends }), { port: 0 })
  onTestFinished(async () => {
    await server.close()
    backends.close()
    backend.close()
    backend.closeAllConnections()
  })
  return { url: server.url, host, notices, backend }
}

function json(
  response: ServerResponse,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(value))
}

/** A request with headers and a path that `fetch` would mend. */
function raw(
  url: string,
  headers: Readonly<Record<string, string>>,
  path?: string,
): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers'] }> {
  const { hostname, port, pathname } = new URL(url)
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path: path ?? pathname, headers, agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }))
    })
      .on('error', reject)
      .end()
  })
}
