import { createConnection } from 'node:net'
import type { Socket } from 'node:net'
import { compile } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from './listen.ts'
import type { Listening } from './listen.ts'
import { mock } from './mock.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { '200': { description: x, content: { application/json: { schema: { type: object }, example: { items: [] } } } } }
    post:
      operationId: addToBasket
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: Done } }
`,
  'journeys/checkout.journey.yaml':
    'journey: checkout\nsteps: [{ step: basket, calls: [{ operation: store.getBasket }] }]\n',
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})
let server: Listening

beforeAll(async () => {
  server = await listen(mock(graph), {
    port: 0,
    mostBytes: 10_000,
    limits: { headersTimeout: 100, requestTimeout: 200 },
  })
})
afterAll(() => server.close())

const HEAD = 'POST /basket HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

test('refuses a body of 100 MB before any of it has come', async () => {
  const answer = await said(`${HEAD}Content-Length: 100000000\r\n\r\n{`)
  expect(answer).toContain('HTTP/1.1 413 Payload Too Large')
  expect(answer).toContain('application/problem+json')
  expect(answer).not.toContain('100 Continue')
})

test('tells a client that asks first that its body is too long, and lets others go on', async () => {
  const long = await said(`${HEAD}Expect: 100-continue\r\nContent-Length: 100000000\r\n\r\n`)
  expect(long).toMatch(/^HTTP\/1\.1 413 /)
  const short = await said(
    `${HEAD}Connection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`,
    '{}',
  )
  expect(short).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 204 /)
})

test('refuses a body without a length once it grows too long', async () => {
  const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`
  const answer = await said(
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n`,
    ...Array.from({ length: 9 }, () => chunk),
  )
  expect(answer).toContain('HTTP/1.1 413 Payload Too Large')
  expect(await basket()).toBe('{"items":[]}')
})

test('goes on listening for a moment to whom it has refused, so that the answer is heard', async () => {
  const socket = createConnection(server.port, '127.0.0.1')
  const sent = (text: string): Promise<Error | null | undefined> =>
    new Promise((resolve) => socket.write(text, resolve))
  const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`
  const answered = new Promise<string>((resolve) =>
    socket.once('data', (data: Buffer) => resolve(data.toString())),
  )
  socket.on('error', () => {})
  await sent(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(9)}`)
  expect(await answered).toContain('HTTP/1.1 413 Payload Too Large')
  for (let more = 0; more < 20; more++) expect(await sent(chunk)).toBeFalsy()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.end()
  await closed
})

test('answers 431 where there are too many headers', async () => {
  const answer = await said(
    `GET /basket HTTP/1.1\r\nHost: localhost\r\nCookie: ${'a=b; '.repeat(10_000)}\r\n\r\n`,
  )
  expect(answer).toContain('HTTP/1.1 431 Request Header Fields Too Large')
  expect(answer).toContain('Old cookies are the usual reason')
  expect(await basket()).toBe('{"items":[]}')
})

test('answers 408 where headers do not end, and where a body does not', async () => {
  const [headers, body] = await Promise.all([
    said('GET /basket HTTP/1.1\r\nHost: loc'),
    said(`${HEAD}Content-Length: 20\r\n\r\n{"slow":`),
  ])
  expect(headers).toContain('HTTP/1.1 408 Request Timeout')
  expect(body).toContain('HTTP/1.1 408 Request Timeout')
  expect(body).toContain('Send the whole request at once')
  expect(await basket()).toBe('{"items":[]}')
})

test('goes on when clients leave in the middle', async () => {
  const leaving = Array.from({ length: 30 }, (_, index) => {
    const text = [
      HEAD,
      `${HEAD}Content-Length: 5000\r\n\r\n{"half`,
      'GET /basket HTTP/1.1\r\nHost: x\r\n\r\n',
    ]
    return new Promise<void>((resolve) => {
      const socket = createConnection(server.port, '127.0.0.1', () => {
        socket.write(text[index % 3]!, () => {
          socket.resetAndDestroy()
          resolve()
        })
      })
      socket.on('error', () => {})
    })
  })
  await Promise.all(leaving)
  expect(await basket()).toBe('{"items":[]}')
})

test('finds nothing outside, however the path is written', async () => {
  for (const path of [
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '//etc/passwd',
    '/basket/../../../etc/passwd',
    '/_throughline/../../etc/passwd',
    '/_throughline/%2e%2e%2fpackage.json',
  ]) {
    const answer = await said(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    expect(answer, path).toMatch(/^HTTP\/1\.1 404 /)
    expect(answer, path).not.toContain('root:')
  }
})

/** What a client that behaves gets. */
async function basket(): Promise<string> {
  return (await fetch(`${server.url}/basket`)).text()
}

/** What the server says to pieces of a request, sent one after the other, until it hangs up or an answer is there. */
function said(...pieces: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket: Socket = createConnection(server.port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
    })
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      answer += chunk
      const length =
        /^HTTP\/1\.1 [2-5](?:.|\r\n)*?Content-Length: (\d+)\r\n(?:.|\r\n)*?\r\n\r\n/i.exec(answer)
      if (length !== null && answer.length >= length[0].length + Number(length[1])) socket.end()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)))
  })
}
