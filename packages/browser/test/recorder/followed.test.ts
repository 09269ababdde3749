import { produce } from 'immer'
import { expect, test } from 'vitest'
import { followed, newPlace, type Place } from '../../src/recorder/followed.ts'
import { plain } from '../../src/recorder/plain.ts'

const order = () => ({
  id: 'CM-2041',
  total: { amount: 897, currency: 'EUR' },
  items: [{ name: 'Lemons', quantity: 4 }],
})
type Order = ReturnType<typeof order>

test.each<readonly [string, (order: Order) => unknown, string]>([
  ['reading', (one) => [one.id, one.items[0]?.name], 'id r, items r, items[].name r'],
  ['a default for a missing field', (one) => Reflect.get(one, 'eta') ?? 'soon', 'eta m'],
  ['a spread', (one) => ({ ...one }), 'id c, total c, items c'],
  ['the rest of a pattern', ({ id, ...rest }) => [id, rest], 'id r, total c, items c'],
  [
    'Object.assign',
    (one) => Object.assign({}, one.total),
    'total r, total.amount c, total.currency c',
  ],
  [
    'Object.entries and reading on',
    (one) => Object.entries(one).map(([, value]) => (value as { amount?: number }).amount),
    'id c, total c, total.amount r, items c',
  ],
  ['looking at the keys, then at the first', (one) => [Object.keys(one), one.id], 'id r'],
  [
    'JSON.stringify',
    (one) => JSON.stringify(one),
    'id c, total c, total.amount c, total.currency c, items c, items[].name c, items[].quantity c',
  ],
])('tells %s', async (_, use, expected) => {
  const place = newPlace()
  use(followed(order(), place))
  await Promise.resolve()
  expect(used(place).toSorted().join(', ')).toBe(expected.split(', ').toSorted().join(', '))
})

test('behaves as the object does', () => {
  const one = followed(order(), newPlace())
  expect(one).toEqual(order())
  expect(JSON.stringify(one)).toBe(JSON.stringify(order()))
  expect(one.total).toBe(one.total)
  expect(one.items.indexOf(one.items[0]!)).toBe(0)
  expect(Array.isArray(one.items)).toBe(true)
  expect(Object.getPrototypeOf(one.total)).toBe(Object.prototype)
  expect('id' in one && Object.hasOwn(one, 'total')).toBe(true)
})

test('gives what the page put there, itself', () => {
  const one = followed(order(), newPlace())
  const mine = { amount: 1, currency: 'EUR' }
  one.total = mine
  expect(one.total).toBe(mine)
})

test('keeps frozen answers readable, and sees their reads', () => {
  const place = newPlace()
  const one = followed(order(), place)
  Object.freeze(one)
  expect(one.total.amount).toBe(897)
  expect(used(place)).toContain('total.amount r')
})

test('leaves immer what it needs', () => {
  const one = followed(order(), newPlace())
  const next = produce(one, (draft) => {
    draft.items[0]!.quantity++
  })
  expect(next).toEqual({ ...order(), items: [{ name: 'Lemons', quantity: 5 }] })
  expect(one).toEqual(order())
  expect(next.total).toBe(one.total)
})

test('follows the first items of a long list', () => {
  const place = newPlace()
  const list = followed(
    Array.from({ length: 1_000 }, () => ({ name: 'Lemons' })),
    place,
  )
  for (const item of list) expect(item.name).toBe('Lemons')
  expect(place.inner.get('[]')?.inner.get('name')?.read).toBe(20)
})

test('makes a copy that can be cloned, circles included', () => {
  const one = followed(order(), newPlace())
  const all: Record<string, unknown> = { one, more: new Map([['total', one.total]]) }
  all['self'] = all
  expect(() => structuredClone(all)).toThrow(/could not be cloned/)
  const copy = structuredClone(plain(all)) as typeof all
  expect(copy['one']).toEqual(order())
  expect((copy['more'] as Map<string, unknown>).get('total')).toEqual(order().total)
  expect(copy['self']).toBe(copy)
})

function used(place: Place, path = ''): readonly string[] {
  return [...place.inner].flatMap(([key, { read, copied, missed, inner }]) => {
    const below = key === '[]' ? `${path}[]` : path === '' ? key : `${path}.${key}`
    const how = `${read > 0 ? 'r' : ''}${copied > 0 ? 'c' : ''}${missed > 0 ? 'm' : ''}`
    return [
      ...(how === '' ? [] : [`${below} ${how}`]),
      ...used({ read, copied, missed, inner }, below),
    ]
  })
}
