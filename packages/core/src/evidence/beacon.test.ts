import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodedBeacon, longestBeacon } from './beacon.ts'

const at = 1_790_000_000_000
const trace = '0123456789abcdef0123456789abcdef'

function beaconOf(rows: readonly unknown[], views: readonly unknown[] = []): string {
  const head = [1, 'batch-0001', at, 'session-0001', 'phone', '4g', 'production', '2.1.0']
  return JSON.stringify([...head, ['basket=new'], views, rows])
}

function rowsOf(text: string, receivedAt = at + 60_000) {
  const beacon = decodedBeacon(text, receivedAt)
  if ('problem' in beacon) throw new Error(beacon.problem)
  return beacon
}

const common = {
  source: 'sdk',
  session: 'session-0001',
  device: 'phone',
  connection: '4g',
  environment: 'production',
  release: '2.1.0',
  flags: ['basket=new'],
  view: '2',
  route: '/basket',
  step: 'checkout/basket',
  previousStep: 'checkout/catalogue',
}

test('turns the rows of a page into evidence, each with the step it belongs to', () => {
  const views = [[2, '/basket', 'checkout/basket', 'checkout/catalogue']]
  const { events, batch, rejected } = rowsOf(
    beaconOf(
      [
        ['v', 0, 2],
        [
          'c',
          10.5,
          2,
          'store.getBasket',
          'GET',
          200,
          'o',
          412.3,
          300,
          60,
          5120,
          0,
          trace,
          trace.slice(16),
          '',
        ],
        ['w', 900, 2, 'LCP', 1234.5],
        ['e', 1000, 2, 'TypeError', 'x is not a function'],
        ['k', 1500, 2, 'rage', 'button#pay'],
        ['s', 1600, 2, '5xx', 'store.getBasket'],
        ['r', 1700, 2, 'store.getBasket', ['items[].name', 12, 'eta', 0]],
        ['q', 1800, 2, 'delivery-date', 4, 'Fine', 'step'],
        ['g', 1900, 2, 'begin_checkout'],
        ['l', 2000, 2, 'page', 1995],
      ],
      views,
    ),
  )
  expect({ batch, rejected }).toEqual({ batch: 'batch-0001', rejected: 0 })
  expect(events).toEqual([
    { ...common, kind: 'view', time: at },
    {
      ...common,
      kind: 'call',
      time: at + 10.5,
      service: 'browser',
      operation: 'store.getBasket',
      method: 'GET',
      status: 200,
      outcome: 'ok',
      duration: 412.3,
      ttfb: 300,
      network: 60,
      bytes: 5120,
      cached: false,
      trace,
      span: trace.slice(16),
    },
    { ...common, kind: 'vital', time: at + 900, name: 'LCP', value: 1234.5 },
    { ...common, kind: 'error', time: at + 1000, name: 'TypeError', text: 'x is not a function' },
    { ...common, kind: 'click', time: at + 1500, name: 'rage', text: 'button#pay' },
    { ...common, kind: 'state', time: at + 1600, state: '5xx', operation: 'store.getBasket' },
    {
      ...common,
      kind: 'read',
      time: at + 1700,
      operation: 'store.getBasket',
      fields: { 'items[].name': 12, eta: 0 },
    },
    {
      ...common,
      kind: 'survey',
      time: at + 1800,
      name: 'delivery-date',
      value: 4,
      text: 'Fine',
      state: 'step',
    },
    { ...common, kind: 'log', source: 'ga4', time: at + 1900, name: 'begin_checkout' },
    { ...common, kind: 'leave', time: at + 2000, name: 'page', duration: 1995 },
  ])
})

test('leaves out rows it cannot read and says how many', () => {
  const { events, rejected } = rowsOf(
    beaconOf([
      ['v', 0, 1],
      ['v', -1, 1],
      ['z', 0, 1],
      ['w', 0, 1, 'toString', 1],
      'v',
      null,
      ['r', 0, 1, 'store.getBasket', []],
    ]),
  )
  expect(events.map((one) => one.kind)).toEqual(['view'])
  expect(rejected).toBe(6)
})

test('drops what is too long or of the wrong kind, and keeps the rest of the row', () => {
  const { events } = rowsOf(
    beaconOf([
      ['c', 0, 1, 'x'.repeat(900), 'get it', 99, 'constructor', -5, null, {}, 1e300, 2, 'A', 'B'],
    ]),
  )
  expect(events).toMatchObject([{ kind: 'call', operation: 'x'.repeat(200) }])
  const { time: _, ...call } = events[0]!
  expect(Object.keys(call)).not.toContain('duration')
  expect(Object.keys(call)).not.toContain('outcome')
  expect(Object.keys(call)).not.toContain('bytes')
})

test('puts a page right whose clock is ahead', () => {
  const { events } = rowsOf(
    beaconOf([
      ['v', 0, 1],
      ['v', 500, 2],
    ]),
    at - 86_400_000,
  )
  expect(events.map((one) => one.time)).toEqual([at - 86_400_500, at - 86_400_000])
})

test.each([
  ['{', 'The body is not JSON. It must be what sdk.js sends.'],
  ['{"a":1}', 'The body must be a list that begins with 1, the version of its form.'],
  ['[2]', 'The body must be a list that begins with 1, the version of its form.'],
  ['[1,"a"]', 'The second item must be the id of the batch: 8 to 64 letters and digits.'],
  ['[1,"batch-0001","now"]', 'The third item must be a time in milliseconds since 1970.'],
  ['[1,"batch-0001",1]', 'The fourth item must be the session: 8 to 64 letters and digits.'],
  [
    '[1,"batch-0001",1,"session-0001"]',
    'The last two items must be lists: views, and at most 1000 rows.',
  ],
  [' '.repeat(longestBeacon + 1), 'A beacon has at most 262144 characters; this one has more.'],
])('says what is wrong with %j', (text, problem) => {
  expect(decodedBeacon(text, at)).toEqual({ problem })
})

test('reads whatever anybody sends without falling over', () => {
  const row = fc
    .tuple(
      fc.constantFrom('v', 'c', 'w', 'e', 'k', 'l', 's', 'r', 'q', 'f', 'g', 'z'),
      fc.nat(1000),
    )
    .chain(([kind, offset]) =>
      fc.array(fc.jsonValue({ maxDepth: 2 })).map((rest) => [kind, offset, ...rest]),
    )
  fc.assert(
    fc.property(fc.array(row), fc.array(fc.jsonValue()), (rows, views) => {
      const { events, rejected } = rowsOf(beaconOf(rows, views))
      expect(events.length + rejected).toBe(rows.length)
      for (const event of events) {
        expect(Number.isFinite(event.time)).toBe(true)
        expect(JSON.stringify(event).length).toBeLessThan(200_000)
      }
    }),
    { numRuns: 300 },
  )
})
