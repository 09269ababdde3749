import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createConnection } from 'node:net'
import { compile } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from './listen.ts'
import type { Listening } from './listen.ts'
import { mock } from './mock.ts'
import { textBytes } from './text-bytes.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { '200': { description: x, content: { application/json: { schema: { type: object }, example: { items: [bread, eggs], total: 2 } } } } }
    post:
      operationId: addToBasket
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: Done } }
`,
  'journeys/checkout.journey.yaml':
    'journey: checkout\nsteps: [{ step: basket, calls: [{ operation: store.getBasket }] }]\n',
  'scenarios/cut.scenario.yaml':
    'scenario: cut\nrules: [{ operation: store.getBasket, fault: truncate }]\n',
  'scenarios/slow.scenario.yaml':
    'scenario: slow\nrules: [{ operation: store.getBasket, latency: { fixed: 60ms } }]\n',
}
const basket = '{"items":["bread","eggs"],"total":2}'

const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})
let server: Listening

beforeAll(async () => {
  server = await listen(mock(graph), { port: 0, mostBytes: 1000 })
})
afterAll(() => server.close())

test('answers over one connection again and again', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ports = new Set<number>()
  for (let call = 0; call < 3; call++) {
    const { text, response, port } = await get('/basket', {}, agent)
    expect([response.statusCode, text, response.headers['content-length']]).toEqual([
      200,
      basket,
      '36',
    ])
    ports.add(port)
  }
  expect(ports.size).toBe(1)
  agent.destroy()
})

test('keeps what waits for a client that does not read, whatever it answers to others', async () => {
  const bodyOf = (url: string): string => `<${url}> `.repeat(1500)
  const echoing = await listen(
    {
      ...mock(graph),
      answer: ({ url }) => ({ status: 200, headers: [], body: textBytes(bodyOf(url)) }),
    },
    { port: 0 },
  )
  const urls = Array.from({ length: 600 }, (_, index) => `/order-${index}`)
  const slow = createConnection(echoing.port, '127.0.0.1')
  slow.pause()
  slow.write(urls.map((url) => `GET ${url} HTTP/1.1\r\nHost: shop\r\n\r\n`).join(''))
  for (let index = 0; index < 40; index++) {
    const answer = await fetch(`${echoing.url}/basket-${index}`)
    expect(await answer.text()).toBe(bodyOf(`/basket-${index}`))
  }
  const chunks: string[] = []
  slow.setEncoding('latin1').on('data', (chunk: string) => chunks.push(chunk))
  slow.resume()
  const end = `<${urls.at(-1)!}> `
  while (chunks.at(-1)?.endsWith(end) !== true) await new Promise((done) => setTimeout(done, 5))
  const read = chunks.join('')
  const bodies = read.split(/HTTP\/1\.1 200 OK\r\n[^<]*\r\n\r\n/).slice(1)
  expect(bodies.length).toBe(urls.length)
  expect(bodies.findIndex((body, index) => body !== bodyOf(urls[index]!))).toBe(-1)
  slow.destroy()
  await echoing.close()
})

test('answers HEAD with the length of the body and no body', async () => {
  const response = await fetch(`${server.url}/basket`, { method: 'HEAD' })
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
    200,
    '36',
    '',
  ])
})

test('cuts the connection when people are offline', async () => {
  await expect(
    get('/basket', { 'throughline-scenario': 'checkout/basket/offline' }),
  ).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('says nothing at all on a timeout, until the client leaves', async () => {
  const signal = AbortSignal.timeout(80)
  await expect(
    fetch(`${server.url}/basket`, {
      signal,
      headers: { 'throughline-scenario': 'checkout/basket/timeout' },
    }),
  ).rejects.toThrow(/timeout/)
})

test('breaks off in the middle of the body', async () => {
  const response = await fetch(`${server.url}/basket`, {
    headers: { 'throughline-scenario': 'cut' },
  })
  expect([response.status, response.headers.get('content-length')]).toEqual([200, '36'])
  await expect(response.text()).rejects.toThrow('terminated')
})

test('waits as long as a scenario says', async () => {
  const start = performance.now()
  const response = await fetch(`${server.url}/basket`, {
    headers: { 'throughline-scenario': 'slow' },
  })
  expect([response.status, performance.now() - start >= 55]).toEqual([200, true])
})

test('refuses a body that is too big, and goes on', async () => {
  const big = await fetch(`${server.url}/basket`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ note: 'x'.repeat(5000) }),
  })
  expect(big.status).toBe(413)
  expect(
    (
      await fetch(`${server.url}/basket`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
    ).status,
  ).toBe(204)
})

test('takes a whole URL in the request line, and survives what is no HTTP', async () => {
  expect(
    await raw(
      `GET http://store.example/basket HTTP/1.1\r\nHost: store.example\r\nConnection: close\r\n\r\n`,
    ),
  ).toContain('HTTP/1.1 200 OK')
  expect(await raw(`GET /%ff%fe/\u0001 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 40\d/,
  )
  expect(await raw('\u0000\u0001nonsense\r\n\r\n')).toContain('400 Bad Request')
  expect((await fetch(`${server.url}/basket`)).status).toBe(200)
})

test('ends at once, with a client that waits and a page that listens', async () => {
  const other = await listen(mock(graph, { scenario: 'checkout/basket/timeout' }), { port: 0 })
  const waiting = fetch(`${other.url}/basket`).catch(() => 'gone')
  const events = await fetch(`${other.url}/_throughline/events`)
  const reader = events.body!.getReader()
  await reader.read()
  await other.close()
  expect(await waiting).toBe('gone')
  await expect(reader.read()).rejects.toThrow('terminated')
})

test('says which port is taken', async () => {
  await expect(listen(mock(graph), { port: server.port })).rejects.toMatchObject({
    code: 'TL9002',
    message: expect.stringContaining(`Port ${server.port} is taken`),
  })
})

function get(
  path: string,
  headers: Readonly<Record<string, string>>,
  agent?: Agent,
): Promise<{ text: string; response: IncomingMessage; port: number }> {
  return new Promise((resolve, reject) => {
    const options = { headers, ...(agent && { agent }) }
    const sent = request(`${server.url}${path}`, options, (response) => {
      let text = ''
      const port = response.socket.localPort ?? 0
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ text, response, port }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = createConnection(server.port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (answer += chunk))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}
