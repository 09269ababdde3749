import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { mock } from '../../targets/mock/mock.ts'
import type { Mock } from '../../targets/mock/mock.ts'
import { LATENCY_FILE } from '../../targets/mock/observed-latency.ts'
import { localFile } from '../../workspace/local-file.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { shellIn } from '../../../test/shell.ts'

const house = fileURLToPath(new URL('../../../../..', import.meta.url))

const json = [{ key: 'Content-Type', value: 'application/json' }]
const answer = (label: string, statusCode: number, body: unknown, rest: object = {}): object => ({
  uuid: label,
  label,
  statusCode,
  latency: 0,
  headers: json,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  rules: [],
  rulesOperator: 'OR',
  default: false,
  bodyType: 'INLINE',
  ...rest,
})
const route = (
  method: string,
  endpoint: string,
  responses: object[],
  rest: object = {},
): object => ({
  uuid: `${method} ${endpoint}`,
  type: 'http',
  method,
  endpoint,
  documentation: '',
  responseMode: null,
  responses,
  ...rest,
})
const rule = (target: string, modifier: string, value: string, rest: object = {}): object => ({
  target,
  modifier,
  value,
  invert: false,
  operator: 'equals',
  ...rest,
})

const environment = {
  uuid: 'e',
  lastMigration: 33,
  name: 'Bakery',
  endpointPrefix: 'v1',
  latency: 0,
  port: 3001,
  folders: [],
  data: [
    {
      uuid: 'd1',
      id: 'cakes',
      name: 'Cakes',
      value: JSON.stringify([
        { id: 'c1', name: 'Plum cake', price: 12 },
        { id: 'c2', name: 'Apple pie', price: 9 },
      ]),
    },
    { uuid: 'd2', id: 'hours', name: 'Hours', value: '{"open": "07:00", "days": [1, 2]}' },
  ],
  routes: [
    route('get', 'orders/:id', [
      answer('found', 200, { id: 'o1', state: 'baking' }, { default: true }),
      answer('missing', 404, { error: 'no such order' }, { rules: [rule('params', 'id', 'o9')] }),
      answer(
        'german',
        200,
        { id: 'o1', state: 'wird gebacken' },
        {
          rulesOperator: 'AND',
          rules: [
            rule('header', 'Accept-Language', '^DE', { operator: 'regex_i' }),
            rule('query', 'long', '1'),
          ],
        },
      ),
      answer('odd', 500, {}, { rules: [rule('global_var', 'x', '1')] }),
    ]),
    route('get', 'coupons/:code', [
      answer('good', 200, { off: 5 }, { default: true }),
      answer('who', 401, {}, { rules: [rule('header', 'X-Key', '', { operator: 'null' })] }),
      answer(
        'other',
        409,
        {},
        {
          rulesOperator: 'AND',
          rules: [rule('query', 'shop', 'porto', { invert: true }), rule('params', 'code', 'tea')],
        },
      ),
    ]),
    route(
      'get',
      'dice',
      [1, 2, 3].map((side) => answer(`side ${side}`, 200, { side }, { default: side === 1 })),
      { responseMode: 'RANDOM' },
    ),
    route('post', 'orders', [
      answer(
        'made',
        201,
        '{ "id": "{{uuid}}", "cake": "{{body \'cake.id\'}}", "for": "{{faker \'person.firstName\'}}", "opens": "{{data \'hours\' \'open\'}}", "lines": [{{#repeat 2}}{"n": {{@index}} }{{/repeat}}], "odd": "{{ipv6}}" }',
        { default: true },
      ),
      answer('too many', 422, { error: 'no' }, { rules: [rule('body', 'count', '99')] }),
    ]),
    route(
      'get',
      'status',
      [
        answer('first', 503, { up: false }),
        answer('then', 200, { up: true }, { default: true, latency: 40 }),
      ],
      { responseMode: 'SEQUENTIAL' },
    ),
    route('get', 'hours', [
      answer('hours', 200, '', { default: true, bodyType: 'DATABUCKET', databucketID: 'hours' }),
    ]),
    {
      ...route('', 'cakes', [
        answer('cakes', 200, '', { default: true, bodyType: 'DATABUCKET', databucketID: 'cakes' }),
      ]),
      type: 'crud',
    },
    route('get', 'files/*', [answer('any', 200, 'x', { default: true })]),
    route('get', 'live', [], { type: 'ws' }),
  ],
}

