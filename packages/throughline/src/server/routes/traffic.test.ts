import type { Traffic, TrafficWhy } from '@throughline/core'
import { expect, test } from 'vitest'
import { shop } from '../../../../core/test/storefront-like.ts'
import { differences, studioApp } from '../../../test/studio-app.ts'
import { mock } from '../../targets/mock/mock.ts'
import { compile } from '@throughline/core'
import { filesOf } from '../../../../core/test/in-memory-files.ts'

function watched() {
  const served = mock(compile(filesOf(shop)).graph)
  const app = studioApp(shop, {
    mock: {
      url: 'http://localhost:4401',
      situation: () => null,
      play: () => null,
      traffic: served.traffic,
    },
  })
  const ask = (path: string): Promise<Response> =>
    served.handle(new Request(`http://localhost:4401${path}`))
  return { ...app, call: ask }
}

test('tells what was asked of the mock, and by which steps', async () => {
  const { ask, call, data } = watched()
  await call('/store/basket')
  await call('/store/baskte')
  expect(await differences('listTraffic', await ask('/api/traffic'))).toEqual([])
  const { calls, last } = await data<Traffic>('/api/traffic')
  expect(calls.map(({ url, operations }) => [url, operations])).toEqual([
    ['/store/basket', ['store.getBasket']],
    ['/store/baskte', []],
  ])
  expect(calls[0]!.steps.map((one) => one.step)).toContain('checkout/basket')
  expect(last).toBe(2)
  expect((await data<Traffic>('/api/traffic?since=1')).calls.map((one) => one.id)).toEqual(['2'])
  expect(await differences('listTraffic', await ask('/api/traffic?since=x'))).toEqual([])
})

test('explains one call, and says when nobody remembers it', async () => {
  const { ask, call, data } = watched()
  await call('/store/baskte')
  expect(await differences('getTraffic', await ask('/api/traffic/1'))).toEqual([])
  expect((await data<TrafficWhy>('/api/traffic/1')).nearest).toContain('GET /store/basket')
  expect((await ask('/api/traffic/zz')).status).toBe(404)
  expect(await differences('getTraffic', await ask('/api/traffic/zz'))).toEqual([])
})

test('forgets the calls when somebody clears them', async () => {
  const { ask, call, data } = watched()
  await call('/store/basket')
  const cleared = await ask('/api/traffic', { method: 'DELETE' })
  expect(await differences('clearTraffic', cleared)).toEqual([])
  expect(await data<Traffic>('/api/traffic')).toEqual({ calls: [], last: 1 })
})
