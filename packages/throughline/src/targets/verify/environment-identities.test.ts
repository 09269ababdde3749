import { expect, test } from 'vitest'
import { graphOf } from '../../../../core/test/graph-of.ts'
import { environmentIdentities, type DoorOptions } from './environment-identities.ts'
import type { Send } from './exchange.ts'
import { keptCredentials } from './kept-credentials.ts'

const shop = (auth: string) =>
  graphOf({
    'throughline.yaml': `throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, environments: { staging: https://staging.store.example } } }\nauth: { staging: ${auth} }\n`,
    'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /sessions:
    post:
      operationId: createSession
      requestBody: { content: { application/json: { schema: { type: object, properties: { email: { type: string }, password: { type: string } } } } } }
      responses: { '201': { description: In } }
`,
  })

const sent: string[] = []
const send: Send = (one) => {
  sent.push(new TextDecoder().decode(one.request.body))
  return Promise.resolve({
    case: one,
    url: one.request.path,
    sent: [],
    at: 0,
    ms: 0,
    outcome: {
      kind: 'answered',
      status: 201,
      headers: new Map([['content-type', 'application/json']]),
      body: new TextEncoder().encode('{"token":"t0p"}'),
      bytes: 15,
      cut: false,
    },
  })
}
const door: DoorOptions = {
  env: { TOKEN: 'abc', OTHER: 'def', SECRET: 's3', PASSWORD: 'pw' },
  cwd: '.',
  send,
  fetch: () => Promise.resolve(Response.json({ access_token: 'from-oauth' })),
}

test.each([
  ['{ valid: { token: "${TOKEN}" } }', [['Authorization', 'Bearer abc']]],
  ['{ valid: { headers: { X-Key: "key ${TOKEN}" } } }', [['X-Key', 'key abc']]],
  ['{ valid: { command: echo from-command } }', [['Authorization', 'Bearer from-command']]],
  [
    '{ valid: { oauth: { url: https://id.example/token, client: shop, secret: "${SECRET}" } } }',
    [['Authorization', 'Bearer from-oauth']],
  ],
  [
    '{ valid: { login: store.createSession, send: { email: a@shop.example, password: "${PASSWORD}" } } }',
    [['authorization', 'Bearer t0p']],
  ],
])('is let in with %s', async (auth, expected) => {
  expect((await environmentIdentities(shop(auth), 'staging', door)).valid).toEqual(expected)
})

test('signs in with what the file says, its password from the environment', () => {
  expect(JSON.parse(sent[0]!)).toEqual({ email: 'a@shop.example', password: 'pw' })
})

test('knows a second person, and nobody in an environment of which nothing is said', async () => {
  const graph = shop('{ valid: { token: "${TOKEN}" }, second: { token: "${OTHER}" } }')
  expect((await environmentIdentities(graph, 'staging', door)).second).toEqual([
    ['Authorization', 'Bearer def'],
  ])
  expect(await environmentIdentities(graph, 'https://staging.store.example', door)).toEqual({})
})

test('says which variable is missing, and who needs it', async () => {
  const graph = shop('{ second: { token: "${NOBODY}" } }')
  await expect(environmentIdentities(graph, 'staging', door)).rejects.toThrow(
    '`auth.staging.second` needs the environment variable NOBODY.',
  )
})

test('fetches the credentials of a monitor anew when they grow old, and leaves its own alone', async () => {
  const env: Record<string, string> = { TOKEN: 'first' }
  let now = 0
  const of = (headers: readonly (readonly [string, string])[]) =>
    keptCredentials(
      shop('{ valid: { token: "${TOKEN}" } }'),
      { environment: 'staging', headers },
      {
        ...door,
        env,
        now: () => now,
      },
    )
  const letIn = of([])
  const one = {} as Parameters<typeof letIn>[0]
  expect(await letIn(one)).toEqual({ credentials: [['Authorization', 'Bearer first']] })
  env['TOKEN'] = 'second'
  expect(await letIn(one)).toEqual({ credentials: [['Authorization', 'Bearer first']] })
  now = 300_001
  expect(await letIn(one)).toEqual({ credentials: [['Authorization', 'Bearer second']] })
  expect(await of([['Authorization', 'Bearer own']])(one)).toEqual({})
})
