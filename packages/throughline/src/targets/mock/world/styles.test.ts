import { expect, test } from 'vitest'
import { mock } from '../mock.ts'
import { files, graphOf, say } from './fixtures/shop.ts'
import type { Told } from './fixtures/shop.ts'

const parameters = (...names: readonly string[]): string =>
  `[${names.map((name) => `{ name: '${name.replace(/:.*/, '')}', in: query, schema: { type: ${/:(.*)/.exec(name)?.[1] ?? 'string'} } }`).join(', ')}]`
const answer = (schema: string, status = 200): string =>
  `{ '${status}': { description: ok, content: { application/json: { schema: ${schema} } } } }`
const object = (...properties: readonly string[]): string =>
  `{ type: object, required: [${properties.map((one) => one.split(': ')[0]).join(', ')}], properties: { ${properties.join(', ')} } }`
const list = (name: string): string =>
  `{ type: array, minItems: 3, items: { $ref: '#/components/schemas/${name}' } }`
const whole = 'type: integer'
const links = (value: string): string =>
  `{ type: object, properties: { ${['self', 'first', 'prev', 'next', 'last'].map((one) => `${one}: ${value}`).join(', ')} } }`

const contract = `
openapi: 3.1.0
info: { title: Styles, version: '1' }
paths:
  /articles:
    get:
      parameters:
        - { name: page, in: query, style: deepObject, schema: { type: object, properties: { number: { type: integer }, size: { type: integer } } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, additionalProperties: true } }
        - { name: sort, in: query, schema: { type: string } }
      responses: ${answer(object(`data: ${list('Article')}`, `meta: ${object(`total: { ${whole} }`, `totalPages: { ${whole} }`)}`, `links: ${links("{ type: [string, 'null'] }")}`))}
    post:
      requestBody: { content: { application/json: { schema: ${object(`data: ${object('attributes: { type: object }')}`)} } } }
      responses: ${answer(object("data: { $ref: '#/components/schemas/Article' }"), 201)}
  /articles/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: ${answer(object("data: { $ref: '#/components/schemas/Article' }"))} }
    patch:
      requestBody: { content: { application/json: { schema: ${object(`data: ${object('id: { type: string }', 'attributes: { type: object }')}`)} } } }
      responses: ${answer(object("data: { $ref: '#/components/schemas/Article' }"))}
  /products:
    get:
      parameters: ${parameters('page:integer', 'size:integer')}
      responses: ${answer(object(`_embedded: ${object(`products: ${list('Product')}`)}`, `_links: ${links('{ type: object, required: [href], properties: { href: { type: string, format: uri } } }')}`, `page: ${object(`size: { ${whole} }`, `totalElements: { ${whole} }`, `totalPages: { ${whole} }`, `number: { ${whole} }`)}`))}
  /products/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: ${answer("{ $ref: '#/components/schemas/Product' }")}
  /orders:
    get:
      parameters: ${parameters('page:integer', 'size:integer', 'sort')}
      responses: ${answer(object(`content: ${list('Order')}`, `totalElements: { ${whole} }`, `totalPages: { ${whole} }`, `number: { ${whole} }`, `numberOfElements: { ${whole} }`, 'first: { type: boolean }', 'last: { type: boolean }', 'empty: { type: boolean }'))}
  /people:
    get:
      parameters: ${parameters('page:integer', 'per_page:integer')}
      responses: ${answer(object(`data: ${list('Person')}`, `current_page: { ${whole} }`, `last_page: { ${whole} }`, "from: { type: [integer, 'null'] }", "to: { type: [integer, 'null'] }", `total: { ${whole} }`, "next_page_url: { type: [string, 'null'], format: uri }", "prev_page_url: { type: [string, 'null'], format: uri }"))}
    post:
      requestBody: { content: { application/json: { schema: ${object(`person: { type: object }`)} } } }
      responses: ${answer("{ $ref: '#/components/schemas/Person' }", 201)}
  /People:
    get:
      parameters: ${parameters('$top:integer', '$skip:integer', '$orderby', '$filter')}
      responses: ${answer("{ type: object, required: [value], properties: { '@odata.count': { type: integer }, '@odata.nextLink': { type: string, format: uri }, value: { type: array, minItems: 3, items: { $ref: '#/components/schemas/Person' } } } }")}
  /People({id}):
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: ${answer("{ $ref: '#/components/schemas/Person' }")}
components:
  schemas:
    Article: ${object('id: { type: string }', `attributes: ${object('title: { type: string }', 'status: { enum: [draft, live] }', 'createdAt: { type: string, format: date-time }')}`, 'links: { type: object, properties: { self: { type: string } } }')}
    Product: ${object('id: { type: string }', 'name: { type: string }', '_links: { type: object, properties: { self: { type: object, properties: { href: { type: string, format: uri } } } } }')}
    Order: ${object('id: { type: integer }', 'total: { type: number }')}
    Person: ${object('id: { type: integer }', 'FirstName: { type: string }', 'age: { type: integer }')}
`
const graph = graphOf({ ...files, 'store.yaml': contract })
const api = mock(graph, { dataset: 'many' })
const get = async (path: string): Promise<Told['body']> => (await say(api, `GET ${path}`)).body
const at = 'http://localhost:4401'

