import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { compile, located, mainContent, validatorOf, type Situation } from '@throughline/core'
import { filesOf } from '../../../core/test/in-memory-files.ts'
import { liveWorkspace, type LiveWorkspace } from './live.ts'
import { studio } from './studio.ts'
import type { Hono } from 'hono'

const token = 'a-token-of-this-start'
const store = `
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
              schema:
                type: object
                required: [items, total]
                properties:
                  items: { type: array, items: { type: object, required: [name], properties: { name: { type: string } } } }
                  total: { type: number }
        '409': { description: Gone }
`
const journey = `
journey: checkout
title: Buy what is in the basket
steps:
  - step: basket
    screen: /basket
    budget: { p75: 200ms }
    calls:
      - operation: store.getBasket
        budget: { p75: 300ms }
        needs: [total, eta]
`

let files: Record<string, string>
let live: LiveWorkspace
let app: Hono
let playing: Situation | null
let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'throughline-studio-'))
  mkdirSync(join(root, 'pages', 'assets'), { recursive: true })
  writeFileSync(join(root, 'pages', 'index.html'), '<!doctype html><title>Studio</title>')
  writeFileSync(join(root, 'pages', 'assets', 'main-1a2b.js'), 'export {}')
  mkdirSync(join(root, 'workspace', 'designs'), { recursive: true })
  writeFileSync(join(root, 'workspace', 'designs', 'basket.png'), 'a picture')
  writeFileSync(join(root, 'secret.png'), 'outside')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

beforeEach(() => {
  files = {
    'throughline.yaml':
      'throughline: 1\nname: Storefront\napis: { store: { contract: store.yaml } }\n',
    'store.yaml': store,
    'journeys/checkout.journey.yaml': journey,
  }
  playing = null
  live = liveWorkspace(() => compile(filesOf(files)))
  app = studio({
    live,
    root: join(root, 'workspace'),
    pages: join(root, 'pages'),
    token,
    port: () => 4400,
    mock: {
      url: 'http://localhost:4401',
      situation: () => playing,
      play: (scenario) =>
        scenario === 'nowhere'
          ? undefined
          : (playing = scenario === null ? null : { scenario, title: 'Basket: timeout' }),
    },
    appUrl: 'http://localhost:4402',
  })
})

function ask(
  path: string,
  init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const headers = { host: 'localhost:4400', authorization: `Bearer ${token}`, ...init.headers }
  return Promise.resolve(app.request(`http://localhost:4400${path}`, { ...init, headers }))
}

test('tells the workspace at a glance', async () => {
  const overview = (await (await ask('/api/workspace')).json()) as Record<string, unknown>
  expect(overview).toMatchObject({
    name: 'Storefront',
    version: 1,
    journeys: [
      {
        name: 'checkout',
        title: 'Buy what is in the basket',
        line: 1,
        steps: [{ name: 'checkout/basket', status: 'gap' }],
      },
    ],
    apis: [{ name: 'store', operations: 1 }],
    mock: { url: 'http://localhost:4401', situation: null },
    app: { url: 'http://localhost:4402' },
  })
})

test('draws a journey: the gap, the state nobody designed and the promise that does not add up', async () => {
  const blueprint = (await (await ask('/api/journeys/checkout')).json()) as {
    steps: Record<string, unknown>[]
    diagnostics: { code: string; frame: { lines: string[] } }[]
  }
  const [basket] = blueprint.steps
  expect(basket).toMatchObject({
    number: 1,
    needs: [
      { label: 'Total', path: 'total', type: 'number', status: 'covered' },
      { label: 'Eta', path: 'eta', status: 'missing' },
    ],
    budget: { promised: 200, calls: 300, overBy: 100 },
  })
  const states = basket!['states'] as {
    condition: string
    status: string
    scenario?: string
    diagnostics: number[]
  }[]
  expect(states.map(({ condition, status }) => `${condition} ${status}`)).toEqual([
    'loading missing',
    'empty cannot-happen',
    'partial cannot-happen',
    '409 missing',
    'timeout missing',
    'offline missing',
  ])
  const conflict = states.find((one) => one.condition === '409')!
  expect(conflict.scenario).toBe('checkout/basket/409')
  expect(blueprint.diagnostics[conflict.diagnostics[0]!]).toMatchObject({
    code: 'TL3004',
    file: 'journeys/checkout.journey.yaml',
  })
  const missing = blueprint.diagnostics.find((one) => one.code === 'TL2003')!
  expect(missing.frame.lines.join('\n')).toContain('needs: [total, eta]')
})

