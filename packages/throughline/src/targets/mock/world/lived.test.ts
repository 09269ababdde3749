import { expect, test } from 'vitest'
import { contract, files, graphOf, say, shop } from './fixtures/shop.ts'
import type { Told } from './fixtures/shop.ts'

test('shows in the detail what the list says', async () => {
  const served = shop()
  const { body } = await say(served, 'GET /orders')
  const [first] = body['orders']
  expect((await say(served, `GET /orders/${first.id}`)).body).toEqual(first)
  expect((await say(served, 'GET /products/eggs')).body).toEqual({
    data: { id: 'eggs', name: 'Eggs', price: 2 },
  })
})

test('keeps what is made, changed and taken away', async () => {
  const served = shop()
  const before = (await say(served, 'GET /orders?perPage=50')).body
  const made = await say(served, 'POST /orders', { customer: 'Maya', status: 'placed' })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ customer: 'Maya', status: 'placed', id: expect.any(Number) })
  const { id } = made.body
  expect(made.headers.get('location')).toBe(`/orders/${id}`)
  expect((await say(served, `GET /orders/${id}`)).body).toEqual(made.body)

  const after = (await say(served, 'GET /orders?perPage=50')).body
  expect(after['total']).toBe(before['total'] + 1)
  expect(after['orders'][0]).toEqual(made.body)

  const note = await say(served, `PATCH /orders/${id}`, { note: 'Ring twice', id: 5 })
  expect(note.body).toEqual({ ...made.body, note: 'Ring twice' })
  const put = await say(served, `PUT /orders/${id}`, { customer: 'Ines' })
  expect(put.body).toMatchObject({ id, customer: 'Ines', status: 'placed' })
  expect(put.body).not.toHaveProperty('note')

  expect((await say(served, `DELETE /orders/${id}`)).status).toBe(204)
  const gone = await say(served, `GET /orders/${id}`)
  expect([gone.status, gone.body['title']]).toEqual([404, 'We find no such order'])
  expect((await say(served, `DELETE /orders/${id}`)).status).toBe(404)
  expect((await say(served, 'GET /orders?perPage=50')).body['total']).toBe(before['total'])
})

test('brings name and price of a product along, and sums up', async () => {
  const served = shop()
  const order = (await say(served, 'GET /orders')).body['orders'][0]
  const added = await say(served, `POST /orders/${order.id}/lines`, {
    productId: 'bread',
    quantity: 2,
  })
  expect(added.body['lines'].at(-1)).toMatchObject({
    productId: 'bread',
    name: 'Rye bread',
    price: 3.5,
    quantity: 2,
    lineTotal: 7,
  })
  expect(added.body['total']).toBeCloseTo(order.total + 7, 2)
  const more = await say(served, `POST /orders/${order.id}/lines`, {
    productId: 'bread',
    quantity: 1,
  })
  expect(more.body['lines'].at(-1)).toMatchObject({ quantity: 3, lineTotal: 10.5 })
  expect(more.body['lines']).toHaveLength(added.body['lines'].length)
  expect((await say(served, `GET /orders/${order.id}`)).body).toEqual(more.body)
})

test('keeps lists of different parents apart', async () => {
  const served = shop()
  const text = 'Left at the door'
  const made = (await say(served, 'POST /orders/7/notes', { text })).body
  expect((await say(served, 'GET /orders/7/notes')).body).toContainEqual(made)
  expect((await say(served, 'GET /orders/8/notes')).body).not.toContainEqual(made)
})

test('filters, searches, sorts and turns pages', async () => {
  const served = shop()
  for (const customer of ['Anna', 'Bela', 'Carl', 'Dora', 'Emil', 'Fay', 'Gus'])
    await say(served, 'POST /orders', { customer, status: 'packed' })
  const first = await say(served, 'GET /orders?status=packed&sort=-customer&perPage=3')
  const names = (body: Told['body']): readonly string[] =>
    body['orders'].map((one: { customer: string }) => one.customer)
  const { total } = first.body
  expect(first.body).toMatchObject({ page: 1, pages: Math.ceil(total / 3) })
  expect(names(first.body)).toEqual(names(first.body).toSorted().toReversed())
  const link = /<(.*)>; rel="next"/.exec(first.headers.get('link')!)![1]!
  const second = await say(served, `GET ${link}`)
  expect(second.body).toMatchObject({ page: 2, total })
  expect(names(second.body).some((one) => names(first.body).includes(one))).toBe(false)
  expect(second.headers.get('link')).toContain('rel="prev"')
  expect(names((await say(served, 'GET /orders?q=bela')).body)).toEqual(['Bela'])
  const dear = (await say(served, 'GET /orders?minTotal=50&perPage=50')).body['orders']
  expect(dear.every((one: { total: number }) => one.total >= 50)).toBe(true)
})

