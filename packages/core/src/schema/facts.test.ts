import { expect, test } from 'vitest'
import { factsOf, settle } from './facts.ts'

function settled(
  value: Readonly<Record<string, unknown>>,
  fits: (name: string, one: unknown) => boolean = () => true,
): Record<string, unknown> {
  const result = { ...value }
  const facts = factsOf(Object.keys(value))
  if (facts !== undefined) settle(result, facts, fits)
  return result
}

test.each([
  [
    { startDate: '2026-03-09', endDate: '2026-03-01' },
    { startDate: '2026-03-01', endDate: '2026-03-09' },
  ],
  [
    { from: '18:00', to: '09:00' },
    { from: '09:00', to: '18:00' },
  ],
  [
    { min_price: 90, max_price: 20 },
    { min_price: 20, max_price: 90 },
  ],
  [
    { check_in: '2026-03-09', check_out: '2026-03-01', nights: 3 },
    { check_in: '2026-03-09', check_out: '2026-03-12', nights: 3 },
  ],
  [
    { starts_at: '2026-03-01T10:00:00Z', ends_at: '2026-02-01T10:00:00Z', days: 2 },
    { starts_at: '2026-03-01T10:00:00Z', ends_at: '2026-03-03T10:00:00Z', days: 2 },
  ],
  [
    {
      paidAt: '2026-03-01T10:00:00Z',
      createdAt: '2026-03-02T10:00:00Z',
      shippedAt: '2026-02-01T10:00:00Z',
    },
    {
      createdAt: '2026-02-01T10:00:00Z',
      paidAt: '2026-03-01T10:00:00Z',
      shippedAt: '2026-03-02T10:00:00Z',
    },
  ],
])('puts in order what begins and ends in %j', (given, expected) => {
  expect(settled(given)).toEqual(expected)
})

const order = {
  createdAt: '2026-02-01T10:00:00Z',
  paidAt: '2026-02-02T10:00:00Z',
  deliveredAt: '2026-02-03T10:00:00Z',
  cancelledAt: null,
}

test.each([
  ['pending', { paidAt: null, deliveredAt: null }],
  ['paid', { deliveredAt: null }],
  ['delivered', {}],
  ['cancelled', { cancelledAt: '2026-02-03T10:00:00Z' }],
  ['canceled', { cancelledAt: '2026-02-03T10:00:00Z' }],
  ['of another kind', {}],
])('leaves of an order that is %s what can have happened', (status, changes) => {
  expect(settled({ ...order, status })).toEqual({ ...order, status, ...changes })
})

test('says of a place what is said of its town', () => {
  const given = {
    city: 'Ghent',
    country: 'Italy',
    countryCode: 'IT',
    latitude: 12.5,
    lng: 7.25,
    timezone: 'x',
  }
  const { latitude, lng, ...rest } = settled(given)
  expect(rest).toEqual({
    city: 'Ghent',
    country: 'Belgium',
    countryCode: 'BE',
    timezone: 'Europe/Brussels',
  })
  expect(latitude).toBeCloseTo(51.05, 1)
  expect(lng).toBeCloseTo(3.72, 1)
  expect(settled({ city: 'Porto', country: 'SE' })).toEqual({ city: 'Porto', country: 'PT' })
  expect(settled({ city: 'Springfield', country: 'SE' })).toEqual({
    city: 'Springfield',
    country: 'SE',
  })
})

test('changes nothing that the schemas have no room for', () => {
  const given = {
    startDate: '2026-03-09',
    endDate: '2026-03-01',
    status: 'pending',
    paidAt: '2026-02-02',
  }
  expect(settled(given, () => false)).toEqual(given)
  expect(
    settled({ status: 'pending', paidAt: '2026-02-02' }, (_, one) => one === undefined),
  ).toEqual({
    status: 'pending',
  })
})

test('finds nothing in names that have nothing to do with each other', () => {
  expect(factsOf(['id', 'name', 'start', 'total', 'createdAt'])).toBeUndefined()
})
