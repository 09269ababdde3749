import { compile } from '@throughline/core'
import { expect, onTestFinished, test } from 'vitest'
import { listenAll } from './listen-all.ts'
import { mock } from './mock.ts'

const contract = (server: string, path: string): string => `
openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: ${server} }]
paths:
  ${path}:
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses:
        '201': { description: made, headers: { Location: { schema: { type: string } } }, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
  ${path}/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
components: { schemas: { Thing: { type: object, required: [id], properties: { id: { type: string, readOnly: true }, of: { type: string } } } } }
`
const files: Readonly<Record<string, string>> = {
  'throughline.yaml': `throughline: 1
name: Shop
apis:
  store: { contract: store.yaml }
  stock: { contract: stock.yaml }
  staff: { contract: staff.yaml }
`,
  'store.yaml': contract('https://api.shop.example/v1', '/orders'),
  'stock.yaml': contract('https://api.shop.example/stock', '/shelves'),
  'staff.yaml': contract('http://localhost:8080', '/people'),
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})

test.each([
  ['store.localhost:4401', '/orders', 200],
  ['STORE.localhost', '/v1/orders', 200],
  ['store.localhost', '/store/orders', 200],
  ['store.localhost', '/shelves', 404],
  ['stock.localhost:4401', '/shelves', 200],
  ['api.shop.example', '/v1/orders', 200],
  ['api.shop.example', '/stock/shelves', 200],
  ['api.shop.example:8443', '/people', 404],
  ['localhost:8080', '/people', 404],
  ['localhost:8080', '/staff/people', 200],
])('finds the API of the host %s for %s', async (host, path, status) => {
  const shop = mock(graph)
  const answers = await Promise.all(
    [0, 1, 2].map(() => shop.handle(new Request(`http://${host}${path}`, { headers: { host } }))),
  )
  expect(answers.map((one) => one.status)).toEqual([status, status, status])
})

test('does not mix up what hosts are answered with', async () => {
  const shop = mock(graph)
  const first = (host: string) =>
    shop.handle(new Request(`http://${host}/orders`, { headers: { host } }))
  for (const _ of [1, 2, 3]) expect((await first('store.localhost')).status).toBe(200)
  expect((await first('stock.localhost')).status).toBe(404)
})

test('has an API at the root of a port of its own, in the same world', async () => {
  const running = await listenAll(mock(graph), new Map([['store', 0]]), { port: 0 })
  onTestFinished(() => running.close())
  const own = running.own.get('store')!
  const made = await fetch(`${own}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ of: 'maya' }),
  })
  const location = made.headers.get('location')!
  expect(location).toMatch(/\/orders\/\w+$/)
  expect(await (await fetch(new URL(location, own))).json()).toMatchObject({ of: 'maya' })
  const { id } = (await made.json()) as { id: string }
  expect(await (await fetch(`${running.url}/store/orders/${id}`)).json()).toMatchObject({
    id,
    of: 'maya',
  })
  expect((await fetch(`${own}/shelves`)).status).toBe(404)
  expect((await fetch(`${own}/_throughline/situation`)).status).toBe(200)
})
