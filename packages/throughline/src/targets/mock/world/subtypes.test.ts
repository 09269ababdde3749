import { expect, test } from 'vitest'
import { mock } from '../mock.ts'
import { files, graphOf, say } from './fixtures/shop.ts'

const contract = `
openapi: 3.0.3
info: { title: Zoo, version: '1' }
paths:
  /animals:
    get:
      responses:
        '200':
          description: All
          content: { application/json: { schema: { type: array, minItems: 8, items: { $ref: '#/components/schemas/Animal' } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } } }
      responses: { '201': { description: Added, content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } } } }
  /animals/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Animal' } } } } }
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties: { id: { type: string }, kind: { type: string } }
      discriminator: { propertyName: kind, mapping: { cat: Cat, dog: Dog } }
    Cat: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, required: [lives], properties: { lives: { type: integer } } }] }
    Dog: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, required: [tricks], properties: { tricks: { type: integer } } }] }
`

const graph = graphOf({ ...files, 'store.yaml': contract })

type Animal = Readonly<Record<string, unknown>>

const own = (animal: Animal): string =>
  Object.keys(animal)
    .filter((name) => name !== 'id')
    .toSorted()
    .join()
const each = { cat: 'kind,lives', dog: 'kind,tricks' }

test('shows each thing as one of the subtypes, in the list and alone', async () => {
  const zoo = mock(graph)
  const list = (await say(zoo, 'GET /animals')).body as readonly Animal[]
  expect(new Set(list.map((one) => one['kind']))).toEqual(new Set(['cat', 'dog']))
  for (const one of list) {
    expect(own(one)).toBe(each[one['kind'] as keyof typeof each])
    expect((await say(zoo, `GET /animals/${String(one['id'])}`)).body).toEqual(one)
  }
})

test('keeps what is sent as the subtype that it names', async () => {
  const zoo = mock(graph)
  for (const kind of ['dog', 'cat', 'dog', 'cat'] as const) {
    const made = (await say(zoo, 'POST /animals', { kind })).body as Animal
    expect(own(made)).toBe(each[kind])
    expect((await say(zoo, `GET /animals/${String(made['id'])}`)).body).toEqual(made)
  }
})
