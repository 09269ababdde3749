import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { EvidenceEvent } from '@throughline/core'
import {
  clickhouseMissing,
  clickhouseServers,
  clusterMissing,
  type ClickhouseServers,
} from '../../../../test/clickhouse-servers.ts'
import { openClickhouseStore } from './clickhouse-store.ts'
import { openDuckdbStore } from './duckdb-store.ts'
import type { EvidenceQuery, EvidenceStore } from './evidence-store.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const DAY = 86_400_000

const basket: EvidenceEvent = {
  kind: 'call',
  time: NOON + 0.25,
  duration: 120.5,
  source: 'sdk',
  environment: 'production',
  release: '3.1.0',
  session: 's1',
  view: 'v1',
  step: 'checkout/basket',
  previousStep: 'browse/product',
  route: '/basket',
  device: 'phone',
  flags: ['new-basket=on'],
  trace: '0af7651916cd43dd8448eb211c80319c',
  span: 'b7ad6b7169203331',
  operation: 'store.getBasket',
  service: 'browser',
  method: 'GET',
  status: 200,
  outcome: 'ok',
  bytes: 5_300_000_000,
  cached: false,
  fields: { 'items[].name': 3 },
  attributes: { 'cart.size': 2, gift: true },
}
const all: EvidenceQuery<Record<string, unknown>> = {
  name: 'all',
  sql: 'SELECT * FROM events ORDER BY "time"',
}
const counted: EvidenceQuery<{ n: number }> = {
  name: 'count',
  sql: 'SELECT count(*) AS n FROM events',
}

