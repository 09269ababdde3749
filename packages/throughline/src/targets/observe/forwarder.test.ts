import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { eventsOfOtlp, otlpFromJson, type EvidenceEvent } from '@throughline/core'
import { Forwarder } from './forwarder.ts'
import { logFilesIn } from './store/log-files.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-forward-'))
  folders.push(folder)
  return folder
}

const call: EvidenceEvent = {
  kind: 'call',
  time: 1_790_000_000_000.25,
  duration: 120,
  service: 'orders',
  release: '3.1',
  trace: '0af7651916cd43dd8448eb211c80319c',
  span: 'b7ad6b7169203331',
  name: 'GET /basket',
  method: 'GET',
  status: 500,
  outcome: 'error',
  operation: 'store.getBasket',
  step: 'checkout/basket',
}
const error: EvidenceEvent = {
  kind: 'error',
  time: 1_790_000_000_001,
  name: 'TypeError',
  text: 'no basket',
}

interface Got {
  readonly url: string
  readonly body: string
  readonly headers: Headers
}

function backend(answers: readonly (number | 'away')[]): {
  readonly got: Got[]
  readonly send: typeof fetch
} {
  const got: Got[] = []
  let tries = 0
  return {
    got,
    send(input, init) {
      const answer = answers[tries++] ?? 200
      if (answer === 'away') return Promise.reject(new TypeError('fetch failed'))
      if (answer === 200)
        got.push({
          url: new Request(input).url,
          body: gunzipSync(init!.body as Buffer).toString(),
          headers: new Headers(init!.headers),
        })
      return Promise.resolve(new Response(null, { status: answer }))
    },
  }
}

test('sends everything on as OTLP, trying again until the backend takes it', async () => {
  const folder = folderOf()
  const { got, send } = backend(['away', 503, 429])
  const forwarder = await Forwarder.open({
    url: 'https://otlp.example/base/',
    headers: { 'api-key': 'k' },
    files: logFilesIn(folder),
    send,
    firstRetry: 1,
  })
  await forwarder.take([call, error])
  await expect.poll(() => got.length).toBe(2)
  expect(got.map(({ url }) => url)).toEqual([
    'https://otlp.example/base/v1/traces',
    'https://otlp.example/base/v1/logs',
  ])
  expect(got[0]!.headers.get('api-key')).toBe('k')
  const context = {
    places: {
      operationOf: () => undefined,
      operationOfDocument: () => undefined,
      hasOperation: () => false,
      screenOf: () => undefined,
    },
    masked: () => false,
  }
  const { operation: _, step: __, ...said } = call
  expect(eventsOfOtlp(otlpFromJson('traces', JSON.parse(got[0]!.body)), context)).toEqual([
    {
      ...said,
      source: 'otlp',
      attributes: {
        'span.kind': 'client',
        'throughline.step': 'checkout/basket',
        'throughline.operation': 'store.getBasket',
      },
    },
  ])
  expect(eventsOfOtlp(otlpFromJson('logs', JSON.parse(got[1]!.body)), context)).toMatchObject([
    { kind: 'error', name: 'TypeError', text: 'no basket', time: error.time },
  ])
  await expect.poll(() => readdirSync(folder)).toEqual([])
  await forwarder.close()
})

test('sends after a restart what waited before, and says what is refused', async () => {
  const folder = folderOf()
  const away = await Forwarder.open({
    url: 'https://otlp.example',
    headers: {},
    files: logFilesIn(folder),
    send: () => Promise.reject(new TypeError('fetch failed')),
    firstRetry: 60_000,
  })
  await away.take([call])
  await away.take([error])
  await away.close()
  const notices: string[] = []
  const { got, send } = backend([200, 400])
  const back = await Forwarder.open({
    url: 'https://otlp.example',
    headers: {},
    files: logFilesIn(folder),
    send,
    onNotice: (line) => notices.push(line),
  })
  await expect
    .poll(() => notices)
    .toEqual(['https://otlp.example refused evidence with 400; it was not forwarded.'])
  expect(got).toHaveLength(1)
  await expect.poll(() => readdirSync(folder)).toEqual([])
  await back.close()
})
