import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

// What journeys become for other tools is run against one small shop: by the tools themselves, or by Throughline.

const workspace = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml } }
`,
  'apis/store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        200:
          description: Orders
          content:
            application/json:
              schema: { type: object, required: [items], properties: { items: { type: array, items: { $ref: '#/components/schemas/order' } } } }
        503: { description: Closed }
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      responses:
        200:
          description: The order
          content: { application/json: { schema: { $ref: '#/components/schemas/order' } } }
        404: { description: Gone }
components:
  schemas:
    order: { type: object, required: [id, total], properties: { id: { type: string }, total: { type: number } } }
`,
  'journeys/order.journey.yaml': `journey: order
title: Look at an order
goal: Know what it cost
steps:
  - step: list
    title: The orders
    calls:
      - operation: store.listOrders
        needs: ["items[].total"]
        states: { 503: { show: Come back later, recover: retry } }
    next: [receipt]
  - step: receipt
    title: The receipt
    calls:
      - operation: store.getOrder
        needs: [total]
        states: { 404: { show: It is gone } }
`,
}

const seen: string[] = []
let answer = { total: 7 as unknown, status: 200 }
const shop = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`)
  response.setHeader('Content-Type', 'application/json')
  const order = { id: 'CM-9', total: answer.total }
  if (request.url === '/orders') response.end(JSON.stringify({ items: [order] }))
  else {
    response.statusCode = request.url === '/orders/CM-9' ? answer.status : 404
    response.end(response.statusCode === 200 ? JSON.stringify(order) : '')
  }
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((listening) => shop.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
})
afterAll(() => void shop.close())
beforeEach(() => {
  answer = { total: 7, status: 200 }
})

async function exported(format: string): Promise<string> {
  seen.length = 0
  const { status, stdout } = await shellIn(workspace).run('export', '--format', format)
  expect(status).toBe(0)
  return stdout
}

test('writes workflows that Redocly finds right, with a branch for each way that was designed', async () => {
  const text = await exported('arazzo')
  const config = await createConfig({ extends: ['recommended-strict'] })
  expect(await lintFromString({ source: text, absoluteRef: '/shop/arazzo.json', config })).toEqual(
    [],
  )
  const { workflows, sourceDescriptions } = JSON.parse(text) as {
    workflows: unknown[]
    sourceDescriptions: unknown[]
  }
  expect(sourceDescriptions).toEqual([{ name: 'store', url: 'apis/store.yaml', type: 'openapi' }])
  expect(workflows).toMatchObject([
    {
      workflowId: 'order',
      steps: [
        {
          stepId: 'list-listOrders',
          onFailure: [
            { name: 'state-503', type: 'retry', criteria: [{ condition: '$statusCode == 503' }] },
          ],
          outputs: { orderId: '$response.body#/items/0/id' },
        },
        {
          parameters: [
            { name: 'orderId', in: 'path', value: '$steps.list-listOrders.outputs.orderId' },
          ],
          successCriteria: [
            { condition: '$statusCode == 200' },
            { condition: '$response.body#/total != null' },
          ],
          onFailure: [{ name: 'state-404', type: 'end' }],
        },
      ],
    },
  ])
})

test('runs workflows as sequences, each answer judged by the contract', async () => {
  const shell = shellIn({ ...workspace, 'arazzo.json': await exported('arazzo') })
  const run = () => shell.run('test', '--arazzo', 'arazzo.json', '--target', url)
  const fine = await run()
  expect(seen).toEqual(['GET /orders', 'GET /orders/CM-9'])
  expect(fine.stdout).toContain('nothing found')
  expect(fine.status).toBe(0)
  answer.total = 'seven'
  const broken = await run()
  expect(broken.status).toBe(1)
  expect(broken.stdout).toContain('Hurts order/receipt.')
  answer = { total: null, status: 200 }
  expect((await run()).stdout).toContain('$response.body#/total != null')
  answer = { total: 7, status: 404 }
  const gone = await run()
  expect(gone.stdout).toContain('goes on with `state-404` (end)')
  expect(gone.status).toBe(0)
})

test('says why a workflow cannot be run', async () => {
  const arazzo = {
    arazzo: '1.1.0',
    info: { title: 'Orders', version: '1' },
    workflows: [
      { workflowId: 'other', steps: [{ stepId: 'pay', operationId: 'payOrder' }] },
      {
        workflowId: 'read',
        inputs: { type: 'object', properties: { order: { type: 'string' } } },
        steps: [
          {
            stepId: 'get',
            operationPath: '{$sourceDescriptions.shop.url}#/paths/~1orders~1{orderId}/get',
            parameters: [{ name: 'orderId', in: 'path', value: '$inputs.order' }],
          },
        ],
      },
    ],
  }
  const shell = shellIn({
    ...workspace,
    'a.json': JSON.stringify(arazzo),
    'in.csv': 'order\nCM-9\n',
  })
  const none = await shell.run('test', '--arazzo', 'a.json', '--target', url)
  expect(none.stdout).toContain('no contract of the workspace has `payOrder`')
  expect(none.stdout).toContain('`$inputs.order` has no value')
  const given = await shell.run('test', '--arazzo', 'a.json', '--target', url, '--data', 'in.csv')
  expect(given.stdout).toContain('read / get  GET /orders/CM-9 200')
  expect(
    (await shell.run('test', '--arazzo', 'apis/store.yaml', '--target', url)).stderr,
  ).toContain('apis/store.yaml is no Arazzo document')
})

test(
  'writes a Postman collection whose tests hold, and hand ids on',
  { timeout: 30_000 },
  async () => {
    const text = await exported('postman-tests')
    const shell = shellIn({
      ...workspace,
      'tests.json': text,
      'env.json': JSON.stringify({ storeUrl: url }),
    })
    const run = () =>
      shell.run(
        'test',
        '--collection',
        'tests.json',
        '--environment',
        'env.json',
        '--engine',
        'newman',
      )
    const { status, stdout } = await run()
    expect(seen).toEqual(['GET /orders', 'GET /orders/CM-9'])
    expect(stdout).toContain('4 tests passed')
    expect(status).toBe(0)
  },
)

test('writes tests for Playwright that hold, and that fail where a screen would', async () => {
  const text = await exported('playwright')
  const shell = shellIn({
    'package.json': '{"type":"module"}',
    'journeys.spec.ts': text,
    // As much of Playwright Test as the file uses: https://playwright.dev/docs/api-testing
    'node_modules/@playwright/test/package.json': '{"type":"module","exports":"./index.js"}',
    'node_modules/@playwright/test/index.js': `
      const request = { fetch: async (url, { method, headers, data }) => {
        const answer = await fetch(url, { method, headers, body: data })
        return { status: () => answer.status, json: () => answer.json() }
      } }
      export const expect = (value) => ({
        toBe: (other) => { if (value !== other) throw new Error(value + ' is not ' + other) },
        toHaveProperty: (names) => { if (names.reduce((one, name) => one?.[name], value) === undefined) throw new Error('no ' + names) },
      })
      export async function test(name, act) { await act({ request }); console.log('passed ' + name) }
      test.step = (name, act) => act()
    `,
  })
  // The shop answers in this process: it must not wait for the other.
  const run = async (): Promise<string> =>
    (
      await promisify(execFile)(process.execPath, ['journeys.spec.ts'], {
        cwd: shell.folder,
        env: { ...process.env, STORE_URL: url },
      })
    ).stdout
  expect(await run()).toContain('passed order: Look at an order')
  expect(seen).toEqual(['GET /orders', 'GET /orders/CM-9'])
  answer.total = undefined
  await expect(run()).rejects.toThrow('no total')
})
