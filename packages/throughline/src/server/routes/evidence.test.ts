import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EvidenceReport, LiveEvidence } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shop } from '../../../../core/test/storefront-like.ts'
import { differences, studioApp } from '../../../test/studio-app.ts'
import { CannotRun } from '../../cannot-run.ts'
import { openDuckdbStore } from '../../targets/observe/store/duckdb-store.ts'
import type { EvidenceStore } from '../../targets/observe/store/evidence-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-evidence-routes-'))
let store: EvidenceStore
let app: ReturnType<typeof studioApp>

beforeAll(async () => {
  store = await openDuckdbStore({ folder })
  const time = Date.now() - 3_600_000
  await store.append(
    'visitors',
    Array.from({ length: 30 }, (_, index) => {
      const visit = { session: `s${index}`, view: '1', step: 'checkout/basket', release: '1.5' }
      const environment = index < 20 ? 'production' : 'staging'
      return [
        { kind: 'view', time: time + index, environment, ...visit } as const,
        {
          kind: 'call',
          time: time + index,
          duration: 200 + index,
          operation: 'store.getBasket',
          status: 200,
          environment,
          ...visit,
        } as const,
      ]
    }).flat(),
  )
  app = studioApp(shop, { evidence: () => Promise.resolve(store) })
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['getEvidence', '/api/evidence'],
  ['getEvidence', '/api/evidence?journey=checkout&environment=production'],
  ['getEvidence', '/api/evidence?journey=chekout'],
  ['getEvidence', '/api/evidence?since=yesterday'],
  ['getEvidenceChoices', '/api/evidence/choices'],
  ['getLiveEvidence', '/api/evidence/live'],
])('%s answers as its contract says: %s', async (operation, path) => {
  expect(await differences(operation, await app.ask(path))).toEqual([])
})

test('gives the report of the environment and the journey that were asked for', async () => {
  const report = await app.data<EvidenceReport>(
    '/api/evidence?environment=production&journey=checkout',
  )
  expect(report.totals).toMatchObject({ sessions: 20, calls: 20 })
  expect(report.journeys.map(({ name }) => name)).toEqual(['checkout'])
  expect(report.journeys[0]!.steps.find(({ name }) => name === 'checkout/basket')).toMatchObject({
    sessions: 20,
    wait: { visits: 20 },
  })
  expect(await app.data('/api/evidence/choices')).toMatchObject({
    environments: ['production', 'staging'],
    releases: ['1.5'],
  })
})

test('tells what visits did last, with the step', async () => {
  const time = Date.now() - 1000
  await store.append('just-now', [
    {
      kind: 'call',
      time,
      duration: 320,
      operation: 'store.getBasket',
      method: 'GET',
      status: 503,
      outcome: 'error',
      session: '0123456789abcdef',
      view: '2',
      step: 'checkout/basket',
      device: 'phone',
      source: 'sdk',
    },
    { kind: 'vital', time, name: 'LCP', value: 900, session: '0123456789abcdef', view: '2' },
  ])
  const { events } = await app.data<LiveEvidence>('/api/evidence/live')
  expect(events[0]).toEqual({
    kind: 'call',
    at: new Date(time).toISOString(),
    side: 'page',
    visit: '012345',
    step: { step: 'checkout/basket', title: 'Basket', journey: 'checkout' },
    operation: 'store.getBasket',
    method: 'GET',
    status: 503,
    outcome: 'error',
    ms: 320,
    device: 'phone',
  })
})

test('keeps a part of an imported file once, and nothing else', async () => {
  const sent = (body: unknown) =>
    app.ask('/api/evidence/imports', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const part = {
    batch: 'import:0123456789abcdef:0',
    events: [{ kind: 'survey', time: Date.now() - 60_000, name: 'delivery-date', value: 4 }],
  }
  const first = await sent(part)
  expect(await differences('importEvidence', first.clone())).toEqual([])
  expect(await first.json()).toEqual({ kept: 1 })
  expect(await (await sent(part)).json()).toEqual({ kept: 0 })
  for (const wrong of [
    { ...part, batch: 'beacon:1' },
    { ...part, events: [] },
    { ...part, events: [{ kind: 'purchase', time: 1 }] },
    'nothing',
  ]) {
    const refused = await sent(wrong)
    expect(refused.status).toBe(400)
    expect(await differences('importEvidence', refused)).toEqual([])
  }
})

test('says that there is no database, and what to do', async () => {
  const without = studioApp(shop, {
    evidence: () => Promise.reject(new CannotRun('TL9006', 'Install @duckdb/node-api.')),
  })
  const response = await without.ask('/api/evidence')
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ detail: 'Install @duckdb/node-api.' })
  expect(await differences('getEvidence', await without.ask('/api/evidence'))).toEqual([])
})