interface Engine {
  readonly name: string
  /** Why it can't be tried on this machine. */
  readonly missing?: string | undefined
  /** The same place again, when it is given. */
  readonly open: (place?: string) => Promise<{ store: EvidenceStore; place: string }>
}
const folders: string[] = []
let servers: Promise<ClickhouseServers> | undefined
let cluster: Promise<ClickhouseServers> | undefined
let databases = 0
const engines: readonly Engine[] = [
  {
    name: 'DuckDB',
    async open(place) {
      const folder = place ?? mkdtempSync(join(tmpdir(), 'throughline-evidence-'))
      folders.push(folder)
      return { store: await openDuckdbStore({ folder, memory: '256MB' }), place: folder }
    },
  },
  {
    name: 'ClickHouse',
    missing: clickhouseMissing(),
    async open(place) {
      servers ??= clickhouseServers({ port: 5200 })
      const url = place ?? `${(await servers).urls[0]}/shop${databases++}`
      return { store: await openClickhouseStore({ urls: [url], pause: 20 }), place: url }
    },
  },
  {
    name: 'a ClickHouse cluster of two shards with two replicas each',
    missing: clusterMissing(),
    async open(place) {
      cluster ??= clickhouseServers({ port: 5220, shards: 2, replicas: 2 })
      const { urls, cluster: name } = await cluster
      const database = place ?? `shop${databases++}`
      const store = await openClickhouseStore({
        urls: urls.map((url) => `${url}/${database}`),
        cluster: name,
        pause: 20,
      })
      return { store, place: database }
    },
  },
]
afterAll(async () => {
  await (await servers)?.close()
  await (await cluster)?.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe.each(engines)('a store in $name', { timeout: 60_000 }, ({ open, missing }) => {
  beforeEach(({ skip }) => skip(missing !== undefined, missing))

  test('gives back every field of an event, and nothing where there was nothing', async () => {
    const { store } = await open()
    await store.append('b1', [basket, { kind: 'leave', time: NOON + 1 }])
    const [call, leave] = await store.query(all)
    expect(call).toMatchObject({
      ...basket,
      flags: '["new-basket=on"]',
      fields: '{"items[].name":3}',
      attributes: '{"cart.size":2,"gift":true}',
      batch: 'b1',
      persona: null,
      ttfb: null,
    })
    expect(leave).toMatchObject({ kind: 'leave', step: null, duration: null, cached: null })
    await store.close()
  })

  test('keeps a batch once, however often it is sent', async () => {
    const { store, place } = await open()
    await Promise.all([store.append('b1', [basket]), store.append('b1', [basket])])
    await store.query(counted)
    await store.append('b1', [basket])
    expect(await store.query(counted)).toEqual([{ n: 1 }])
    await store.close()
    const again = await open(place)
    await again.store.append('b1', [basket])
    await again.store.append('b2', [basket])
    expect(await again.store.query(counted)).toEqual([{ n: 2 }])
    await again.store.close()
  })

  test('takes any text for what it is', async () => {
    const { store } = await open()
    const texts = [
      `'; DROP TABLE events; --`,
      `\\'; DROP TABLE events; --`,
      'null byte \0 inside',
      '$session',
      'half a pair \uD800',
      '🛒'.repeat(5000),
      '',
    ]
    await store.append(
      `it's "b"\\`,
      texts.map((text, index) => ({ kind: 'log', time: NOON + index, text, name: text })),
    )
    const rows = await store.query<{ text: string; n: number }>({
      name: 'texts',
      sql: 'SELECT "text" AS text, 1 AS n FROM events ORDER BY "time"',
    })
    expect(rows.map(({ text }) => text)).toEqual(
      texts.map((text) => text.toWellFormed().replaceAll('\0', '\uFFFD')),
    )
    for (const text of texts)
      expect(
        await store.query(
          {
            name: 'by name',
            sql: 'SELECT count(*) AS n FROM events WHERE "name" = $text AND "name" IN $texts',
          },
          { text, texts },
        ),
      ).toEqual([{ n: 1 }])
    await store.close()
  })

  test('keeps rows in place over many batches of all sizes', async () => {
    const { store } = await open()
    const sent: EvidenceEvent[] = []
    await Promise.all(
      Array.from({ length: 40 }, (_, batch) => {
        const events = Array.from({ length: (batch * 97) % 500 }, (__, index): EvidenceEvent => ({
          kind: 'span',
          time: NOON + batch * 1000 + index,
          ...(index % 3 === 0 && { name: `span ${(batch * index) % 700}` }),
          ...(index % 5 !== 0 && { duration: index / 8 }), // ClickHouse of 2018 reads thirds with the last bit off
          status: index,
        }))
        sent.push(...events)
        return store.append(`batch ${batch}`, events)
      }),
    )
    const rows = await store.query<Record<string, unknown>>({
      name: 'rows',
      sql: 'SELECT kind, "time" AS "time", "name" AS "name", duration, status FROM events ORDER BY "time"',
    })
    expect(rows).toEqual(
      sent
        .toSorted((a, b) => a.time - b.time)
        .map(({ kind, time, name = null, duration = null, status }) => ({
          kind,
          time,
          name,
          duration,
          status,
        })),
    )
    await store.close()
  })

  test('forgets one session, on hot days and on cold ones', async () => {
    const { store } = await open()
    await store.append('b1', [
      basket,
      { ...basket, session: 's2' },
      { ...basket, time: NOON - 9 * DAY },
      { ...basket, time: NOON - 9 * DAY, session: 's2' },
      { kind: 'span', time: NOON },
    ])
    await store.retain({ hotDays: 3, keepDays: 30, rollupDays: 400, now: NOON })
    expect(await store.deleteSession('s1')).toBe(2)
    const left = await store.query<{ session: string | null }>({
      name: 'sessions',
      sql: 'SELECT session FROM events ORDER BY session',
    })
    expect(left.map(({ session }) => session ?? '')).toEqual(
      expect.arrayContaining(['s2', 's2', '']),
    )
    expect(left).toHaveLength(3)
    expect(await store.deleteSession("s1' OR 1=1 --")).toBe(0)
    await store.close()
  })

  test('answers the same questions about cold days, forgets older ones, and keeps their rollups', async () => {
    const { store, place } = await open()
    const ages = [0, 2, 9, 9.2, 45]
    await store.append(
      'b1',
      ages.map((age) => ({ ...basket, time: NOON - age * DAY, duration: 100 + age })),
    )
    const rules = { hotDays: 3, keepDays: 30, rollupDays: 400, now: NOON }
    const sums = (name: string): EvidenceQuery<{ n: number; total: number }> => ({
      name,
      sql: `SELECT sum("count") AS n, sum(duration) AS total FROM ${name} WHERE operation = 'store.getBasket'`,
    })
    const [hours, minutes] = [sums('events_hour'), sums('events_minute')]
    expect(await store.query(hours)).toEqual([{ n: 5, total: 565.2 }])
    expect(await store.query(minutes)).toEqual([{ n: 5, total: 565.2 }])
    await store.retain({ ...rules, keepDays: 60 })
    expect(await store.query(minutes)).toEqual([{ n: 5, total: 565.2 }])
    expect(await store.query(counted)).toEqual([{ n: 5 }])
    expect(await store.query(hours)).toEqual([{ n: 5, total: 565.2 }])
    await store.append('late', [{ ...basket, time: NOON - 9 * DAY, duration: 109 }])
    await store.retain(rules)
    await store.retain(rules)
    expect(await store.query(counted)).toEqual([{ n: 5 }])
    expect(await store.query(hours)).toEqual([{ n: 6, total: 674.2 }])
    await store.close()
    const again = await open(place)
    expect(await again.store.query(counted)).toEqual([{ n: 5 }])
    expect(await again.store.query(hours)).toEqual([{ n: 6, total: 674.2 }])
    await again.store.retain({ ...rules, rollupDays: 40 })
    expect(await again.store.query(hours)).toEqual([{ n: 5, total: 529.2 }])
    await again.store.close()
  })

  test('keeps how long each visit waited, however its views and calls come in', async () => {
    const { store } = await open()
    const events = [...waiting(NOON), ...waiting(NOON - 40 * DAY)]
    const shuffled = events.toSorted((a, b) => Math.sin(a.time * 7919) - Math.sin(b.time * 7919))
    for (let from = 0; from < shuffled.length; from += 9) {
      await store.append(`part ${from}`, shuffled.slice(from, from + 9))
      if (from % 27 === 0) await store.append(`part ${from}`, shuffled.slice(from, from + 9))
    }
    expect(await store.query(visitWaits)).toEqual(
      [NOON - 40 * DAY, NOON].flatMap((start) => [0, 1, 2, 3, 4, 5].map((at) => waited(start, at))),
    )
    await store.deleteSession(`s2 ${NOON}`)
    expect(await store.query(visitWaits)).toHaveLength(11)
    await store.retain({ hotDays: 3, keepDays: 30, rollupDays: 400, now: NOON })
    expect(await store.query(visitWaits)).toEqual([0, 1, 3, 4, 5].map((at) => waited(NOON, at)))
    await store.close()
  })
})

const visitWaits: EvidenceQuery<Record<string, unknown>> = {
  name: 'visit waits',
  sql: `SELECT session, "view", step, "time" AS entered, max(device) AS size, max(wait) AS waited, max(pending) AS unanswered, max(longest) AS most
    FROM visit_waits GROUP BY session, "view", step, "time" ORDER BY entered`,
}

/** Six people who enter a step, with calls just before, at once, and too late to be waited for; one of them gets no answer. */
function waiting(start: number): readonly EvidenceEvent[] {
  return [0, 1, 2, 3, 4, 5].flatMap((at): readonly EvidenceEvent[] => {
    const time = start + at * 700
    const about = { session: `s${at} ${start}`, view: 'v1', device: 'phone' } as const
    return [
      { kind: 'view', step: 'checkout/basket', time, ...about },
      { kind: 'call', time: time - 90, duration: 300, ...about },
      { kind: 'call', time: time - 101, duration: 8000, ...about },
      { kind: 'call', time: time + 500 + at, duration: 200, ...about },
      { kind: 'call', time: time + 3001, duration: 9000, ...about },
      ...(at === 4
        ? [{ kind: 'call', time: time + 10, duration: 5000, outcome: 'pending', ...about } as const]
        : []),
    ]
  })
}

function waited(start: number, at: number): Readonly<Record<string, unknown>> {
  return {
    session: `s${at} ${start}`,
    view: 'v1',
    step: 'checkout/basket',
    entered: start + at * 700,
    size: 'phone',
    waited: at === 4 ? 5010 : 700 + at,
    unanswered: at === 4 ? 1 : 0,
    most: at === 4 ? 5000 : 300,
  }
}