async function ask(
  served: Mock,
  line: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const [method = '', path = ''] = line.split(' ')
  const response = await served.handle(
    new Request(`http://localhost:4401${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

function servedIn(folder: string, scenario?: string): Mock {
  const workspace = openWorkspace([folder], folder)
  return mock(compiled(workspace).graph, {
    readFile: (path) => workspace.bytes(path),
    observed: () => localFile(workspace.root, LATENCY_FILE),
    ...(scenario !== undefined && { scenario }),
  })
}

test('takes in a Mockoon environment that answers as it did there, and says what is lost', async () => {
  const shell = shellIn({ 'bakery.json': JSON.stringify(environment) })
  const done = await shell.run('import', 'bakery.json')
  expect(done.stderr.split('\n').filter((one) => !one.startsWith('Dropped: '))).toEqual([''])
  expect(done.status).toBe(0)
  expect(done.stdout).toContain('apis/bakery.openapi.yaml')
  for (const said of ['files/*', 'WebSockets', 'global_var', 'ipv6', 'begins anew'])
    expect(done.stderr).toContain(said)
  expect(await shell.run('check')).toMatchObject({ status: 0 })

  const served = servedIn(shell.folder, 'bakery')
  expect(await ask(served, 'GET /v1/orders/o1')).toEqual({
    status: 200,
    body: { id: 'o1', state: 'baking' },
  })
  expect(await ask(served, 'GET /v1/orders/o9')).toMatchObject({ status: 404 })
  const german = await ask(served, 'GET /v1/orders/o1?long=1', undefined, {
    'accept-language': 'de-AT',
  })
  expect(german.body).toMatchObject({ state: 'wird gebacken' })
  expect(await ask(served, 'POST /v1/orders', { cake: { id: 'c2' }, count: 1 })).toEqual({
    status: 201,
    body: {
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      cake: 'c2',
      for: expect.stringMatching(/^\p{Lu}/u),
      opens: '07:00',
      lines: [{ n: 0 }, { n: 1 }],
      odd: expect.any(String),
    },
  })
  expect(await ask(served, 'POST /v1/orders', { count: 99 })).toMatchObject({ status: 422 })
  expect((await ask(served, 'GET /v1/status')).status).toBe(503)
  expect((await ask(served, 'GET /v1/status')).status).toBe(200)
  expect((await ask(served, 'GET /v1/hours')).body).toEqual({ open: '07:00', days: [1, 2] })

  const key = { 'x-key': 'k' }
  for (const [line, headers, status] of [
    ['GET /v1/coupons/tea', {}, 401],
    ['GET /v1/coupons/tea', key, 409],
    ['GET /v1/coupons/tea?shop=porto', key, 200],
    ['GET /v1/coupons/rye', key, 200],
  ] as const)
    expect((await ask(served, line, undefined, headers)).status).toBe(status)
  const sides: unknown[] = []
  for (let call = 0; call < 6; call++) sides.push((await ask(served, 'GET /v1/dice')).body)
  expect(new Set(sides.map((one) => JSON.stringify(one))).size).toBe(3)

  expect((await ask(served, 'GET /v1/cakes')).body).toMatchObject([{ id: 'c1' }, { id: 'c2' }])
  expect((await ask(served, 'GET /v1/cakes/c2')).body).toEqual({
    id: 'c2',
    name: 'Apple pie',
    price: 9,
  })
  await ask(served, 'PATCH /v1/cakes/c2', { price: 10 })
  expect((await ask(served, 'GET /v1/cakes/c2')).body).toMatchObject({ price: 10 })
  expect((await ask(served, 'GET /v1/cakes/c7')).status).toBe(404)
})

test('overwrites nothing, and writes nothing when asked what it would', async () => {
  const shell = shellIn({ 'bakery.json': JSON.stringify(environment) })
  const dry = await shell.run('import', 'bakery.json', '--dry-run', '--json')
  const { written, wouldWrite } = JSON.parse(dry.stdout) as {
    readonly written: readonly string[]
    readonly wouldWrite: Readonly<Record<string, string>>
  }
  expect(written).toEqual([])
  expect(Object.keys(wouldWrite)).toEqual([
    'throughline.yaml',
    'apis/bakery.openapi.yaml',
    'data/bakery.data.yaml',
    'scenarios/bakery.scenario.yaml',
  ])
  shell.write({ 'scenarios/bakery.scenario.yaml': 'mine' })
  expect(await shell.run('import', 'bakery.json')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('scenarios/bakery.scenario.yaml') as string,
  })
  expect(shell.read('scenarios/bakery.scenario.yaml')).toBe('mine')
  expect(await shell.run('import', 'nothing.json')).toMatchObject({ status: 2 })
  shell.write({ 'odd.json': '{"a": 1}' })
  expect(await shell.run('import', 'odd.json')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('mockoon') as string,
  })
})

const call = (
  method: string,
  url: string,
  status: number,
  body: unknown,
  sent?: unknown,
): object => ({
  startedDateTime: '2026-11-20T10:00:00Z',
  time: 80,
  request: {
    method,
    url,
    headers: [{ name: 'Authorization', value: 'Bearer abc' }],
    ...(sent !== undefined && {
      postData: { mimeType: 'application/json', text: JSON.stringify(sent) },
    }),
  },
  response: {
    status,
    headers: [],
    content: { mimeType: 'application/json', text: JSON.stringify(body) },
  },
})

test('takes in recorded calls: a scenario of the steps they belong to, redacted by the policy', async () => {
  const shell = shellIn({})
  cpSync(join(house, 'examples/storefront'), shell.folder, { recursive: true })
  const order = {
    number: 'CM-2041',
    email: 'maya.real@example.com',
    state: 'packing',
    total: { amount: 1, currency: 'EUR' },
  }
  shell.write({
    'friday.har': JSON.stringify({
      log: {
        version: '1.2',
        entries: [
          call('GET', 'https://shop.example/basket', 503, { title: 'Away', status: 503 }),
          call('GET', 'https://shop.example/basket', 200, { items: [], count: 0 }),
          call(
            'POST',
            'https://shop.example/payments',
            402,
            { title: 'No', status: 402 },
            { card: '4242424242424242' },
          ),
          call('GET', 'https://shop.example/orders/CM-2041', 200, order),
          call('GET', 'https://shop.example/weather/17', 200, {
            sky: 'grey',
            email: 'x@example.com',
          }),
          {
            ...call('GET', 'https://shop.example/logo.png', 200, ''),
            response: {
              status: 200,
              content: { mimeType: 'image/png', text: 'AAAA', encoding: 'base64' },
            },
          },
        ],
      },
    }),
  })
  const done = await shell.run('import', 'friday.har', '--json')
  const told = JSON.parse(done.stdout) as {
    readonly written: readonly string[]
    readonly operations: readonly string[]
    readonly steps: readonly string[]
    readonly next: string
    readonly problems: readonly unknown[]
  }
  expect(told).toMatchObject({
    written: [
      'apis/friday.openapi.yaml',
      'scenarios/friday.scenario.yaml',
      '.throughline/latency.json',
    ],
    steps: expect.arrayContaining(['checkout/basket', 'checkout/payment']),
    next: 'Add it to throughline.yaml:  apis: { friday: { contract: apis/friday.openapi.yaml } }',
    problems: [],
  })
  expect(told.operations).toContain('store.getBasket')
  const scenario = shell.read('scenarios/friday.scenario.yaml')
  const contract = shell.read('apis/friday.openapi.yaml')
  for (const text of [scenario, contract]) {
    expect(text).not.toContain('maya.real')
    expect(text).not.toContain('4242')
    expect(text).not.toContain('x@example.com')
  }
  expect(contract).toContain('/weather/{weatherId}')
  expect(JSON.parse(shell.read('.throughline/latency.json'))).toMatchObject({
    version: 1,
    operations: { 'store.getBasket': { calls: 2, p50: 80, p95: 80 } },
  })
  shell.write({
    'scenarios/as-there.scenario.yaml':
      'scenario: as-there\nrules: [{ operation: store.getBasket, latency: observed }]\n',
  })
  const late = await servedIn(shell.folder, 'as-there').answer({
    method: 'GET',
    url: '/store/basket',
    header: () => undefined,
  })
  expect(late.delay).toBe(80)
  const served = servedIn(shell.folder, 'friday')
  expect((await ask(served, 'GET /store/basket')).status).toBe(503)
  expect(await ask(served, 'GET /store/basket')).toMatchObject({
    status: 200,
    body: { items: [], count: 0 },
  })
})

test('takes in the saved examples of a Postman collection: good days together, each failure by itself', async () => {
  const url = { raw: '{{baseUrl}}/cakes/:id?size=big', query: [{ key: 'size', value: 'big' }] }
  const shell = shellIn({
    'shop.postman_collection.json': JSON.stringify({
      info: {
        name: 'Shop',
        schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      },
      variable: [{ key: 'baseUrl', value: 'https://shop.example/api' }],
      item: [
        {
          name: 'Cakes',
          item: [
            {
              name: 'Get a cake',
              request: { method: 'GET', url },
              response: [
                {
                  name: 'Plum',
                  code: 200,
                  originalRequest: { method: 'GET', url },
                  header: json,
                  body: '{"id":"c1","name":"Plum cake"}',
                },
                {
                  name: 'Sold out',
                  code: 410,
                  originalRequest: { method: 'GET', url },
                  header: json,
                  body: '{"title":"Sold out"}',
                },
              ],
            },
          ],
        },
        {
          name: 'Ping',
          request: { method: 'GET', url: 'https://shop.example/ping' },
          response: [],
        },
      ],
    }),
  })
  const done = await shell.run('import', 'shop.postman_collection.json')
  expect(done).toMatchObject({
    status: 0,
    stderr: 'Changed: Ping: it has no saved answer; its operation is drafted without one\n',
  })
  expect(await shell.run('check')).toMatchObject({ status: 0 })
  const served = servedIn(shell.folder)
  expect(await ask(served, 'GET /api/cakes/c1')).toEqual({
    status: 200,
    body: { id: 'c1', name: 'Plum cake' },
  })
  expect(
    await ask(served, 'GET /api/cakes/c1', undefined, {
      'throughline-scenario': 'get-a-cake-sold-out',
    }),
  ).toEqual({ status: 410, body: { title: 'Sold out' } })
})
