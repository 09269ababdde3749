import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { OtlpHttpTransport } from '@grafana/faro-transport-otlp-http'
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compile } from '@throughline/core'
import { collector, type Collector, type CollectorOptions } from './collector.ts'
import { openDuckdbStore } from './store/duckdb-store.ts'
import { StoreBusy, type EvidenceStore } from './store/evidence-store.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\napis: { store: apis/store.yaml }\n',
  'apis/store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
servers: [{ url: https://api.shop.example/v2 }]
paths:
  /basket: { get: { operationId: getBasket, responses: { 200: { description: The basket } } } }
  /orders/{id}: { get: { operationId: getOrder, responses: { 200: { description: An order } } } }
`,
  'journeys/checkout.journey.yaml': `
journey: checkout
steps:
  - { step: basket, screen: /basket, calls: [store.getBasket] }
  - { step: order, screen: '/orders/:id', calls: [store.getOrder] }
`,
  'policy.yaml': 'classes: { secret: { contains: [couponCode] } }\n',
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})
const NOW = Date.now()

const folder = mkdtempSync(join(tmpdir(), 'throughline-collector-'))
let store: EvidenceStore
let taking: Collector
const server = createServer(getRequestListener((request) => taking.fetch(request)))
let url = ''
beforeAll(async () => {
  store = await openDuckdbStore({ folder })
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  taking = collectorWith({})
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function collectorWith(options: Partial<CollectorOptions>): Collector {
  return collector({ store: () => Promise.resolve(store), graph: () => graph, ...options })
}

function named(name: string): Promise<readonly Record<string, unknown>[]> {
  return store.query(
    { name: 'named', sql: 'SELECT * FROM events WHERE "name" = $name ORDER BY "time"' },
    { name },
  )
}

function send(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const bytes = body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body)
  return taking.fetch(
    new Request(`http://localhost:4400${path}`, {
      method: 'POST',
      body: bytes,
      headers: { host: 'localhost:4400', 'content-type': 'application/json', ...headers },
    }),
  )
}

function spans(...all: readonly Record<string, unknown>[]): object {
  return {
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'orders' } },
            { key: 'deployment.environment.name', value: { stringValue: 'staging' } },
          ],
        },
        scopeSpans: [{ scope: {}, spans: all }],
      },
    ],
  }
}

const nano = (ms: number): string => `${Math.round(ms)}000000`

