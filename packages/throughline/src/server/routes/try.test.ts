import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { lookup } from 'node:dns'
import { gzipSync } from 'node:zlib'
import type { TryAnswer, TryRequest } from '@throughline/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { differences, studioApp, type StudioApp } from '../../../test/studio-app.ts'
import { sender, type SendOptions } from '../try-it/send.ts'

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Uint8Array
}

let server: Server
let port: number
let asked: { readonly request: IncomingMessage; readonly body: string }[]
let answer: Answer | 'never' | 'cut'
const sockets = new Set<Socket>()

beforeEach(async () => {
  asked = []
  answer = { headers: { 'content-type': 'application/json' }, body: '{"items":[],"total":0}' }
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      asked.push({ request, body })
      if (answer === 'never') return
      if (answer === 'cut') return void request.socket.destroy()
      response.writeHead(answer.status ?? 200, answer.headers)
      response.end(answer.body)
    })
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

const paths = `
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200":
          description: The basket
          content:
            application/json:
              schema: { type: object, required: [items, total], properties: { items: { type: array, items: { type: string } }, total: { type: integer } } }
        4XX: { description: No }
    put:
      operationId: changeBasket
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { "204": { description: Changed } }
  /orders/{id}/lines/{line}:
    get:
      operationId: getLine
      responses: { "200": { description: A line } }
`

/** A shop whose contract names servers, and whose workspace names environments. */
function shopWith({
  servers = [],
  environments = {},
  send,
}: {
  servers?: readonly string[]
  environments?: Readonly<Record<string, string>>
  send?: SendOptions
} = {}): StudioApp {
  return studioApp(
    {
      'throughline.yaml': `throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, environments: ${JSON.stringify(environments)} } }\n`,
      'store.yaml': `openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\nservers: ${JSON.stringify(servers.map((url) => ({ url })))}${paths}`,
    },
    {
      mock: { url: `http://localhost:${port}`, situation: () => null, play: () => null },
      send: sender(send),
    },
  )
}

function tried(app: StudioApp, request: Partial<TryRequest>): Promise<Response> {
  const body = JSON.stringify({ operation: 'store.getBasket', target: 'mock', ...request })
  return app.ask('/api/try', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
}

async function answered(app: StudioApp, request: Partial<TryRequest>): Promise<TryAnswer> {
  const response = await tried(app, request)
  expect(response.status).toBe(200)
  return (await response.json()) as TryAnswer
}

describe('sends', () => {
  test('to the mock, and says that the answer keeps the contract', async () => {
    const response = await tried(shopWith(), {})
    const copy = response.clone()
    expect(await differences('tryOperation', response)).toEqual([])
    expect(await copy.json()).toMatchObject({
      method: 'GET',
      url: `http://localhost:${port}/store/basket`,
      status: 200,
      body: '{"items":[],"total":0}',
      described: '200',
      matches: true,
      violations: [],
    })
  })

  test('path, query, headers and body as they were given, each where it belongs', async () => {
    await answered(shopWith(), {
      operation: 'store.getLine',
      pathParameters: { id: 'a/b?c#d', line: 'é 1' },
      query: { page: '2', tag: ['fresh & red', 'b'] },
      headers: { 'X-Trace': '7', Prefer: 'code=200' },
    })
    expect(asked[0]?.request.url).toBe(
      '/store/orders/a%2Fb%3Fc%23d/lines/%C3%A9%201?page=2&tag=fresh%20%26%20red&tag=b',
    )
    expect(asked[0]?.request.headers).toMatchObject({ 'x-trace': '7', prefer: 'code=200' })

    answer = { status: 204 }
    const changed = await answered(shopWith(), {
      operation: 'store.changeBasket',
      body: '{"note":"ring twice"}',
    })
    expect(asked[1]).toMatchObject({ body: '{"note":"ring twice"}' })
    expect(asked[1]?.request).toMatchObject({ method: 'PUT' })
    expect(asked[1]?.request.headers['content-type']).toBe('application/json')
    expect(changed).toMatchObject({ status: 204, described: '204', matches: true, body: '' })
  })

  test('to an environment and to a server of the contract', async () => {
    const app = shopWith({
      environments: { staging: `http://127.0.0.1:${port}/staging/` },
      servers: [`http://localhost:${port}/v1`],
    })
    expect((await answered(app, { target: 'staging' })).url).toBe(
      `http://127.0.0.1:${port}/staging/basket`,
    )
    expect((await answered(app, { target: `http://localhost:${port}/v1` })).url).toBe(
      `http://localhost:${port}/v1/basket`,
    )
    expect(asked.map(({ request }) => request.url)).toEqual(['/staging/basket', '/v1/basket'])
  })

  test('neither cookies nor headers of the connection, in either direction', async () => {
    answer = {
      headers: {
        'content-type': 'application/json',
        'set-cookie': ['session=1'],
        'x-trace': '7',
        'keep-alive': 'timeout=5',
      },
      body: '{"items":[],"total":0}',
    }
    const { headers } = await answered(shopWith(), {
      headers: {
        Cookie: 'session=secret',
        Host: 'evil.example',
        Connection: 'x-trace',
        'Transfer-Encoding': 'chunked',
        'Content-Length': '999',
        'Proxy-Authorization': 'Basic eDp5',
        Origin: 'http://evil.example',
        'X-Trace': '7',
      },
    })
    const sent = asked[0]!.request.headers
    expect(Object.keys(sent).toSorted()).toEqual([
      'accept-encoding',
      'connection',
      'host',
      'x-trace',
    ])
    expect(sent.host).toBe(`localhost:${port}`)
    expect(sent.connection).toBe('close')
    expect(headers.map((one) => one.name.toLowerCase()).toSorted()).toEqual([
      'content-type',
      'date',
      'x-trace',
    ])
  })
})

describe('judges', () => {
  test.each([
    [
      'a body that breaks its schema',
      { body: '{"items":[1]}' },
      [
        'The answer has no `total`, which is required.',
        'items[0] is an integer, expected a string.',
      ],
    ],
    [
      'a status that the contract lacks',
      { status: 500 },
      ['The contract has no answer 500 for this operation, only 200, 4XX.'],
    ],
    [
      'another type',
      { headers: { 'content-type': 'text/html' }, body: '<p>' },
      ['The answer is text/html, but the contract promises application/json.'],
    ],
    [
      'what only says that it is JSON',
      { body: '{' },
      ['The answer says that it is JSON, but it cannot be read as JSON.'],
    ],
    [
      'an empty answer',
      { body: '' },
      ['The answer is empty, but the contract promises application/json.'],
    ],
  ])('%s', async (_, given, messages) => {
    answer = { headers: { 'content-type': 'application/json' }, ...given }
    const { matches, violations } = await answered(shopWith(), {})
    expect(matches).toBe(false)
    expect(violations.map((one) => one.message)).toEqual(messages)
  })

  test('a status of a class that the contract has', async () => {
    answer = { status: 418 }
    expect(await answered(shopWith(), {})).toMatchObject({ described: '4XX', matches: true })
  })

  test('nothing it has not read to the end, and no more than two megabytes', async () => {
    answer = {
      headers: { 'content-type': 'application/json' },
      body: `{"items":["${'x'.repeat(2_100_000)}"],"total":1}`,
    }
    const large = await answered(shopWith(), {})
    expect(large).toMatchObject({ cut: true, bytes: 2_000_000 })
    expect(large.matches).toBeUndefined()
  })

  test('no pictures', async () => {
    answer = {
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0xff, 0xd8, 0xff, 0xfe]),
    }
    const picture = await answered(shopWith(), {})
    expect(picture).toMatchObject({ binary: true, body: '', bytes: 4 })
    expect(picture.matches).toBeUndefined()
  })

  test('what came compressed, though nobody asked, but no bombs', async () => {
    answer = {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync('{"items":[],"total":0}'),
    }
    expect(await answered(shopWith(), {})).toMatchObject({
      matches: true,
      body: '{"items":[],"total":0}',
    })
    answer = {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(new Uint8Array(30_000_000)),
    }
    expect(await answered(shopWith(), {})).toMatchObject({ binary: true, body: '' })
  })
})

