import { expect, test } from 'vitest'
import { say, shop } from './fixtures/shop.ts'

test('turns the pages of 200 orders in the data set many', async () => {
  const served = shop({ dataset: 'many' })
  const first = (await say(served, 'GET /orders')).body
  expect([first.orders.length, first.total, first.pages]).toEqual([5, 200, 40])
  const ids = new Set<number>()
  for (let page = 1; page <= 4; page++)
    for (const one of (await say(served, `GET /orders?perPage=50&page=${page}`)).body.orders)
      ids.add(one.id)
  expect(ids.size).toBe(200)
  const last = [...ids].at(-1)
  expect((await say(served, `GET /orders/${last}`)).body.id).toBe(last)
})

test('has nothing, one thing, and things that screens forget', async () => {
  expect((await say(shop({ dataset: 'empty' }), 'GET /orders')).body).toMatchObject({
    orders: [],
    total: 0,
  })
  expect((await say(shop({ dataset: 'one' }), 'GET /orders')).body).toMatchObject({
    orders: [{}],
    total: 1,
  })
  const served = shop({ dataset: 'extreme' })
  const { total } = (await say(served, 'GET /orders')).body
  expect(total).toBe(10_000)
  const last = (await say(served, 'GET /orders?perPage=30&page=333')).body.orders as {
    id: number
  }[]
  expect(last).toHaveLength(30)
  const found = await say(served, `GET /orders/${last[7]!.id}`)
  expect(found.body.id).toBe(last[7]!.id)
  expect((await say(served, 'POST /orders', { customer: 'Anna' })).status).toBe(201)
  expect((await say(served, 'GET /orders')).body.total).toBe(10_001)
  const names = JSON.stringify((await say(served, 'GET /orders?perPage=30')).body)
  expect(names).toMatch(/[\u0600-\u06ff]/)
  expect(names).toContain('Donaudampfschifffahrt')
})

test('takes the data of a persona, by header and by a play link', async () => {
  const personas = {
    'personas/wholesaler.yaml': 'persona: wholesaler\ntitle: Wholesaler\ndataset: many\n',
  }
  const served = shop({}, personas)
  const total = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await say(served, 'GET /orders', undefined, headers)).body.total
  expect(await total({ 'throughline-persona': 'wholesaler' })).toBe(200)
  expect(await total({})).toBeLessThan(10)
  const play = await served.handle(
    new Request('http://localhost:4401/_throughline/play/persona:wholesaler'),
  )
  expect(play.status).toBe(200)
  const cookie = play.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  expect(await total({ cookie })).toBe(200)
})

const busy = `
orders:
  - { id: 7001, customer: Maya Weber, status: packed, total: 12.5, lines: [] }
  - { id: 7002, customer: Ines Moreau, status: lost }
me: { email: maya@mail.example }
coupons: []
`

test('serves what a team wrote down, completes it, and says what is wrong with it', async () => {
  const notices: string[] = []
  const served = shop(
    {
      readFile: (path) => (path === 'data/busy.yaml' ? Buffer.from(busy) : undefined),
      onNotice: (line) => notices.push(line),
    },
    { 'scenarios/busy.scenario.yaml': 'scenario: busy\ndataset: data/busy.yaml\nrules: []\n' },
  )
  const ask = (line: string) =>
    say(served, line, undefined, { 'throughline-scenario': 'busy', authorization: 'x y' })
  const { body } = await ask('GET /orders')
  expect(body).toMatchObject({
    total: 2,
    orders: [
      { id: 7001, customer: 'Maya Weber', total: 12.5 },
      { id: 7002, customer: 'Ines Moreau' },
    ],
  })
  expect((await ask('GET /orders/7001')).body).toEqual(body.orders[0])
  expect((await ask('GET /orders/1')).status).toBe(404)
  expect((await say(served, 'GET /orders/1')).status).toBe(200)
  expect(notices).toEqual([
    expect.stringContaining('data/busy.yaml: orders[1]: status'),
    'data/busy.yaml: no operation of the contracts lists coupons',
  ])
})