describe('takes what the official SDKs send', () => {
  for (const [form, Exporter] of [
    ['protobuf', OTLPTraceExporter],
    ['JSON', JsonTraceExporter],
  ] as const)
    test(`traces in ${form}, joined with the contract`, async () => {
      const provider = new TracerProvider({
        spanProcessors: [
          new SimpleSpanProcessor({ exporter: new Exporter({ url: `${url}/v1/traces` }) }),
        ],
      })
      const tracer = provider.getTracer('shop')
      const name = `GET /orders/8812 in ${form}`
      const call = tracer.startSpan(name, {
        kind: SpanKind.SERVER,
        startTime: NOW - 500,
        attributes: {
          'http.request.method': 'GET',
          'url.full': 'https://api.shop.example/v2/orders/8812?coupon=x',
          'http.response.status_code': 503,
          'shop.coupon_code': 'SPRING',
          'shop.items': 3,
          lists: ['a', 'b'],
        },
      })
      const query = tracer.startSpan(
        `query ${form}`,
        {
          startTime: NOW - 400,
          attributes: {
            'db.query.text': `SELECT * FROM ${form} WHERE id IN (1, 2, 3) AND name = 'Ada'`,
          },
        },
        trace.setSpan(ROOT_CONTEXT, call),
      )
      query.recordException(new TypeError(`no basket for ada@example.com in ${form}`))
      query.end(NOW - 390)
      call.end(NOW - 380)
      await provider.forceFlush()
      const [row] = await named(`GET /orders/:id in ${form}`)
      expect(row).toMatchObject({
        kind: 'call',
        operation: 'store.getOrder',
        method: 'GET',
        status: 503,
        outcome: 'error',
        duration: 120,
        time: NOW - 500,
        source: 'otlp',
        attributes: '{"span.kind":"server","shop.items":3,"lists":"[\\"a\\",\\"b\\"]"}',
      })
      const [statement] = await named(`SELECT * FROM ${form} WHERE id IN (?) AND name = ?`)
      expect(statement).toMatchObject({
        kind: 'span',
        trace: row!['trace'],
        parent: row!['span'],
        duration: 10,
      })
      expect(await named('TypeError')).toContainEqual(
        expect.objectContaining({
          kind: 'error',
          text: `no basket for [e-mail] in ${form}`,
          trace: row!['trace'],
        }),
      )
    })

  test('logs', async () => {
    const provider = new LoggerProvider({
      processors: [
        new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${url}/v1/logs` }) }),
      ],
    })
    provider.getLogger('shop').emit({
      eventName: 'basket.emptied',
      severityNumber: 17,
      body: 'password=hunter2 was refused',
      timestamp: NOW - 100,
    })
    await provider.forceFlush()
    await expect
      .poll(() => named('basket.emptied'))
      .toEqual([
        expect.objectContaining({
          kind: 'log',
          text: 'password=[secret] was refused',
          outcome: 'error',
          time: NOW - 100,
        }),
      ])
  })

  test('metrics', async () => {
    const provider = new MeterProvider({
      readers: [
        new PeriodicExportingMetricReader({
          exporter: new OTLPMetricExporter({ url: `${url}/v1/metrics` }),
          exportIntervalMillis: 60_000,
        }),
      ],
    })
    const meter = provider.getMeter('shop')
    meter.createCounter('orders.placed').add(3, { shop: 'berlin' })
    meter.createHistogram('basket.size').record(4)
    meter.createHistogram('basket.size').record(8)
    meter.createObservableGauge('stock').addCallback((result) => result.observe(-2.5))
    await provider.forceFlush()
    expect(await named('orders.placed')).toEqual([
      expect.objectContaining({ kind: 'metric', value: 3, attributes: '{"shop":"berlin"}' }),
    ])
    expect(await named('basket.size')).toEqual([
      expect.objectContaining({ value: 6, attributes: '{"count":2}' }),
    ])
    expect(await named('stock')).toEqual([expect.objectContaining({ value: -2.5 })])
    await provider.shutdown()
  })
})

test('takes what Faro sends, and finds the step of the page', async () => {
  const transport = new OtlpHttpTransport({
    logsURL: `${url}/v1/logs`,
    tracesURL: `${url}/v1/traces`,
  })
  const quiet = { debug() {}, info() {}, warn() {}, error() {}, prefix: 'Faro' }
  transport.internalLogger = quiet
  const meta = {
    app: { name: 'shop', version: '3.1.0', environment: 'production' },
    page: { url: 'https://shop.example/orders/8812?ref=mail' },
    session: { id: 'faro-session' },
    browser: { mobile: true },
    sdk: { name: 'faro' },
    user: { email: 'ada@example.com' },
  }
  const timestamp = new Date(NOW - 50).toISOString()
  const items = [
    {
      type: 'measurement',
      meta,
      payload: { type: 'web-vitals', values: { lcp: 1834.5 }, timestamp },
    },
    { type: 'exception', meta, payload: { type: 'PaymentError', value: 'declined', timestamp } },
  ]
  await transport.send(items as unknown as Parameters<typeof transport.send>[0])
  const place = {
    step: 'checkout/order',
    route: '/orders/:id',
    session: 'faro-session',
    release: '3.1.0',
    environment: 'production',
    device: 'phone',
    service: 'browser',
  }
  await expect
    .poll(() => named('PaymentError'))
    .toEqual([expect.objectContaining({ ...place, kind: 'error', text: 'declined' })])
  const [vital] = await named('LCP')
  expect(vital).toMatchObject({ ...place, kind: 'vital', value: 1834.5 })
  expect(JSON.stringify(vital)).not.toContain('ada@')
})

test('takes bodies in each compression, and the same body once', async () => {
  for (const [encoding, compressed] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
  ] as const) {
    const body = compressed(
      JSON.stringify(
        spans({ name: `in ${encoding}`, startTimeUnixNano: nano(NOW), endTimeUnixNano: nano(NOW) }),
      ),
    )
    for (let time = 0; time < 2; time++)
      expect((await send('/v1/traces', body, { 'content-encoding': encoding })).status).toBe(200)
    expect(await named(`in ${encoding}`)).toHaveLength(1)
  }
})

test('takes the beacons of pages', async () => {
  const beacon = [
    1,
    'batch-0001',
    NOW - 1000,
    'session-1',
    'phone',
    '4g',
    'production',
    '3.1',
    [],
    [[1, '/basket', 'checkout/basket']],
    [
      ['v', 0, 1],
      ['e', 10, 1, 'BeaconError', 'for ada@example.com'],
    ],
  ]
  const answer = await send('/v1/beacon', beacon, { 'content-type': 'text/plain' })
  expect(answer.status).toBe(204)
  expect(await named('BeaconError')).toEqual([
    expect.objectContaining({
      step: 'checkout/basket',
      text: 'for [e-mail]',
      session: 'session-1',
      source: 'sdk',
    }),
  ])
  const wrong = await send('/v1/beacon', { hello: 1 }, { 'content-type': 'text/plain' })
  expect(wrong.status).toBe(400)
  expect(await wrong.json()).toMatchObject({ message: expect.stringContaining('a list') as string })
})

describe('tells a page that is held up by an experiment that no longer runs to stop', () => {
  const basket = { operation: 'store.getBasket', delay: 400, share: 0.1 }
  const held = 'speed.store.getBasket=400'
  let batches = 0
  const beaconWith = (flags: readonly string[]): string =>
    JSON.stringify(
      [1, `flagged-${++batches}`, NOW - 500, 'session-2', 'phone', '4g', '', ''].concat([
        flags,
        [[1, '/basket', 'checkout/basket']],
        [['e', 10, 1, 'HeldUpError', `${batches}`]],
      ] as never),
    )

  test.each([
    [204, 'while it runs', [held], [basket]],
    [205, 'once it was ended', [held], []],
    [205, 'while only another runs', [held], [{ ...basket, operation: 'store.getOrder' }]],
    [205, 'where one of two was ended', [held, 'speed.store.getOrder=100'], [basket]],
    [204, 'who was only compared with', ['speed.store.getBasket=0'], []],
    [204, 'who is in none', ['basket=new'], []],
  ])('%i %s', async (status, _when, flags, running) => {
    taking = collectorWith({ experiments: () => Promise.resolve(running) })
    const headers = { 'content-type': 'text/plain', origin: 'http://localhost:3000' }
    const body = beaconWith(flags)
    // Over a socket, as pages hear it, and kept either way.
    const answer = await fetch(`${url}/v1/beacon`, { method: 'POST', body, headers })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
    expect(answer.headers.get('content-length')).toBe(status === 205 ? '0' : null)
    expect(answer.headers.get('transfer-encoding')).toBeNull()
    const kept = await named('HeldUpError')
    expect(kept.filter((one) => one['text'] === `${batches}`)).toHaveLength(1)
  })

  test('but no server that sends OTLP, and no page whose evidence was not kept', async () => {
    taking = collectorWith({ experiments: () => Promise.resolve([]) })
    expect((await send('/v1/traces', spans())).status).toBe(200)
    const store = (): Promise<never> => Promise.reject(new StoreBusy('full', 'Not now.', 7))
    taking = collectorWith({ store, experiments: () => Promise.resolve([]) })
    const body = Buffer.from(beaconWith([held]))
    expect((await send('/v1/beacon', body, { 'content-type': 'text/plain' })).status).toBe(503)
  })
})

test('lets browsers keep the script, which names the experiments that run, for a minute', async () => {
  taking = collectorWith({ script: () => Promise.resolve('start()') })
  const answer = await taking.fetch(new Request('http://localhost:4400/sdk.js'))
  expect(await answer.text()).toBe('start()')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
})

describe('is not harmed by', () => {
  const types = ['application/x-protobuf', 'application/json']

  test('bodies that are no OTLP', async () => {
    const bodies = [
      Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), // longer than the body
      Buffer.from([0x0a, 0x02, 0x12]),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0x07]),
      Buffer.from('{"resourceSpans": 7}'),
      Buffer.from('[1'),
    ]
    for (const type of types)
      for (const body of bodies) {
        const answer = await send('/v1/traces', body, { 'content-type': type })
        expect(answer.status).toBe(400)
        expect(answer.headers.get('content-type')).toContain(type)
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(10)
      }
  })

  test('values nested without end, and a bomb', async () => {
    let value: object = { stringValue: 'x' }
    for (let depth = 0; depth < 100; depth++) value = { arrayValue: { values: [value] } }
    const nested = spans({
      name: 'n',
      startTimeUnixNano: nano(NOW),
      attributes: [{ key: 'deep', value }],
    })
    expect((await send('/v1/traces', nested)).status).toBe(400)
    const bomb = gzipSync(Buffer.alloc(100_000_000))
    expect((await send('/v1/traces', bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
    expect((await send('/v1/traces', Buffer.alloc(9_000_000))).status).toBe(413)
    expect((await send('/v1/traces', {}, { 'content-encoding': 'lzw' })).status).toBe(415)
    expect((await send('/v1/traces', {}, { 'content-type': 'text/xml' })).status).toBe(415)
  })

  test('wrong clocks: what is too old is refused in part, what comes from the future is put right', async () => {
    const all = spans(
      { name: 'clock', startTimeUnixNano: '1000000', endTimeUnixNano: '2000000' },
      {
        name: 'clock',
        startTimeUnixNano: nano(NOW + 86_400_000),
        endTimeUnixNano: nano(NOW + 86_400_100),
      },
      { name: 'clock' },
    )
    const answer = await send('/v1/traces', all)
    expect(await answer.json()).toEqual({
      partialSuccess: {
        rejectedSpans: '2',
        errorMessage: 'Not kept: 1 without a time, 1 older than 90 days.',
      },
    })
    const [row] = await named('clock')
    expect(Math.abs(Number(row!['time']) - Date.now())).toBeLessThan(60_000)
    expect(row!['attributes']).toMatch(/clock\.ahead/)
  })

  test('names without number', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      name: `many ${index.toString(36)}x`,
      startTimeUnixNano: nano(NOW),
      endTimeUnixNano: nano(NOW),
    }))
    expect((await send('/v1/traces', spans(...many))).status).toBe(200)
    const [found] = await store.query<{ n: number }>({
      name: 'names',
      sql: `SELECT count(DISTINCT "name") AS n FROM events WHERE "name" LIKE 'many %'`,
    })
    expect(found!.n).toBeLessThanOrEqual(2000)
    expect(await named('(other)')).toHaveLength(5000 - found!.n)
  })
})

test('wants a key where keys are set, and only from the origins of the key', async () => {
  taking = collectorWith({ keys: () => [{ key: 'shop-web', origins: ['https://shop.example'] }] })
  const body = spans()
  expect((await send('/v1/traces', body)).status).toBe(401)
  expect((await send('/v1/traces', body, { 'throughline-key': 'shop-web' })).status).toBe(200)
  expect((await send('/v1/traces?key=shop-web', body)).status).toBe(200)
  const shop = { 'throughline-key': 'shop-web', origin: 'https://shop.example' }
  const answer = await send('/v1/traces', body, shop)
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  expect((await send('/v1/traces', body, { ...shop, origin: 'https://evil.example' })).status).toBe(
    403,
  )
})

test('listens to this machine only where no keys are set', async () => {
  expect((await send('/v1/traces', spans(), { origin: 'http://localhost:3000' })).status).toBe(200)
  expect((await send('/v1/traces', spans(), { origin: 'https://evil.example' })).status).toBe(403)
  expect((await send('/v1/traces', spans(), { host: 'evil.example' })).status).toBe(421)
  const preflight = (origin: string): Promise<Response> =>
    taking.fetch(
      new Request('http://localhost/v1/traces', { method: 'OPTIONS', headers: { origin } }),
    )
  expect(
    (await preflight('http://localhost:3000')).headers.get('access-control-allow-headers'),
  ).toContain('content-encoding')
  expect((await preflight('https://evil.example')).status).toBe(403)
})

test('says when to come again while nothing can be kept', async () => {
  for (const [reason, status] of [
    ['full', 503],
    ['slow', 429],
    ['away', 503],
  ] as const) {
    taking = collectorWith({ store: () => Promise.reject(new StoreBusy(reason, 'Not now.', 7)) })
    const body = spans({ name: 'busy', startTimeUnixNano: nano(NOW), endTimeUnixNano: nano(NOW) })
    const answer = await send('/v1/traces', body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('retry-after')).toBe('7')
  }
})
