import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { compile, writtenRequest, type Operation } from '@throughline/core'
import { expect, onTestFinished, test } from 'vitest'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { verdictOf, type Case } from './case.ts'
import type { Exchange } from './exchange.ts'
import { senderTo, type Sender, type SendOptions } from './send.ts'

const { graph } = compile(
  filesOf({
    'store.yaml':
      'openapi: 3.1.0\ninfo: { title: Store, version: "1" }\npaths: { /basket: { get: { operationId: getBasket, responses: {} } } }\n',
  }),
  { contracts: ['store.yaml'] },
)
const getBasket: Operation = graph.apis[0]!.contract!.operations[0]!

function basketCase(): Case {
  const said = { parameters: new Map() }
  const request = writtenRequest(getBasket, said)
  if ('unsayable' in request) throw new Error(request.unsayable)
  return {
    id: 'store.getBasket/examples/1',
    operation: getBasket,
    phase: 'examples',
    said,
    request,
    verdict: verdictOf(getBasket, request),
    identity: 'valid',
    credentials: [['authorization', 'Bearer t']],
  }
}

async function addressOf(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function outcome(target: string, options: Partial<SendOptions> = {}): Promise<Exchange> {
  const sender: Sender = senderTo({ target, connections: 1, within: 400, most: 10_000, ...options })
  onTestFinished(sender.close)
  return sender.send(basketCase())
}

/** A server that writes these bytes to whoever connects, and then does nothing or hangs up. */
async function saying(text: string | Uint8Array, hangUp = false): Promise<string> {
  return addressOf(
    createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => (hangUp ? socket.end(text) : socket.write(text)))
    }),
  )
}

async function answering(listener: RequestListener): Promise<string> {
  return addressOf(createHttpServer(listener))
}

test('sends what is written, below the path of the target, with everybody’s headers and credentials', async () => {
  let seen = ''
  const target = await answering(({ method, url, headers }, response) => {
    seen = `${method} ${url} ${String(headers['x-tenant'])} ${headers.authorization}`
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    response.end('{}')
  })
  const exchange = await outcome(`${target}/api/`, {
    headers: [['X-Tenant', 'corner']],
  })
  expect(seen).toBe('GET /api/basket corner Bearer t')
  expect(exchange.url).toBe(`${target}/api/basket`)
  expect(exchange.outcome).toMatchObject({ kind: 'answered', status: 200, cut: false, bytes: 2 })
  if (exchange.outcome.kind === 'answered')
    expect(exchange.outcome.headers.get('set-cookie')).toBe('a=1, b=2')
})

test('takes a redirect as the answer it is', async () => {
  const target = await answering((_, response) => {
    response.writeHead(302, { location: 'http://elsewhere.example/' }).end()
  })
  expect((await outcome(target)).outcome).toMatchObject({ kind: 'answered', status: 302 })
})

test.each([
  ['gzip', gzipSync('{"total":1}'), '{"total":1}', false],
  ['gzip', gzipSync(Buffer.alloc(50_000_000)), '', true],
  ['gzip', Buffer.from('this is not gzip'), '', true],
  ['snappy', Buffer.from('who knows'), '', true],
])('undoes compression within its limits: %s %#', async (encoding, bytes, text, cut) => {
  const target = await answering((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(bytes)
  })
  const { outcome: found } = await outcome(target, { most: 100_000 })
  expect(found).toMatchObject({ kind: 'answered', cut })
  if (found.kind === 'answered') expect(Buffer.from(found.body).toString()).toBe(text)
})

test('stops reading a body that never ends', async () => {
  const target = await answering((_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(5000)));
      response.once('drain', more)
    }
    more()
  })
  expect((await outcome(target)).outcome).toMatchObject({ kind: 'answered', cut: true })
})

const nothing = 'nothing listens there'
const whole = 'the answer was not whole within 0.4 seconds'
test.each([
  ['says nothing', (): Promise<string> => saying(''), 'timeout', whole],
  [
    'stops in the middle of the headers',
    (): Promise<string> => saying('HTTP/1.1 200 OK\r\nx: '),
    'timeout',
    whole,
  ],
  [
    'stops in the middle of the body',
    (): Promise<string> => saying('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a'),
    'timeout',
    whole,
  ],
  [
    'hangs up in the middle of the body',
    (): Promise<string> => saying('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a', true),
    'reset',
    'the connection was cut before the answer was whole',
  ],
  [
    'hangs up at once',
    (): Promise<string> => saying('', true),
    'reset',
    'the connection was cut before the answer was whole',
  ],
  [
    'speaks something else',
    (): Promise<string> => saying('SSH-2.0-OpenSSH_9.6\r\n'),
    'garbage',
    'what came is no HTTP answer',
  ],
  [
    'is not there',
    (): Promise<string> => Promise.resolve('http://127.0.0.1:9'),
    'refused',
    nothing,
  ],
] as const)('says what a server does that %s', async (_, start, why, message) => {
  expect((await outcome(await start())).outcome).toEqual({ kind: 'failed', why, message })
})

test('ends when the run ends', async () => {
  const sender = senderTo({ target: await saying(''), connections: 1, within: 60_000 })
  onTestFinished(sender.close)
  const stop = new AbortController()
  const sent = sender.send(basketCase(), stop.signal)
  stop.abort()
  expect((await sent).outcome.kind).toBe('failed')
})
