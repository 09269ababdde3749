import { expect, test } from 'vitest'
import { faultKinds, faultsOf, underData } from './fault.ts'

const basket = {
  status: 200,
  type: 'application/json',
  body: JSON.stringify({ items: [{ id: 7, name: 'Bread', price: 4 }], currency: 'EUR' }),
}

test('makes each fault of what a call answers on a good day', () => {
  const made = bodies(basket)
  expect(made).toMatchObject({
    '500': '{"type":"about:blank","title":"Internal Server Error","status":500}',
    reset: 'reset',
    hang: 'hang',
    slow: 'slow',
    'empty-object': '{}',
    nulls: '{"items":[{"id":null,"name":null,"price":null}],"currency":null}',
    'empty-list': '{"items":[],"currency":"EUR"}',
    'missing:items': '{"currency":"EUR"}',
    'missing:currency': '{"items":[{"id":7,"name":"Bread","price":4}]}',
  })
  expect(made['huge']).toContain('"id":7,"name":"Bread Bread Bread')
  expect(() => JSON.parse(made['bad-json'] ?? '{}') as unknown).toThrow(SyntaxError)
})

test('leaves out the fields that a journey needs, wherever they are', () => {
  const made = Object.entries(bodies(basket, ['items[].name', 'items[].coupon']))
  expect(made.filter(([name]) => name.startsWith('missing'))).toEqual([
    ['missing:items[].name', '{"items":[{"id":7,"price":4}],"currency":"EUR"}'],
  ])
})

test('starves each needed field, and leaves out those that nobody lists', () => {
  const made = bodies(basket, ['items[].name', 'items[].price'])
  const names = (kind: string): readonly string[] =>
    Object.keys(made).filter((name) => name.startsWith(`${kind}:`))
  expect(made['null:items[].name']).toBe(
    '{"items":[{"id":7,"name":null,"price":4}],"currency":"EUR"}',
  )
  expect(made['empty:items[].price']).toContain('"price":0')
  expect(made['long:items[].name']).toContain('Bread Bread Bread')
  expect(made['rtl:items[].name']).toMatch(/[\u0600-\u06ff]/)
  expect(names('unlisted')).toEqual(['unlisted:items[].id', 'unlisted:currency'])
  expect(made['unlisted:currency']).toBe('{"items":[{"id":7,"name":"Bread","price":4}]}')
})

test('starves the fields of a GraphQL answer where its data is, and calls none unlisted where no step is known', () => {
  const answer = { ...basket, body: '{"data":{"shelves":[{"name":"Bread","price":4}]}}' }
  const made = bodies(answer, underData(['[].name'], answer))
  expect(made['missing:data.shelves[].name']).toBe('{"data":{"shelves":[{"price":4}]}}')
  expect(made['unlisted:data.shelves[].price']).toBe('{"data":{"shelves":[{"name":"Bread"}]}}')
  const unknown = bodies(answer, underData([], answer))
  expect(Object.keys(unknown).filter((name) => name.includes(':'))).toEqual([])
  const two = { ...basket, body: '{"data":{"shelves":[],"basket":{}}}' }
  expect(underData(['[].name'], two)).toEqual([])
  expect(underData(['[].name'], { ...basket, body: 'no JSON' })).toEqual([])
})

test('takes no fields from an answer that is no JSON', () => {
  const names = Object.keys(bodies({ status: 200, type: 'text/plain', body: 'Bread' }))
  expect(names.toSorted()).toEqual(['401', '404', '500', 'hang', 'reset', 'slow'])
})

test('survives an answer as deep as a well', () => {
  const body = `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`
  expect(bodies({ ...basket, body })).toHaveProperty('nulls')
})

function bodies(
  answer: typeof basket,
  fields?: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    faultsOf(answer, new Set(faultKinds), fields).map(({ name, outcome }) => [
      name,
      outcome.kind === 'answer' ? outcome.body : outcome.kind,
    ]),
  )
}
