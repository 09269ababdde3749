import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client/core'
import { compile } from '@throughline/core'
import { createClient } from 'graphql-ws'
import type { Client } from 'graphql-ws'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'
import type { Listening } from './listen.ts'
import { mock } from './mock.ts'
import type { Mock } from './mock.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': `throughline: 1
name: Shop
apis:
  store: { contract: store.yaml }
  chat: { contract: chat.graphql }
`,
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /orders:
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses:
        '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
  /orders/{orderId}:
    parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
    delete: { responses: { '204': { description: gone } } }
components:
  schemas:
    Order:
      type: object
      required: [id, note]
      properties: { id: { type: string, readOnly: true }, note: { type: string } }
`,
  'chat.graphql': `
type Query { messages(channelId: ID!): [Message!]! }
type Mutation { addMessage(channelId: ID!, text: String!): Message! }
type Subscription {
  messageAdded(channelId: ID!): Message!
  orderChanged(id: ID): Order!
  orderDeleted: ID!
  rate: Float!
}
type Message { id: ID!, channelId: ID!, text: String!, author: User! }
type User { id: ID!, name: String! }
type Order { id: ID!, note: String! }
`,
  'scenarios/two-rates.scenario.yaml': `scenario: two-rates
rules: [{ operation: chat.rate, stream: { items: 2, every: 1ms, after: end } }]
`,
  'scenarios/spelled.scenario.yaml': `scenario: spelled
rules: [{ operation: chat.rate, respond: { body: 1.5 }, stream: { items: 1, after: end } }]
`,
  'scenarios/cut.scenario.yaml': `scenario: cut
rules: [{ operation: chat.rate, fault: reset }]
`,
  'scenarios/torn.scenario.yaml': `scenario: torn
rules: [{ operation: chat.rate, fault: malformed, stream: { items: 1, every: 1ms, after: end } }]
`,
  'scenarios/refused.scenario.yaml': `scenario: refused