describe('does not leave what the workspace names', () => {
  test.each([
    'http://evil.example',
    'http://localhost.evil',
    'http://store.example@evil.example',
    'http://store.example:pass@evil.example',
    'http://store.example.',
    'http://store.example/../..',
    'http://store.example/v1/',
    'HTTP://STORE.EXAMPLE/v1',
    'http://store.example/v1#@evil.example',
    'http://2130706433',
    'http://0x7f000001',
    'http://127.1',
    'http://[::ffff:127.0.0.1]',
    'http://127.0.0.1',
    'http://0',
    '//evil.example',
    'file:///etc/passwd',
    'production',
    '__proto__',
    'constructor',
    ' mock',
    'mock/../..',
  ])('refuses the target %s', async (target) => {
    let looked = 0
    const never = ((...all: unknown[]) => {
      looked++
      ;(all.at(-1) as (error: Error) => void)(new Error('looked up'))
    }) as unknown as typeof lookup
    const app = shopWith({
      servers: ['http://store.example/v1'],
      environments: { staging: 'https://staging.example' },
      send: { lookup: never },
    })
    const response = await tried(app, { target })
    expect(response.status).toBe(403)
    expect(await differences('tryOperation', response)).toEqual([])
    expect([asked.length, looked]).toEqual([0, 0])
  })

  test.each([
    ['userinfo', 'http://store.example@127.0.0.1:PORT'],
    ['a password', 'http://a:b@127.0.0.1:PORT'],
    ['an address as one number', 'http://2130706433:PORT'],
    ['an address as hexadecimal', 'http://0x7f.1:PORT'],
    ['another scheme', 'ftp://127.0.0.1:PORT'],
    ['no host', 'http:///127.0.0.1:PORT'],
    ['a relative address', '/v1'],
  ])('does not offer a server written with %s', async (_, written) => {
    const server = written.replace('PORT', String(port))
    const app = shopWith({ servers: [server], environments: { staging: server } })
    expect((await tried(app, { target: server })).status).toBe(403)
    expect((await tried(app, { target: 'staging' })).status).toBe(403)
    expect(asked).toEqual([])
  })

  test.each([
    ['..', '1', undefined],
    ['.', '1', undefined],
    ['1', '..', undefined],
    ['', '1', undefined],
    ['%2e%2e', '1', '/store/orders/%252e%252e/lines/1'],
    ['..\\..', '1', '/store/orders/..%5C../lines/1'],
    ['../../_throughline', '1', '/store/orders/..%2F..%2F_throughline/lines/1'],
  ])('keeps the path of the operation: %j, %j', async (id, line, url) => {
    const request = { operation: 'store.getLine', pathParameters: { id, line } }
    expect((await tried(shopWith(), request)).status).toBe(url === undefined ? 400 : 200)
    expect(asked.map((one) => one.request.url)).toEqual(url === undefined ? [] : [url])
  })

  test('shows a redirect and does not follow it', async () => {
    answer = { status: 302, headers: { location: `http://127.0.0.1:${port}/_throughline/secret` } }
    const redirected = await answered(shopWith(), {})
    expect(redirected).toMatchObject({ status: 302, matches: false })
    expect(redirected.headers).toContainEqual({
      name: 'location',
      value: `http://127.0.0.1:${port}/_throughline/secret`,
    })
    expect(asked).toHaveLength(1)
  })

  const leadingTo = (address: string): typeof lookup =>
    ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(null, [{ address, family: address.includes(':') ? 6 : 4 }])) as unknown as typeof lookup

  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    'fd00::1',
    '0.0.0.0',
  ])('refuses a name of a contract that leads to %s', async (address) => {
    const server = `http://store.example:${port}`
    const app = shopWith({ servers: [server], send: { lookup: leadingTo(address) } })
    const response = await tried(app, { target: server })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      title: `store.example:${port} leads into this network`,
    })
    expect(asked).toEqual([])
  })

  test('follows a name that the team itself has given to its network', async () => {
    const app = shopWith({
      environments: { staging: `http://store.internal:${port}` },
      send: { lookup: leadingTo('127.0.0.1') },
    })
    expect(await answered(app, { target: 'staging' })).toMatchObject({ status: 200 })
  })

  test('refuses link-local addresses of a contract, where clouds keep credentials', async () => {
    const server = 'http://169.254.169.254/latest'
    const response = await tried(shopWith({ servers: [server] }), { target: server })
    expect(response.status).toBe(403)
  })
})

