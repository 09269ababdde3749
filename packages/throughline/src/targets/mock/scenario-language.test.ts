import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'
import { dribbling, paceOf } from './pace.ts'

const store = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200': { description: x, content: { application/json: { schema: { type: object }, example: { total: 5, eta: soon, items: [{ name: Rye, price: 3 }] } } } }
        '429': { description: x, content: { application/problem+json: { schema: { type: object } } } }
  /products:
    get: { operationId: listProducts, responses: { '200': { description: x, content: { application/json: { schema: &products { type: array, items: &product { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } } }, example: [{ id: tea, name: Tea }] } } } } }
    post: { operationId: addProduct, requestBody: { content: { application/json: { schema: *product } } }, responses: { '201': { description: x, content: { application/json: { schema: *product } } } } }
  /orders/{id}:
    post:
      operationId: placeOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: q, in: query, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: x, content: { application/json: { schema: { type: object } } } } }
`

test('fills in a template from the request, escaped for JSON', async () => {
  const served = playing(`
  - operation: store.placeOrder
    respond:
      status: 200
      headers: { Location: '/orders/{{ path.id }}' }
      template: |
        { "id": "{{ path.id }}", "note": "{{ body.note }}", "first": {{ json body.lines.[0] }}, "q": "{{ query.q }}",
          "agent": "{{ header.x-shop }}", "cart": "{{ cookie.cart }}", "who": "{{ session }}", "at": "{{ now '+1h' }}", "call": {{ call }},
          "count": {{ length body.lines }}, "names": [{{#each body.lines}}"{{ upper sku }}"{{#unless @last}},{{/unless}}{{/each}}],
          "kind": {{#if (eq body.kind 'gift')}}"gift"{{else}}"plain"{{/if}}, "proto": "{{ body.constructor.name }}{{ body.__proto__.x }}" }
  `)
  const order = { note: 'Say "hi"\nplease', kind: 'gift', lines: [{ sku: 'rye' }, { sku: 'tea' }] }
  const response = await ask(served, 'POST /orders/7?q=a', order, {
    cookie: 'cart=9; other=1',
    'x-shop': 'web',
    'throughline-session': 'maya',
  })
  expect(response.headers.get('location')).toBe('/orders/7')
  expect(await response.json()).toEqual({
    id: '7',
    note: 'Say "hi"\nplease',
    first: { sku: 'rye' },
    q: 'a',
    agent: 'web',
    cart: '9',
    who: 'maya',
    at: '2026-03-01T11:00:00.000Z',
    call: 1,
    count: 2,
    names: ['RYE', 'TEA'],
    kind: 'gift',
    proto: '',
  })
})

test('keeps numbers in their bounds, and picks from and looks into lists', async () => {
  const played = playing(`
  - operation: store.getBasket
    respond: { template: '{"n":{{ fake "count" "integer" 3 5 }},"way":"{{ pick (list "sea" "sea") }}","has":{{ includes (list 1 2) 2 }},"cut":"{{ slice "basket" 0 3 }}","all":{{ and true true false }},"name":"{{ lookup (parse "[\\"rye\\"]") 0 }}"}' }
  `)
  const answer: unknown = await (await ask(played, 'GET /basket')).json()
  expect(answer).toEqual({
    n: expect.toSatisfy((n: unknown) => [3, 4, 5].includes(Number(n))) as unknown,
    way: 'sea',
    has: true,
    cut: 'bas',
    all: false,
    name: 'rye',
  })
})

test('makes things up in a template, the same for the same seed', async () => {
  const rule = `
  - operation: store.getBasket
    respond: { template: '{"name":"{{ fake "firstName" }}","price":{{ fake "price" "number" }},"id":"{{ uuid }}","way":"{{ pick "road" "sea" }}"}' }
  `
  const [first, second] = await Promise.all(
    [playing(rule), playing(rule)].map(async (one) => (await ask(one, 'GET /basket')).json()),
  )
  expect(first).toEqual(second)
  expect(first).toMatchObject({
    name: expect.stringMatching(/^\p{Lu}/u),
    price: expect.any(Number),
    id: expect.stringMatching(/^[\da-f-]{36}$/),
  })
})

test.each([
  ['{{#each', 'Parse error'],
  ['{{> other}}', 'Partials'],
  ['{{#repeat 100000}}{{#repeat 100000}}x{{/repeat}}{{/repeat}}', 'round too often'],
  ['{{ unknown 1 }}', 'unknown'],
])('says what is wrong with the template %s', async (template, problem) => {
  const served = playing(
    `\n  - operation: store.getBasket\n    respond: { template: ${JSON.stringify(template)} }`,
  )
  const response = await ask(served, 'GET /basket')
  expect([response.status, JSON.stringify(await response.json())]).toEqual([
    500,
    expect.stringContaining(problem),
  ])
})

test('matches by regular expression, session and a range of calls', async () => {
  const served = playing(`
  - operation: store.placeOrder
    when: { matches: { 'body.lines[].sku': '^GIFT-', query.q: '^[ab]$' } }
    respond: { status: 403 }
  - operation: store.getBasket
    when: { session: maya }
    respond: { status: 404 }
  - operation: store.getBasket
    when: { call: 2-3 }
    respond: { status: 503 }
  `)
  const lines = [{ sku: 'rye' }, { sku: 'GIFT-1' }]
  expect((await ask(served, 'POST /orders/7?q=a', { lines })).status).toBe(403)
  expect((await ask(served, 'POST /orders/7?q=c', { lines })).status).toBe(200)
  expect((await ask(served, 'POST /orders/7?q=a', { lines: [] })).status).toBe(200)
  const maya = { 'throughline-session': 'maya' }
  expect((await ask(served, 'GET /basket', undefined, maya)).status).toBe(404)
  const statuses: number[] = []
  for (let call = 0; call < 4; call++) statuses.push((await ask(served, 'GET /basket')).status)
  expect(statuses).toEqual([200, 503, 503, 200])
})

test('looks at what a request is not, and takes a share of the calls', async () => {
  const served = playing(`
  - operation: store.placeOrder
    when: { path: { id: '7' }, not: { header: { Idempotency-Key: k-1 }, body: { gift: true } } }
    respond: { status: 409 }
  - operation: store.placeOrder
    when: { not: { matches: { body.email: '' } } }
    respond: { status: 422 }
  - operation: store.getBasket
    when: { share: 40% }
    respond: { status: 503 }
  `)
  const key = { 'idempotency-key': 'k-1' }
  const order = async (path: string, body: object, headers = {}): Promise<number> =>
    (await ask(served, `POST /orders/${path}`, body, headers)).status
  const email = 'mia@example.com'
  expect(await order('7', { gift: true, email }, key)).toBe(200)
  expect(await order('7', { gift: true, email })).toBe(409)
  expect(await order('7', { email }, key)).toBe(409)
  expect(await order('8', { email })).toBe(200)
  for (const body of [{}, { email: null }]) expect(await order('8', body)).toBe(422)
  const statuses: number[] = []
  for (let call = 0; call < 5; call++) statuses.push((await ask(served, 'GET /basket')).status)
  expect(statuses).toEqual([200, 200, 503, 200, 503])
})

test('limits how often a session may call, and says when it may again', async () => {
  const clock = { now: 0 }
  const served = playing(
    `
  - operation: store.getBasket
    rateLimit: { requests: 2, per: 10s }
  `,
    { now: () => clock.now },
  )
  const told = async (session = ''): Promise<readonly unknown[]> => {
    const { status, headers } = await ask(served, 'GET /basket', undefined, {
      'throughline-session': session,
    })
    return [status, headers.get('ratelimit'), headers.get('retry-after')]
  }
  expect(await told()).toEqual([200, '"default";r=1;t=10', null])
  clock.now = 4000
  expect(await told()).toEqual([200, '"default";r=0;t=6', null])
  expect(await told()).toEqual([429, '"default";r=0;t=6', '6'])
  expect(await told('maya')).toEqual([200, '"default";r=1;t=10', null])
  clock.now = 10_000
  expect(await told()).toEqual([200, '"default";r=1;t=10', null])
})

test('drops several fields', async () => {
  const served = playing('\n  - { operation: store.getBasket, fault: "drop:eta, items[].price" }')
  expect(await (await ask(served, 'GET /basket')).json()).toEqual({
    total: 5,
    items: [{ name: 'Rye' }],
  })
})

test('answers from an old cache, whatever was written since', async () => {
  const served = playing('\n  - { operation: store.listProducts, stale: 1h }')
  await ask(served, 'POST /products', { id: 'honey', name: 'Honey' })
  const response = await ask(served, 'GET /products')
  expect([
    response.headers.get('age'),
    response.headers.get('date'),
    await response.json(),
  ]).toEqual(['3600', 'Sun, 01 Mar 2026 09:00:00 GMT', [{ id: 'tea', name: 'Tea' }]])
  const fresh = await ask(served, 'GET /products', undefined, { 'throughline-scenario': 'none' })
  expect(await fresh.json()).toHaveLength(2)
})

test('sends bodies slowly and whole over a real line', async () => {
  const served = playing(`
  - { operation: store.getBasket, bandwidth: 1kB/s }
  - { operation: store.listProducts, fault: dribble }
  `)
  const running = await listen(served, { port: 0 })
  try {
    const start = performance.now()
    const basket = await fetch(`${running.url}/basket`)
    const { byteLength } = await basket.arrayBuffer()
    const { bytes, every } = paceOf(1000)
    const rests = Math.ceil(byteLength / bytes) - 1
    expect(rests).toBeGreaterThan(0)
    expect(performance.now() - start).toBeGreaterThan(rests * every - 5)
    expect(byteLength).toBe(Number(basket.headers.get('content-length')))
  } finally {
    await running.close()
  }
  expect(paceOf(50_000)).toEqual({ bytes: 2500, every: 50 })
  expect(paceOf(1)).toEqual({ bytes: 1, every: 1000 })
  expect(dribbling(4000)).toEqual({ bytes: 100, every: 100 })
  expect(await (await ask(served, 'GET /basket')).json()).toMatchObject({ total: 5 })
})

function playing(rules: string, options: MockOptions = {}): Mock {
  const texts: Readonly<Record<string, string>> = {
    'store.yaml': store,
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }',
    'scenarios/play.scenario.yaml': `scenario: play\nrules:${rules}`,
  }
  const files = {
    paths: Object.keys(texts),
    read: (path: string) => {
      const text = texts[path]
      return text === undefined ? { path, unreadable: 'missing' as const } : { path, text }
    },
  }
  const { graph, diagnostics } = compile(files)
  expect(diagnostics.filter((one) => one.code.startsWith('TL1'))).toEqual([])
  return mock(graph, {
    scenario: 'play',
    now: () => Date.UTC(2026, 2, 1, 10),
    ...options,
  })
}

function ask(
  served: Mock,
  line: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const [method = 'GET', path = '/'] = line.split(' ')
  return served.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
}
