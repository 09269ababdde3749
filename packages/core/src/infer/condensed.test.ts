import { expect, test } from 'vitest'
import { condensed } from './condensed.ts'
import { discoveredIn } from './discovered-in.ts'
import type { Discovered } from './discovered.ts'
import type { Observation } from './observation.ts'

const api = 'http://localhost:4000'

/** Somebody who looks at one product after another, and pays now and then. */
function session(walks: number): readonly Observation[] {
  const told: Observation[] = []
  let at = 0
  for (let walk = 0; walk < walks; walk++) {
    if (walk % 10 === 0) told.push({ kind: 'journey', title: 'Fill a basket and pay' })
    show('/', 'Shelves', 'GET', '/shelves', { items: [{ productId: slugOf(walk) }] }, [
      'items[].productId',
    ])
    show(
      `/products/${slugOf(walk)}`,
      `Loaf ${walk}`,
      'GET',
      `/products/${slugOf(walk)}`,
      {
        slug: slugOf(walk),
        // Only one product has it.
        ...(walk === 70 && { notice: 'Sold out' }),
      },
      ['slug'],
    )
    if (walk % 7 === 6) show('/basket', 'Your basket', 'GET', '/basket', { total: walk }, ['total'])
    if (walk === 90) show('/payment', 'Pay', 'POST', '/payments', { paid: true }, [])
  }
  return told

  function show(
    path: string,
    heading: string,
    method: string,
    operation: string,
    body: object,
    read: readonly string[],
  ): void {
    at += 3_000
    told.push({ kind: 'screen', at, path, via: 'move' })
    told.push({
      kind: 'call',
      at: at + 1,
      ms: 40,
      method,
      url: api + operation,
      status: 200,
      type: 'application/json',
      on: path,
      body,
    })
    told.push({ kind: 'named', title: heading, heading })
    told.push({
      kind: 'reads',
      name: `${method} ${api}${operation}`,
      fields: Object.fromEntries(read.map((one) => [one, { read: 2, copied: 1, missed: 0 }])),
    })
  }
}

function slugOf(walk: number): string {
  return `loaf-of-${String.fromCodePoint(97 + (walk % 26))}-${'abcdefgh'[walk % 8]!}`
}

/** Without what is a sample: the examples of the contracts. */
function shapeOf(found: Discovered): unknown {
  return {
    ...found,
    apis: found.apis.map((one) => ({ ...one, contract: '' })),
  }
}

test('keeps what was found, in a fraction of the lines', () => {
  const all = session(200)
  const less = condensed(withoutMostBodies(all))
  expect(less.length).toBeLessThan(all.length / 2)
  expect(shapeOf(discoveredIn(less))).toEqual(shapeOf(discoveredIn(withoutMostBodies(all))))
  expect(discoveredIn(less).journeys[0]).toMatchObject({
    walks: 20,
    steps: [
      { screen: '/', visits: 200 },
      { screen: '/products/:productId', visits: 200, next: ['home', 'basket'] },
      { screen: '/basket', visits: 28, next: ['home', 'payment'] },
      { screen: '/payment', visits: 1, next: ['home'] },
    ],
  })
})

test('is as short after ten times the session', () => {
  const growing = [...withoutMostBodies(session(200))]
  let less = condensed(growing)
  const before = less.length
  for (let more = 0; more < 10; more++)
    less = condensed([...less, ...withoutMostBodies(session(200))])
  expect(less.length).toBeLessThan(before * 1.2)
  expect(discoveredIn(less).journeys[0]?.steps[0]?.visits).toBe(2_200)
})

test('says no less when it is asked again', () => {
  const less = condensed(withoutMostBodies(session(120)))
  expect(shapeOf(discoveredIn(condensed(less)))).toEqual(shapeOf(discoveredIn(less)))
})

/** As a notebook keeps them: the bodies of the first few, and of those that show something else. */
function withoutMostBodies(all: readonly Observation[]): readonly Observation[] {
  let kept = 0
  return all.map((one) => {
    if (one.kind !== 'call' || kept++ < 20 || JSON.stringify(one.body).includes('notice'))
      return one
    const { body: _, ...rest } = one
    const segment = one.url.split('/').at(-1)!
    return segment.startsWith('loaf') ? { ...rest, ids: { [segment]: 'productId' } } : rest
  })
}