describe('says why nothing came', () => {
  test('when nobody listens', async () => {
    const app = shopWith({ environments: { staging: 'http://127.0.0.1:1' } })
    const response = await tried(app, { target: 'staging' })
    expect(await differences('tryOperation', response.clone())).toEqual([])
    expect(await response.json()).toMatchObject({
      status: 502,
      title: '127.0.0.1:1 did not answer: nothing listens there',
    })
  })

  test('when the connection is cut', async () => {
    answer = 'cut'
    expect(await (await tried(shopWith(), {})).json()).toMatchObject({
      status: 502,
      title: `localhost:${port} did not answer: the connection was cut`,
    })
  })

  test('when it takes too long', async () => {
    answer = 'never'
    const response = await tried(shopWith({ send: { within: 50 } }), {})
    expect(await differences('tryOperation', response.clone())).toEqual([])
    expect(response.status).toBe(504)
  })
})

test.each([
  [undefined, 'The body must be a JSON object with operation and target'],
  [[], 'The body must be a JSON object with operation and target'],
  [{ target: 'mock' }, 'operation must be a name such as store.getBasket'],
  [
    { operation: 'store.getBasket' },
    'target must be mock, the name of an environment, or a server of the contract',
  ],
  [
    { operation: 'store.getBasket', target: 'mock', headers: { a: 1 } },
    'headers must be an object of texts',
  ],
  [
    { operation: 'store.getBasket', target: 'mock', query: { a: [1] } },
    'query must be an object of texts, or of lists of texts',
  ],
  [{ operation: 'store.getBasket', target: 'mock', body: {} }, 'body must be a text'],
  [
    { operation: 'store.getBasket', target: 'mock', headers: { 'a b': '1' } },
    '"a b" is no name of a header',
  ],
  [
    { operation: 'store.getBasket', target: 'mock', headers: { a: '1\r\nHost: evil.example' } },
    'The header a has characters that no header can carry',
  ],
  [
    { operation: 'store.getLine', target: 'mock', pathParameters: { id: '1' } },
    'The path needs line',
  ],
])('refuses %j', async (body, title) => {
  const response = await shopWith().ask('/api/try', {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(await differences('tryOperation', response.clone())).toEqual([])
  expect(await response.json()).toMatchObject({ status: 400, title })
  expect(asked).toEqual([])
})

test('refuses what is too long to be read', async () => {
  const response = await tried(shopWith(), { body: 'x'.repeat(6_000_000) })
  expect(response.status).toBe(413)
  expect(await differences('tryOperation', response)).toEqual([])
})

test('knows only operations of the workspace', async () => {
  expect((await tried(shopWith(), { operation: 'store.getCrate' })).status).toBe(404)
})