test.each([
  ['getWorkspace', 'GET', '/api/workspace', undefined],
  ['getJourney', 'GET', '/api/journeys/checkout', undefined],
  ['getJourney', 'GET', '/api/journeys/return', undefined],
  ['getJourneyFiles', 'GET', '/api/journeys/checkout/files', undefined],
  ['getJourneyFiles', 'GET', '/api/journeys/return/files', undefined],
  ['listDiagnostics', 'GET', '/api/diagnostics', undefined],
  ['getSituation', 'GET', '/api/situation', undefined],
  ['setSituation', 'PUT', '/api/situation', { scenario: 'checkout/basket/timeout' }],
  ['setSituation', 'PUT', '/api/situation', { scenario: null }],
  ['setSituation', 'PUT', '/api/situation', { scenario: 'nowhere' }],
  ['setSituation', 'PUT', '/api/situation', { scenario: 4 }],
])('answers %s as its contract says: %s %s', async (name, method, path, body) => {
  const contract = compile(
    filesOf({
      'studio.openapi.yaml': readFileSync(new URL('studio.openapi.yaml', import.meta.url), 'utf8'),
    }),
    { contracts: ['studio.openapi.yaml'] },
  )
  expect(located(contract.diagnostics).filter((one) => one.severity === 'error')).toEqual([])
  const operation = contract.graph.apis[0]!.contract!.operations.find((one) => one.name === name)!
  const response = await ask(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const described = operation.responses().find((one) => one.status === String(response.status))
  expect(described, `${response.status} is described`).toBeDefined()
  const content = mainContent(described!.content)!
  expect(response.headers.get('content-type')).toContain(content.type)
  expect(validatorOf(content.schema!)(await response.json())).toEqual([])
})

test('plays a state on the mock and goes back to normal', async () => {
  const put = (scenario: string | null): Promise<Response> =>
    ask('/api/situation', { method: 'PUT', body: JSON.stringify({ scenario }) })
  expect(await (await put('checkout/basket/timeout')).json()).toEqual({
    situation: { scenario: 'checkout/basket/timeout', title: 'Basket: timeout' },
  })
  expect(await (await put(null)).json()).toEqual({ situation: null })
})

test('refuses what does not come from this machine, this page or this start', async () => {
  expect((await ask('/api/workspace', { headers: { host: 'studio.example' } })).status).toBe(421)
  expect(
    (await ask('/api/workspace', { headers: { host: '127.0.0.1.example:4400' } })).status,
  ).toBe(421)
  expect(
    (await ask('/api/workspace', { headers: { origin: 'http://localhost:9999' } })).status,
  ).toBe(403)
  expect((await ask('/api/workspace', { headers: { origin: 'null' } })).status).toBe(403)
  expect(
    (await ask('/api/workspace', { headers: { authorization: 'Bearer another' } })).status,
  ).toBe(401)
  expect(
    (
      await ask('/api/workspace', {
        headers: { authorization: '', cookie: 'throughline-studio-4400=another' },
      })
    ).status,
  ).toBe(401)
  expect((await ask('/?token=another', { headers: { authorization: '' } })).status).toBe(401)
  const refused = await ask('/api/workspace', { headers: { authorization: '' } })
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
})

test('takes the token from the printed address once and keeps it in a cookie', async () => {
  const first = await ask(`/journeys/checkout?token=${token}&as=backend`, {
    headers: { authorization: '' },
  })
  expect(first.status).toBe(303)
  expect(first.headers.get('location')).toBe('/journeys/checkout?as=backend')
  expect(first.headers.get('set-cookie')).toBe(
    `throughline-studio-4400=${token}; Path=/; HttpOnly; SameSite=Strict`,
  )
  const then = await ask('/api/workspace', {
    headers: { authorization: '', cookie: `throughline-studio-4400=${token}` },
  })
  expect(then.status).toBe(200)
})

test('serves its pages with a strict policy, any other address as the page itself', async () => {
  const page = await ask('/journeys/checkout')
  expect(await page.text()).toContain('<title>Studio</title>')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  const script = await ask('/assets/main-1a2b.js')
  expect(script.headers.get('cache-control')).toContain('immutable')
  expect((await ask('/assets/none.js')).status).toBe(404)
})

test('shows pictures of the workspace and nothing else of the disk', async () => {
  const picture = await ask('/api/picture?path=designs/basket.png')
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(picture.headers.get('content-security-policy')).toContain('sandbox')
  for (const path of [
    '../secret.png',
    '%2e%2e/secret.png',
    'designs/../../secret.png',
    join(root, 'secret.png'),
    'journeys/checkout.journey.yaml',
    'designs',
    'designs/basket.png%00',
  ]) {
    expect((await ask(`/api/picture?path=${path}`)).status, path).toBe(404)
  }
})

test('sends what changes as it changes, and what a page missed', async () => {
  const first = await ask('/api/events')
  const reader = eventsOf(first)
  expect(await reader.next()).toMatchObject({ event: { kind: 'graph', version: 1 } })

  files = { ...files, 'journeys/checkout.journey.yaml': journey.replace(', eta', '') }
  live.refresh()
  const changed = await reader.next()
  expect(changed).toMatchObject({ event: { kind: 'graph', version: 2 } })
  await reader.close()

  live.announce({ scenario: 'checkout/basket/timeout', title: 'Basket: timeout' })
  const again = eventsOf(await ask('/api/events', { headers: { 'last-event-id': changed.id! } }))
  expect(await again.next()).toMatchObject({ event: { kind: 'situation' } })
  await again.close()
})

test('keeps the last good graph while a saved file is broken, and says what is wrong', async () => {
  files = { ...files, 'journeys/checkout.journey.yaml': 'journey: checkout\nsteps: [\n  - step: }' }
  live.refresh()
  const broken = (await (await ask('/api/workspace')).json()) as {
    version: number
    broken: { diagnostics: { file: string; range: object }[] }
    journeys: unknown[]
  }
  expect(broken.version).toBe(1)
  expect(broken.journeys).toHaveLength(1)
  expect(broken.broken.diagnostics[0]).toMatchObject({
    file: 'journeys/checkout.journey.yaml',
    code: 'TL1001',
  })

  files = { ...files, 'journeys/checkout.journey.yaml': journey }
  live.refresh()
  expect(await (await ask('/api/workspace')).json()).toMatchObject({ version: 2 })
  expect(live.broken).toBeUndefined()
})

/** Reads server-sent events one by one. */
function eventsOf(response: Response): {
  next(): Promise<{ id?: string; event: unknown }>
  close(): Promise<void>
} {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end !== -1) {
          const lines = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          const data = lines.find((line) => line.startsWith('data: '))?.slice(6)
          const id = lines.find((line) => line.startsWith('id: '))?.slice(4)
          if (data !== undefined)
            return { ...(id !== undefined && { id }), event: JSON.parse(data) as unknown }
          continue
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('The stream ended')
        text += value
      }
    },
    close: () => reader.cancel(),
  }
}
