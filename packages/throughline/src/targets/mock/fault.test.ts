import { expect, test } from 'vitest'
import { faultOf, malformed, withField } from './fault.ts'

const basket = {
  items: [{ name: 'Rye bread', price: { amount: 350 } }, { name: 'Eggs' }],
  prices: { a: { amount: 1 }, b: { amount: 2 } },
  eta: 'soon',
}

test('reads what a scenario calls a fault', () => {
  expect(faultOf('timeout')).toEqual({ kind: 'timeout' })
  expect(faultOf('drop:items[].price')).toEqual({ kind: 'drop', paths: ['items[].price'] })
  expect(faultOf('flaky: 20%')).toEqual({ kind: 'flaky', share: 0.2 })
  expect([faultOf('none'), faultOf('flaky:200%'), faultOf('drop:'), faultOf('lost')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('drops a field wherever its path leads', () => {
  expect(withField(basket, 'eta', 'drop')).not.toHaveProperty('eta')
  expect(withField(basket, 'items[].price', 'drop')).toMatchObject({
    items: [{ name: 'Rye bread' }, { name: 'Eggs' }],
  })
  expect(withField(basket, 'items[].price.amount', 'drop')).toMatchObject({
    items: [{ price: {} }, {}],
  })
  expect(withField(basket, 'prices{}.amount', 'drop')).toMatchObject({ prices: { a: {}, b: {} } })
  expect(withField([{ id: 1 }], '[].id', 'drop')).toEqual([{}])
  expect(withField(basket, 'items[]', 'drop')).toMatchObject({ items: [] })
})

test('puts null where a field was, and leaves what is not there', () => {
  expect(withField(basket, 'eta', 'null')).toMatchObject({ eta: null })
  expect(withField(basket, 'total.amount', 'null')).toEqual(basket)
})

test('breaks JSON off', () => {
  expect(
    () =>
      JSON.parse(Buffer.from(malformed(Buffer.from(JSON.stringify(basket)))).toString()) as unknown,
  ).toThrow('JSON')
  expect(malformed(new Uint8Array()).length).toBeGreaterThan(0)
})
