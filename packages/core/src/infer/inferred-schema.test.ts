import { expect, test } from 'vitest'
import { inferredSchema } from './inferred-schema.ts'

const orders = Array.from({ length: 12 }, (_, index) => ({
  id: `CM-${index}`,
  status: ['packed', 'on-its-way', 'delivered'][index % 3],
  recipient: ['Ada', 'Ben'][index % 2],
  currency: index % 2 === 0 ? 'EUR' : 'CHF',
  placedAt: '2026-11-22T09:00:00Z',
  total: index % 2 === 0 ? 4 : 4.5,
  coupon: index % 4 === 0 ? null : `SPRING-${index}`,
  ...(index < 9 && { carrier: 'Bike' }),
}))

test('says how often a field was there and how often it was empty', () => {
  expect(inferredSchema(orders)).toMatchObject({
    required: ['id', 'status', 'recipient', 'currency', 'placedAt', 'total', 'coupon'],
    properties: {
      coupon: { type: ['null', 'string'], $comment: 'null in 3 of 12' },
      carrier: { type: 'string', $comment: 'in 9 of 12' },
      total: { type: 'number' },
      placedAt: { format: 'date-time' },
    },
  })
  expect(inferredSchema([{ paid: true }])).not.toHaveProperty('properties.paid.$comment')
})

test('lists the words of a field that few words fill, and not those of a name or a currency', () => {
  const { properties } = inferredSchema(orders) as { properties: Record<string, object> }
  expect(properties['status']).toEqual({
    type: 'string',
    enum: ['delivered', 'on-its-way', 'packed'],
  })
  for (const name of ['id', 'recipient', 'currency', 'carrier'])
    expect(properties[name]).not.toHaveProperty('enum')
})

test('makes no list of words that were seen too seldom, or once each', () => {
  const kinds = ['card', 'paypal', 'invoice', 'voucher', 'cash', 'points'].map((kind) => ({ kind }))
  expect(inferredSchema(kinds)).not.toHaveProperty('properties.kind.enum')
  expect(inferredSchema([...kinds, ...kinds])).toHaveProperty('properties.kind.enum.length', 6)
  expect(inferredSchema(kinds.slice(0, 2))).not.toHaveProperty('properties.kind.enum')
})

test('lets a word that may be null be null', () => {
  const parcels = [...orders, { ...orders[0], status: null }]
  expect(inferredSchema(parcels)).toMatchObject({
    properties: {
      status: {
        type: ['string', 'null'],
        enum: ['delivered', 'on-its-way', 'packed', null],
        $comment: 'null in 1 of 13',
      },
    },
  })
})
