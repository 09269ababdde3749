import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { mock } from '../mock.ts'
import type { Mock } from '../mock.ts'

const contract = `
openapi: 3.1.0
info: { title: Stays, version: '1' }
paths:
  /houses:
    get: { responses: { '200': { description: ok, content: { application/json: { schema: { type: object, required: [data], properties: { data: { type: array, items: { $ref: '#/components/schemas/House' } } } } } } } } }
  /houses/{house_id}/bookings:
    parameters: [{ name: house_id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: ok, content: { application/json: { schema: { type: object, required: [data], properties: { data: { type: array, items: { $ref: '#/components/schemas/Booking' } } } } } } } } }
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { guests: { type: integer } } } } } }
      responses: { '201': { description: ok, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Booking' } } } } } } }
  /bookings/{booking_id}:
    parameters: [{ name: booking_id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: ok, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Booking' } } } } } }, '404': { description: gone } } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object, properties: { guests: { type: integer } } } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Booking' } } } } } } }
    delete: { responses: { '204': { description: gone } } }
  /bookings/{booking_id}/cancel:
    parameters: [{ name: booking_id, in: path, required: true, schema: { type: string } }]
    post: { responses: { '200': { description: ok, content: { application/json: { schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/Booking' } } } } } } } }
components:
  schemas:
    House: { type: object, required: [id], properties: { id: { type: string, format: uuid }, name: { type: string } } }
    Booking: { type: object, required: [id, house_id, guests], properties: { id: { type: string, format: uuid }, house_id: { type: string, format: uuid }, guests: { type: integer }, status: { enum: [confirmed, cancelled] } } }
`
const { graph } = compile(
  {
    paths: ['stays.yaml'],
    read: (path) =>
      path === 'stays.yaml' ? { path, text: contract } : { path, unreadable: 'missing' },
  },
  { contracts: ['stays.yaml'] },
)

interface Booking {
  readonly id: string
  readonly status?: string
  readonly house_id: string
  readonly guests: number
}

test('gives what is listed below a parent the id of that parent', async () => {
  const stays = mock(graph)
  const [house] = await things(stays, '/houses')
  const bookings = await things(stays, `/houses/${house!.id}/bookings`)
  expect(bookings.length).toBeGreaterThan(1)
  for (const one of bookings) expect(one.house_id).toBe(house!.id)
  const made = await say(stays, 'POST', `/houses/${house!.id}/bookings`, { guests: 4 })
  expect(made.data).toMatchObject({ house_id: house!.id, guests: 4 })
})

test('finds by its id alone what is listed below a parent, and changes and removes it there', async () => {
  const stays = mock(graph)
  const [house] = await things(stays, '/houses')
  const below = `/houses/${house!.id}/bookings`
  const [first, second] = await things(stays, below)
  expect((await say(stays, 'GET', `/bookings/${first!.id}`)).data).toEqual(first)
  await say(stays, 'PATCH', `/bookings/${second!.id}`, { guests: 9 })
  await stays.handle(new Request(`http://localhost/bookings/${first!.id}`, { method: 'DELETE' }))
  const { data: made } = await say(stays, 'POST', below, { guests: 3 })
  expect((await say(stays, 'GET', `/bookings/${made.id}`)).data).toEqual(made)
  const left = await things(stays, below)
  expect(left.map((one) => one.id)).not.toContain(first!.id)
  expect(left.find((one) => one.id === second!.id)).toMatchObject({ guests: 9 })
  const gone = await stays.handle(new Request(`http://localhost/bookings/${first!.id}`))
  expect(gone.status).toBe(404)
})

test('does with a thing what the path says, and shows it so wherever it stands', async () => {
  const stays = mock(graph)
  const [house] = await things(stays, '/houses')
  const below = `/houses/${house!.id}/bookings`
  const confirmed = (await things(stays, below)).find(({ status }) => status !== 'cancelled')!
  const { data } = await say(stays, 'POST', `/bookings/${confirmed.id}/cancel`)
  expect(data).toEqual({ ...confirmed, status: 'cancelled' })
  expect(await things(stays, below)).toContainEqual(data)
})

test('gives a thing in an envelope the id that was asked for', async () => {
  const id = '5e34e4c8-5a9b-4d4e-8d2b-1f0c2d3e4f5a'
  expect((await say(mock(graph), 'GET', `/bookings/${id}`)).data.id).toBe(id)
})

async function things(stays: Mock, path: string): Promise<readonly Booking[]> {
  const answer = await stays.handle(new Request(`http://localhost${path}`))
  return ((await answer.json()) as { data: readonly Booking[] }).data
}

async function say(
  stays: Mock,
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly data: Booking }> {
  const answer = await stays.handle(
    new Request(`http://localhost${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    }),
  )
  return (await answer.json()) as { readonly data: Booking }
}
