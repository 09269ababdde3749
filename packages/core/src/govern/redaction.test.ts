import { compile } from '../compile.ts'
import { nodeOf } from '../2-link/ask.ts'
import type { Operation } from '../operation/operation.ts'
import { expect, test } from 'vitest'
import { redactionOf } from './redaction.ts'
import type { Redaction } from './redaction.ts'

const contract = `openapi: 3.1.0
info: { title: Store, version: '1' }
security: [{ key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: query, name: shopkey } } }
paths:
  /customers/{email}:
    post:
      operationId: changeCustomer
      parameters:
        - { name: email, in: path, required: true, schema: { type: string } }
        - { name: page, in: query, schema: { type: integer } }
      requestBody: { content: { application/json: { schema: { type: object, properties: { nick: { type: string, x-data-classification: personal } } } } } }
      responses:
        '200':
          description: x
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  recipient: { type: object, properties: { line: { type: string }, floor: { type: integer }, active: { type: boolean } } }
                  byName: { type: object, additionalProperties: { type: object, properties: { phone: { type: string } } } }
                  sessions: { type: array, items: { type: object, properties: { token: { type: string }, device: { type: string } } } }
`
const policy = `classes:
  personal: { contains: [email, recipient, phone], rule: never in logs }
  secret: { contains: [token, cardNumber], rule: never in a response }
fields:
  - { match: '**.device', class: personal }
`

function shop(withPolicy: boolean): {
  readonly redaction: Redaction
  readonly operation: Operation
} {
  const files: Readonly<Record<string, string>> = {
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
    'store.yaml': contract,
    ...(withPolicy && { 'policy.yaml': policy }),
  }
  const { graph } = compile({
    paths: Object.keys(files),
    read: (path) =>
      Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
  })
  return {
    redaction: redactionOf(graph),
    operation: nodeOf(graph, 'operation', 'op:store.changeCustomer')!,
  }
}

test('takes out of a body what the policy classifies, and leaves its shape', () => {
  const { redaction, operation } = shop(true)
  const body = (value: unknown): unknown =>
    JSON.parse(redaction.body(operation, 'application/json', JSON.stringify(value), '200')!)
  expect(
    body({
      id: 'c-1',
      recipient: { line: 'Maya Rivera', floor: 3, active: true },
      byName: { maya: { phone: '+49 151 000' } },
      sessions: [{ token: 'abc', device: 'Pixel' }],
      undescribed: { email: 'maya@shop.example', cardNumber: 4242 },
      note: 'Ask maya@shop.example, card 4242 4242 4242 4242, order 4242424242424241',
    }),
  ).toEqual({
    id: 'c-1',
    recipient: { line: '[redacted personal]', floor: '[redacted personal]', active: true },
    byName: { maya: { phone: '[redacted personal]' } },
    sessions: [{ token: '[redacted secret]', device: '[redacted personal]' }],
    undescribed: { email: '[redacted personal]', cardNumber: '[redacted secret]' },
    note: 'Ask [redacted personal], card [redacted secret], order 4242424242424241',
  })
  expect(redaction.body(operation, 'application/json', '{"nick":"May","page":1}')).toBe(
    '{"nick":"[redacted personal]","page":1}',
  )
})

test('takes tokens and keys out wherever they stand, with no policy at all', () => {
  const { redaction, operation } = shop(false)
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
  expect(
    JSON.parse(
      redaction.body(
        operation,
        'application/json',
        JSON.stringify({
          password: 'hunter2',
          accessToken: 'x',
          text: `use ${jwt} or sk_live_abcdefgh12345678`,
          email: 'maya@shop.example',
          total: 3,
        }),
        '200',
      )!,
    ),
  ).toEqual({
    password: '[redacted secret]',
    accessToken: '[redacted secret]',
    text: 'use [redacted secret] or [redacted secret]',
    email: '[redacted personal]',
    total: 3,
  })
})

test('takes credentials, sessions and classified parameters out of headers and addresses', () => {
  const { redaction, operation } = shop(true)
  const header = (name: string, value: string): string | undefined =>
    redaction.headers(operation, [{ name, value }])[0]?.value
  expect(header('Authorization', 'Bearer abcdefghij')).toBe('[redacted secret]')
  expect(header('Cookie', 'sid=1; theme=dark')).toBe(
    'sid=[redacted secret]; theme=[redacted secret]',
  )
  expect(header('Set-Cookie', 'sid=1; Path=/; HttpOnly')).toBe(
    'sid=[redacted secret]; Path=/; HttpOnly',
  )
  for (const name of ['X-Api-Key', 'x-auth-token', 'X-CSRF-Token', 'x-session-id'])
    expect(header(name, 'abc')).toBe('[redacted secret]')
  expect(
    header('Location', 'https://maya:pw@shop.example/in?token=abc&page=2#access_token=1'),
  ).toBe('https://shop.example/in?token=%5Bredacted%20secret%5D&page=2#')
  expect(header('Content-Type', 'application/json')).toBe('application/json')
  expect(header('X-Request-Id', 'abc-1')).toBe('abc-1')
  expect(
    redaction.url(
      operation,
      'http://localhost/store/customers/maya%40shop.example?page=2&shopkey=7&email=a',
    ),
  ).toBe(
    'http://localhost/store/customers/%5Bredacted%20personal%5D?page=2&shopkey=%5Bredacted%20secret%5D&email=%5Bredacted%20personal%5D',
  )
})

test('writes down no body that it cannot look through', () => {
  const { redaction, operation } = shop(true)
  expect(redaction.body(operation, 'text/html', '<p>maya</p>', '200')).toBeUndefined()
  expect(redaction.body(operation, 'application/json', '{"broken', '200')).toBeUndefined()
  expect(redaction.body(operation, 'multipart/form-data', 'x')).toBeUndefined()
  expect(
    redaction.body(operation, 'application/x-www-form-urlencoded', 'email=a%40b.example&page=2'),
  ).toBe('email=%5Bredacted%20personal%5D&page=2')
})