test('turns pages, filters and sorts as JSON:API does', async () => {
  const second = await get('/articles?page[number]=2&page[size]=50')
  expect(second.data).toHaveLength(50)
  expect(second.meta).toEqual({ total: 200, totalPages: 4 })
  const page = (number: number): string =>
    `${at}/articles?page%5Bnumber%5D=${number}&page%5Bsize%5D=50`
  expect(second.links).toEqual({
    self: `${at}/articles?page[number]=2&page[size]=50`,
    first: page(1),
    prev: page(1),
    next: page(3),
    last: page(4),
  })
  expect((await get(second.links.prev.slice(at.length))).links.prev).toBeNull()
  expect((await get(second.links.last.slice(at.length))).links.next).toBeNull()

  const live = await get('/articles?filter[status]=live&sort=-createdAt&page[size]=200')
  const rows = live.data as { attributes: { status: string; createdAt: string } }[]
  expect(rows.length).toBeGreaterThan(50)
  expect(new Set(rows.map((one) => one.attributes.status))).toEqual(new Set(['live']))
  const dates = rows.map((one) => one.attributes.createdAt)
  expect(dates).toEqual(dates.toSorted().toReversed())
  const since = await get(`/articles?filter[createdAt][gte]=${dates[9]}&page[size]=200`)
  expect(since.data.length).toBeGreaterThan(9)
  expect(since.data.length).toBeLessThan(200)
})

test('takes things out of the envelope that they are sent in, and says where they are', async () => {
  const { body: made } = await say(api, 'POST /articles', {
    data: { attributes: { title: 'Hello' } },
  })
  expect(made.data).toMatchObject({
    attributes: { title: 'Hello', status: expect.any(String) },
    links: { self: `${at}/articles/${made.data.id}` },
  })
  const patch = { data: { id: made.data.id, attributes: { title: 'Changed' } } }
  await say(api, `PATCH /articles/${made.data.id}`, patch)
  const { data } = await get(`/articles/${made.data.id}`)
  expect(data).toEqual({ ...made.data, attributes: { ...made.data.attributes, title: 'Changed' } })

  const { body: person } = await say(api, 'POST /people', {
    person: { FirstName: 'Amara', age: 41 },
  })
  expect(person).toMatchObject({ FirstName: 'Amara', age: 41 })
})

test('links pages and things as HAL does', async () => {
  const first = await get('/products?size=3')
  expect(first.page).toEqual({ size: 3, totalElements: 200, totalPages: 67, number: 0 })
  expect(first['_links']).not.toHaveProperty('prev')
  expect(first['_links'].next.href).toBe(`${at}/products?size=3&page=1`)
  const next = await get(first['_links'].next.href.slice(at.length))
  expect(next.page.number).toBe(1)
  const [product] = next['_embedded'].products
  expect(await get(product['_links'].self.href.slice(at.length))).toEqual(product)
})

test('says of a page what Spring and Laravel say', async () => {
  const spring = await get('/orders?page=1&size=150&sort=total,desc')
  const { content, ...told } = spring
  expect(told).toEqual({
    totalElements: 200,
    totalPages: 2,
    number: 1,
    numberOfElements: 50,
    first: false,
    last: true,
    empty: false,
  })
  const totals = content.map((one: { total: number }) => one.total)
  expect(totals).toEqual(totals.toSorted((a: number, b: number) => b - a))

  const { data, ...laravel } = await get('/people?page=4&per_page=60')
  expect(data.length).toBe(laravel.total - 180)
  expect(laravel).toEqual({
    current_page: 4,
    last_page: 4,
    from: 181,
    to: laravel.total,
    total: laravel.total,
    next_page_url: null,
    prev_page_url: `${at}/people?page=3&per_page=60`,
  })
})

test.each<[string, (one: { id: number; FirstName: string; age: number }) => boolean]>([
  ['age gt 40', ({ age }) => age > 40],
  [
    "not (age le 30) and contains(FirstName,'a')",
    ({ age, FirstName }) => age > 30 && /a/i.test(FirstName),
  ],
  [
    "startswith(FirstName, 'M') or age eq 33",
    ({ age, FirstName }) => FirstName.startsWith('M') || age === 33,
  ],
  ["FirstName in ('Maren', 'Ravi')", ({ FirstName }) => /^(Maren|Ravi)$/.test(FirstName)],
  ["FirstName ne 'O''Hara'", () => true],
])('answers OData where %s', async (filter, keeps) => {
  const all = (await get('/People?$top=500')).value
  const asked = await get(`/People?$top=500&$filter=${encodeURIComponent(filter)}`)
  expect(asked.value).toEqual(all.filter(keeps))
  expect(asked.value.length).toBeGreaterThan(0)
  expect(asked['@odata.count']).toBe(asked.value.length)
})

test.each([
  'age gt',
  'age gt 40)',
  "nothing eq 'x'",
  '('.repeat(200),
  'contains(FirstName',
  'age in (1,',
])('filters nothing by %s, which is no OData that it knows', async (filter) => {
  expect((await get(`/People?$top=500&$filter=${encodeURIComponent(filter)}`)).value).toHaveLength(
    200,
  )
})

test('leads from page to page and to one thing as OData does', async () => {
  const first = await get('/People?$top=2&$orderby=age%20desc')
  const next = await get(first['@odata.nextLink'].slice(at.length))
  expect(next.value[0].age).toBeLessThanOrEqual(first.value[1].age)
  const [person] = next.value
  expect(await get(`/People(${person.id})`)).toEqual(person)
})
