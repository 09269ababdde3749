import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import { shop } from '../../test/storefront-like.ts'
import { searchIndexOf } from './search-index-of.ts'

const rules = [{ code: 'TL2003', rule: 'need-not-in-contract', title: 'Need not in contract' }]

test('finds people, places, needs, states, operations, fields, types and rules', () => {
  const { graph } = compiled(shop)
  const { entries, version, leftOut } = searchIndexOf(graph, 7, rules)
  expect([version, leftOut]).toEqual([7, 0])
  expect(entries).toContainEqual({
    kind: 'step',
    label: 'Basket',
    hint: 'Checkout',
    url: '/journeys/checkout?step=basket',
    line: 1,
    words: 'checkout/basket',
  })
  expect(entries).toContainEqual({
    kind: 'need',
    label: 'Price curency',
    hint: 'items[].price.curency · Basket',
    url: '/journeys/checkout?step=basket&need=need:checkout/basket/store.getBasket/items[].price.curency',
    line: 1,
    status: 'missing',
    words: 'store.getBasket',
  })
  expect(entries).toContainEqual({
    kind: 'persona',
    label: 'returning-customer',
    url: '/journeys/checkout',
    line: 1,
    words: 'returning-customer',
  })
  expect(entries).toContainEqual({
    kind: 'operation',
    label: 'store.getBasket',
    hint: 'GET /basket',
    url: '/reference/store.getBasket',
    words: 'store.getBasket',
  })
  expect(entries).toContainEqual({
    kind: 'type',
    label: 'Basket',
    hint: 'type of store',
    url: '/reference?type=store.Basket',
  })
  expect(entries).toContainEqual({
    kind: 'rule',
    label: 'Need not in contract',
    hint: 'TL2003',
    url: '/diagnostics?code=TL2003',
    words: 'need-not-in-contract',
  })
  expect(entries.find((one) => one.kind === 'state' && one.words === '402')).toMatchObject({
    hint: 'Your bank said no',
    url: '/states?step=checkout/payment&condition=402',
  })
  expect(entries.find((one) => one.kind === 'field' && one.label === 'items[].name')).toMatchObject(
    { url: '/reference/store.getBasket?field=items[].name' },
  )
})

test('keeps to five thousand entries, people first, and counts the rest', () => {
  const paths = Array.from(
    { length: 6000 },
    (_, index) => `  /p${index}: { get: { operationId: op${index}, responses: {} } }`,
  ).join('\n')
  const { graph } = compiled({
    ...shop,
    'throughline.yaml': shop['throughline.yaml'].replace(
      'apis:',
      'apis:\n  large: { contract: large.yaml }',
    ),
    'large.yaml': `openapi: 3.1.0\ninfo: { title: Large, version: 1.0.0 }\npaths:\n${paths}\n`,
  })
  const { entries, leftOut } = searchIndexOf(graph, 1, rules)
  expect(entries).toHaveLength(5000)
  expect(leftOut).toBeGreaterThan(1000)
  expect(entries.some((one) => one.kind === 'need')).toBe(true)
  expect(entries.some((one) => one.kind === 'rule')).toBe(true)
})