rules: [{ operation: chat.rate, respond: { status: 401 } }]
`,
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})

test('tells of events as server-sent events, each valid and each another', async () => {
  const answer = await asked(mock(graph), 'subscription { rate }', 'two-rates')
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const text = await answer.text()
  expect(text).toMatch(
    /^(event: next\ndata: \{"data":\{"rate":[\d.]+\}\}\n\n){2}event: complete\ndata:\n\n$/,
  )
  const [first, second] = [...text.matchAll(/data: (\{.*)/g)].map(([, json]) => json)
  expect(first).not.toBe(second)
  const again = await asked(mock(graph), 'subscription { rate }', 'two-rates')
  expect(await again.text()).toBe(text)
})

test('says how to ask for events, and gives a query as one event', async () => {
  const plain = await asked(mock(graph), 'subscription { rate }', undefined, 'application/json')
  expect(await plain.text()).toContain('Accept: text/event-stream')
  const query = await asked(mock(graph), '{ __typename }')
  expect(await query.text()).toBe(
    'event: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n',
  )
})

test('plays what a scenario says of a subscription', async () => {
  const spelled = await asked(mock(graph), 'subscription { now: rate }', 'spelled')
  expect(await spelled.text()).toContain('data: {"data":{"now":1.5}}\n')
  const refused = await asked(mock(graph), 'subscription { rate }', 'refused')
  expect(refused.status).toBe(401)
  const torn = await asked(mock(graph), 'subscription { rate }', 'torn')
  expect(await torn.text()).toMatch(/^event: next\ndata: \{"data":\{?"?[a-z]*\n\n/)
  const cut = await asked(mock(graph), 'subscription { rate }', 'cut')
  await expect(cut.text()).rejects.toThrow('cut the connection')
})

test('tells of what a mutation writes, to those it concerns', async () => {
  const shop = await open()
  const seen: unknown[] = []
  const news = watching(
    shop,
    'subscription { messageAdded(channelId: "c1") { channelId text author { name } } }',
  )
  for (let index = 0; index < 3; index++) seen.push((await news.next()).value?.data)
  expect(seen).toMatchObject([0, 1, 2].map(() => ({ messageAdded: { channelId: 'c1' } })))
  await post(shop, 'mutation { addMessage(channelId: "c2", text: "Elsewhere") { id } }')
  const sent = await post(
    shop,
    'mutation { addMessage(channelId: "c1", text: "Hello") { channelId text author { name } } }',
  )
  const { data } = (await sent.json()) as { data: { addMessage: unknown } }
  expect(data.addMessage).toMatchObject({ channelId: 'c1', text: 'Hello' })
  expect((await news.next()).value).toEqual({ data: { messageAdded: data.addMessage } })
})

test('tells of what REST writes: changed and deleted things, in the session of the connection', async () => {
  const shop = await open('empty')
  const own = { 'Throughline-Session': 'anna' }
  const changed = watching(shop, 'subscription { orderChanged { id note } }', own)
  const deleted = watching(shop, 'subscription { orderDeleted }', own)
  const first = changed.next()
  const gone = deleted.next()
  await expect.poll(() => shop.mock.traffic.all().length).toBe(2)
  await rest(shop, 'POST', '/orders', { note: 'of somebody else' })
  const made = await rest(shop, 'POST', '/orders', { note: 'first' }, own)
  const { id } = (await made.json()) as { id: string }
  await rest(shop, 'PATCH', `/orders/${id}`, { note: 'Ring twice' }, own)
  expect((await first).value).toEqual({ data: { orderChanged: { id, note: 'Ring twice' } } })
  await rest(shop, 'DELETE', `/orders/${id}`, undefined, own)
  expect((await gone).value).toEqual({ data: { orderDeleted: id } })
})

test('speaks graphql-transport-ws: queries, errors, a cut line, and words for a client that errs', async () => {
  const shop = await open()
  expect(
    (await watching(shop, '{ messages(channelId: "c1") { __typename } }').next()).value,
  ).toMatchObject({
    data: { messages: expect.arrayContaining([{ __typename: 'Message' }]) },
  })
  await expect(watching(shop, '{ nothing }').next()).rejects.toMatchObject([
    { message: 'Cannot query field "nothing" on type "Query".' },
  ])
  const refused = { 'Throughline-Scenario': 'refused' }
  await expect(watching(shop, 'subscription { rate }', refused).next()).rejects.toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ])
  const cut = watching(shop, 'subscription { rate }', { 'Throughline-Scenario': 'cut' })
  await cut.next()
  await expect(cut.next()).rejects.toMatchObject({ type: 'error' })
  expect(shop.mock.traffic.all().map(({ told }) => told.scenario?.name)).toEqual([
    undefined,
    undefined,
    'refused',
    'cut',
  ])
  const old = new WebSocket(`${shop.url.replace('http', 'ws')}/chat/graphql`, 'graphql-ws')
  const code = await new Promise((resolve) => {
    old.addEventListener('close', (event) => resolve(event.code))
    old.addEventListener('error', () => resolve('refused'))
  })
  expect([4406, 'refused']).toContain(code)
})

test('gives Apollo its events over multipart', async () => {
  const shop = await open()
  const client = new ApolloClient({
    link: new HttpLink({ uri: `${shop.url}/chat/graphql` }),
    cache: new InMemoryCache(),
  })
  const first = await new Promise((resolve, reject) => {
    const subscription = client
      .subscribe({
        query: gql`
          subscription {
            messageAdded(channelId: "c1") {
              id
              channelId
            }
          }
        `,
      })
      .subscribe({ next: resolve, error: reject })
    onTestFinished(() => subscription.unsubscribe())
  })
  expect(first).toMatchObject({ data: { messageAdded: { channelId: 'c1' } } })
})

interface Shop extends Listening {
  readonly mock: Mock
}

async function open(dataset?: string): Promise<Shop> {
  const shop = mock(graph, dataset === undefined ? {} : { dataset })
  const listening = await listen(shop, { port: 0 })
  onTestFinished(() => listening.close())
  return { ...listening, mock: shop }
}

function asked(
  shop: Mock,
  query: string,
  scenario?: string,
  accept = 'text/event-stream',
): Promise<Response> {
  return shop.handle(
    new Request('http://localhost/chat/graphql', {
      method: 'POST',
      headers: {
        accept,
        'content-type': 'application/json',
        ...(scenario !== undefined && { 'throughline-scenario': scenario }),
      },
      body: JSON.stringify({ query }),
    }),
  )
}

function watching(
  { url }: Shop,
  query: string,
  headers?: Readonly<Record<string, string>>,
): ReturnType<Client['iterate']> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/chat/graphql`,
    retryAttempts: 0,
    ...(headers !== undefined && { connectionParams: { headers } }),
  })
  onTestFinished(() => client.dispose())
  return client.iterate({ query })
}

function rest(
  { url }: Shop,
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/store${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

function post({ url }: Shop, query: string): Promise<Response> {
  return fetch(`${url}/chat/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
}
