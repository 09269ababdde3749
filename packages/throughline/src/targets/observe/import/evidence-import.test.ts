import { expect, test } from 'vitest'
import { graphOf } from '../../../../../core/test/graph-of.ts'
import { evidenceImport } from './evidence-import.ts'

const graph = graphOf({
  'throughline.yaml': 'throughline: 1\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
    openapi: 3.1.0
    info: { title: Store, version: "1" }
    servers: [{ url: /api }]
    paths:
      /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }
      /orders/{id}: { get: { operationId: getOrder, responses: { "200": { description: One order } } } }
  `,
  'checkout.journey.yaml': `
    journey: checkout
    steps:
      - { step: product, screen: "/products/:id" }
      - { step: basket, screen: /basket, calls: [store.getBasket] }
      - { step: payment, screen: /payment }
      - { step: done, screen: "/orders/:id/thanks" }
  `,
  'date.survey.yaml': `
    survey: delivery-date
    question: Did you find out when it comes?
    ask: after-step
    step: checkout/basket
    scale: { from: 1, to: 5 }
  `,
})

const taken = (text: string, format?: string) =>
  evidenceImport(text, graph, { shown: 'file', ...(format !== undefined && { format }) })
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0'
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148'

const combined = [
  `203.0.113.7 - - [05/Oct/2026:13:55:36 +0200] "GET /products/17?email=maya@example.com HTTP/2.0" 200 5120 "-" "${firefox}" 0.031`,
  `203.0.113.7 - maya [05/Oct/2026:13:55:38 +0200] "GET /api/basket HTTP/2.0" 200 812 "https://shop.example/basket" "${firefox}" rt=0.120`,
  `203.0.113.7 - - [05/Oct/2026:13:55:38 +0200] "GET /basket HTTP/2.0" 200 4000 "-" "${firefox}"`,
  `198.51.100.2 - - [05/Oct/2026:13:56:00 +0200] "GET /api/orders/8812 HTTP/1.1" 503 - "-" "${phone}" 1500000`,
  `203.0.113.7 - - [05/Oct/2026:18:00:00 +0200] "GET /basket HTTP/2.0" 200 4000 "-" "${firefox}"`,
  `66.249.66.1 - - [05/Oct/2026:13:57:00 +0200] "GET /basket HTTP/1.1" 200 4000 "-" "Googlebot/2.1 (+http://www.google.com/bot.html)"`,
  '203.0.113.7 - - [05/Oct/2026:13:55:39 +0200] "GET /style.css HTTP/2.0" 200 900 "-" "-"',
  String.raw`198.51.100.9 - - [05/Oct/2026:13:58:00 +0200] "\x16\x03\x01" 400 166 "-" "-"`,
  `198.51.100.9 - - [99/Foo/2026:13:58:00 +0200] "GET /basket HTTP/1.1" 200 1 "-" "'; DROP TABLE events; --"`,
  '203.0.113.7 - - [05/Oct/20',
].join('\n')

test('reads a combined log: calls, views and visits, and says what it left out', () => {
  const { format, events, lost } = taken(combined)
  expect(format).toBe('log')
  expect(
    events.map(({ kind, time, operation, step, status, duration, device, outcome, view }) =>
      [
        kind,
        new Date(time).toISOString().slice(11, 19),
        operation ?? step,
        status,
        duration,
        device,
        outcome ?? view,
      ].join(' '),
    ),
  ).toEqual([
    'view 11:55:36 checkout/product 200 31 desktop 1',
    'call 11:55:38 store.getBasket 200 120 desktop ok',
    'view 11:55:38 checkout/basket 200  desktop 2',
    'call 11:56:00 store.getOrder 503 1500 phone error',
    'view 16:00:00 checkout/basket 200  desktop 1',
  ])
  const sessions = events.map(({ session }) => session)
  expect(new Set(sessions).size).toBe(3)
  expect(sessions[0]).toBe(sessions[2])
  expect(lost).toEqual([
    { why: 'requests of robots', times: 1, line: 6 },
    { why: 'requests of no operation and no screen', times: 1, line: 7 },
    { why: 'lines that are no line of this log', times: 3, line: 8 },
  ])
  expect(JSON.stringify(events)).not.toMatch(/maya|203\.0|198\.51|8812|Firefox/)
})

test('reads a W3C extended log by the fields that it names', () => {
  const { events, lost } = taken(
    [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      '#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status time-taken',
      '2026-10-05 11:55:36 GET /api/basket page=2 203.0.113.7 Mozilla/5.0+(X11;+Linux) 200 78',
      '2026-10-05 11:55:37 GET',
      '#Fields: date time cs-method cs-uri-stem sc-status time-taken',
      '2026-10-05 11:55:38 GET /api/orders/1 404 0.250',
      '2026-10-05 25:99:38 GET /api/orders/1 404 1',
    ].join('\r\n'),
  )
  expect(events.map(({ operation, duration, status }) => [operation, duration, status])).toEqual([
    ['store.getBasket', 78, 200],
    ['store.getOrder', 250, 404],
  ])
  expect(lost).toEqual([{ why: 'lines that are no line of this log', times: 2, line: 5 }])
})

const row = (name: string, second: number, parameters: Readonly<Record<string, unknown>> = {}) => ({
  event_date: '20261005',
  event_timestamp: String(1_791_201_336_000_000 + second * 1e6),
  event_name: name,
  event_params: Object.entries({ ga_session_id: 1_791_201_300, ...parameters }).map(
    ([key, value]) => ({
      key,
      value: typeof value === 'number' ? { int_value: String(value) } : { string_value: value },
    }),
  ),
  user_pseudo_id: '1234567890.1791201300',
  device: { category: 'mobile' },
  geo: { country: 'Germany', city: 'Freiburg' },
})

test('reads the export of Google Analytics, and maps its recommended events', () => {
  const page = { page_location: 'https://shop.example/products/17?gclid=secret' }
  const lines = [
    row('session_start', 0, page),
    row('page_view', 0, page),
    row('add_to_cart', 2, page),
    row('view_cart', 4),
    row('add_payment_info', 6),
    row('page_view', 8, { page_location: 'https://shop.example/imprint' }),
    row('exception', 9, { description: 'No price for maya@example.com' }),
    { ...row('page_view', 10, page), user_pseudo_id: null },
  ].map((one) => JSON.stringify(one))
  const { format, events, lost } = taken(
    [...lines, '{"event_name": "page_view", "event_times', ''].join('\n'),
  )
  expect(format).toBe('ga4')
  expect(
    events.map(({ kind, step, name, view, text }) =>
      [kind, step, name ?? view, text].filter(Boolean).join(' '),
    ),
  ).toEqual([
    'view checkout/product 1',
    'log checkout/product add_to_cart',
    'view checkout/basket 2',
    'log checkout/basket view_cart',
    'view checkout/payment 3',
    'log checkout/payment add_payment_info',
    'error exception No price for [e-mail]',
  ])
  expect(events[0]).toMatchObject({ time: 1_791_201_336_000, device: 'phone', country: 'DE' })
  expect(new Set(events.map(({ session }) => session)).size).toBe(1)
  expect(JSON.stringify(events)).not.toMatch(/1234567890|secret|Freiburg/)
  expect(lost.map(({ why, times }) => `${times} ${why.slice(0, 31)}`)).toEqual([
    '1 events that Google makes by its',
    '1 views of pages that no journey ',
    '1 rows without a session (no cons',
    '1 lines that are no JSON',
  ])
  expect(taken(JSON.stringify([row('page_view', 0, page)])).events).toHaveLength(1)
})

test('reads answers to surveys, one a row, without who gave them', () => {
  const { format, events, lost } = taken(
    `\uFEFFDate,Email,Question,Response,Comment,Page URL,Session ID
2026-10-05 10:15:00,maya@example.com,Did you find out when it comes?,4,"Nearly: ""Wednesday""
or so, call +49 761 5550 1234",https://shop.example/payment?x=1,s1
2026-10-05T10:16:00+02:00,leo@example.com,"How did you hear of us, then?",A friend,,,
yesterday,x@example.com,Did you find out when it comes?,1,,,
2026-10-05 10:18:00,x@example.com,Did you find out when it comes?,,,,
2026-10-05 10:19:00,x@example.com,"never closed,5`,
  )
  expect(format).toBe('survey')
  expect(events).toMatchObject([
    {
      kind: 'survey',
      name: 'delivery-date',
      value: 4,
      step: 'checkout/payment',
      text: 'Nearly: "Wednesday"\nor so, call [number]',
    },
    { name: 'How did you hear of us, then?', text: 'A friend', time: Date.UTC(2026, 9, 5, 8, 16) },
    { name: '"never closed', value: 5 },
  ])
  expect(JSON.stringify(events)).not.toMatch(/@|x=1|s1/)
  expect(lost.map(({ why, line }) => [why, line])).toEqual([
    ['the column Email: who somebody is is not kept', undefined],
    ['rows without a date', 5],
    ['rows without an answer', 6],
  ])
})

