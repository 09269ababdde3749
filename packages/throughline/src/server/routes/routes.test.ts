import type {
  CloseMatches,
  DiagnosticList,
  NeedsMatrix,
  ReferenceFields,
  ReferenceIndex,
  ReferenceOperation,
  SearchIndex,
  StatesMatrix,
  WorkspaceOverview,
} from '@throughline/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { shop } from '../../../../core/test/storefront-like.ts'
import { differences, studioApp } from '../../../test/studio-app.ts'

let app: ReturnType<typeof studioApp>
beforeEach(() => {
  app = studioApp(shop)
})

describe('answers as its contract says', () => {
  test.each([
    ['getWorkspace', '/api/workspace'],
    ['getJourney', '/api/journeys/checkout'],
    ['getNeeds', '/api/needs'],
    [
      'findCloseMatches',
      '/api/needs/close-matches?operation=store.getBasket&path=items[].price.curency',
    ],
    ['findCloseMatches', '/api/needs/close-matches?operation=store.getBasket'],
    ['getStates', '/api/states'],
    ['getLineage', '/api/lineage'],
    ['getLineage', '/api/lineage?class=personal&journey=checkout&finding=unneeded&find=email'],
    ['getLineage', '/api/lineage?finding=lost'],
    ['getDataRecord', '/api/lineage/record?owner=orders'],
    ['getFreshness', '/api/freshness'],
    ['listOperations', '/api/operations'],
    ['getOperation', '/api/operations/store.getBasket'],
    ['getOperation', '/api/operations/store.createPayment'],
    ['getOperation', '/api/operations/reviews.basketReviews'],
    ['getOperation', '/api/operations/store.getCrate'],
    ['getFields', '/api/operations/store.getBasket/fields?path=items'],
    ['getFields', '/api/operations/store.getBasket/fields?path=nowhere'],
    ['getFields', '/api/operations/store.createPayment/fields?request&path=method'],
    ['getType', '/api/types/store.Basket'],
    ['getType', '/api/types/store.Crate'],
    ['listDiagnostics', '/api/diagnostics'],
    ['getExplanation', '/api/explanations/TL2003'],
    ['getExplanation', '/api/explanations/TL0000'],
    ['getExplanation', '/api/explanations/__proto__'],
    ['getSearchIndex', '/api/search-index'],
  ])('%s: %s', async (operation, path) => {
    expect(await differences(operation, await app.ask(path))).toEqual([])
  })
})

