import { expect, test } from 'vitest'
import { compiled } from '../../../test/compile-marked.ts'
import type { EvidenceEvent } from '../../evidence/event.ts'
import type { EvidenceAnswers, ReadRow } from '../answers.ts'
import { adviceOf } from './advice-of.ts'

const { graph } = compiled({
  'store.openapi.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { "200": { description: The basket, content: { application/json: { schema: { type: object, properties: { total: { type: number }, eta: { type: string }, history: { type: string } } } } } } }
  /products/{id}:
    get:
      operationId: getProduct
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: A product } }
  /slots:
    get:
      operationId: listSlots
      responses: { "200": { description: Slots } }
`,
  'checkout.journey.yaml': `journey: checkout
steps:
  - step: basket
    calls:
      - { operation: store.getBasket, needs: [total] }
      - { operation: store.getProduct }
`,
})

const basket = 'checkout/basket'

test('says what waits for what, and that nobody said why', () => {
  const advice = adviceFor({
    sample: visits((at) => [
      call('store.getBasket', at, 200),
      call('store.getProduct', at + 210, 150),
    ]),
  })
  expect(advice.find(({ kind }) => kind === 'waterfall')).toMatchObject({
    title: 'store.getProduct waits for store.getBasket',
    evidence:
      'In 40 of 40 visits of pages with both it started within 120 ms after the other had answered.',
    gain: { ms: 160, times: 40 },
    steps: [basket],
  })
})

test('does not take calls that run at once for a waterfall', () => {
  const advice = adviceFor({
    sample: visits((at) => [
      call('store.getBasket', at, 200),
      call('store.getProduct', at + 5, 150),
    ]),
  })
  expect(advice).toEqual([])
})

test('tells many at once, a clock, and attempts after failures apart', () => {
  const many = adviceFor({
    sample: visits((at) => [0, 1, 2, 3, 4].map((n) => call('store.getProduct', at + n * 50, 45))),
  })
  expect(many.map(({ kind }) => kind)).toEqual(['repeated-calls'])
  expect(many[0]).toMatchObject({
    title: 'store.getProduct is called 5 times for one page',
    gain: { calls: 4 },
  })

  const clock = adviceFor({
    sample: visits((at) => [0, 1, 2, 3, 4].map((n) => call('store.getBasket', at + n * 2000, 40))),
  })
  expect(clock.map(({ kind }) => kind)).toEqual(['polling'])
  expect(clock[0]!.evidence).toContain('asked every 2s, 5 times')

  const storm = adviceFor({
    sample: visits((at) =>
      [0, 1, 2, 3].map((n) => ({ ...call('store.getBasket', at + n * 100, 40), status: 503 })),
    ),
  })
  expect(storm.map(({ kind }) => kind)).toEqual(['retry-storm'])
})

test('says which fields nobody reads once enough have not, and leaves those alone of which it does not know', () => {
  const read = (views: number, fields: object): ReadRow => ({
    step: basket,
    operation: 'store.getBasket',
    fields: JSON.stringify(fields),
    views,
  })
  const advice = adviceFor({ reads: [read(400, { total: 1 }), read(50, { total: 2, eta: 0 })] })
  expect(advice[0]).toMatchObject({
    kind: 'over-fetch',
    title: 'Nobody reads 1 field of store.getBasket',
    steps: [basket],
  })
  expect(advice[0]!.evidence).toContain('none read history: fewer than 0.7 % of all do')
  expect(adviceFor({ reads: [read(299, { total: 1 })] })).toEqual([])
})

test('says what a step reads and does not declare, and declares and never reads', () => {
  const read = (fields: object): ReadRow => ({
    step: basket,
    operation: 'store.getBasket',
    fields: JSON.stringify(fields),
    views: 400,
  })
  const undeclared = adviceFor({ reads: [read({ total: 1, eta: 2 })] }).find(
    (one) => one.kind === 'undeclared-read',
  )
  expect(undeclared).toMatchObject({
    title: 'checkout/basket reads 1 field of store.getBasket that it does not say it needs',
    evidence: 'Read in sampled answers: eta (400 times).',
    steps: [basket],
    origin: { source: { file: { path: 'checkout.journey.yaml' } } },
  })
  const unread = adviceFor({ reads: [read({ eta: 1, history: 1 })] }).find(
    (one) => one.kind === 'unread-need',
  )
  expect(unread).toMatchObject({
    title: 'Nobody reads 1 field of store.getBasket that checkout/basket says it needs',
    steps: [basket],
    gain: { times: 400 },
  })
  expect(unread?.change).toMatch(
    /no other step needs it, and the answer could be about \d+B shorter/,
  )
  expect(
    adviceFor({ reads: [{ ...read({ '': 0 }), views: 500 }] }).map(({ kind }) => kind),
  ).toEqual([])
})

test('points at the database where one request asks it many times, or slowly', () => {
  const spans = Array.from({ length: 30 }, (_, trace) => [
    { ...call('store.getBasket', trace, 100), trace: `t${trace}` },
    ...[0, 1, 2, 3, 4, 5].map((n): EvidenceEvent => ({
      kind: 'span',
      time: trace + n,
      duration: 3,
      trace: `t${trace}`,
      name: 'SELECT * FROM items WHERE id = ?',
    })),
    {
      kind: 'span',
      time: trace,
      duration: 120,
      trace: `t${trace}`,
      name: 'SELECT * FROM offers',
    } as const,
  ]).flat()
  const advice = adviceFor({ spans })
  expect(advice.map(({ kind, title }) => `${kind}: ${title}`).toSorted()).toEqual([
    'repeated-statement: store.getBasket asks the database 6 times for one answer',
    'slow-statement: A statement of store.getBasket takes 120ms',
  ])
})

test('sees answers without compression, fetched again unchanged, and longer than before', () => {
  const plain = visits((at) => [
    { ...call('store.getBasket', at, 40), bytes: 8000, attributes: { encoding: '' } },
  ])
  expect(adviceFor({ sample: plain })[0]).toMatchObject({
    kind: 'missing-compression',
    gain: { bytes: 6000, times: 40 },
  })

  const again = plain.flatMap((one) => [
    one,
    { ...one, view: 'later', time: one.time + 5000, attributes: { encoding: 'br' } },
  ])
  expect(adviceFor({ sample: again }).map(({ kind }) => kind)).toContain('uncached-repeat')

  const release = (name: string, first: number, bytes50: number) => ({
    release: name,
    operation: 'store.getBasket',
    first,
    calls: 500,
    failed: 0,
    p75: 100,
    bytes50,
  })
  expect(
    adviceFor({ releases: [release('1.0', 1, 4000), release('1.1', 2, 9000)] })[0],
  ).toMatchObject({
    kind: 'payload-growth',
    title: 'store.getBasket grew from 4kB to 9kB',
  })
})

test('sees what traffic does that contract and journey do not say', () => {
  const advice = adviceFor({
    failed: [
      {
        step: basket,
        operation: 'store.getBasket',
        status: 409,
        outcome: 'ok',
        sessions: 30,
        times: 30,
      },
    ],
    calls: [
      {
        step: basket,
        operation: 'store.listSlots',
        calls: 90,
        failed: 0,
        p50: 1,
        p75: 1,
        p95: 1,
        start: 0,
        end: 1,
      },
    ],
  })
  expect(advice.map(({ title }) => title).toSorted()).toEqual([
    'checkout/basket calls store.listSlots, which its journey does not say',
    'store.getBasket answers 409, which its contract does not say',
  ])
})

function adviceFor(some: Partial<EvidenceAnswers>) {
  return adviceOf({ graph, least: 20, answers: { ...none, ...some } })
}

function visits(calls: (at: number) => readonly EvidenceEvent[]): readonly EvidenceEvent[] {
  return Array.from({ length: 40 }, (_, index) =>
    calls(index * 100_000).map((one) => ({
      ...one,
      session: `s${index}`,
      view: 'v',
      step: basket,
    })),
  ).flat()
}

function call(operation: string, time: number, duration: number): EvidenceEvent {
  return { kind: 'call', operation, time, duration, method: 'GET', status: 200, outcome: 'ok' }
}

const none: EvidenceAnswers = {
  period: { events: 0, sessions: 0, views: 0, calls: 0, first: 0, last: 0 },
  funnels: [],
  waits: [],
  calls: [],
  operations: [],
  hours: [],
  laterWaits: [],
  shown: [],
  failed: [],
  errors: [],
  vitals: [],
  reads: [],
  releases: [],
  surveys: [],
  flags: [],
  stops: [],
  visits: new Map(),
  patience: new Map(),
  sample: [],
  spans: [],
}
