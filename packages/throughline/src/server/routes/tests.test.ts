import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StudioEvent } from '@throughline/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { differences, studioApp, type StudioApp } from '../../../test/studio-app.ts'
import { keepRun } from '../../targets/verify/run-files.ts'
import type { KeptRun } from '../../targets/verify/kept-run.ts'
import { testRunner, type TestRunner } from '../test-runner.ts'

let server: Server
let root: string
let runner: TestRunner
/** Methods and paths, as the backend was asked. */
let asked: string[]
/** The price that the backend answers with; the contract says that it is a number. */
let total: unknown
/** The backend answers nothing before this is fulfilled. */
let ready: Promise<void>

beforeEach(async () => {
  asked = []
  total = 'free'
  ready = Promise.resolve()
  root = mkdtempSync(join(tmpdir(), 'throughline-tests-'))
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    void answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await runner.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(root, { recursive: true, force: true })
})

async function answer(response: ServerResponse): Promise<void> {
  await ready
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ items: [{ name: 'Sourdough' }], total }))
}

const contract = `
openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema: { type: object, required: [items, total], properties: { items: { type: array, items: { type: object, properties: { name: { type: string } } } }, total: { type: number } } }
        '404': { description: No basket }
    put:
      operationId: changeBasket
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: Changed }
`
const journey = `
journey: checkout
title: Buy what is in the basket
steps:
  - step: basket
    screen: /basket
    calls:
      - operation: store.getBasket
        needs: [total, "items[].name"]
      - operation: store.changeBasket
`

function shop({ readOnly = false } = {}) {
  const { port } = server.address() as AddressInfo
  const files = {
    'throughline.yaml': `throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, environments: { staging: "http://127.0.0.1:${port}", production: "http://127.0.0.1:${port}/v1" } } }\n`,
    'store.yaml': contract,
    'journeys/checkout.journey.yaml': journey,
  }
  runner = testRunner({ root, graph: () => app.live.current.graph })
  const app: StudioApp = studioApp(files, { root, tests: { runner, readOnly } })
  const start = (body: unknown): Promise<Response> =>
    app.ask('/api/tests', { method: 'POST', body: JSON.stringify(body) })
  return { ...app, start }
}