describe('what changes only with the graph', () => {
  test.each([
    '/api/needs',
    '/api/states',
    '/api/lineage',
    '/api/freshness',
    '/api/operations',
    '/api/operations/store.getBasket',
    '/api/diagnostics',
    '/api/search-index',
  ])('%s is sent again only when the graph has changed', async (path) => {
    const first = await app.ask(path)
    const tag = first.headers.get('etag')!
    const again = await app.ask(path, { headers: { 'if-none-match': tag } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')

    app.edit({
      'journeys/checkout.journey.yaml': shop['journeys/checkout.journey.yaml'].replace(
        'path: eta',
        'path: total',
      ),
    })
    const changed = await app.ask(path, { headers: { 'if-none-match': tag } })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(tag)
  })

  test('tells two starts of the server apart', async () => {
    const other = studioApp(shop)
    const tag = (await app.ask('/api/needs')).headers.get('etag')!
    expect((await other.ask('/api/needs', { headers: { 'if-none-match': tag } })).status).toBe(200)
  })
})

test('leads from each gap to the page that shows it', async () => {
  const { open } = await app.data<WorkspaceOverview>('/api/workspace')
  const needs = await app.data<NeedsMatrix>('/api/needs')
  const states = await app.data<StatesMatrix>('/api/states')
  expect(open.gaps).toEqual({ count: needs.totals.needs.missing, url: '/needs?show=gaps' })
  expect(open.undecided).toEqual({ count: states.totals.missing, url: '/states?show=undecided' })
  expect(open.overBudget).toEqual({ count: 1, url: '/journeys/checkout?step=basket' })
  expect(open.unowned).toEqual({ count: 1, url: '/diagnostics?code=TL4005' })
  expect(open.gaps.count).toBeGreaterThan(0)
  expect(open.undecided.count).toBeGreaterThan(0)
})

test('finds what was probably meant', async () => {
  const path = encodeURIComponent('items[].price.curency')
  const found = await app.data<CloseMatches>(
    `/api/needs/close-matches?operation=store.getBasket&path=${path}`,
  )
  expect(found.exists).toBe(false)
  expect(found.matches[0]).toMatchObject({
    path: 'items[].price.currency',
    distance: 1,
    because: 'spelled nearly the same',
  })
})

test('opens an operation whose name is a method and a path', async () => {
  const paths = studioApp({
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
    'store.yaml':
      'openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths: { "/orders/{id}": { get: { responses: { "200": { description: An order } } } } }\n',
  })
  const { apis } = await paths.data<ReferenceIndex>('/api/operations')
  const { id, url } = apis[0]!.groups[0]!.operations[0]!
  expect(id).toBe('store.GET /orders/{id}')
  expect(url).toBe('/reference/store.GET%20%2Forders%2F%7Bid%7D')
  const operation = await paths.data<ReferenceOperation>(
    `/api/operations/${encodeURIComponent(id)}`,
  )
  expect(operation).toMatchObject({ method: 'GET', path: '/orders/{id}' })
})

test('opens a field further', async () => {
  const { field } = await app.data<ReferenceFields>(
    '/api/operations/store.getBasket/fields?path=items&response=200',
  )
  expect(field.children?.map((one) => one.path)).toContain('items[].name')
})

test('says whose mend a problem is', async () => {
  const list = await app.data<DiagnosticList>('/api/diagnostics')
  expect(list.total).toBe(app.live.current.diagnostics.length)
  expect(list.sides.ux + list.sides.backend + list.sides.both).toBe(list.total)
  expect(list.rules.find((one) => one.code === 'TL2003')).toMatchObject({
    title: 'Need not in contract',
    side: 'both',
  })
  const gap = list.diagnostics.find((one) => one.message.includes('curency'))!
  expect(gap.owners).toContain('orders')
  expect(gap.url).toBe(
    '/needs?operation=store.getBasket&field=items[].price.curency&step=checkout/basket',
  )
})

test('leaves out the problems that nobody asked for, and refuses to guess what was asked', async () => {
  const errors = await app.data<DiagnosticList>('/api/diagnostics?severity=error&owner=orders')
  expect(errors.matching).toBeGreaterThan(0)
  expect(errors.diagnostics.every((one) => one.severity === 'error')).toBe(true)
  expect(errors.diagnostics.every((one) => one.owners.includes('orders'))).toBe(true)
  expect(errors.total).toBe(app.live.current.diagnostics.length)
  const refused = await app.ask('/api/diagnostics?severity=bad')
  expect(refused.status).toBe(400)
  expect(await differences('listDiagnostics', refused)).toEqual([])
})

test('finds anything by its name', async () => {
  const { entries } = await app.data<SearchIndex>('/api/search-index')
  const kinds = new Set(entries.map((one) => one.kind))
  expect([...kinds].toSorted()).toEqual([
    'field',
    'journey',
    'need',
    'operation',
    'page',
    'persona',
    'rule',
    'state',
    'step',
    'type',
  ])
  expect(entries.find((one) => one.kind === 'rule' && one.url.endsWith('TL2003'))?.label).toBe(
    'Need not in contract',
  )
})

/** Every address that this folder adds. */
const addresses: readonly (readonly [
  string,
  { readonly method?: string; readonly body?: string },
])[] = [
  ['/api/needs', {}],
  ['/api/needs/close-matches?operation=a.b&path=c', {}],
  ['/api/states', {}],
  ['/api/operations', {}],
  ['/api/operations/store.getBasket', {}],
  ['/api/operations/store.getBasket/fields', {}],
  ['/api/types/store.Basket', {}],
  ['/api/diagnostics', {}],
  ['/api/explanations/TL2003', {}],
  ['/api/search-index', {}],
  ['/api/try', { method: 'POST', body: '{"operation":"store.getBasket","target":"mock"}' }],
]

describe.each(addresses)('%s', (path, init) => {
  test('refuses a foreign host, a foreign page and a browser without the token', async () => {
    let sent = 0
    const guarded = studioApp(shop, { send: () => Promise.reject(new Error(`sent ${++sent}`)) })
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await guarded.ask(path, { ...init, headers })).status
    expect(await ask({ host: 'studio.example' })).toBe(421)
    expect(await ask({ host: 'localhost.example:4400' })).toBe(421)
    expect(await ask({ origin: 'http://localhost:4402' })).toBe(403)
    expect(await ask({ origin: 'null' })).toBe(403)
    expect(await ask({ authorization: '' })).toBe(401)
    expect(await ask({ authorization: 'Bearer another-start' })).toBe(401)
    expect(await ask({ authorization: '', cookie: 'throughline-studio-4400=another-start' })).toBe(
      401,
    )
    expect(sent).toBe(0)
  })
})

describe('text that people wrote', () => {
  const evil = '</script><img src=x onerror=alert(1)>"\'\u0000\u2028\r\nSet-Cookie: a=b'
  const yaml = JSON.stringify(evil)
  const hostile = {
    'throughline.yaml': `throughline: 1\nname: ${yaml}\napis:\n  store: { contract: store.yaml, owner: ${yaml} }\n`,
    'store.yaml': `openapi: 3.1.0
info: { title: ${yaml}, description: ${yaml}, version: 1.0.0 }
tags: [{ name: ${yaml}, description: ${yaml} }]
paths:
  "/basket":
    get:
      operationId: getBasket
      summary: ${yaml}
      description: ${yaml}
      tags: [${yaml}]
      parameters: [{ name: ${yaml}, in: query, description: ${yaml}, schema: { type: string, enum: [${yaml}] }, example: ${yaml} }]
      responses:
        "200":
          description: ${yaml}
          content: { application/json: { schema: { type: object, properties: { ${yaml}: { type: string, title: ${yaml}, description: ${yaml}, default: ${yaml}, pattern: ${yaml} } } }, examples: { ${yaml}: { summary: ${yaml}, value: ${yaml} } } } }
        "404":
          description: ${yaml}
          content: { application/problem+json: { examples: { a: { value: { title: ${yaml}, type: ${yaml} } } } } }
components: { schemas: { ${yaml}: { type: string } } }
`,
    'journeys/checkout.journey.yaml': `journey: checkout
title: ${yaml}
goal: ${yaml}
owner: ${yaml}
steps:
  - step: basket
    title: ${yaml}
    screen: ${yaml}
    calls:
      - operation: store.getBasket
        needs: [{ path: ${yaml}, label: ${yaml}, why: ${yaml}, absent: ${yaml} }, { path: eta, label: ${yaml} }]
        states: { loading: { show: ${yaml}, recover: ${yaml}, test: ${yaml} } }
`,
  }

  test.each(addresses)(
    'stays data in %s and never becomes HTML or a header',
    async (path, init) => {
      const answer = studioApp(hostile, {
        send: () =>
          Promise.resolve({
            status: 200,
            statusText: evil,
            headers: [
              { name: 'content-type', value: 'text/html' },
              { name: 'x-evil', value: evil },
            ],
            body: evil,
            binary: false,
            bytes: 1,
            cut: false,
            ms: 1,
          }),
      })
      for (const address of [path, `${path.split('?')[0]}/${encodeURIComponent(evil)}`]) {
        const response = await answer.ask(address, init)
        expect(response.headers.get('content-type')).toMatch(/^application\/(problem\+)?json/)
        expect(response.headers.get('x-content-type-options')).toBe('nosniff')
        expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
        expect(response.headers.get('set-cookie')).toBeNull()
        expect(response.headers.get('x-evil')).toBeNull()
        for (const [, value] of response.headers) expect(value).not.toContain('onerror')
        JSON.parse(await response.text())
      }
    },
  )

  test('leads only to pages of the studio', async () => {
    const { entries } = await studioApp(hostile).data<SearchIndex>('/api/search-index')
    expect(entries.length).toBeGreaterThan(20)
    for (const { url } of entries) expect(url).toMatch(/^\/(?:$|[a-z]+[\w\-./?=&%[\]:@+!~*'()]*$)/)
  })
})
