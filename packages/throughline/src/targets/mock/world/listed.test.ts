import { expect, test } from 'vitest'
import { mock } from '../mock.ts'
import { files, graphOf, say } from './fixtures/shop.ts'
import type { Told } from './fixtures/shop.ts'

const contract = `
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pet:
    post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, responses: { '405': { description: no } } }
  /pet/findByStatus:
    get:
      parameters: [{ name: status, in: query, required: true, schema: { type: string, enum: [available, pending, sold] } }]
      responses: { '200': { description: ok, content: { application/json: { schema: &pets { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
  /pet/findByTags:
    get:
      parameters: [{ name: tags, in: query, schema: { type: array, items: { type: string } } }]
      responses: { '200': { description: ok, content: { application/json: { schema: *pets } } } }
  /pet/sold: { get: { responses: { '200': { description: ok, content: { application/json: { schema: *pets } } } } } }
  /pet/chipped: { get: { responses: { '200': { description: ok, content: { application/json: { schema: *pets } } } } } }
  /pet/search:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { status: { type: string }, name: { type: string }, pageNumber: { type: integer, description: The first page is 0 }, pageSize: { type: integer } } } } } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [pets, page], properties: { pets: *pets, page: { type: object, required: [pageNumber, totalElements, totalPages, firstPage, lastPage], properties: { pageNumber: { type: integer }, totalElements: { type: integer }, totalPages: { type: integer }, firstPage: { type: boolean }, lastPage: { type: boolean } } } } }
  /pet/{petId}:
    parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
    get: { responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } }
    delete: { responses: { '204': { description: gone } } }
components:
  schemas:
    Pet:
      type: object
      required: [name, status, chipped, tags]
      properties:
        id: { type: integer, example: 10 }
        name: { type: string, example: doggie }
        status: { type: string, enum: [available, pending, sold] }
        chipped: { type: boolean }
        tags: { type: array, items: { type: object, required: [name], properties: { id: { type: integer }, name: { type: string } } } }
`
const graph = graphOf({ ...files, 'store.yaml': contract })
const asking =
  (served = mock(graph)) =>
  async (line: string, body?: unknown): Promise<Told['body']> =>
    (await say(served, line, body)).body
const byStatus = (status: string): string => `GET /pet/findByStatus?status=${status}`
const named = (pets: readonly { name: string }[]): readonly string[] =>
  pets.map((one) => one.name).filter((name) => name !== 'doggie')

test('lists a collection in every place that shows its things, each with its own filter', async () => {
  const ask = asking()
  for (const status of ['available', 'pending', 'sold']) {
    const pets = await ask(byStatus(status))
    expect(pets.length).toBeGreaterThan(0)
    for (const pet of pets) {
      expect(pet.status).toBe(status)
      expect(await ask(`GET /pet/${pet.id}`)).toEqual(pet)
    }
  }
  const pet = { name: 'Mia', status: 'sold', chipped: true, tags: [{ name: 'zebra' }] }
  await ask('POST /pet', pet)
  expect(named(await ask(byStatus('sold')))).toEqual(['Mia'])
  expect(named(await ask(byStatus('pending')))).toEqual([])
  for (const place of ['findByTags?tags=zebra', 'sold', 'chipped'])
    expect(named(await ask(`GET /pet/${place}`))).toEqual(['Mia'])
  expect(await ask('GET /pet/findByTags?tags=zebra')).toHaveLength(1)
  const [{ id }] = await ask('GET /pet/findByTags?tags=zebra')
  await ask(`DELETE /pet/${id}`)
  expect(await ask('GET /pet/findByTags?tags=zebra')).toEqual([])
})

test('searches by POST and makes nothing, and turns pages from 0 where the contract says so', async () => {
  const ask = asking(mock(graph, { dataset: 'many' }))
  const found = await ask('POST /pet/search', { status: 'sold', pageSize: 5 })
  expect(found.pets).toHaveLength(5)
  expect(new Set(found.pets.map((one: { status: string }) => one.status))).toEqual(
    new Set(['sold']),
  )
  const { totalElements, totalPages } = found.page
  expect(found.page).toMatchObject({ pageNumber: 0, firstPage: true, lastPage: false })
  expect(totalPages).toBe(Math.ceil(totalElements / 5))
  const last = await ask('POST /pet/search', {
    status: 'sold',
    pageSize: 5,
    pageNumber: totalPages - 1,
  })
  expect(last.page).toMatchObject({ pageNumber: totalPages - 1, firstPage: false, lastPage: true })
  expect(last.pets.length).toBe(totalElements - 5 * (totalPages - 1))
  const all = await ask('POST /pet/search', { pageSize: 500 })
  expect(all.page.totalElements).toBe(200)
})
