import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { applyOverlay } from '@throughline/core'
import { shellIn } from '../../test/shell.ts'

const contract = `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /me:
    get:
      operationId: getMe
      responses:
        '200':
          description: x
          content:
            application/json:
              schema: { type: object, required: [id, email], properties: { id: { type: string }, email: { type: string, format: email }, sessionToken: { type: string, minLength: 3 } } }
              example: { id: c-0, email: old@shop.example }
        '404': { $ref: '#/components/responses/NotFound' }
components:
  responses:
    NotFound: { description: x, content: { application/problem+json: { schema: { type: object, required: [title] } } } }
`

const files = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'policy.yaml': `classes:
  personal: { contains: [email], rule: never in logs }
  secret: { contains: [token], rule: never in a response }
`,
  'store.yaml': contract,
}

async function backend(): Promise<string> {
  const server = createServer((request, response) => {
    const gone = request.url?.includes('gone') === true
    response
      .writeHead(gone ? 404 : 200, {
        'content-type': gone ? 'application/problem+json' : 'application/json',
        'set-cookie': 'sid=cookie-value; HttpOnly',
      })
      .end(
        gone
          ? '{"title":"Nobody is signed in"}'
          : '{"id":"c-1","email":"maya@shop.example","sessionToken":"token-value"}',
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function shop(record: string, shell = shellIn(files)) {
  const started = shell.start(
    'mock',
    '-p',
    '0',
    '--proxy',
    await backend(),
    '--record',
    record,
    '--json',
  )
  await started.says('"summary"')
  const { url } = JSON.parse(started.stdout()) as { url: string }
  const ask = async (path: string): Promise<string> =>
    (await fetch(`${url}${path}`, { headers: { authorization: 'Bearer bearer-value' } })).text()
  return { shell, started, ask }
}

test('records what backends answer as a HAR, with nothing personal or secret in it', async () => {
  const { shell, started, ask } = await shop('session.har')
  expect(await ask('/store/me?api_key=key-value')).toContain('maya@shop.example')
  await ask('/store/me?gone=1')
  await started.stop()
  const text = shell.read('session.har')
  for (const secret of ['maya', 'token-value', 'cookie-value', 'bearer-value', 'key-value'])
    expect(text).not.toContain(secret)
  expect(statSync(join(shell.folder, 'session.har')).mode & 0o077).toBe(0)
  expect(JSON.parse(text)).toMatchObject({
    log: {
      version: '1.2',
      creator: { name: 'Throughline' },
      entries: [
        {
          request: {
            method: 'GET',
            url: expect.stringContaining('/store/me?api_key=%5Bredacted%20secret%5D'),
            headers: expect.arrayContaining([
              { name: 'authorization', value: '[redacted secret]' },
            ]),
          },
          response: {
            status: 200,
            statusText: 'OK',
            content: {
              mimeType: 'application/json',
              text: '{"id":"c-1","email":"[redacted personal]","sessionToken":"[redacted secret]"}',
            },
          },
          comment: 'store.getMe',
          _answeredBy: 'backend',
        },
        { response: { status: 404 } },
      ],
    },
  })

  const again = await shop('session.har', shell)
  await again.ask('/store/me')
  await again.started.stop()
  const continued = JSON.parse(shell.read('session.har')) as { log: { entries: unknown[] } }
  expect(continued.log.entries).toHaveLength(3)
})

test('keeps the file whole while it is written', async () => {
  const { shell, started, ask } = await shop('session.har')
  await ask('/store/me')
  const written = (): boolean =>
    existsSync(join(shell.folder, 'session.har')) &&
    shell.read('session.har').includes('store.getMe')
  await expect.poll(written, { timeout: 5000 }).toBe(true)
  for (let call = 0; call < 20; call++) {
    await ask('/store/me')
    expect(() => JSON.parse(shell.read('session.har')) as unknown).not.toThrow()
  }
  await started.stop()
  expect(shell.list().filter((path) => path.includes('.tmp'))).toEqual([])
})

test('turns answers into examples that keep the contract, as an overlay beside it', async () => {
  const { shell, started, ask } = await shop('recorded.overlay.yaml')
  await ask('/store/me')
  await ask('/store/me')
  await ask('/store/me?gone=1')
  await started.stop()
  const text = shell.read('recorded.overlay.yaml')
  expect(text).not.toContain('maya')
  expect(text).not.toContain('redacted')
  const overlay = parse(text) as Parameters<typeof applyOverlay>[1]
  expect(overlay).toMatchObject({ overlay: '1.0.0', info: { title: 'Recorded examples of store' } })
  const { value } = applyOverlay(parse(contract), overlay)
  expect(value).toMatchObject({
    paths: {
      '/me': {
        get: {
          responses: {
            '200': {
              content: {
                'application/json': {
                  examples: {
                    example: { value: { id: 'c-0' } },
                    recorded: { value: { id: 'c-1', email: expect.stringContaining('@') } },
                  },
                },
              },
            },
          },
        },
      },
    },
    components: {
      responses: {
        NotFound: {
          content: {
            'application/problem+json': {
              examples: { recorded: { value: { title: 'Nobody is signed in' } } },
            },
          },
        },
      },
    },
  })
  expect(JSON.stringify(value)).not.toContain('"example":{"id"')
})

test('writes over nothing that it has not written itself', async () => {
  const shell = shellIn({ ...files, 'notes.har': '{"log":{}}' })
  expect(await shell.run('mock', '--record', 'notes.har')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('error TL9004: notes.har is there already'),
  })
  expect(await shell.run('mock', '--record', 'calls.txt')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('error TL9003: `--record` writes a .har file'),
  })
})
