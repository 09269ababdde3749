import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from './mock.ts'

const error = {
  type: 'object',
  required: ['code', 'error'],
  properties: { code: { type: 'integer' }, error: { type: 'string' } },
}
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
