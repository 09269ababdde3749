import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { pageConfiguration } from './page-configuration.ts'

const shop = {
  'throughline.yaml': `
    throughline: 1
    apis:
      store: { contract: store.yaml, environments: { production: https://shop.example/api/ } }
    states: { offline: { show: A banner, test: role=alert } }
  `,
  'store.yaml': `
    openapi: 3.1.0
    info: { title: Store, version: "1" }
    servers: [{ url: /v1 }]
    paths:
      /orders/{id}: { get: { operationId: getOrder, responses: { "200": { description: One order } } } }
      /orders/last: { get: { operationId: getLastOrder, responses: { "200": { description: The last } } } }
      /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }
  `,
  'checkout.journey.yaml': `
    journey: checkout
    steps:
      - { step: order, screen: "/orders/:id", calls: [store.getOrder] }
      - step: basket
        screen: /basket
        calls:
          - operation: store.getBasket
            states: { empty: { show: Nothing, test: text=Nothing here }, 5xx: { show: Sorry, test: ".sorry" } }
  `,
  'track.journey.yaml': `
    journey: track
    steps: [{ step: last, screen: /orders/last }, { step: order, screen: "/orders/:id" }]
  `,
  'date.survey.yaml': `
    survey: date
    question: Did you find out when it comes?
    ask: after-slow-answer
    step: checkout/basket
    over: 2s
    scale: { from: 1, to: 5 }
    share: 25
    quota: 100
  `,
}

test('tells a page the screens, literal ones first, and the steps behind each', () => {
  expect(pageConfiguration(graphOf(shop)).routes).toEqual([
    ['^/basket/?$', '/basket', 'checkout/basket'],
    ['^/orders/last/?$', '/orders/last', 'track/last'],
    ['^/orders/[^/]+/?$', '/orders/:id', 'checkout/order', 'track/order'],
  ])
})

test('finds the operation of an address on each server, in the mock and behind the page', () => {
  const [api] = pageConfiguration(graphOf(shop), { mockUrl: 'http://localhost:4401' }).apis
  const [base, routes] = api!
  const found = (address: string): string | undefined => {
    const path = new RegExp(base).exec(address)?.[1]
    return path === undefined
      ? undefined
      : routes.find(([, expression]) => new RegExp(expression).test(path))?.[2]
  }
  expect(found('https://shop.example/api/basket')).toBe('store.getBasket')
  expect(found('http://localhost:4401/store/v1/orders/last')).toBe('store.getLastOrder')
  expect(found('http://localhost:4401/orders/17')).toBe('store.getOrder')
  expect(found('/v1/orders/17/')).toBe('store.getOrder')
  expect(found('https://shop.example/apis/basket')).toBeUndefined()
  expect(found('https://shop.example.evil/api/basket')).toBeUndefined()
})

test('says how a call must have ended for a state to be looked for', () => {
  expect(pageConfiguration(graphOf(shop)).states).toEqual({
    'checkout/basket': [
      ['empty', 'store.getBasket', '2..', 'body', 'nothing here'],
      ['5xx', 'store.getBasket', '5..', '.sorry', ''],
      ['offline', '', 'e', '[role=alert]', ''],
    ],
    '*': [['offline', '', 'e', '[role=alert]', '']],
  })
})

test('takes a status with a word of its own for no class of statuses, and nothing for a part that is missing', () => {
  const graph = graphOf({
    ...shop,
    'throughline.yaml': shop['throughline.yaml'].replace(
      'offline: {',
      '5xx: { show: Sorry, test: role=alert }, offline: {',
    ),
    'checkout.journey.yaml': `
      journey: checkout
      steps:
        - step: basket
          screen: /basket
          calls:
            - operation: store.getBasket
              states: { 503: { show: Busy, test: .busy }, partial: { show: The rest, test: .rest } }
    `,
  })
  const { states } = pageConfiguration(graph)
  expect(states['checkout/basket']!.map(([condition, , ends]) => [condition, ends])).toEqual([
    ['503', '503'],
    ['5xx', '(?!503)5..'],
    ['offline', 'e'],
  ])
  expect(states['*']!.map(([condition, , ends]) => [condition, ends])).toEqual([
    ['5xx', '5..'],
    ['offline', 'e'],
  ])
})

test('lets traces go to the mock and named origins only', () => {
  expect(pageConfiguration(graphOf(shop)).trace).toEqual([])
  expect(
    pageConfiguration(graphOf(shop), {
      mockUrl: 'http://localhost:4401',
      trace: ['https://api.example/v2', 'nonsense'],
    }).trace,
  ).toEqual(['http://localhost:4401', 'https://api.example'])
})

test('asks a survey until its quota is reached', () => {
  const words = { send: 'Send', close: 'Close', thanks: 'Thank you.' }
  expect(pageConfiguration(graphOf(shop), { answered: () => 99 }).surveys).toEqual([
    [
      'date',
      'slow',
      'checkout/basket',
      2000,
      0.25,
      { question: 'Did you find out when it comes?', scale: { from: 1, to: 5 }, words, days: 30 },
    ],
  ])
  expect(pageConfiguration(graphOf(shop), { answered: () => 100 }).surveys).toEqual([])
})

test('holds up four doses in a speed experiment, and as many sessions not at all', () => {
  const experiments = [{ operation: 'store.getBasket', delay: 800, share: 0.01 }]
  expect(pageConfiguration(graphOf(shop), { experiments }).delays).toEqual([
    ['store.getBasket', [0, 0, 0, 0, 200, 400, 600, 800], 0.0025],
  ])
})
