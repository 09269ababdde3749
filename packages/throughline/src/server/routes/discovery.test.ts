import type { Discovery } from '@throughline/core'
import { expect, test } from 'vitest'
import { shop } from '../../../../core/test/storefront-like.ts'
import { differences, studioApp } from '../../../test/studio-app.ts'
import type { Discovering } from './discovery.ts'

const basket: Discovery = {
  app: 'http://localhost:3000/',
  address: 'http://localhost:4410',
  writes: true,
  files: ['throughline.yaml'],
  journeys: [
    {
      id: 'your-basket',
      title: 'Your basket',
      walk: '',
      walks: 1,
      leftOut: ['/help'],
      steps: [
        {
          id: 'basket',
          title: 'Your basket',
          screen: '/basket',
          visits: 2,
          names: ['Your basket', 'Basket'],
          next: [],
          calls: [
            {
              operation: 'api.getBasket',
              after: [],
              sends: [],
              fields: [{ path: 'total', read: 2, copied: 0, missed: 0, use: 'read' }],
              needs: ['total'],
              p75: 100,
              states: [
                { condition: 'loading', show: 'That it is being loaded', test: '.skeleton' },
              ],
            },
          ],
        },
      ],
    },
  ],
  operations: [
    { name: 'api.getBasket', method: 'GET', path: '/basket', calls: 2, screens: ['/basket'] },
  ],
  missing: {
    screens: ['/payment'],
    silent: [],
    operations: [],
    neverFailed: ['basket api.getBasket'],
  },
  last: { path: '/basket', heading: 'Your basket' },
  notes: ['Nothing else'],
  differences: [],
}

function discovering(more: Partial<Discovery> = {}): Discovering & { readonly done: unknown[] } {
  const done: unknown[] = []
  return {
    done,
    discovery: () => ({ ...basket, ...more }),
    edit: (edit) => typeof edit === 'object' && edit !== null && done.push(edit) > 0,
    undo: () => done.push('undo'),
    walk: (title) => done.push(title),
    write: () => ['throughline.yaml'],
  }
}

const json = { 'content-type': 'application/json' }

test('gives what was seen as the contract says, and does what somebody says about it', async () => {
  const running = discovering()
  const { ask, live } = studioApp(shop, { discovering: running })
  const answer = await ask('/api/discovery')
  expect(await differences('getDiscovery', answer.clone())).toEqual([])
  expect(await answer.json()).toEqual(basket)
  const edit = { kind: 'name-step', walk: '', screen: '/basket', title: 'What is in the basket' }
  const edited = await ask('/api/discovery/edits', {
    method: 'POST',
    headers: json,
    body: JSON.stringify(edit),
  })
  expect(await differences('editDiscovery', edited)).toEqual([])
  const undone = await ask('/api/discovery/undo', { method: 'POST' })
  expect(await differences('undoDiscoveredScreen', undone)).toEqual([])
  const begun = await ask('/api/discovery/walks', {
    method: 'POST',
    headers: json,
    body: '{"title":" Pay "}',
  })
  expect(await differences('beginDiscoveredWalk', begun)).toEqual([])
  expect(running.done).toEqual([edit, 'undo', 'Pay'])
  expect(live.version).toBe(4)
  const written = await ask('/api/discovery/write', { method: 'POST' })
  expect(await differences('writeDiscovery', written.clone())).toEqual([])
  expect(await written.json()).toEqual({ written: ['throughline.yaml'] })
})

test('refuses what is no edit, and what there is nothing for', async () => {
  const { ask } = studioApp(shop, { discovering: discovering({ writes: false }) })
  const refused = await ask('/api/discovery/edits', { method: 'POST', headers: json, body: 'no' })
  expect(refused.status).toBe(400)
  expect(await differences('editDiscovery', refused)).toEqual([])
  expect((await ask('/api/discovery/walks', { method: 'POST', body: '{}' })).status).toBe(400)
  const kept = await ask('/api/discovery/write', { method: 'POST' })
  expect(kept.status).toBe(409)
  expect(await differences('writeDiscovery', kept)).toEqual([])
  const { last: _, ...nothing } = basket
  const empty = studioApp(shop, {
    discovering: {
      ...discovering(),
      discovery: () => ({ ...nothing, journeys: [], operations: [] }),
    },
  })
  expect((await empty.ask('/api/discovery/undo', { method: 'POST' })).status).toBe(409)
  expect((await empty.ask('/api/discovery/write', { method: 'POST' })).status).toBe(409)
})

test('knows nothing of it where no app is discovered', async () => {
  const { ask, data } = studioApp(shop)
  expect((await ask('/api/discovery')).status).toBe(404)
  expect(await data('/api/workspace')).not.toHaveProperty('discovering')
})
