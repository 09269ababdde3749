import { expect, test } from 'vitest'
import { performanceSearchOf, spanOf } from './performance-address.ts'

const now = Date.UTC(2026, 10, 22, 12)

test('reads no more from an address than it knows', () => {
  expect(
    performanceSearchOf({
      period: 'forever',
      from: '2026-11-01',
      environment: 'production',
      device: 'phone',
      show: 'bars',
      step: 'checkout/basket',
      other: 'x',
    }),
  ).toEqual({ environment: 'production', device: 'phone', step: 'checkout/basket' })
  expect(performanceSearchOf({ period: 'dates', from: '2026-11-01', to: 'soon' })).toEqual({
    period: 'dates',
    from: '2026-11-01',
  })
})

test('asks for 30 days until now where nothing else is said', () => {
  expect(spanOf({}, now)).toEqual({ since: Date.UTC(2026, 9, 23, 12) })
  expect(spanOf({ period: '24h' }, now)).toEqual({ since: Date.UTC(2026, 10, 21, 12) })
})

test('takes the last of two days as a whole', () => {
  expect(spanOf({ period: 'dates', from: '2026-11-01', to: '2026-11-03' }, now)).toEqual({
    since: Date.UTC(2026, 10, 1),
    until: Date.UTC(2026, 10, 4),
  })
})
