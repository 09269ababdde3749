import { expect, test } from 'vitest'
import { fromCommand, fromOAuth, headerOf } from './credentials.ts'

test('reads a header, and says what is wrong with what is none', () => {
  expect(headerOf('X-Tenant:  corner: market', '--header')).toEqual(['X-Tenant', 'corner: market'])
  expect(() => headerOf('corner market', '--header')).toThrow('`--header` is a name and a value')
})

test('takes a token or header lines from a command', async () => {
  expect(await fromCommand('echo abc.def', '.')).toEqual([['Authorization', 'Bearer abc.def']])
  expect(await fromCommand('echo "Cookie: a=1"; echo "X-Tenant: corner"', '.')).toEqual([
    ['Cookie', 'a=1'],
    ['X-Tenant', 'corner'],
  ])
  await expect(fromCommand('echo nobody is signed in >&2; exit 3', '.')).rejects.toThrow(
    'The command of `--auth-command` failed: nobody is signed in.',
  )
})

test('gets a token with client credentials', async () => {
  let sent = ''
  const env = {
    THROUGHLINE_OAUTH_TOKEN_URL: 'https://door.shop.example/token',
    THROUGHLINE_OAUTH_CLIENT_ID: 'shop',
    THROUGHLINE_OAUTH_CLIENT_SECRET: 's:3',
    THROUGHLINE_OAUTH_SCOPE: 'orders',
  }
  const door = async (status: number, body: unknown): ReturnType<typeof fromOAuth> =>
    fromOAuth(env, async (_, init) => {
      sent = `${new Headers(init?.headers).get('authorization')} ${String(init?.body as URLSearchParams)}`
      return Promise.resolve(Response.json(body, { status }))
    })
  expect(await door(200, { access_token: 'tok' })).toEqual([['Authorization', 'Bearer tok']])
  expect(sent).toBe(`Basic ${btoa('shop:s%3A3')} grant_type=client_credentials&scope=orders`)
  await expect(door(401, {})).rejects.toThrow('it answered 401')
  expect(await fromOAuth({})).toEqual([])
})
