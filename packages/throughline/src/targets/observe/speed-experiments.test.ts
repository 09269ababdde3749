import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, reportOf, type EvidenceEvent } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidenceAnswers } from './evidence-answers.ts'
import { speedExperiments } from './speed-experiments.ts'
import { openDuckdbStore } from './store/duckdb-store.ts'
import type { EvidenceStore } from './store/evidence-store.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.openapi.yaml } }\n',
  'store.openapi.yaml':
    'openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths:\n  /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }\n',
  'checkout.journey.yaml':
    'journey: checkout\nsteps:\n  - { step: basket, screen: /basket, calls: [store.getBasket] }\n  - { step: pay, screen: /pay }\n',
  'slow-basket.experiment.yaml':
    'experiment: slow-basket\noperation: store.getBasket\ndelay: 400ms\nshare: 10\nfrom: 2026-11-01\nuntil: 2026-11-30\nguardrail: { drop-off: 10 % }\n',
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) => ({ path, text: files[path] ?? '' }),
})
const folder = mkdtempSync(join(tmpdir(), 'throughline-experiments-'))
const running = [{ operation: 'store.getBasket', delay: 400, share: 0.1 }]
const start = Date.UTC(2026, 10, 10)
let now = start
let store: EvidenceStore

beforeAll(async () => {
  store = await openDuckdbStore({ folder })
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Visits of the basket: `left` of them go no further. */
function visits(dose: number, count: number, left: number, from: number): readonly EvidenceEvent[] {
  return Array.from({ length: count }, (_, index): readonly EvidenceEvent[] => {
    const visit = { session: `${dose}-${from}-${index}`, view: '1', time: from + index }
    return [
      { kind: 'view', step: 'checkout/basket', ...visit },
      { kind: 'flag', name: `speed.store.getBasket=${dose}`, ...visit },
      ...(index < left
        ? []
        : ([{ kind: 'view', step: 'checkout/pay', ...visit, time: visit.time + 500 }] as const)),
    ]
  }).flat()
}

test('runs an experiment between its days, until the held up leave too often; what ended it is kept and shown', async () => {
  const notices: string[] = []
  const options = {
    graph: () => graph,
    store: () => Promise.resolve(store),
    now: () => now,
    onNotice: (line: string) => notices.push(line),
  }
  const experiments = speedExperiments(options)
  now = Date.UTC(2026, 9, 31)
  expect(await experiments()).toEqual([])

  now = start
  await store.append('first', [...visits(0, 120, 24, start), ...visits(400, 120, 30, start)])
  expect(await experiments()).toEqual(running)

  await store.append('second', [...visits(0, 80, 16, start + 9), ...visits(100, 80, 30, start + 9)])
  expect(await experiments()).toEqual(running) // it looks once a minute
  now += 61_000
  expect(await experiments()).toEqual([])
  expect(notices).toEqual([
    'The experiment slow-basket was ended. Of 200 visits that were held up, 10 points more left than of 200 others: the guardrail is 10 points.',
  ])

  // Another server, or this one after a restart.
  expect(await speedExperiments(options)()).toEqual([])
  expect(notices).toHaveLength(1)
  const asked = { since: start - 1, until: now + 1 }
  const report = reportOf(graph, await evidenceAnswers(store, graph, asked), asked)
  expect(report.experiments).toMatchObject([
    {
      name: 'slow-basket',
      state: 'stopped',
      arms: [
        { name: 'no delay', sessions: 200, left: 40 },
        { name: '100 ms later', sessions: 80, left: 30 },
        { name: '400 ms later', sessions: 120, left: 30 },
      ],
      result: {
        kind: 'broken',
        because: '200 sessions with no delay: at least 300 are needed.',
      },
    },
  ])
})

test('holds nobody up while the store is away', async () => {
  const experiments = speedExperiments({
    graph: () => graph,
    store: () => Promise.reject(new Error('away')),
    now: () => start,
  })
  expect(await experiments()).toEqual([])
})
