import { expect, test } from 'vitest'
import { discoveredIn } from './discovered-in.ts'

test('takes reads by the name of the operation, as an app that tracks its cache tells them', () => {
  const found = discoveredIn([
    { kind: 'screen', at: 0, path: '/basket', via: 'load' },
    {
      kind: 'call',
      at: 1,
      ms: 20,
      method: 'GET',
      url: 'http://localhost:4000/basket',
      status: 200,
      type: 'application/json',
      body: { total: 897, coupon: null },
    },
    { kind: 'reads', name: 'api.getBasket', fields: { total: { read: 2, copied: 0, missed: 0 } } },
  ])
  const [call] = found.journeys[0]!.steps[0]!.calls
  expect(call).toMatchObject({ operation: 'api.getBasket', needs: ['total'] })
})
