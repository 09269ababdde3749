import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EvidenceEvent } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graphOf } from '../../../../../core/test/graph-of.ts'
import type { Notice } from '../../../alerts/notice.ts'
import { openDuckdbStore } from '../store/duckdb-store.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import { evidenceAlerts } from './evidence-alerts.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-alerts-'))
let store: EvidenceStore
beforeAll(async () => {
  store = await openDuckdbStore({ folder })
}, 30_000)
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const graph = graphOf({
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\ncollector: { alerts: { errors: 1, webhook: "https://hooks.example" } }\n',
  'store.yaml': `
    openapi: 3.1.0
    info: { title: Store, version: "1" }
    paths:
      /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }
      /orders: { get: { operationId: listOrders, responses: { "200": { description: All } } } }
  `,
  'checkout.journey.yaml': `
    journey: checkout
    steps:
      - { step: basket, calls: [{ operation: store.getBasket, budget: { p75: 300ms } }] }
      - { step: orders, calls: [store.listOrders] }
  `,
})

const minute = 60_000
const start = Date.UTC(2026, 9, 5)
let batches = 0

/** One call of each operation every ten seconds, from one minute to another. */
async function traffic(
  from: number,
  until: number,
  { slow = 0, failing = 0 }: { readonly slow?: number; readonly failing?: number } = {},
): Promise<void> {
  const events: EvidenceEvent[] = []
  for (let at = from * 6; at < until * 6; at++) {
    const common = {
      kind: 'call',
      time: start + at * 10_000,
      environment: 'production',
      session: `s${at}`,
      view: '1',
    } as const
    const among = (share: number): boolean => Math.floor((at + 1) * share) > Math.floor(at * share)
    events.push(
      {
        ...common,
        step: 'checkout/basket',
        operation: 'store.getBasket',
        status: 200,
        duration: among(slow) ? 900 : 120,
      },
      {
        ...common,
        step: 'checkout/orders',
        operation: 'store.listOrders',
        status: among(failing) ? 503 : 200,
        duration: 50,
      },
    )
  }
  await store.append(`traffic ${batches++}`, events)
}

/** Looks each minute, and gives what was told: `12 opened errors`. */
async function told(from: number, until: number): Promise<readonly string[]> {
  const notices: string[] = []
  const alerts = evidenceAlerts({
    store: () => Promise.resolve(store),
    graph: () => graph,
    folder,
    tell: (notice: Notice) => {
      notices.push(
        `${(Date.parse(notice.at) - start) / minute} ${notice.event} ${notice.kind} ${notice.environment} ${notice.steps.join()}`.trim(),
      )
      last = notice
      return Promise.resolve()
    },
  })
  for (let at = from; at <= until; at++) await alerts.check(start + at * minute)
  return notices
}
let last: Notice | undefined

test('tells once of calls that fail, and once that it is over, over restarts too', async () => {
  await traffic(0, 60, { failing: 0.005 })
  // Half of the allowed share is nothing to tell.
  expect(await told(55, 60)).toEqual([])
  await traffic(60, 80, { failing: 1 })
  const [opened, ...more] = await told(61, 75)
  expect(opened).toMatch(/^\d+ opened errors production checkout\/orders$/)
  expect(Number.parseInt(opened!, 10)).toBeLessThanOrEqual(71)
  expect(more).toEqual([])
  expect(last!.lines[0]).toMatch(
    /^checkout\/orders: store\.listOrders: \d+ of \d+ calls failed in the last (hour|6 hours) and the last \d+ minutes, [\d.]+ times as many as may$/,
  )
  // Another process goes on with it.
  expect(await told(76, 80)).toEqual([])
  await traffic(80, 130)
  expect(await told(81, 130)).toEqual([expect.stringMatching(/^\d+ recovered errors production$/)])
})

test('tells of a budget that burns slowly, but not of a short peak', async () => {
  const from = 1000
  await traffic(from, from + 55)
  await traffic(from + 55, from + 59, { slow: 1 })
  await traffic(from + 59, from + 70)
  expect(await told(from + 56, from + 70)).toEqual([])
  await traffic(from + 70, from + 280, { slow: 0.7 })
  const slow = await told(from + 71, from + 280)
  expect(slow).toEqual([expect.stringMatching(/^\d+ opened budget production checkout\/basket$/)])
  expect(last!.lines[0]).toMatch(
    /p75 burns [\d.]+ times as fast as it allows: .* in the last 6 hours and the last 30 minutes$/,
  )
})

test('says nothing of a few calls', async () => {
  await store.append(
    'few',
    Array.from({ length: 4 }, (_, at) => ({
      kind: 'call' as const,
      time: start + (3000 + at) * minute,
      environment: 'staging',
      operation: 'store.listOrders',
      status: 500,
    })),
  )
  expect((await told(3004, 3005)).filter((one) => one.includes('staging'))).toEqual([])
})
