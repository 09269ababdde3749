import { expect, test } from 'vitest'
import { framingOf, type FetchPage } from './framing.ts'

const app = 'http://localhost:4402/basket'
const studio = 'http://localhost:4400'
const answering =
  (headers: Record<string, string>, status = 200): FetchPage =>
  () =>
    Promise.resolve(new Response(null, { status, headers }))

test.each<[string, Record<string, string>, string]>([
  ['an app that says nothing', {}, 'allowed'],
  ['an old header', { 'x-frame-options': 'DENY' }, 'refused'],
  ['an old header, for itself', { 'x-frame-options': 'sameorigin' }, 'refused'],
  ['a policy for nobody', { 'content-security-policy': "frame-ancestors 'none'" }, 'refused'],
  [
    'a policy that names the studio, which wins over the old header',
    {
      'content-security-policy': `default-src 'self'; frame-ancestors 'self' ${studio}`,
      'x-frame-options': 'DENY',
    },
    'allowed',
  ],
  ['any port of a host', { 'content-security-policy': 'frame-ancestors localhost:*' }, 'allowed'],
  ['another port', { 'content-security-policy': 'frame-ancestors http://localhost:1' }, 'refused'],
  [
    'two policies, one of which refuses',
    { 'content-security-policy': "frame-ancestors *, frame-ancestors 'self'" },
    'refused',
  ],
])('reads what the headers say: %s', async (_, headers, framing) => {
  expect(await framingOf(app, studio, answering(headers))).toMatchObject({ framing })
})

test('follows redirects within the app, and none that leaves it', async () => {
  const asked: string[] = []
  const inside: FetchPage = (address) => {
    asked.push(address)
    return answering(
      asked.length === 1 ? { location: '/start' } : {},
      asked.length === 1 ? 302 : 200,
    )(address, {})
  }
  expect(await framingOf(app, studio, inside)).toEqual({ url: app, framing: 'allowed' })
  expect(asked).toEqual([app, 'http://localhost:4402/start'])
  const outside = answering({ location: 'https://login.example/' }, 302)
  expect(await framingOf(app, studio, outside)).toMatchObject({
    framing: 'refused',
    because: 'It leads to https://login.example, which the studio does not frame.',
  })
  const round = answering({ location: app }, 302)
  expect(await framingOf(app, studio, round)).toMatchObject({ framing: 'refused' })
})

test('says that an app is not running', async () => {
  const away: FetchPage = () => Promise.reject(new TypeError('fetch failed'))
  expect(await framingOf(app, studio, away)).toEqual({
    url: app,
    framing: 'unreachable',
    because: 'Nothing answers at http://localhost:4402. Is the app running?',
  })
})
