import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { otlpFromJson } from './otlp-json.ts'
import { eventsOfOtlp } from './otlp-events.ts'
import { placesOf } from './places.ts'

const graph = graphOf({
  'store.yaml': `
    openapi: 3.1.0
    info: { title: Store, version: "1" }
    paths:
      /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }
      /orders/{id}: { get: { operationId: getOrder, responses: { "200": { description: One order } } } }
  `,
})

const operationsOf = (...spans: readonly Readonly<Record<string, string>>[]) =>
  eventsOfOtlp(
    otlpFromJson('traces', {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: spans.map((attributes) => ({
                name: 'request',
                startTimeUnixNano: '1795386363298000000',
                endTimeUnixNano: '1795386363299000000',
                attributes: Object.entries({ 'http.request.method': 'GET', ...attributes }).map(
                  ([key, stringValue]) => ({ key, value: { stringValue } }),
                ),
              })),
            },
          ],
        },
      ],
    }),
    { places: placesOf(graph), masked: () => false },
  ).map(({ operation }) => operation)

test('finds the operation by the address, else by the route that the service says', () => {
  const [name] = operationsOf({ 'url.path': '/basket' })
  expect(name).toMatch(/\.getBasket$/)
  expect(
    operationsOf(
      { 'url.path': '/shop/basket', 'http.route': '/basket' },
      { 'url.full': 'https://gate.example/v7/orders/8812', 'http.route': '/orders/:id' },
      { 'http.route': '/orders/{orderId}' },
      { 'url.path': '/shop/basket' },
      { 'url.path': '/basket', 'http.route': '/orders/:id' },
    ),
  ).toEqual([
    name,
    name!.replace('getBasket', 'getOrder'),
    name!.replace('getBasket', 'getOrder'),
    undefined,
    name,
  ])
})
