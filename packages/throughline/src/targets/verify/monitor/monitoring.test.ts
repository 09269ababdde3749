import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, type MonitorDeclaration } from '@throughline/core'
import { expect, onTestFinished, test } from 'vitest'
import { filesOf } from '../../../../../core/test/in-memory-files.ts'
import { senderOf } from '../../../../test/sender-of.ts'
import { isUnusual, usualTime } from './baseline.ts'
import { evidenceOf } from './evidence.ts'
import type { Notice } from '../../../alerts/notice.ts'
import { troublesOf } from './incidents.ts'
import { monitoring } from './monitoring.ts'
import { walk, type Walk } from './walk.ts'

const { graph, diagnostics } = compile(
  filesOf({
    'throughline.yaml': `throughline: 1
apis: { store: { contract: store.yaml, environments: { staging: 'https://staging.store.example' } } }
`,
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema: { type: object, properties: { items: { type: array, items: { type: object } } } }
    post:
      operationId: createOrder
      responses: { '201': { description: Placed } }
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { type: object, properties: { total: { type: number }, eta: { type: [string, 'null'] } } }
`,
    'journeys/track.journey.yaml': `journey: track
steps:
  - step: orders
    screen: /orders
    calls: [{ operation: store.listOrders, needs: ['items[].id'] }, store.createOrder]
  - step: order
    screen: /orders/:id
    calls:
      - operation: store.getOrder
        needs: [total, { path: eta, absent: Say that it comes soon }]
        budget: { p75: 300ms }
`,
    'monitors/track.monitor.yaml': `monitor: track
title: Can people see their orders?
environment: staging
journeys: [track]
every: 1m
after: 2
`,
  }),
  {},
)
const [track] = graph.declarations.monitors as [MonitorDeclaration]
const monday = Date.UTC(2026, 10, 23, 9)
const hour = 3_600_000

/** A shop whose orders can be made to fail. */
const shop = (isBroken: () => boolean) =>
  senderOf((request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/orders') return Response.json({ items: [{ id: 'CM-2041' }] })
    if (pathname !== '/orders/CM-2041') return new Response(null, { status: 404 })
    return isBroken() ? Response.json({ total: 'free' }) : Response.json({ total: 7, eta: null })
  })

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'throughline-monitor-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

function walkAt(at: number, ms: number): Walk {
  return {
    monitor: 'track',
    at,
    ms,
    calls: [{ step: 'track/order', operation: 'store.getOrder', status: 200, ms, problems: [] }],
  }
}

test('walks the steps with the ids that answers tell, and writes nothing that was not allowed', async () => {
  expect(diagnostics.filter(({ code }) => code === 'TL2021')).toEqual([])
  const walked = await walk(graph, track, {
    send: shop(() => false),
    now: () => monday,
    ledger: new Map(),
  })
  expect(
    walked.calls.map(({ operation, status, left }) => left ?? `${operation} ${status}`),
  ).toEqual(['store.listOrders 200', 'it writes, and is not under `allow`', 'store.getOrder 200'])
  expect(walked.calls.flatMap(({ problems }) => problems)).toEqual([])
})

test('tells of an incident once, when it has lasted, and once when it is over', async () => {
  const evidence = evidenceOf(folder(), 'track')
  const stop = new AbortController()
  const notices: (readonly [run: number, notice: Notice])[] = []
  let now = monday
  let run = 0
  await monitoring(graph, [{ monitor: track, send: shop(() => run >= 1 && run <= 4), evidence }], {
    now: () => now,
    wait: (ms) => {
      now += ms
      if (++run === 8) stop.abort()
      return Promise.resolve()
    },
    signal: stop.signal,
    ledger: new Map(),
    once: false,
    onRun: ({ notices: told }) => void notices.push(...told.map((one) => [run, one] as const)),
  })
  expect(notices.map(([at, { event, kind }]) => `${at} ${event} ${kind}`)).toEqual([
    '2 opened failure',
    '5 recovered failure',
  ])
  expect(notices[0]![1]).toMatchObject({
    monitor: 'track',
    title: 'Can people see their orders?',
    environment: 'staging',
    since: '2026-11-23T09:01:00.000Z',
    at: '2026-11-23T09:02:00.000Z',
    steps: ['track/order'],
    lines: [expect.stringMatching(/^track\/order: store\.getOrder: .*total/)],
  })
  expect(evidence.walks().map(({ at }) => (at - monday) / 60_000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('does not tell again after a restart', async () => {
  const place = folder()
  const told: string[] = []
  for (const run of [0, 1, 2]) {
    await monitoring(
      graph,
      [
        {
          monitor: { ...track, after: 1 },
          send: shop(() => run < 2),
          evidence: evidenceOf(place, 'track'),
        },
      ],
      {
        now: () => monday + run * 60_000,
        wait: () => Promise.reject(new Error('it runs once')),
        signal: new AbortController().signal,
        ledger: new Map(),
        once: true,
        onRun: ({ notices }) => void told.push(...notices.map(({ event }) => `${run} ${event}`)),
      },
    )
  }
  expect(told).toEqual(['0 opened', '2 recovered'])
})

test('knows what is usual at this hour of the week', () => {
  const weeks = Array.from({ length: 24 }, (_, week) => monday - (week + 1) * 7 * 24 * hour)
  const walks = weeks.flatMap((at, index) => [
    walkAt(at, 800 + (index % 5) * 20), // Monday mornings are slow
    ...Array.from({ length: 3 }, (_, later) => walkAt(at + (later + 12) * hour, 100 + later)),
  ])
  const morning = usualTime(walks, 'store.getOrder', monday)!
  expect(morning.samples).toBe(24)
  expect(morning.median).toBe(840)
  expect(isUnusual(900, morning)).toBe(false)
  const midnight = usualTime(walks, 'store.getOrder', monday + 12 * hour)!
  expect(midnight.median).toBe(100)
  expect(isUnusual(900, midnight)).toBe(true)
  expect(usualTime(walks.slice(0, 19), 'store.getOrder', monday)).toBeUndefined()

  const [trouble] = troublesOf(graph, walkAt(monday + 12 * hour, 290), walks)
  expect(trouble).toEqual({
    kind: 'anomaly',
    steps: ['track/order'],
    lines: ['track/order: store.getOrder took 290 ms, usually 100 ms at this hour (24 samples)'],
  })
})

test('sees a budget burn before it is used up, and only while it burns', () => {
  const minutes = (count: number, ms: (index: number) => number): readonly Walk[] =>
    Array.from({ length: count }, (_, index) => walkAt(monday + index * 60_000, ms(index)))
  const kindsAfter = (walks: readonly Walk[]): readonly string[] =>
    troublesOf(graph, walks.at(-1)!, walks.slice(0, -1)).map(({ kind, lines }) =>
      kind === 'budget' ? lines[0]! : kind,
    )
  expect(kindsAfter(minutes(12, (index) => (index % 4 === 0 ? 350 : 200)))).toEqual([])
  expect(kindsAfter(minutes(12, (index) => (index % 4 === 0 ? 200 : 350)))).toEqual([
    'track/order: p75: 300 ms of store.getOrder burns 3 times as fast as it allows',
  ])
  expect(kindsAfter(minutes(12, (index) => (index < 7 ? 350 : 200)))).toEqual([])
  expect(kindsAfter(minutes(6, () => 350))).toEqual([])
})

test('keeps evidence within bounds, and passes over lines that broke', () => {
  const place = folder()
  const evidence = evidenceOf(place, 'track', 4000)
  for (let index = 0; index < 60; index++) evidence.keep(walkAt(monday + index, 10), {})
  const text = readFileSync(join(place, 'track.jsonl'), 'utf8')
  expect(text.length).toBeLessThanOrEqual(4000)
  expect(text.trim().split('\n')).toHaveLength(evidence.walks().length)
  expect(evidence.walks().at(-1)!.at).toBe(monday + 59)

  appendFileSync(
    join(place, 'track.jsonl'),
    '{"at":1,"ca\n[]\nnull\n{"at":1,"ms":1,"calls":[null]}\n',
  )
  writeFileSync(join(place, 'track.standing.json'), '{"failure":{"runs":"x"}}')
  const again = evidenceOf(place, 'track')
  expect(again.walks()).toEqual(evidence.walks())
  expect(again.standing()).toEqual({})
})