test('reads answers of a form, a column for each question', () => {
  const { events } = taken(
    'Timestamp;Did you find out when it comes?;What was missing?\n10/5/2026 10:15;5;\n10/5/2026 10:20;2;The day\n',
  )
  expect(events.map(({ name, value, text, step }) => [name, value ?? text, step])).toEqual([
    ['delivery-date', 5, 'checkout/basket'],
    ['delivery-date', 2, 'checkout/basket'],
    ['What was missing?', 'The day', undefined],
  ])
})

test.each([
  ['nothing', '', undefined],
  ['prose', 'Dear Maya,\nthe bread was good.', undefined],
  ['a list', '[1,2,3]', 'ga4'],
  ['deep JSON', '['.repeat(100_000), 'ga4'],
  ['no HAR', '{"log":{"entries":7}}', 'har'],
  ['no log', 'a\u0000b', 'log'],
  ['a table without a date', 'a,b\n1,2', 'survey'],
])('says of %s that it is no such file', (_, text, format) => {
  let problem = 'nothing'
  try {
    const { events } = taken(text, format)
    problem = `${events.length} events`
  } catch (error) {
    problem = error instanceof Error ? error.message : 'thrown'
  }
  expect(problem).toMatch(/is no evidence that can be taken in|^file is not |^0 events/)
})

test('reads long and hostile lines in a bounded time', () => {
  const nasty = [
    '"'.repeat(50_000),
    'a '.repeat(50_000),
    `${'1'.repeat(90)} - - [${'['.repeat(9000)}`,
    `x,${'"'.repeat(99_999)}`,
  ]
  for (const format of ['log', 'survey', 'ga4'] as const)
    for (const line of nasty)
      try {
        expect(taken(`Date,Question,Answer\n${`${line}\n`.repeat(20)}`, format).events).toEqual([])
      } catch (error) {
        expect(String(error)).toContain('file is not')
      }
})

test('gives the same file the same id and the same visits, another file others', () => {
  const [once, again, more] = [taken(combined), taken(combined), taken(`${combined}\n`)]
  expect(again).toEqual(once)
  expect(more.id).not.toBe(once.id)
  expect(more.events[0]!.session).not.toBe(once.events[0]!.session)
})