test('turns pages of examples by a cursor', async () => {
  const served = shop()
  const first = (await say(served, 'GET /products?limit=2')).body
  expect(first).toMatchObject({ data: [{ id: 'bread' }, { id: 'eggs' }], hasMore: true })
  const second = (await say(served, `GET /products?limit=2&after=eggs`)).body
  expect(second).toMatchObject({ data: [{ id: 'tea' }], hasMore: false, next: null })
})

test('gives every session a world of its own, and brings one back', async () => {
  const served = shop()
  const as = (session: string) => ({ 'throughline-session': session })
  const { body } = await say(served, 'POST /orders', { customer: 'Maya' }, as('maya'))
  const total = async (session: string): Promise<number> =>
    (await say(served, 'GET /orders', undefined, as(session))).body['total']
  expect(await total('maya')).toBe((await total('ines')) + 1)
  const taken = await say(served, 'POST /_throughline/snapshot', undefined, as('maya'))
  await say(served, `DELETE /orders/${body['id']}`, undefined, as('maya'))
  expect(await total('maya')).toBe(await total('ines'))
  const restore = `POST /_throughline/restore/${taken.body['snapshot']}`
  expect((await say(served, restore, undefined, as('maya'))).status).toBe(204)
  expect(await total('maya')).toBe((await total('ines')) + 1)
  await say(served, 'POST /_throughline/reset', undefined, as('maya'))
  expect(await total('maya')).toBe(await total('ines'))
  expect((await say(served, 'POST /_throughline/restore/s99')).status).toBe(404)
})

test('signs people in, knows them again, and refuses tokens that nobody gave', async () => {
  const served = shop()
  const signIn = { email: 'maya.weber@mail.example', password: 'quiet-lantern-7' }
  const told = await say(served, 'POST /sessions', signIn)
  expect([told.status, told.body.user.email]).toEqual([201, signIn.email])
  const as = { authorization: `Bearer ${told.body.token}` }
  expect((await say(served, 'GET /me', undefined, as)).body).toEqual(told.body.user)
  const other = await say(served, 'POST /sessions', { ...signIn, email: 'ines@mail.example' })
  const ines = { authorization: `Bearer ${other.body.token}` }
  await say(served, 'PATCH /me', { name: 'Maya W.' }, as)
  expect((await say(served, 'GET /me', undefined, as)).body.name).toBe('Maya W.')
  expect((await say(served, 'GET /me', undefined, ines)).body).toEqual(other.body.user)
  const wrong = await say(served, 'GET /me', undefined, { authorization: 'Bearer guessed' })
  expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer realm="store", error="invalid_token"',
  ])
  expect((await say(shop(), 'GET /me', undefined, as)).status).toBe(200)
})

test('makes the same ids in another process', async () => {
  const ids = async (): Promise<readonly unknown[]> => {
    const served = shop()
    const made = []
    for (const text of ['one', 'two', 'three'])
      made.push((await say(served, 'POST /orders/7/notes', { text })).body)
    return made
  }
  const first = await ids()
  expect(new Set(first.map((one) => JSON.stringify(one))).size).toBe(3)
  expect(await ids()).toEqual(first)
})

test('goes on with what was written after the contract has changed', async () => {
  const served = shop()
  const made = (await say(served, 'POST /orders', { customer: 'Maya' })).body
  const changed = contract
    .replace(
      'required: [id, customer, status, lines, total]',
      'required: [id, customer, status, lines, total, eta]',
    )
    .replace(
      '        total: { type: number }\n',
      '        total: { type: number }\n        eta: { type: string, format: date }\n',
    )
  served.update(graphOf({ ...files, 'store.yaml': changed }))
  expect((await say(served, `GET /orders/${made['id']}`)).body).toEqual({
    ...made,
    eta: expect.stringMatching(/^\d{4}-/),
  })
})

test('leaves the world as it was while a state is looked at', async () => {
  const served = shop(
    {},
    {
      'journeys/track.journey.yaml':
        'journey: track\nsteps: [{ step: orders, calls: [{ operation: "store DELETE /orders/{orderId}" }] }]\n',
    },
  )
  const { id } = (await say(served, 'GET /orders')).body['orders'][0]
  const slow = { 'throughline-scenario': 'track/orders/partial' }
  expect((await say(served, `DELETE /orders/${id}`, undefined, slow)).status).toBe(204)
  expect((await say(served, `GET /orders/${id}`)).status).toBe(200)
})
