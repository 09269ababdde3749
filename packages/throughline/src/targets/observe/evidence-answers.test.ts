import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, pageConfiguration, reportOf, type EvidenceEvent } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredSurveys } from './answered-surveys.ts'
import { evidenceAnswers } from './evidence-answers.ts'
import { openDuckdbStore } from './store/duckdb-store.ts'
import type { EvidenceStore } from './store/evidence-store.ts'

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
    calls:
      - { operation: store.getBasket, states: { 5xx: { show: A retry banner } } }
      - { operation: store.listSlots, after: store.getBasket }
  - step: pay
    calls: [store.createPayment]
`,
  'wait.survey.yaml': `survey: wait
question: Did it take long?
ask: after-step
step: checkout/basket
scale: { from: 1, to: 5 }
quota: 100
`,
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) => ({ path, text: files[path] ?? '' }),
})

const start = Date.UTC(2026, 9, 5, 8)
const period = { since: start, until: start + 86_400_000 }
const folder = mkdtempSync(join(tmpdir(), 'throughline-answers-'))
let store: EvidenceStore

beforeAll(async () => {
  store = await openDuckdbStore({ folder })
  await store.append('crowd', crowd())
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

test('gives the figures of what the crowd did, number for number', async () => {
  const report = reportOf(graph, await evidenceAnswers(store, graph, period), period)
  const [basket, pay] = report.journeys[0]!.steps
  expect(report.journeys[0]).toMatchObject({ name: 'checkout', sessions: 100, finished: 60 })
  expect(basket).toMatchObject({ sessions: 100, wentOn: 60, toNext: { p50: 5000, p75: 5000 } })
  expect(basket!.dropOff).toBeCloseTo(0.4, 10)
  // 40 waited 900 ms (800 for the basket, then 100 for the slots), 60 waited 300.
  expect(basket!.wait).toMatchObject({ visits: 100, p50: 300, p75: 900, budget: 500, over: 0.4 })
  expect(basket!.wait!.apdex).toBeCloseTo(0.8, 10)
  expect(basket!.criticalPath).toEqual(['store.getBasket', 'store.listSlots'])
  expect(basket!.shown).toEqual([
    { condition: '503', sessions: 10, times: 10, seen: false, show: 'A retry banner' },
  ])
  expect(basket!.vitals).toEqual([{ name: 'LCP', samples: 100, p75: 1200 }])
  expect(basket!.parts.filter(({ dimension }) => dimension === 'device')).toEqual([
    { dimension: 'device', part: 'desktop', sessions: 60, wentOn: 60 },
    { dimension: 'device', part: 'phone', sessions: 40, wentOn: 0 },
  ])
  expect(pay).toMatchObject({ sessions: 60 })
  expect(pay!.dropOff).toBeUndefined()
})

test('sets what people answered beside what they had waited and met', async () => {
  const report = reportOf(graph, await evidenceAnswers(store, graph, period), period)
  expect(report.surveys).toMatchObject([
    {
      survey: 'wait',
      question: 'Did it take long?',
      step: 'checkout/basket',
      answers: 100,
      quota: 100,
      // Every tenth basket failed, all of them on phones.
      unhappy: { answers: 40, waited: 900, troubled: 0.25 },
      happy: { answers: 60, waited: 300, troubled: 0 },
      texts: [{ text: 'Call [number]', value: 1 }],
    },
  ])
})

test('counts the answers for the quotas, and goes on with the last count while the store is away', async () => {
  let now = 0
  let opened: () => Promise<Pick<EvidenceStore, 'query'>> = () => Promise.resolve(store)
  const answered = answeredSurveys({ graph: () => graph, store: () => opened(), now: () => now })
  const before = pageConfiguration(graph)
  expect(before.surveys.map(([id]) => id)).toEqual(['wait'])
  expect(pageConfiguration(graph, { answered: await answered() }).surveys).toEqual([])
  opened = () => Promise.reject(new Error('away'))
  now += 60_000
  expect((await answered())('wait')).toBe(100)
})

test('counts what came after loading from its own beginning, calls of the same second once', async () => {
  const place = join(folder, 'later')
  const own = await openDuckdbStore({ folder: place })
  const visit = (index: number): readonly EvidenceEvent[] => {
    const time = start + index * 60_000
    const here = { session: `later${index}`, view: 'v1' } as const
    const call = (at: number, duration: number, more: Partial<EvidenceEvent> = {}) =>
      ({
        kind: 'call',
        time: time + at,
        duration,
        operation: 'store.listSlots',
        ...here,
        ...more,
      }) as const
    return [
      { kind: 'view', time, step: 'checkout/basket', ...here },
      call(10, 200),
      // Scrolled, and two calls followed; then a click that nobody waited for to the end.
      call(6000, 400),
      call(6100, 900),
      ...(index === 0 ? [call(20_000, 2500, { outcome: 'pending' })] : []),
      // Back on the step: what is called now loads it again.
      { kind: 'view', time: time + 30_000, step: 'checkout/basket', ...here },
      call(30_050, 150),
    ]
  }
  await own.append('later', Array.from({ length: 25 }, (_, index) => visit(index)).flat())
  const report = reportOf(graph, await evidenceAnswers(own, graph, period), period)
  await own.close()
  expect(report.journeys[0]!.steps[0]!.later).toEqual({
    waits: 26,
    p50: 1000,
    p75: 1000,
    p95: 1000,
    leftWaiting: 1,
  })
  expect(report.journeys[0]!.steps[0]!.wait).toMatchObject({ visits: 50, p95: 210 })
})

test('gives no cost of slow answers for a hundred visits', async () => {
  const report = reportOf(graph, await evidenceAnswers(store, graph, period), period)
  expect(report.journeys[0]!.steps[0]!.cost).toMatchObject({
    kind: 'too-few',
    because: '100 visits with a measured wait: at least 300 are needed.',
  })
})

test('counts only the period, environment and release that were asked for', async () => {
  const of = async (asked: object) =>
    reportOf(graph, await evidenceAnswers(store, graph, { ...period, ...asked }), period).totals
      .sessions
  expect(await of({ environment: 'production' })).toBe(100)
  expect(await of({ environment: "staging' OR '1'='1" })).toBe(0)
  expect(await of({ release: '1.1' })).toBe(50)
  expect(await of({ since: start + 50 * 60_000 })).toBe(50)
})

test('gives advice with the place where to follow it', async () => {
  const { advice } = reportOf(graph, await evidenceAnswers(store, graph, period), period)
  expect(advice.find(({ kind }) => kind === 'waterfall')).toMatchObject({
    title: 'store.listSlots waits for store.getBasket',
    file: 'checkout.journey.yaml',
    line: 7,
  })
})

test('has nothing to say of no evidence, and does not fail', async () => {
  const asked = { since: 0, until: 1 }
  const report = reportOf(graph, await evidenceAnswers(store, graph, asked), asked)
  expect(report.totals).toMatchObject({ events: 0, sessions: 0 })
  expect(report.journeys[0]!.steps[0]!).toMatchObject({ sessions: 0, leaving: [] })
  expect(report.advice).toEqual([])
})

/** A hundred people, one a minute: 40 on phones wait long and leave; 60 wait little and pay. Ten of the baskets fail. */
function crowd(): readonly EvidenceEvent[] {
  return Array.from({ length: 100 }, (_, index): readonly EvidenceEvent[] => {
    const time = start + index * 60_000
    const phone = index % 5 < 2
    const first = phone ? 800 : 200
    const basket = {
      session: `s${index}`,
      view: 'v1',
      step: 'checkout/basket',
      device: phone ? 'phone' : 'desktop',
      environment: 'production',
      release: index < 50 ? '1.0' : '1.1',
    } as const
    const pay = { ...basket, view: 'v2', step: 'checkout/pay' }
    return [
      {
        kind: 'survey',
        time: time + 2000,
        name: 'wait',
        value: phone ? 1 : 5,
        ...(index === 0 && { text: 'Call +43 660 1234567' }),
        ...basket,
      },
      { kind: 'view', time, ...basket },
      {
        kind: 'call',
        time,
        duration: first,
        operation: 'store.getBasket',
        method: 'GET',
        status: index % 10 === 0 ? 503 : 200,
        ...basket,
      },
      {
        kind: 'call',
        time: time + first,
        duration: 100,
        operation: 'store.listSlots',
        method: 'GET',
        status: 200,
        ...basket,
      },
      { kind: 'vital', time: time + 500, name: 'LCP', value: 1200, ...basket },
      ...(phone
        ? []
        : [{ kind: 'view', time: time + 5000, previousStep: basket.step, ...pay } as const]),
    ]
  }).flat()
}
