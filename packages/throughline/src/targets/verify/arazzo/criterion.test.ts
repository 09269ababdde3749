import { expect, test } from 'vitest'
import { holds } from './criterion.ts'
import type { Scope } from './expression.ts'

const scope: Scope = {
  inputs: { who: 'Maya', most: 3 },
  steps: new Map([['list', new Map<string, unknown>([['count', 2]])]]),
  workflows: new Map(),
  happened: {
    method: 'GET',
    url: 'http://shop.test/orders/CM-9',
    query: new Map(),
    path: new Map([['orderId', 'CM-9']]),
    header: () => undefined,
    body: undefined,
    response: {
      status: 200,
      header: (name) => (name === 'x-turn' ? '7' : undefined),
      body: { status: 'Paid', lines: [{ sku: "mug's" }], total: null },
    },
  },
}

test.each([
  ['$statusCode == 200', true],
  ['$statusCode >= 200 && $statusCode < 300', true],
  ["$statusCode == 404 || $response.body#/status == 'paid'", true],
  ['!($statusCode == 200)', false],
  ["$response.body#/lines/0/sku == 'mug''s'", true],
  ['$response.body#/total != null', false],
  ['$response.body#/gone == null', true],
  ['$steps.list.outputs.count <= $inputs.most', true],
  ['$response.header.x-turn > 6', true],
  ['$statusCode === 200', undefined],
  ['$statusCode ==', undefined],
])('reads %s', (condition, is) => {
  expect(holds({ condition, type: 'simple' }, scope)).toBe(is)
})

test.each([
  ['regex', '$response.body#/status', '^P', true],
  ['regex', '$response.body#/gone', '^P', false],
  ['regex', '$response.body#/status', '(', undefined],
  ['jsonpath', '$response.body', '$.lines[0].sku', true],
  ['jsonpath', '$response.body', '$.lines[1]', false],
  ['jsonpath', '$response.body', '$.lines[?@.sku]', undefined],
  ['xpath', '$response.body', '//order', undefined],
])('decides what it can of %s', (type, context, condition, is) => {
  expect(holds({ condition, context, type }, scope)).toBe(is)
})
