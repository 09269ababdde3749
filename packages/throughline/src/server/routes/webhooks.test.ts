import { expect, test } from 'vitest'
import { compile } from '@throughline/core'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { differences, studioApp } from '../../../test/studio-app.ts'
import { mock } from '../../targets/mock/mock.ts'
import type { Sending } from '../../targets/mock/outgoing.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /payments:
    post:
      operationId: createPayment
      responses: { '204': { description: Made } }
      callbacks:
        paid:
          '{$request.body#/notify}':
            post:
              requestBody: { content: { application/json: { schema: { type: object, required: [status], properties: { status: { type: string, enum: [paid] } } } } } }
              responses: { '204': { description: Thanks } }
webhooks:
  orderShipped:
    post:
      summary: An order is on its way
      requestBody: { content: { application/json: { schema: { type: object, required: [carrier], properties: { carrier: { type: string, enum: [post] } } } } } }
      responses: { '200': { description: Thanks } }
`,
  'journeys/checkout.journey.yaml':
    'journey: checkout\nsteps: [{ step: payment, title: Pay, calls: [{ operation: store.createPayment }] }]\n',
}

function shop() {
  const sent: Sending[] = []
  const served = mock(compile(filesOf(files)).graph, {
    deliver: (one) => {
      sent.push(one)
      return Promise.resolve({ status: 202, ms: 3, body: 'taken' })
    },
  })
  const app = studioApp(files, {
    mock: {
      url: 'http://localhost:4401',
      situation: () => null,
      play: () => null,
      ask: (request) => served.handle(request),
    },
  })
  const send = (id: string, body: object): Promise<Response> =>
    app.ask(`/api/webhooks/${id}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin: 'http://localhost:4400' },
    })
  return { ...app, send, sent }
}

test('lists what the APIs send of their own accord, and who sets a callback off', async () => {
  const { ask, data } = shop()
  expect(await differences('listWebhooks', await ask('/api/webhooks'))).toEqual([])
  expect(await data('/api/webhooks')).toMatchObject({
    webhooks: [
      {
        id: 'store.orderShipped',
        kind: 'webhook',
        title: 'An order is on its way',
        draft: '{\n  "carrier": "post"\n}',
        steps: [],
      },
      {
        id: 'store.createPayment.paid',
        kind: 'callback',
        to: '{$request.body#/notify}',
        steps: [{ step: 'checkout/payment', title: 'Pay' }],
      },
    ],
    sent: [],
  })
})

test('lets the mock send one, and tells what was answered', async () => {
  const { send, sent, data } = shop()
  const target = 'http://localhost:3000/hooks'
  const answer = await send('store.createPayment.paid', { target })
  expect(await differences('sendWebhook', answer.clone())).toEqual([])
  const delivery = { kind: 'callback', name: 'paid', method: 'POST', url: target, status: 202 }
  expect(await answer.json()).toEqual({ ...delivery, ms: 3, body: 'taken' })
  await send('store.orderShipped', { target, body: '{"carrier":"bike"}' })
  expect(sent.map(({ body }) => Buffer.from(body!).toString())).toEqual([
    '{"status":"paid"}',
    '{"carrier":"bike"}',
  ])
  expect(await data('/api/webhooks')).toMatchObject({ sent: [{ name: 'orderShipped' }, delivery] })
})

test.each([
  ['store.orderShipped', {}, 400],
  ['store.orderShipped', { target: 'http://localhost:3000', body: '{' }, 400],
  ['store.nothing', { target: 'http://localhost:3000' }, 404],
  ['store.orderShipped', { target: 'http://10.0.0.1/' }, 502],
])('says why %s is not sent with %o', async (id, body, status) => {
  const { send, sent } = shop()
  const answer = await send(id, body)
  expect(await differences('sendWebhook', answer.clone())).toEqual([])
  expect([answer.status, sent]).toEqual([status, []])
})
