import { expect, test, vi } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

// A database is loaded and started for each recording.
vi.setConfig({ testTimeout: 60_000 })

const shop = {
  'throughline.yaml': `throughline: 1
name: Corner market
apis: { store: { contract: store.openapi.yaml } }
`,
  'store.openapi.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }
  /products/{id}: { get: { operationId: getProduct, responses: { "200": { description: A product } } } }
  /payments: { post: { operationId: createPayment, responses: { "200": { description: Paid } } } }
`,
  'checkout.journey.yaml': `journey: checkout
title: Fill a basket and pay
steps:
  - step: basket
    title: Review the basket
    screen: /basket
    budget: { p75: 500ms }
    calls: [store.getBasket, store.getProduct]
  - step: pay
    title: Pay
    screen: /pay
    calls: [store.createPayment]
`,
}

const entry = (
  at: number,
  time: number,
  method: string,
  path: string,
  page: string,
  status = 200,
) => ({
  startedDateTime: new Date(Date.UTC(2026, 9, 5) + at).toISOString(),
  time,
  request: {
    method,
    url: `https://shop.example${path}`,
    headers: [{ name: 'Referer', value: `https://shop.example${page}?token=secret` }],
  },
  response: {
    status,
    headers: [],
    bodySize: 8000,
    content: { mimeType: 'application/json', size: 8000 },
  },
})

const recording = JSON.stringify({
  log: {
    entries: [
      entry(0, 400, 'GET', '/basket', '/basket'),
      ...[0, 1, 2, 3].map((n) => entry(405 + n * 60, 55, 'GET', `/products/p${n}`, '/basket')),
      entry(9000, 700, 'POST', '/payments', '/pay', 402),
    ],
  },
})

test('says what a recording shows, with no set-up', async () => {
  const shell = shellIn({ ...shop, 'shop.har': recording })
  const { stdout, status } = await shell.run('report', '--from', 'shop.har', '--format', 'markdown')
  expect(status).toBe(0)
  expect(stdout).toContain('1 sessions, 2 pages, 6 calls of pages')
  expect(stdout).toContain(
    '| Review the basket | 1 | 0 % (0) | 640 ms of 500 ms | 100 % | 0.50 |  |',
  )
  expect(stdout).toContain('| Pay | 1 |  | 700 ms |  | 1.00 | 402 ×1 |')
  expect(stdout).toContain('**store.getProduct is called 4 times for one page**')
  expect(stdout).toContain('**store.createPayment answers 402, which its contract does not say**')
  expect(stdout).not.toContain('secret')
  expect(stdout).not.toContain('shop.example')
})

test('gives the same as JSON, for a terminal and as a page without scripts', async () => {
  const shell = shellIn({ ...shop, 'shop.har': recording })
  const json = JSON.parse((await shell.run('report', '--from', 'shop.har', '--json')).stdout) as {
    version: number
    journeys: { steps: { name: string; cost?: { kind: string } }[] }[]
    advice: { kind: string; file?: string; line?: number }[]
  }
  expect(json.version).toBe(1)
  expect(json.journeys[0]!.steps[0]).toMatchObject({
    name: 'checkout/basket',
    sessions: 1,
    cost: { kind: 'too-few', because: '1 visits with a measured wait: at least 300 are needed.' },
  })
  expect(json.advice.find(({ kind }) => kind === 'repeated-calls')).toMatchObject({
    file: 'checkout.journey.yaml',
    line: 8,
  })
  const { stdout } = await shell.run('report', '--from', 'shop.har')
  expect(stdout).toContain('Review the basket')
  expect(stdout).toMatch(/store\.getBasket +by pages +1 +0 % +400 ms/)
  expect(stdout).toContain('checkout.journey.yaml:8:')
  const html = (await shell.run('report', '--from', 'shop.har', '--format', 'html')).stdout
  expect(html).toMatch(/^<!doctype html>/)
  expect(html).not.toContain('<script')
})

test('says what is wrong with what it was given', async () => {
  const shell = shellIn({ ...shop, 'notes.har': '{"log":{}}' })
  const wrong = async (...argv: readonly string[]) => {
    const { status, stderr } = await shell.run('report', ...argv)
    return `${status} ${stderr}`
  }
  expect(await wrong('--from', 'notes.har')).toMatch(/^2 [^]*no HAR file: it has no `log.entries`/)
  expect(await wrong('--from', 'missing.har')).toMatch(/^2 [^]*cannot be read/)
  expect(await wrong('--journey', 'chekout')).toMatch(/^2 [^]*Did you mean `checkout`/)
  expect(await wrong('--since', 'yesterday')).toMatch(/^2 [^]*`--since` is a day/)
  expect(await wrong('--compare', '1.4')).toMatch(/^2 [^]*names two releases/)
})

test('says how to get evidence where there is none', async () => {
  const shell = shellIn(shop)
  const { stdout, status } = await shell.run('report')
  expect(status).toBe(0)
  expect(stdout).toContain('Nothing was seen')
  expect(stdout).toContain('--from recording.har')
  expect(shell.list()).toEqual(Object.keys(shop).toSorted())
})
