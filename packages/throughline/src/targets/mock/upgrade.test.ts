import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createConnection } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { compile } from '@throughline/core'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'
import type { Listening } from './listen.ts'
import { mock } from './mock.ts'
import { backendsOf } from './proxy/backends.ts'
import type { ProxyOptions } from './proxy/backends.ts'
import { upgradeOf } from './upgrade.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': `throughline: 1
name: Shop
apis:
  store: { contract: store.yaml, stages: { watchCoupons: planned } }
`,
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket/live:
    get: { operationId: watchBasket, responses: { '101': { description: A WebSocket } } }
  /coupons/live:
    get: { operationId: watchCoupons, responses: { '200': { description: x } } }
`,
  'scenarios/shut.scenario.yaml':
    'scenario: shut\nrules: [{ operation: store.watchBasket, respond: { status: 503 } }]\n',
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})

test('pipes a connection that switches to another protocol to the backend and back', async () => {
  const seen: IncomingMessage[] = []
  const shop = await behind((request, socket) => {
    seen.push(request)
    greet(socket, 'first')
    socket.pipe(socket)
  })
  const line = await asking(shop, '/basket/live?shop=2', 'sent early')
  expect(await line.until('sent early')).toMatch(
    /^HTTP\/1\.1 101 Switching Protocols\r\n(.+\r\n)*\r\nfirst/,
  )
  expect(line.text()).toMatch(/\r\nUpgrade: websocket\r\n/)
  expect(line.text()).toMatch(/\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/)
  expect(line.text()).toMatch(/\r\nThroughline-Answered-By: backend\r\n/)
  line.socket.write('\u0001\u0002'.repeat(100_000))
  await line.until('\u0001\u0002'.repeat(100_000))
  expect(seen.map((one) => one.url)).toEqual(['/v1/basket/live?shop=2'])
  expect(seen[0]!.headers).toMatchObject({
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    via: expect.stringContaining('throughline-'),
  })
  line.socket.end()
  await line.closed
})

test('passes on what the API does not describe, and a word of refusal', async () => {
  const shop = await behind((request, socket) => {
    if (request.url === '/v1/prices') greet(socket, 'prices')
    else socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\nWho? ')
  })
  const prices = await asking(shop, '/prices')
  await prices.until('prices')
  prices.socket.destroy()
  const refused = await asking(shop, '/basket/live')
  await refused.closed
  expect(refused.text()).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/)
  expect(refused.text()).toMatch(/Who\? $/)
})

test('answers 501 where the mock answers, and other errors as they are', async () => {
  const alone = await running()
  const shop = await behind((_, socket) => greet(socket, 'never'))
  for (const [url, path] of [
    [alone, '/basket/live'],
    [alone, '/nowhere'],
    [shop, '/coupons/live'],
    [shop, '/_throughline/'],
  ] as const) {
    const line = await asking(url, path)
    await line.closed
    expect(line.text(), path).toMatch(/^HTTP\/1\.1 501 Not Implemented\r\n/)
    expect(line.text(), path).toContain('Nobody here speaks websocket')
  }
  const shut = await asking(shop, '/basket/live', '', 'Throughline-Scenario: shut\r\n')
  await shut.closed
  expect(shut.text()).toMatch(/^HTTP\/1\.1 503 /)
})

test('gives up on a backend that does not switch, and on one that is not there', async () => {
  const silent = await behind(() => {}, { timeout: 50 })
  const waiting = await asking(silent, '/basket/live')
  await waiting.closed
  expect(waiting.text()).toMatch(/^HTTP\/1\.1 504 Gateway Timeout\r\n/)
  const gone = await running({ backends: new Map([['store', 'http://127.0.0.1:1']]) })
  const refused = await asking(gone, '/basket/live')
  await refused.closed
  expect(refused.text()).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/)
})

test('ends what is open on both sides when either leaves, and when it is closed', async () => {
  const there: Duplex[] = []
  const shop = await behind((_, socket) => {
    there.push(socket)
    greet(socket, 'hello')
    socket.resume().once('end', () => socket.end())
  })
  const [first, second, third] = await Promise.all([
    asking(shop, '/basket/live'),
    asking(shop, '/basket/live'),
    asking(shop, '/basket/live'),
  ])
  await Promise.all([first, second, third].map((one) => one.until('hello')))
  const left = Promise.all(there.map((one) => new Promise((done) => one.once('close', done))))
  first.socket.destroy()
  there[1]!.destroy()
  await Promise.all([first.closed, second.closed])
  expect(third.socket.destroyed).toBe(false)
  await shop.close()
  await Promise.all([left, third.closed])
})

test('goes on with HTTP where only another way to speak it is offered', async () => {
  const alone = await running()
  const line = await asking(alone, '/coupons/live', '', 'Connection: close\r\n', 'h2c')
  await line.closed
  expect(line.text()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(upgradeOf({ upgrade: 'h2c, websocket' })).toBe('websocket')
  expect(upgradeOf({ upgrade: 'websocket', 'content-length': '2' })).toBeUndefined()
})

interface Line {
  readonly socket: Socket
  readonly text: () => string
  readonly until: (text: string) => Promise<string>
  readonly closed: Promise<void>
}

/** A raw client that asks to switch, and sends something before it has heard an answer. */
function asking(
  { port }: Listening,
  path: string,
  early = '',
  headers = '',
  protocol = 'websocket',
): Promise<Line> {
  return new Promise((resolve) => {
    let text = ''
    const hearing = new Set<() => void>()
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${headers}\r\n${early}`,
      )
      resolve({ socket, text: () => text, until, closed })
    })
    socket.setEncoding('latin1')
    socket.on('error', () => {})
    socket.on('data', (chunk: string) => {
      text += chunk
      for (const hear of hearing) hear()
    })
    const closed = new Promise<void>((done) => socket.once('close', () => done()))
    const until = (wanted: string): Promise<string> =>
      new Promise((done) => {
        const hear = (): void => {
          if (text.endsWith(wanted)) done(text)
        }
        hearing.add(hear)
        hear()
      })
    onTestFinished(() => void socket.destroy())
  })
}

/** A mock in front of a backend that speaks another protocol, once asked. */
async function behind(
  switching: (request: IncomingMessage, socket: Duplex) => void,
  options: Partial<ProxyOptions> = {},
): Promise<Listening> {
  const backend = createServer()
  const open = new Set<Duplex>()
  backend.on('upgrade', (request, socket, head) => {
    open.add(socket)
    socket.on('error', () => {})
    if (head.length > 0) socket.unshift(head)
    switching(request, socket)
  })
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    backend.close()
    for (const one of open) one.destroy()
  })
  const { port } = backend.address() as AddressInfo
  return running({ backends: new Map([['store', `http://127.0.0.1:${port}/v1`]]), ...options })
}

async function running(options?: ProxyOptions): Promise<Listening> {
  const backends = options && backendsOf(options)
  const server = await listen(mock(graph, backends && { backends }), { port: 0 })
  onTestFinished(async () => {
    await server.close()
    backends?.close()
  })
  return server
}

function greet(socket: Duplex, word: string): void {
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n${word}`,
  )
}