/** Fulfils when the run that goes on has ended. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    if (runner.progress() === undefined) return resolve()
    const stop = runner.subscribe((progress) => {
      if (progress !== null) return
      stop()
      resolve()
    })
  })
}

interface Shown {
  readonly run: { readonly id: string; readonly outcome: string; readonly counts: object }
  readonly findings: readonly {
    readonly check: string
    readonly at?: string
    readonly since?: string
    readonly curl: string
    readonly steps: readonly { readonly step: string; readonly url: string }[]
    readonly operation: { readonly id: string; readonly url?: string }
  }[]
  readonly journeys: readonly {
    readonly name: string
    readonly needs: object
    readonly operations: object
    readonly missing: readonly { readonly name: string; readonly why: string }[]
  }[]
  readonly before?: { readonly gone: readonly { readonly at?: string }[] }
}

test('runs against an environment, reading only, and says whom each finding hurts', async () => {
  const { ask, data, start } = shop()
  const answer = await start({ environment: 'staging', phases: ['examples'] })
  expect(answer.status).toBe(202)
  const { id } = (await answer.clone().json()) as { id: string }
  expect(await differences('startTest', answer)).toEqual([])
  await ended()
  expect(new Set(asked)).toEqual(new Set(['GET /basket']))

  const run = await data<Shown>(`/api/tests/${id}`)
  const wrong = run.findings.find((one) => one.check === 'response-schema')
  expect(wrong).toMatchObject({
    at: 'body:total',
    operation: { id: 'store.getBasket', url: '/reference/store.getBasket' },
    steps: [
      { step: 'checkout/basket', url: expect.stringMatching(/^.journeys.checkout.step=basket/) },
    ],
  })
  expect(wrong?.curl).toMatch(/^curl -X GET http:\/\/127\.0\.0\.1:\d+\/basket/)
  expect(run.journeys).toMatchObject([
    { name: 'checkout', needs: { reached: 2, total: 2 }, operations: { reached: 1, total: 2 } },
  ])
  expect(run.journeys[0]!.missing).toContainEqual({
    kind: 'operations',
    name: 'store.changeBasket',
    why: 'not asked in this run',
  })
  expect(await differences('getTest', await ask(`/api/tests/${id}`))).toEqual([])
  expect(await differences('listTests', await ask('/api/tests'))).toEqual([])
  expect(await data('/api/tests')).toMatchObject({
    environments: [
      { name: 'mock', production: false },
      { name: 'staging', production: false },
      { name: 'production', production: true },
    ],
    runs: [{ id, target: 'staging', by: 'studio', outcome: 'done', readOnly: true }],
    marks: { id, steps: { 'checkout/basket': 1 }, operations: { 'store.getBasket': 1 } },
  })
})

test('writes where somebody allows it, but never to what looks like production', async () => {
  const { start } = shop()
  await start({ environment: 'staging', phases: ['examples'], writes: true })
  await ended()
  expect(asked).toContain('PUT /basket')
  const refused = await start({ environment: 'production', writes: true })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ title: 'production looks like production' })
})

test('compares with the run before that asked the same', async () => {
  const { data, start } = shop()
  const findings = async (): Promise<Shown> => {
    const { id } = (await (
      await start({ environment: 'staging', phases: ['examples'] })
    ).json()) as { id: string }
    await ended()
    return data<Shown>(`/api/tests/${id}`)
  }
  expect((await findings()).before).toBeUndefined()
  const known = await findings()
  expect(known.findings.map((one) => one.since)).toEqual(['known'])
  expect(known.before?.gone).toEqual([])
  total = 3
  const mended = await findings()
  expect(mended.findings).toEqual([])
  expect(mended.before?.gone.map((one) => one.at)).toEqual(['body:total'])
  total = 'free'
  expect((await findings()).findings.map((one) => one.since)).toEqual(['new'])
})

test('is watched and stopped, one run at a time', async () => {
  const { ask, start } = shop()
  let go = (): void => {}
  ready = new Promise((resolve) => {
    go = resolve
  })
  expect((await ask('/api/tests/running', { method: 'DELETE' })).status).toBe(409)
  const { id } = (await (await start({ environment: 'staging' })).json()) as { id: string }
  const second = await start({ environment: 'mock' })
  expect(second.status).toBe(409)
  expect(await differences('startTest', second)).toEqual([])

  const events = (await ask('/api/events')).body!.getReader()
  const heard: StudioEvent[] = []
  const listening = (async () => {
    const decoder = new TextDecoder()
    while (!heard.some((one) => one.kind === 'test' && one.progress === null)) {
      const { value } = await events.read()
      for (const [, event] of decoder.decode(value).matchAll(/^data: (.*)$/gm))
        heard.push(JSON.parse(event!) as StudioEvent)
    }
    await events.cancel()
  })()
  expect(await differences('getTest', await ask(`/api/tests/${id}`))).toEqual([])
  const stopping = ask('/api/tests/running', { method: 'DELETE' })
  go()
  expect(await differences('stopTest', await stopping)).toEqual([])
  await listening
  expect(heard).toContainEqual(
    expect.objectContaining({ kind: 'test', progress: expect.objectContaining({ id }) }),
  )
  const run = (await (await ask(`/api/tests/${id}`)).json()) as Shown
  expect(run.run.outcome).toBe('stopped')
})

test('says that nobody answers, in one finding', async () => {
  const { data, start } = shop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  const { id } = (await (await start({ environment: 'staging' })).json()) as { id: string }
  await ended()
  const { run, findings } = await data<Shown>(`/api/tests/${id}`)
  expect(run).toMatchObject({ outcome: 'ended', ended: expect.stringContaining('does not answer') })
  expect(findings.map((one) => one.check)).toEqual(['connection'])
})

test('refuses what it was not made for', async () => {
  const { ask, start } = shop()
  const other = await start({ environment: 'http://elsewhere.example' })
  expect(other.status).toBe(403)
  expect(await differences('startTest', other)).toEqual([])
  for (const body of [null, [], {}, { environment: 'mock', phases: [] }, { environment: 1 }])
    expect((await start(body)).status).toBe(400)
  expect((await start({ environment: 'mock', phases: ['__proto__'] })).status).toBe(400)
  const init = { method: 'POST', body: '{"environment":"mock"}' }
  const foreign = await ask('/api/tests', { ...init, headers: { origin: 'http://evil.example' } })
  expect(foreign.status).toBe(403)
  const unknown = await ask('/api/tests', { ...init, headers: { authorization: 'Bearer none' } })
  expect(unknown.status).toBe(401)
  expect(runner.progress()).toBeUndefined()
  expect(asked).toEqual([])
})

test('shows and starts nothing where it only shows', async () => {
  const { data, start } = shop({ readOnly: true })
  const refused = await start({ environment: 'mock' })
  expect(refused.status).toBe(403)
  expect(await differences('startTest', refused)).toEqual([])
  expect(await data('/api/tests')).toMatchObject({ readOnly: true, runs: [] })
})

test('keeps the newest twenty, and passes over files that are no runs', async () => {
  const { ask, data } = shop()
  for (let day = 1; day <= 22; day++) keepRun(root, runOf(day))
  const folder = join(root, '.throughline', 'runs')
  expect(readdirSync(folder)).toHaveLength(20)
  writeFileSync(join(folder, '20991231T000000000Z.json'), '{"version":1,"findings":{}}')
  const { runs } = await data<{ runs: readonly { id: string }[] }>('/api/tests')
  expect(runs.map(({ id }) => id).slice(0, 2)).toEqual([
    '20260122T000000000Z',
    '20260121T000000000Z',
  ])
  expect((await ask('/api/tests/20991231T000000000Z')).status).toBe(404)
  expect((await ask('/api/tests/..%2f..%2fsecret')).status).toBe(404)
})

test('leaves what answers say about caching beside what screens tolerate', async () => {
  const { ask, data } = shop()
  const before = await ask('/api/freshness')
  expect(await before.json()).not.toHaveProperty('tested')
  const caching = { maxAge: 90, noStore: false, said: true, etag: false, answers: 2 }
  keepRun(root, { ...runOf(1), caching: { 'store.getBasket': caching } })
  keepRun(root, { ...runOf(2), target: 'mock', caching: { 'store.getBasket': caching } })

  const tag = before.headers.get('etag')!
  const after = await ask('/api/freshness', { headers: { 'if-none-match': tag } })
  expect(after.status).toBe(200)
  expect(await differences('getFreshness', after)).toEqual([])
  expect(await data('/api/freshness')).toMatchObject({
    rows: [{ operation: 'store.getBasket', observed: 'max-age=90' }],
    tested: { id: '20260101T000000000Z', target: 'staging' },
  })
})

function runOf(day: number): KeptRun {
  const none = { reached: 0, total: 0 }
  const at = `2026-01-${String(day).padStart(2, '0')}`
  return {
    version: 1,
    id: `${at.replaceAll('-', '')}T000000000Z`,
    by: 'cli',
    target: 'staging',
    started: `${at}T00:00:00.000Z`,
    ms: 1,
    seed: 1,
    phases: ['examples'],
    readOnly: true,
    outcome: 'done',
    cases: 0,
    requests: 0,
    operations: { tested: 0, total: 0 },
    leftOut: [],
    findings: [],
    coverage: { operations: none, statuses: none, parameters: none, needs: none, states: none },
    journeys: [],
  }
}
