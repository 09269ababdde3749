import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from '@throughline/core'
import { afterAll, expect, test } from 'vitest'
import { CannotRun } from '../cannot-run.ts'
import { listen } from '../targets/mock/listen.ts'
import { mock } from '../targets/mock/mock.ts'
import { callbacksFrom } from './callbacks.ts'
import { certificateFor } from './certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-tls-'))
const env = { XDG_CACHE_HOME: folder }
afterAll(() => rmSync(folder, { recursive: true }))

test('makes a certificate for localhost once, keeps it for this user, and serves with it', async () => {
  const made = (await certificateFor({ https: true }, folder, env))!
  const path = join(folder, 'throughline', 'localhost-key.pem')
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual([made.key, 0o600])
  expect(await certificateFor({ https: true }, folder, env)).toEqual(made)

  const text =
    'openapi: 3.1.0\ninfo: { title: Shop, version: "1" }\npaths: { /tea: { get: { responses: { "200": { description: x, content: { application/json: { example: { name: Tea } } } } } } } }'
  const files = { paths: ['store.yaml'], read: (path: string) => ({ path, text }) }
  const { graph } = compile(files, { contracts: ['store.yaml'] })
  const running = await listen(mock(graph), { port: 0, tls: made })
  try {
    expect(running.url).toMatch(/^https:\/\/localhost:\d+$/)
    expect(await asked(`${running.url}/tea`, made.cert)).toBe('{"name":"Tea"}')
  } finally {
    await running.close()
  }
})

test('makes another where the one that was kept is broken', async () => {
  const before = await certificateFor({ https: true }, folder, env)
  writeFileSync(join(folder, 'throughline', 'localhost.pem'), 'torn')
  expect(await certificateFor({ https: true }, folder, env)).not.toEqual(before)
})

test('takes the files of the team, both or none', async () => {
  const kept = join(folder, 'throughline')
  const files = { 'tls-cert': 'localhost.pem', 'tls-key': 'localhost-key.pem' }
  expect(await certificateFor(files, kept, env)).toEqual(
    await certificateFor({ https: true }, folder, env),
  )
  expect(await certificateFor({}, kept, env)).toBeUndefined()
  await expect(certificateFor({ 'tls-cert': 'localhost.pem' }, kept, env)).rejects.toThrow(
    CannotRun,
  )
  await expect(certificateFor({ ...files, 'tls-cert': 'none.pem' }, kept, env)).rejects.toThrow(
    "can't be read",
  )
  const swapped = { 'tls-cert': 'localhost-key.pem', 'tls-key': 'localhost.pem' }
  await expect(certificateFor(swapped, kept, env)).rejects.toThrow('no certificate')
})

test('reads which hosts may be called back', () => {
  expect(callbacksFrom(undefined)).toEqual([])
  expect(callbacksFrom('off')).toBe('none')
  expect(callbacksFrom('allow=hooks.example, other.example:8080')).toEqual([
    'hooks.example',
    'other.example:8080',
  ])
  expect(() => callbacksFrom('hooks.example')).toThrow('allow=hooks.example')
  expect(() => callbacksFrom('allow=http://hooks.example')).toThrow('allow=hooks.example')
})

function asked(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(url, { ca }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve(text))
    })
    call.on('error', reject)
    call.end()
  })
}
