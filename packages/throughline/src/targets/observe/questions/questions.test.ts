import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, type EvidenceEvent } from '@throughline/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  clickhouseMissing,
  clickhouseServers,
  type ClickhouseServers,
} from '../../../../test/clickhouse-servers.ts'
import { evidenceAnswers } from '../evidence-answers.ts'
import { openClickhouseStore } from '../store/clickhouse-store.ts'
import { openDuckdbStore } from '../store/duckdb-store.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import { choices } from './choices.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': `throughline: 1
name: Corner market
apis: { store: { contract: store.openapi.yaml } }
`,
  'store.openapi.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }
  /slots: { get: { operationId: listSlots, responses: { "200": { description: Slots } } } }
  /payments: { post: { operationId: createPayment, responses: { "200": { description: Paid } } } }
`,
  'checkout.journey.yaml': `journey: checkout
steps:
  - step: basket
    budget: { p75: 500ms }
    calls: [store.getBasket]
  - step: slot
    calls: [store.listSlots]
  - step: pay
    calls: [store.createPayment]
`,
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) => ({ path, text: files[path] ?? '' }),
})
const start = Date.UTC(2026, 9, 5, 8)
const day = { since: start, until: start + 86_400_000 }

const missing = clickhouseMissing()

describe.skipIf(missing !== undefined)(
  `every question${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-questions-'))
    let servers: ClickhouseServers
    let duckdb: EvidenceStore
    let clickhouse: EvidenceStore

    beforeAll(async () => {
      servers = await clickhouseServers({ port: 5210 })
      duckdb = await openDuckdbStore({ folder, memory: '256MB' })
      clickhouse = await openClickhouseStore({ urls: servers.urls })
      await duckdb.append('crowd', crowd())
      await clickhouse.append('crowd', crowd())
    })
    afterAll(async () => {
      await duckdb.close()
      await clickhouse.close()
      await servers.close()
      rmSync(folder, { recursive: true, force: true })
    })

    test.each([
      ['of a day', day],
      ['of an environment and a release', { ...day, environment: 'production', release: '1.1' }],
      ['of nothing', { since: 0, until: 1 }],
    ])('gets the same answer from ClickHouse as from DuckDB: %s', async (_, asked) => {
      const [one, other] = [
        await evidenceAnswers(duckdb, graph, asked),
        await evidenceAnswers(clickhouse, graph, asked),
      ]
      const expected = comparable(one)
      for (const [name, answer] of Object.entries(comparable(other)))
        expect(near(answer, expected[name]), name).toEqual(expected[name])
      if (asked === day)
        for (const [name, answer] of Object.entries(one))
          expect(
            Object.keys(answer instanceof Map ? Object.fromEntries(answer) : answer),
            name,
          ).not.toHaveLength(0)
      const both = [await duckdb.query(choices), await clickhouse.query(choices)]
      expect(sorted(both[1]!)).toEqual(sorted(both[0]!))
    })
  },
)

/** Rows in an order of their own, where a question asks for none among equals. */
function comparable(answers: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [
      name,
      value instanceof Map
        ? [...value].map(([key, rows]) => [key, sorted(rows as readonly object[])])
        : Array.isArray(value)
          ? sorted(value)
          : value,
    ]),
  )
}

function sorted(rows: readonly object[]): readonly object[] {
  const keys = new Map(rows.map((row) => [row, keyOf(row)]))
  return rows.toSorted((a, b) => (keys.get(a)! < keys.get(b)! ? -1 : 1))
}

function keyOf(row: object): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** `value`, but `expected`'s numbers where its own are the same to the last digits: sums differ with the order. */
function near(value: unknown, expected: unknown): unknown {
  if (typeof value === 'number' && typeof expected === 'number')
    return Math.abs(value - expected) <= 1e-12 * Math.abs(expected) ? expected : value
  if (value === null || typeof value !== 'object') return value
  const beside = (expected ?? {}) as Readonly<Record<string, unknown>>
  if (Array.isArray(value)) return value.map((one, at) => near(one, beside[String(at)]))
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, near(one, beside[key])]),
  )
}

/** Three hundred people with all that can be seen of them: gaps too, since much is unknown of real ones. */
function crowd(): readonly EvidenceEvent[] {
  return Array.from({ length: 301 }, (_, index): readonly EvidenceEvent[] => {
    const time = start + index * 60_000
    const steps = ['checkout/basket', 'checkout/slot', 'checkout/pay'].slice(0, 1 + (index % 3))
    const about = {
      session: `s${index}`,
      source: 'sdk',
      ...(index % 7 !== 0 && { environment: 'production' }),
      ...(index % 5 !== 0 && { release: index % 2 === 0 ? '1.0' : '1.1' }),
      ...(index % 11 !== 0 && { device: index % 4 === 0 ? 'phone' : 'desktop' }),
      ...(index % 3 !== 0 && { country: index % 6 === 1 ? 'AT' : 'DE' }),
      ...(index % 13 === 0 && { persona: 'regular' }),
      ...(index % 2 === 0 && { connection: '4g' }),
    } satisfies Partial<EvidenceEvent>
    return [
      ...steps.flatMap((step, at): readonly EvidenceEvent[] => {
        const entered = time + at * 8000
        const operation = ['store.getBasket', 'store.listSlots', 'store.createPayment'][at]!
        const duration = 100 + ((index * 37 + at * 11) % 900)
        const here = { ...about, view: `v${at}`, step }
        const trace = `${index}`.padStart(31, 'a') + at
        const previous = at > 0 && { previousStep: steps[at - 1]! }
        const traced = index % 2 === 0 && { trace }
        return [
          { kind: 'view', time: entered, ...here, ...previous },
          {
            kind: 'call',
            time: entered + 20,
            duration,
            operation,
            method: 'GET',
            bytes: 1000 + index,
            cached: index % 9 === 0,
            status: index % 10 === 0 ? 503 : 200,
            outcome: index % 10 === 0 ? 'error' : index % 17 === 0 ? 'pending' : 'ok',
            ...(index % 3 === 0 && { network: duration / 4 }),
            ...here,
            ...traced,
          },
          {
            kind: 'call',
            time: entered + 30 + duration,
            duration: 50,
            operation: 'store.listSlots',
            method: 'GET',
            ...here,
          },
          {
            kind: 'call',
            time: entered + 4000 + (index % 5) * 100,
            duration: 200 + index,
            operation: 'store.listSlots',
            outcome: index % 19 === 0 ? 'pending' : 'ok',
            method: 'GET',
            ...here,
          },
          { kind: 'vital', time: entered + 500, name: 'LCP', value: 1000 + index, ...here },
          {
            kind: 'read',
            time: entered + 600,
            operation,
            fields: { [`items[].name${index % 3}`]: 1 },
            ...here,
          },
          ...(index % 2 === 0
            ? ([
                {
                  kind: 'call',
                  time: entered + 30,
                  duration: duration / 2,
                  operation,
                  service: 'store',
                  trace,
                  status: 200,
                  environment: 'production',
                  attributes: { 'http.route': '/basket' },
                },
                {
                  kind: 'span',
                  time: entered + 40,
                  duration: 5,
                  name: 'SELECT * FROM carts',
                  service: 'store',
                  trace,
                },
              ] as const)
            : []),
        ]
      }),
      ...(index % 10 === 0
        ? ([
            {
              kind: 'state',
              time: time + 900,
              state: '503',
              view: 'v0',
              step: steps[0]!,
              operation: 'store.getBasket',
              ...about,
            },
            {
              kind: 'survey',
              time: time + 990,
              name: 'delivery-date',
              value: 1 + (index % 5),
              text: 'It was slow',
              view: 'v0',
              step: steps[0]!,
              ...about,
            },
            {
              kind: 'log',
              time: time + 992,
              name: 'throughline.experiment.stopped',
              state: `slow-basket-${index % 3}`,
              text: 'More left.',
            },
            {
              kind: 'flag',
              time: time + 991,
              name: index % 20 === 0 ? 'new-basket=on' : 'new-basket=off',
              ...about,
            },
            { kind: 'error', time: time + 950, name: 'TypeError', view: 'v0', ...about },
          ] as const)
        : []),
      { kind: 'leave', time: time + steps.length * 8000, ...about },
    ]
  }).flat()
}
