import { compile } from '@throughline/core'
import { expect, test, vi } from 'vitest'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'
import type { Sending, Sent } from './outgoing.ts'

const store = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /payments:
    post:
      operationId: createPayment
      requestBody: { content: { application/json: { schema: { type: object, properties: { notify: { type: string }, amount: { type: integer } } } } } }
      responses: { '201': { description: x, content: { application/json: { schema: { type: object, required: [id, amount], properties: { id: { type: string }, amount: { type: integer } } } } } } }
      callbacks:
        paid:
          '{$request.body#/notify}/paid?id={$response.body#/id}':
            post:
              parameters: [{ name: X-Signature, in: header, required: true, schema: { type: string, pattern: '^[a-f]{8}$' } }]
              requestBody: { content: { application/json: { schema: { type: object, required: [id, status], properties: { id: { type: string }, status: { type: string, enum: [paid] } } } } } }
              responses: { '204': { description: Thanks } }
webhooks:
  orderShipped:
    post:
      summary: An order is on its way
      requestBody: { content: { application/json: { schema: { type: object, required: [orderId, carrier], properties: { orderId: { type: string }, carrier: { type: string } } } } } }
      responses: { '200': { description: Thanks } }
`

test('calls back where the request says, about the thing that was made', async () => {
  const { served, sent } = shop()
  const made = await post(served, '/payments', { notify: 'http://localhost:9000', amount: 4 })
  const payment = (await made.json()) as { id: string }
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({
    method: 'POST',
    url: `http://localhost:9000/paid?id=${payment.id}`,
    headers: {
      'content-type': 'application/json',
      'X-Signature': expect.stringMatching(/^[a-f]{8}$/),
      'throughline-callback': 'paid',
    },
  })
  expect(bodyOf(sent[0]!)).toEqual({ id: payment.id, status: 'paid' })
})

test.each([
  ['http://intranet.example', [], 'is not this machine'],
  ['http://169.254.169.254', [], 'is not this machine'],
  ['file:///etc/passwd?', [], 'only http and https'],
  ['http://localhost:9000', 'none' as const, 'callbacks are off'],
])('does not call %s', async (notify, callbacks, problem) => {
  const { served, sent } = shop({ callbacks })
  await post(served, '/payments', { notify, amount: 4 })
  await vi.waitFor(async () => expect(await deliveries(served)).toHaveLength(1))
  expect(sent).toEqual([])
  expect(await deliveries(served)).toMatchObject([{ problem: expect.stringContaining(problem) }])
})

test('calls a host that was allowed', async () => {
  const { served, sent } = shop({ callbacks: ['hooks.example'] })
  await post(served, '/payments', { notify: 'https://hooks.example', amount: 4 })
  await vi.waitFor(() => expect(sent).toHaveLength(1))
})

test('calls nobody back for a page from elsewhere, or after a refusal', async () => {
  const { served, sent } = shop()
  await post(
    served,
    '/payments',
    { notify: 'http://localhost:9' },
    { origin: 'https://evil.example' },
  )
  await post(served, '/payments', { notify: 'http://localhost:9', amount: 'much' })
  await new Promise((resolve) => setTimeout(resolve, 80))
  expect([sent, await deliveries(served)]).toEqual([[], []])
})

test('sends a webhook when it is asked to', async () => {
  const { served, sent } = shop()
  const target = 'http://127.0.0.1:9000/hooks'
  const fired = await post(served, '/_throughline/webhooks/orderShipped', { target })
  expect([fired.status, await fired.json()]).toEqual([
    200,
    {
      delivery: { kind: 'webhook', name: 'orderShipped', method: 'POST', url: target, status: 204 },
    },
  ])
  expect(bodyOf(sent[0]!)).toEqual({ orderId: expect.any(String), carrier: expect.any(String) })
  await post(served, '/_throughline/webhooks/store.orderShipped', {
    target,
    body: { orderId: 'A-1' },
  })
  expect(bodyOf(sent[1]!)).toEqual({ orderId: 'A-1' })
  const far = await post(served, '/_throughline/webhooks/orderShipped', {
    target: 'http://10.0.0.1/',
  })
  expect(far.status).toBe(502)
  const foreign = { origin: 'https://evil.example' }
  const refused = await post(served, '/_throughline/webhooks/orderShipped', { target }, foreign)
  expect(refused.status).toBe(403)
  const list = await served.handle(new Request('http://localhost/_throughline/webhooks'))
  expect(await list.json()).toMatchObject({
    webhooks: [
      { api: 'store', name: 'orderShipped', method: 'POST', title: 'An order is on its way' },
    ],
  })
})

test('tells of a target that does not answer', async () => {
  const { served } = shop({ deliver: () => Promise.reject(new Error('connect ECONNREFUSED')) })
  const fired = await post(served, '/_throughline/webhooks/orderShipped', {
    target: 'http://localhost:9',
  })
  expect(await fired.json()).toMatchObject({ title: expect.stringContaining('ECONNREFUSED') })
})

function shop(options: MockOptions = {}): { served: Mock; sent: Sending[] } {
  const sent: Sending[] = []
  const deliver = (one: Sending): Promise<Sent> => {
    sent.push(one)
    return Promise.resolve({ status: 204 })
  }
  const files = { paths: ['store.yaml'], read: (path: string) => ({ path, text: store }) }
  const { graph } = compile(files, { contracts: ['store.yaml'] })
  return { served: mock(graph, { deliver, ...options }), sent }
}

function bodyOf({ body }: Sending): unknown {
  return JSON.parse(Buffer.from(body!).toString())
}

async function deliveries(served: Mock): Promise<readonly unknown[]> {
  const answer = await served.handle(new Request('http://localhost/_throughline/webhooks'))
  return ((await answer.json()) as { deliveries: readonly unknown[] }).deliveries
}

function post(
  served: Mock,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return served.handle(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  )
}
