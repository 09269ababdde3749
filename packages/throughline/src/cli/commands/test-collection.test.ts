import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const workspace = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml } }
`,
  'apis/store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        content: { application/json: { schema: { type: object, required: [sku], properties: { sku: { type: string } } } } }
      responses:
        201:
          description: Made
          content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string } } } } }
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        200:
          description: The order
          content:
            application/json:
              schema: { type: object, required: [id, total], properties: { id: { type: string }, total: { type: number } } }
`,
  'journeys/order.journey.yaml': `journey: order
title: Look at an order
steps:
  - step: receipt
    title: The receipt
    screen: /orders/:id
    calls:
      - operation: store.getOrder
        needs: [total]
`,
}

const collection = {
  info: {
    name: 'Shop checks',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
  variable: [{ key: 'baseUrl', value: 'http://nobody.invalid' }],
  item: [
    {
      name: 'Orders',
      item: [
        {
          name: 'Make one',
          event: [
            {
              listen: 'test',
              script: {
                exec: [
                  'const made = pm.response.json()',
                  "pm.test('is made', () => pm.response.to.have.status(201))",
                  "pm.environment.set('order', made.id)",
                ],
              },
            },
          ],
          request: {
            method: 'POST',
            url: '{{baseUrl}}/orders',
            body: { mode: 'raw', raw: '{"sku":"{{sku}}"}', options: { raw: { language: 'json' } } },
          },
        },
        {
          name: 'Read it',
          event: [
            {
              listen: 'test',
              script: {
                exec: [
                  "pm.test('costs something', () => pm.expect(pm.response.json().total).to.eql(7))",
                ],
              },
            },
          ],
          request: {
            method: 'GET',
            url: { raw: '{{baseUrl}}/orders/:id', variable: [{ key: 'id', value: '{{order}}' }] },
          },
        },
      ],
    },
  ],
}

async function shop(): Promise<{ readonly url: string; readonly seen: readonly string[] }> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`)
      response.setHeader('Content-Type', 'application/json')
      response.statusCode = request.method === 'POST' ? 201 : 200
      response.end(request.method === 'POST' ? '{"id":"CM-1"}' : '{"id":"CM-1","total":"seven"}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const files = {
  ...workspace,
  'shop.json': JSON.stringify(collection),
  'staging.json': JSON.stringify({ values: [{ key: 'token', value: 'abc', enabled: true }] }),
  'data.csv': 'sku\ntea\nmug\n',
}

test('sends a collection, judges its answers, and names the steps that suffer', async () => {
  const { url, seen } = await shop()
  const { status, stdout } = await shellIn(files).run(
    'test',
    '--collection',
    'shop.json',
    '--environment',
    'staging.json',
    '--data',
    'data.csv',
    '--target',
    url,
  )
  expect(seen).toEqual([
    'POST /orders Bearer abc {"sku":"tea"}',
    'GET /orders/CM-1 Bearer abc ',
    'POST /orders Bearer abc {"sku":"mug"}',
    'GET /orders/CM-1 Bearer abc ',
  ])
  expect(status).toBe(1)
  expect(stdout).toContain('error GET /orders/{id} response-schema 2 times')
  expect(stdout).toContain('Hurts order/receipt.')
  expect(stdout).toContain(`curl -X GET ${url}/orders/CM-1`)
  expect(stdout).toContain('$AUTHORIZATION')
  expect(stdout).toContain('its script was not run; `order` taken from the answer, as it says')
  expect(stdout).toContain('Shop checks: 4 requests sent in 2 runs')
  expect(stdout).not.toContain('abc')
})

test('runs scripts in newman, and judges what it was answered', { timeout: 30_000 }, async () => {
  const { url, seen } = await shop()
  const { status, stdout } = await shellIn(files).run(
    'test',
    '--collection',
    'shop.json',
    '--environment',
    'staging.json',
    '--data',
    'data.csv',
    '--target',
    url,
    '--engine',
    'newman',
    '--json',
  )
  expect(status).toBe(1)
  expect(seen.filter((one) => one.startsWith('GET'))).toEqual(
    Array(2).fill('GET /orders/CM-1 Bearer abc '),
  )
  const { findings, collections, coverage } = JSON.parse(stdout) as {
    findings: unknown[]
    collections: { requests: { name: string; assertions: unknown[] }[] }[]
    coverage: { operations: { reached: number } }
  }
  expect(findings).toMatchObject(
    [
      { check: 'response-schema', steps: ['order/receipt'], count: 2 },
      { check: 'need-missing' },
    ].slice(0, 1),
  )
  expect(coverage.operations.reached).toBe(2)
  expect(collections[0]!.requests.slice(0, 2)).toMatchObject([
    { name: 'Orders / Make one', assertions: [{ name: 'is made', passed: true }] },
    {
      name: 'Orders / Read it',
      steps: ['order/receipt'],
      assertions: [{ name: 'costs something', passed: false }],
    },
  ])
})

test('reads a collection that Postman keeps as YAML files', async () => {
  const { url, seen } = await shop()
  const shell = shellIn({
    ...workspace,
    'shop/.resources/definition.yaml':
      '$kind: collection\nname: Shop\nvariables: [{ key: baseUrl, value: "" }]\n',
    'shop/Orders/.resources/definition.yaml': '$kind: collection\norder: 1000\n',
    'shop/Orders/Read.request.yaml':
      '$kind: http-request\nurl: "{{baseUrl}}/orders/:id"\nmethod: GET\norder: 2000\npathVariables: [{ key: id, value: CM-1 }]\n',
    'shop/Orders/Make.request.yaml':
      '$kind: http-request\nurl: "{{baseUrl}}/orders"\nmethod: POST\norder: 1000\nbody: { type: json, content: \'{"sku":"tea"}\' }\n',
  })
  const { stdout } = await shell.run('test', '--collection', 'shop', '--target', url)
  expect(seen.map((one) => one.split(' ', 2).join(' '))).toEqual([
    'POST /orders',
    'GET /orders/CM-1',
  ])
  expect(stdout).toContain('Orders / Read')
})

test('only reads where a collection leads to what looks like production', async () => {
  const shell = shellIn(files)
  const { stdout } = await shell.run(
    'test',
    '--collection',
    'shop.json',
    '--environment',
    'staging.json',
    '--data',
    'data.csv',
    '--max-time',
    '20',
  )
  expect(stdout).toContain('not sent: it writes, and http://nobody.invalid looks like production')
})

test('says which file is none', async () => {
  const shell = shellIn({ ...files, 'broken.json': '{' })
  const said = async (...more: string[]) =>
    await shell.run('test', '--target', 'http://127.0.0.1:1', ...more)
  expect((await said('--collection', 'gone.json')).stderr).toContain('There is no file gone.json')
  expect((await said('--collection', 'broken.json')).stderr).toContain('broken.json cannot be read')
  expect((await said('--collection', 'apis/store.yaml')).stderr).toContain(
    'is no Postman collection',
  )
  expect((await said('--data', 'data.csv')).stderr).toContain('goes with `--collection FILE`')
})
