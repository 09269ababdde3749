import { expect, test } from 'vitest'
import { discoveredIn } from './discovered-in.ts'
import type { DiscoveryEdit, Observation } from './observation.ts'
import { stillMissing } from './still-missing.ts'

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

/** A look at a screen, with the one call that it makes. */
function look(path: string, heading: string, operation: string, body: object): Observation[] {
  return [
    { kind: 'screen', at: 0, path, via: 'move' },
    {
      kind: 'call',
      at: 1,
      ms: 20,
      method: 'GET',
      url: `http://localhost:4000${operation}`,
      status: 200,
      type: 'application/json',
      on: path,
      body,
    },
    { kind: 'named', title: `${heading} · Corner Market`, heading },
  ]
}

const mug = look('/products/blue-mug', 'Blue mug', '/products/blue-mug', {
  slug: 'blue-mug',
  name: 'Blue mug',
  price: 900,
})
const order = look('/orders/CM-2041', 'Order CM-2041', '/orders/CM-2041', {
  id: 'CM-2041',
  status: 'on-its-way',
})
const basket = look('/basket', 'Your basket', '/basket', { total: 900, note: null })
const edited = (...edits: readonly DiscoveryEdit[]): Observation[] =>
  edits.map((edit) => ({ kind: 'edit', edit }))

test('names a screen of one thing by what it is, and not by the thing', () => {
  const [journey] = discoveredIn([...mug, ...basket, ...order]).journeys
  expect(journey!.steps.map((one) => [one.screen, one.title])).toEqual([
    ['/products/:productId', 'Product'],
    ['/basket', 'Your basket'],
    ['/orders/:orderId', 'Order'],
  ])
  const two = look('/products/rye-bread', 'Rye bread', '/products/rye-bread', { slug: 'rye-bread' })
  expect(discoveredIn([...mug, ...two]).journeys[0]!.steps[0]!.title).toBe('Product')
})

test('does what somebody says about the result', () => {
  const walks: Observation[] = [
    { kind: 'journey', title: 'Buy a mug' },
    ...mug,
    ...basket,
    { kind: 'journey', title: 'See the order' },
    ...basket,
    ...order,
  ]
  const found = discoveredIn([
    ...walks,
    ...edited(
      { kind: 'name-step', walk: 'Buy a mug', screen: '/products/:anything', title: 'The mug' },
      { kind: 'name-journey', walk: 'See the order', title: 'Where is it?' },
      { kind: 'leave-out', walk: 'See the order', screen: '/basket', out: true },
      {
        kind: 'need',
        walk: 'Buy a mug',
        screen: '/basket',
        operation: 'api.getBasket',
        path: 'note',
        needed: true,
      },
    ),
  ])
  expect(found.journeys).toMatchObject([
    {
      title: 'Buy a mug',
      steps: [{ title: 'The mug', next: ['basket'] }, { calls: [{ needs: ['note'] }] }],
    },
    { title: 'Where is it?', leftOut: ['/basket'], steps: [{ screen: '/orders/:orderId' }] },
  ])
  const one = discoveredIn([
    ...walks,
    ...edited({ kind: 'merge', walk: 'See the order', into: 'Buy a mug' }),
  ])
  expect(
    one.journeys.map(({ title, walks: times, steps }) => [title, times, steps.length]),
  ).toEqual([['Buy a mug', 2, 3]])
})

test('says what nobody has shown yet', () => {
  const observations: Observation[] = [
    ...basket,
    { kind: 'links', paths: ['/basket', '/orders/CM-1', '/orders/CM-2', '/terms.pdf', '/help'] },
    { kind: 'screen', at: 9, path: '/help', via: 'move' },
  ]
  expect(stillMissing(observations, discoveredIn(observations))).toEqual({
    screens: ['/orders/:orderId'],
    silent: ['/help'],
    operations: [],
    neverFailed: ['basket api.getBasket'],
  })
})
