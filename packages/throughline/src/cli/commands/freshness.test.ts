import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const shop = {
  'throughline.yaml': 'throughline: 1\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /prices:
    get:
      operationId: getPrices
      responses:
        '200':
          description: Prices
          headers: { Cache-Control: { schema: { type: string, const: max-age=3600 } }, ETag: { schema: { type: string } } }
          content: { application/json: { schema: { type: object, properties: { amount: { type: number } } } } }
`,
  'buy.journey.yaml': `journey: buy
steps:
  - { step: shelf, screen: /shelf, calls: [{ operation: store.getPrices, maxAge: 5s, needs: [amount] }] }
`,
  'session.har': JSON.stringify({
    log: {
      entries: [
        {
          request: { method: 'GET', url: 'http://localhost:4000/prices' },
          response: { status: 200, headers: [{ name: 'Cache-Control', value: 'max-age=60' }] },
        },
        { request: 'broken' },
      ],
    },
  }),
}

test('says what a screen tolerates, a contract promises and a recording has, and what to do', async () => {
  const shell = shellIn(shop)
  const { status, stdout } = await shell.run('freshness', '--har', 'session.har')
  expect(status).toBe(0)
  expect(stdout).toMatchInlineSnapshot(`
    "buy/shelf  store.getPrices  (amount)
      tolerates 5 s (journey), contract max-age=3600, ETag, answers max-age=60
      The contract lets it be kept for 1 h, and the screen tolerates 5 s: lower max-age.
      Answers say max-age=60, and the screen tolerates 5 s: it shows what is out of date.
      The contract says "max-age=3600, ETag", and answers "max-age=60": mend one of them.
    "
  `)
  const { rows } = JSON.parse((await shell.run('freshness', '--json')).stdout) as { rows: object[] }
  expect(rows).toMatchObject([{ step: 'buy/shelf', contract: { maxAge: 3600, etag: true } }])
  expect((await shell.run('freshness', '--format', 'csv')).stdout).toContain('buy/shelf,/shelf,')
  expect((await shell.run('check')).stdout).toContain('TL3011')
  expect(await shell.run('freshness', '--har', 'gone.har')).toMatchObject({ status: 2 })
})

test('knows what the last test of a backend was answered', async () => {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json').setHeader('Cache-Control', 'max-age=90')
    response.setHeader('ETag', '"1"').end('{"amount":1}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const shell = shellIn(shop)
  await shell.run('test', '--target', target, '--phases', 'examples,coverage')
  expect((await shell.run('freshness')).stdout).toContain('answers max-age=90, ETag')
})
