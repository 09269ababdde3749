import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { compile } from '../compile.ts'

const files = (auth: string) => ({
  'throughline.yaml': `throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, environments: { staging: https://staging.store.example } } }\nauth:\n  staging:\n    valid: ${auth}\n`,
  'store.yaml':
    'openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths: { /sessions: { post: { operationId: createSession, responses: { "201": { description: In } } } } }\n',
})
const told = (auth: string): readonly string[] =>
  compiledFrom(auth).diagnostics.flatMap(({ code, message }) =>
    code === 'TL1004' || code === 'TL2025' ? [message] : [],
  )
const compiledFrom = (auth: string) => compile(filesOf(files(auth)))

test.each([
  ['a token', '{ token: "${STAGING_TOKEN}" }', { token: '${STAGING_TOKEN}' }],
  ['headers', '{ headers: { X-Key: "Key ${KEY}" } }', { headers: [['X-Key', 'Key ${KEY}']] }],
  ['a command', '{ command: scripts/token.sh }', { command: 'scripts/token.sh' }],
  [
    'client credentials',
    '{ oauth: { url: https://id.example/token, client: shop, secret: "${SECRET}" } }',
    { oauth: { url: 'https://id.example/token', client: 'shop', secret: '${SECRET}' } },
  ],
  [
    'signing in',
    '{ login: store.createSession, send: { email: a@shop.example, password: "${PASSWORD}" } }',
    {
      login: 'store.createSession',
      send: [
        ['email', 'a@shop.example'],
        ['password', '${PASSWORD}'],
      ],
    },
  ],
])('reads %s', (_, auth, expected) => {
  expect(told(auth)).toEqual([])
  const [found] = compiledFrom(auth).graph.declarations.workspace.auth
  expect(found).toMatchObject({ environment: 'staging', valid: expected })
})

test.each([
  ['{ token: eyJhbGciOi }', 'must be an environment variable such as `${STAGING_TOKEN}`'],
  ['{ headers: { X-Key: abc } }', 'must take its secret from an environment variable'],
  [
    '{ oauth: { url: https://a.example, client: a, secret: b } }',
    'must be an environment variable',
  ],
  ['{ oauth: { url: https://u:p@a.example, client: a, secret: "${B}" } }', 'without a password'],
  [
    '{ login: store.createSession, send: { password: hunter2 } }',
    'must be an environment variable such as `${STAGING_PASSWORD}`',
  ],
  ['{ token: "${A}", command: b }', 'must say one way to be let in, not token and command'],
  ['{ send: { a: b } }', 'must say how somebody is let in'],
  ['{ login: store.createSesion }', 'Did you mean `store.createSession`?'],
])('says what is wrong with %s, and never repeats a secret', (auth, message) => {
  const [first = '', ...others] = told(auth)
  expect(first).toContain(message)
  expect(others).toEqual([])
  expect(first).not.toMatch(/eyJhbGciOi|hunter2|u:p/)
})
