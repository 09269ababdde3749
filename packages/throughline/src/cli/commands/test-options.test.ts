import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const order = '{ type: object, required: [id], properties: { id: { type: string } } }'
const workspace = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml } }
`,
  'apis/store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
components: { securitySchemes: { member: { type: http, scheme: bearer } } }
paths:
  /sessions:
    post:
      operationId: createSession
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [email], properties: { email: { type: string } } } } } }
      responses: { 201: { description: In }, 422: { description: No } }
  /orders:
    get:
      operationId: listOrders
      security: [{ member: [] }]
      responses:
        200: { description: Orders, content: { application/json: { schema: { type: array, items: ${order} } } } }
        401: { description: Who are you }
    post:
      operationId: createOrder
      security: [{ member: [] }]
      responses:
        201: { description: Made, content: { application/json: { schema: ${order} } } }
        401: { description: Who are you }
  /orders/{id}:
    get:
      operationId: getOrder
      security: [{ member: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        200: { description: An order, content: { application/json: { schema: ${order} } } }
        401: { description: Who are you }
        404: { description: None }
`,
  'journeys/account.journey.yaml': `journey: account
title: See orders
steps:
  - step: sign-in
    title: Sign in
    calls: [{ operation: store.createSession, budget: { p95: 1ms } }]
`,
}

async function shop() {
  const seen: { readonly line: string; readonly who: string; readonly at: number }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const who = request.headers.authorization ?? ''
      seen.push({ line: `${request.method} ${request.url}`, who, at: performance.now() })
      response.setHeader('content-type', 'application/json')
      if (request.url === '/sessions') {
        const isMaya = body.includes('maya@example.com')
        response.statusCode = isMaya ? 201 : 422
        setTimeout(() => response.end(isMaya ? '{"data":{"access_token":"of-maya"}}' : '{}'), 5)
      } else if (!['Bearer of-maya', 'Bearer of-tom'].includes(who)) {
        response.statusCode = 401
        response.setHeader('www-authenticate', 'Bearer')
        response.end('{}')
      } else if (request.url === '/orders' && request.method === 'POST') {
        response.statusCode = 201
        response.end('{"id":"CM-1"}')
      } else if (request.url === '/orders')
        response.end(who === 'Bearer of-maya' ? '[{"id":"CM-1"}]' : '[]')
      else {
        response.statusCode = request.url === '/orders/CM-1' ? 200 : 404
        // What one ordered, everybody may read: that is the fault.
        response.end(response.statusCode === 200 ? '{"id":"CM-1"}' : '{}')
      }
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const maya = ['--header', 'Authorization: Bearer of-maya'] as const

test('signs in by a step of a journey, with secrets from the environment', async () => {
  const { url, seen } = await shop()
  const files = { ...workspace, 'login.yaml': 'email: ${LOGIN_EMAIL}\n' }
  const shell = shellIn(files, { LOGIN_EMAIL: 'maya@example.com' })
  const run = (...more: string[]) =>
    shell.run('test', '--target', url, '--phases', 'examples', '--include', 'listOrders', ...more)
  const { stdout, status } = await run('--login', 'account/sign-in', '--login-data', 'login.yaml')
  expect(stdout).toContain('nothing found')
  expect(status).toBe(0)
  expect(seen.slice(0, 2).map(({ line }) => line)).toEqual(['POST /sessions', 'GET /orders'])
  expect(seen[1]!.who).toBe('Bearer of-maya')
  expect(stdout).not.toContain('of-maya')
  const refused = await run('--login', 'store.createSession')
  expect(refused.status).toBe(2)
  expect(refused.stderr).toContain('POST /sessions answered 422')
  expect((await run('--login', 'account/nothing')).stderr).toContain('is neither a step with calls')
})

test('sees what another user must not', async () => {
  const { url } = await shop()
  const run = (...more: string[]) =>
    shellIn(workspace).run('test', '--target', url, '--include', 'store.*Order*', ...maya, ...more)
  expect((await run('--fuzz', '0')).stdout).not.toContain('other-user-sees')
  const { stdout } = await run('--fuzz', '0', '--second-header', 'Authorization: Bearer of-tom')
  expect(stdout).toContain('error GET /orders/{id} other-user-sees')
})

test('asks only what is included and not excluded, by globs, names and paths', async () => {
  const { url, seen } = await shop()
  const asked = async (...more: string[]) => {
    seen.length = 0
    await shellIn(workspace).run('test', '--target', url, '--phases', 'examples', ...maya, ...more)
    return [...new Set(seen.map(({ line }) => line.replace(/(orders)\/.+/, '$1/{id}')))].toSorted()
  }
  expect(await asked('--include', 'store.get*')).toEqual(['GET /orders/{id}'])
  expect(await asked('--include', 'GET /orders')).toEqual(['GET /orders'])
  expect(await asked('--exclude', 'create*,/orders/{id}')).toEqual(['GET /orders'])
})

test('sends no more in a second than it may, and ends when its time is over', async () => {
  const { url, seen } = await shop()
  const { stderr, stdout } = await shellIn(workspace).run(
    'test',
    '--target',
    url,
    ...maya,
    '--rate-limit',
    '20',
    '--max-time',
    '2',
    '--fuzz',
    '100000',
  )
  expect(stdout).toContain('stopped before the end')
  expect(stderr).not.toContain('Error')
  // Two seconds at 20 a second, and the few that were under way.
  expect(seen.length).toBeGreaterThan(5)
  expect(seen.length).toBeLessThanOrEqual(60)
})

test('holds budgets of calls that write as well', async () => {
  const { url } = await shop()
  const files = {
    ...workspace,
    'apis/store.yaml': workspace['apis/store.yaml'].replace(
      'email: { type: string }',
      'email: { type: string, const: maya@example.com }',
    ),
  }
  const { stdout } = await shellIn(files).run(
    'test',
    '--target',
    url,
    '--phases',
    'journeys',
    '--include',
    'createSession',
  )
  expect(stdout).toContain('warning POST /sessions budget')
  expect(stdout).toContain('Hurts account/sign-in.')
})
