import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from './mock.ts'

const error = {
  type: 'object',
  required: ['code', 'error'],
  properties: { code: { type: 'integer' }, error: { type: 'string' } },
}
const string = { type: 'string' }
const text = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Store', version: '1' },
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      password: { type: 'http', scheme: 'basic' },
      token: { type: 'oauth2', flows: {} },
      certificate: { type: 'mutualTLS' },
    },
  },
  paths: {
    '/basket': secured([
      { key: [], password: [] },
      { token: ['read'], certificate: [] },
    ]),
    '/coupons': secured([{ password: [] }]),
    '/orders': secured([{ token: ['read'] }]),
    '/checkout': {
      get: {
        security: [{ key: [] }],
        responses: { '401': { content: { 'application/json': { schema: error } } } },
      },
    },
  },
})
const file = { path: 'store.json', text }
const { graph } = compile({ paths: [file.path], read: () => file }, { contracts: [file.path] })

function object(properties: object): object {
  return { type: 'object', required: Object.keys(properties), properties }
}

function withPaths(paths: object): ReturnType<typeof mock> {
  const own = { path: 'own.json', text: JSON.stringify({ ...JSON.parse(text), paths }) }
  return mock(compile({ paths: [own.path], read: () => own }, { contracts: [own.path] }).graph)
}

function secured(security: readonly object[]): object {
  return { get: { security, responses: { '204': { description: 'Done' } } } }
}

async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  return mock(graph).handle(new Request(`http://localhost:4401${path}`, { headers }))
}

test('says which credentials belong together and which are alternatives', async () => {
  const answer = await get('/basket', { 'x-key': '1' })
  expect(answer.status).toBe(401)
  const { detail } = (await answer.json()) as { detail: string }
  expect(detail).toContain(
    'ApiKey realm="store", in="header", name="X-Key" and Basic realm="store", or Bearer realm="store".',
  )
  const both = { 'x-key': '1', authorization: `Basic ${btoa('mia:rye')}` }
  expect((await get('/basket', both)).status).toBe(204)
})

test('wants a name and a password of Basic, and no password where a token is asked for', async () => {
  const basic = `Basic ${btoa('mia:rye')}`
  expect((await get('/coupons', { authorization: basic })).status).toBe(204)
  for (const authorization of ['Basic !!!', `Basic ${btoa('mia')}`, 'Basic', 'Bearer rye'])
    expect((await get('/coupons', { authorization })).status).toBe(401)
  expect((await get('/orders', { authorization: basic })).status).toBe(401)
  for (const authorization of ['Bearer rye', 'token rye', 'DPoP rye'])
    expect((await get('/orders', { authorization })).status).toBe(204)
})

test('puts the status where a made-up error of the contract has a number for it', async () => {
  const answer = await get('/checkout')
  expect(await answer.json()).toMatchObject({ code: 401, error: 'Sign in to go on' })
})

test('lets a token do what it was asked for, and says which scope it lacks', async () => {
  const target = withPaths({
    '/refunds': secured([{ token: ['read', 'api://store/refunds.write'] }, { key: [] }]),
    '/oauth/token': {
      post: {
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: { properties: { grant_type: string, client_id: string, scope: string } },
            },
          },
        },
        responses: {
          '200': {
            description: 'A token',
            content: {
              'application/json': { schema: object({ access_token: string, scope: string }) },
            },
          },
        },
      },
    },
  })
  const token = async (scope?: string) => {
    const asked = { grant_type: 'client_credentials', client_id: 'till', ...(scope && { scope }) }
    const body = new URLSearchParams(asked)
    const url = 'http://localhost:4401/oauth/token'
    const answer = await target.handle(new Request(url, { method: 'POST', body }))
    return (await answer.json()) as { access_token: string; scope: string }
  }
  const using = async (given: string, more: Readonly<Record<string, string>> = {}) => {
    const headers = { authorization: `Bearer ${given}`, ...more }
    return target.handle(new Request('http://localhost:4401/refunds', { headers }))
  }

  const reader = await token('read')
  expect(reader.scope).toBe('read')
  const refused = await using(reader.access_token)
  expect(refused.status).toBe(403)
  expect(refused.headers.get('www-authenticate')).toBe(
    'Bearer realm="own", error="insufficient_scope", scope="api://store/refunds.write"',
  )
  expect(await refused.json()).toMatchObject({
    detail: 'This operation wants the scope api://store/refunds.write; the token has read.',
  })
  for (const scope of [undefined, 'read refunds.write'])
    expect((await using((await token(scope)).access_token)).status).toBe(204)
  expect((await using(reader.access_token, { 'x-key': '1' })).status).toBe(204)
})

test('reads the scopes that a JWT says of itself', async () => {
  const target = withPaths({ '/orders': secured([{ token: ['read'] }]) })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const status = async (claims: object) => {
    const authorization = `Bearer ${part({ alg: 'none' })}.${part(claims)}.x`
    const headers = { authorization }
    return (await target.handle(new Request('http://localhost:4401/orders', { headers }))).status
  }
  expect(await status({ sub: 'mia' })).toBe(204)
  expect(await status({ scope: 'read write' })).toBe(204)
  expect(await status({ scp: ['read'] })).toBe(204)
  expect(await status({ scope: 'write' })).toBe(403)
  expect(await status({ permissions: [] })).toBe(403)
})
