import { fileURLToPath } from 'node:url'
import { compile, conformance, located, type Operation } from '@throughline/core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openWorkspace } from '../../packages/throughline/src/workspace/workspace.ts'
import { backend, tokens } from './backend.ts'

// The backend must be right where no fault is on, or what is found in it says nothing.

const { graph, diagnostics } = compile(
  openWorkspace(fileURLToPath(new URL('workspace', import.meta.url))),
)
const shop = await backend()
afterAll(() => shop.close())
beforeEach(() => {
  shop.faults.clear()
  shop.reset()
})

const maya = { authorization: `Bearer ${tokens.maya}` }
const json = { 'content-type': 'application/json' }

/** What an answer has against the contract. */
async function wrongIn(name: string, method: string, path: string, init: RequestInit = {}) {
  const operation = graph.apis[0]!.contract!.operations.find(
    (one): one is Operation => one.name === name,
  )!
  const answer = await fetch(shop.url + path, { method, ...init })
  const { violations } = conformance(operation, {
    status: answer.status,
    header: (header) => answer.headers.get(header) ?? undefined,
    body: await answer.text(),
    opaque: false,
  })
  return { status: answer.status, violations }
}

test('has a workspace without errors', () => {
  expect(located(diagnostics.filter((one) => one.severity === 'error'))).toEqual([])
})

test.each([
  ['listProducts', 'GET', '/products?limit=3', {}, 200],
  ['listProducts', 'GET', '/products?limit=51', {}, 400],
  ['getProduct', 'GET', '/products/p-3', {}, 200],
  ['getProduct', 'GET', '/products/p-99', {}, 404],
  ['search', 'GET', '/search?q=', {}, 200],
  ['getProfile', 'GET', '/profile', {}, 401],
  ['getProfile', 'GET', '/profile', { headers: maya }, 200],
  ['listOrders', 'GET', '/orders', { headers: maya }, 200],
  [
    'createOrder',
    'POST',
    '/orders',
    { headers: { ...maya, ...json }, body: '{"productId":"p-1","quantity":99}' },
    201,
  ],
  [
    'createOrder',
    'POST',
    '/orders',
    { headers: { ...maya, ...json }, body: '{"productId":"p-1","quantity":100}' },
    422,
  ],
  ['createOrder', 'POST', '/orders', { headers: { ...maya, ...json }, body: '{' }, 422],
  ['getOrder', 'GET', '/orders/o-1', { headers: maya }, 200],
  ['getOrder', 'GET', '/orders/o-2', { headers: maya }, 404],
  ['cancelOrder', 'DELETE', '/orders/o-1', { headers: maya }, 204],
  ['recountStock', 'POST', '/maintenance', { headers: maya }, 202],
] as const)('keeps its contract: %s %s %s %#', async (name, method, path, init, status) => {
  expect(await wrongIn(name, method, path, init)).toEqual({ status, violations: [] })
})

test('goes wrong only as far as it is told to', async () => {
  shop.faults.add('currency-missing')
  const { violations } = await wrongIn('getProduct', 'GET', '/products/p-3')
  expect(violations.map((one) => one.path)).toEqual(['price'])
  shop.faults.clear()
  expect((await wrongIn('getProduct', 'GET', '/products/p-3')).violations).toEqual([])
})

test('pages through everything once', async () => {
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const answer = await fetch(`${shop.url}/products?limit=5${next && `&cursor=${next}`}`)
    const page = (await answer.json()) as {
      items: { id: string }[]
      next: string | null
      total: number
    }
    seen.push(...page.items.map((one) => one.id))
    next = page.next
    expect(page.total).toBe(23)
  }
  expect(new Set(seen).size).toBe(23)
  expect(seen).toHaveLength(23)
})

test('remembers what it did: orders, payments, who owns what', async () => {
  const headers = { ...maya, ...json }
  const made = await fetch(`${shop.url}/orders`, {
    method: 'POST',
    headers,
    body: '{"productId":"p-2","quantity":1}',
  })
  const place = made.headers.get('location')!
  expect((await fetch(shop.url + place, { headers: maya })).status).toBe(200)
  expect(
    (await fetch(shop.url + place, { headers: { authorization: `Bearer ${tokens.tom}` } })).status,
  ).toBe(404)
  const { id } = (await made.json()) as { id: string }
  const pay = () =>
    fetch(`${shop.url}/payments`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': 'the-same-key' },
      body: JSON.stringify({ orderId: id, method: 'transfer' }),
    }).then((answer) => answer.json())
  expect(await pay()).toEqual(await pay())
  expect((await fetch(shop.url + place, { method: 'DELETE', headers: maya })).status).toBe(204)
  expect((await fetch(shop.url + place, { headers: maya })).status).toBe(404)
})
