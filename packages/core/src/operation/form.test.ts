import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { requestOf } from './request.ts'
import type { ReadRequest } from './request.ts'

const RETURN = `
type: object
required: [orderId, photo]
properties:
  orderId: { type: integer }
  photo: { type: string, format: binary, maxLength: 20 }
  pages: { type: array, items: { type: string, format: binary } }
  address: { type: object, required: [city], properties: { city: { type: string }, zip: { type: string } } }
  id: { type: string, readOnly: true }
`
const ENCODING = `
photo: { contentType: 'image/png, image/jpeg', headers: { X-Camera: { required: true, schema: { type: string } } } }
`

test('reads a multipart form: text by its type, objects as JSON, files as they are', () => {
  const photo = part('photo"; filename="box.png', 'PNG\r\nbytes', 'image/png', 'X-Camera: phone')
  const form = multipart(
    part('orderId', '7'),
    photo,
    part('pages"; filename="1.txt', 'one'),
    part('pages"; filename="2.txt', 'two'),
    part('address', '{"city":"Porto","zip":"4000"}', 'application/json'),
  )
  const read = send('multipart/form-data', RETURN, form, ENCODING)
  expect(read.violations).toEqual([])
  expect(read.body).toEqual({
    orderId: 7,
    photo: 'PNG\r\nbytes',
    pages: ['one', 'two'],
    address: { city: 'Porto', zip: '4000' },
  })
})

test('says what is wrong with the parts of a form, and where', () => {
  const form = multipart(
    part('orderId', 'seven'),
    part('photo"; filename="box.gif', 'GIF', 'image/gif'),
    part('address', '{"city":', 'application/json'),
    part('id', '1'),
  )
  const { violations } = send('multipart/form-data', RETURN, form, ENCODING)
  expect(violations.map(({ pointer, expected, got }) => [pointer, expected, got])).toEqual([
    ['/photo', 'image/png or image/jpeg', 'image/gif'],
    ['/photo', 'a part with the header X-Camera', 'none'],
    ['/address', 'JSON', '{"city":'],
    ['/orderId', 'an integer', '"seven"'],
    ['/id', 'nothing', '"1"'],
  ])
  const big = multipart(part('orderId', '1'), part('photo"; filename="x', 'x'.repeat(21)))
  expect(send('multipart/form-data', RETURN, big).violations).toMatchObject([{ pointer: '/photo' }])
})

test('reads parts inside parts', () => {
  const inner = multipart(part('city', 'Porto'), part('zip', '4000')).replaceAll(
    '--edge',
    '--inner',
  )
  const form = multipart(
    part('orderId', '1'),
    part('photo"; filename="x', 'x'),
    part('address', inner, 'multipart/mixed; boundary=inner'),
  )
  expect(send('multipart/form-data', RETURN, form)).toMatchObject({
    violations: [],
    body: { address: { city: 'Porto', zip: '4000' } },
  })
})

test.each([
  ['', 'nothing'],
  ['hello', 'no line --edge'],
  ['--edge\r\nContent-Disposition: form-data; name="orderId"\r\n\r\n7', 'an end in the middle'],
  [multipart(...Array.from({ length: 1001 }, () => part('orderId', '1'))), 'more than 1000 parts'],
])('refuses a multipart body that is none', (body, got) => {
  expect(send('multipart/form-data', RETURN, body).violations).toMatchObject([
    { pointer: '', got: expect.stringContaining(got) },
  ])
})

test('refuses a multipart body without a boundary', () => {
  const { violations } = send('multipart/form-data', RETURN, 'x', undefined, 'multipart/form-data')
  expect(violations).toMatchObject([{ got: 'a content type without a boundary' }])
})

const SEARCH = `
type: object
properties:
  tags: { type: array, items: { type: string } }
  price: { type: object, properties: { min: { type: number }, max: { type: number } } }
  filter: { type: object, properties: { shop: { type: integer } } }
`

test('reads urlencoded forms by their encoding', () => {
  const encoding = `
tags: { style: pipeDelimited, explode: false }
price: { style: deepObject, explode: true }
filter: { contentType: application/json }
`
  const text = 'tags=rye|egg&price[min]=1.5&price[max]=9&filter=%7B%22shop%22:3%7D'
  expect(send('application/x-www-form-urlencoded', SEARCH, text, encoding)).toMatchObject({
    violations: [],
    body: { tags: ['rye', 'egg'], price: { min: 1.5, max: 9 }, filter: { shop: 3 } },
  })
  expect(
    send('application/x-www-form-urlencoded', SEARCH, 'filter=%7B', encoding).violations,
  ).toMatchObject([{ pointer: '/filter', expected: 'JSON' }])
})

test('reads objects in urlencoded forms with brackets and as JSON where nothing is said', () => {
  for (const text of ['price[min]=1', 'price=%7B%22min%22:1%7D'])
    expect(send('application/x-www-form-urlencoded', SEARCH, text).body).toEqual({
      price: { min: 1 },
    })
})

test('validates XML bodies, and refuses a root of another name', () => {
  const line =
    'type: object\nrequired: [sku]\nxml: { name: line }\nproperties: { sku: { type: string }, quantity: { type: integer } }'
  expect(
    send('application/xml', line, '<line><sku>rye</sku><quantity>2</quantity></line>'),
  ).toMatchObject({
    violations: [],
    body: { sku: 'rye', quantity: 2 },
  })
  expect(send('text/xml', line, '<line><quantity>two</quantity></line>').violations).toMatchObject([
    { pointer: '' },
    { pointer: '/quantity', expected: 'an integer', got: '"two"' },
  ])
  expect(send('application/xml', line, '<row/>').violations).toMatchObject([
    { expected: '<line>', got: '<row>' },
  ])
  expect(send('application/xml', line, '<line>').violations).toMatchObject([
    { expected: 'XML', reason: 'malformed' },
  ])
})

test('holds the parts of a form to their styles, and their headers to their schemas', () => {
  const schema = 'type: object\nproperties: { ids: { type: array, items: { type: integer } } }'
  const encoding = 'ids: { style: form, explode: false }'
  const commas = send('multipart/form-data', schema, multipart(part('ids', '1,2')), encoding)
  expect(commas).toMatchObject({ violations: [], body: { ids: [1, 2] } })
  const photo = 'type: object\nproperties: { photo: { type: string } }'
  const headers = 'photo: { headers: { X-Camera: { schema: { type: integer } } } }'
  const form = multipart(part('photo', 'PNG', 'image/png', 'X-Camera: phone'))
  expect(send('multipart/form-data', photo, form, headers).violations).toMatchObject([
    { pointer: '/photo', expected: 'a part whose header X-Camera is an integer', got: 'phone' },
  ])
})

test('reads the lists of a form in the collection format of Swagger 2.0', () => {
  const list = { in: 'formData', type: 'array', items: { type: 'integer' } }
  const text = JSON.stringify({
    swagger: '2.0',
    info: { title: 'Store', version: '1' },
    paths: {
      '/returns': {
        post: {
          consumes: ['application/x-www-form-urlencoded', 'multipart/form-data'],
          parameters: [
            { ...list, name: 'ids' },
            { ...list, name: 'pages', collectionFormat: 'pipes' },
            { ...list, name: 'sizes', collectionFormat: 'multi' },
          ],
          responses: {},
        },
      },
    },
  })
  const file = { path: 'store.json', text }
  const { graph } = compile({ paths: [file.path], read: () => file }, { contracts: [file.path] })
  const read = requestOf(graph.apis[0]!.contract!.operations[0]!)
  const wanted = { ids: [1, 2], pages: [3, 4], sizes: [5, 6] }
  for (const [type, body] of [
    ['application/x-www-form-urlencoded', 'ids=1,2&pages=3|4&sizes=5&sizes=6'],
    [
      'multipart/form-data; boundary=edge',
      multipart(part('ids', '1,2'), part('pages', '3|4'), part('sizes', '5'), part('sizes', '6')),
    ],
  ] as const)
    expect(
      read({
        method: 'POST',
        pathParameters: new Map(),
        query: '',
        header: () => type,
        body: new TextEncoder().encode(body),
      }),
    ).toMatchObject({ violations: [], body: wanted })
})

test('reads XML only in the namespace that the contract says', () => {
  const line =
    'type: object\nxml: { name: line, namespace: "https://store.example/line" }\nproperties: { sku: { type: string } }'
  const xml = (namespace: string): string => `<line xmlns="${namespace}"><sku>rye</sku></line>`
  expect(send('application/xml', line, xml('https://store.example/line')).violations).toEqual([])
  for (const [body, got] of [
    [xml('https://other.example'), 'https://other.example'],
    ['<line><sku>rye</sku></line>', 'no namespace'],
  ] as const)
    expect(send('application/xml', line, body).violations).toMatchObject([
      { expected: '<line> of the namespace https://store.example/line', got },
    ])
})

test('holds plain text to its schema, in the charset it came in', () => {
  expect(send('text/plain', 'type: integer', '12').body).toBe(12)
  expect(send('text/plain', 'type: integer', 'twelve').violations).toHaveLength(1)
  const crumb = { 'text/plain; charset=iso-8859-1': 'Ã©', 'text/plain; charset=utf-8': 'é' }
  for (const [given, text] of Object.entries(crumb))
    expect(send('text/plain', 'type: string', 'é', undefined, given).body).toBe(text)
})

test('holds a binary body to its length', () => {
  const file = 'type: string\nformat: binary\nmaxLength: 3'
  expect(send('application/pdf', file, 'PDF').violations).toEqual([])
  expect(send('application/pdf', file, 'PDFs').violations).toHaveLength(1)
})

function part(name: string, text: string, type?: string, header?: string): string {
  return [
    `Content-Disposition: form-data; name="${name}"`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...(header === undefined ? [] : [header]),
    '',
    text,
  ].join('\r\n')
}

function multipart(...parts: readonly string[]): string {
  return `${parts.map((one) => `--edge\r\n${one}\r\n`).join('')}--edge--\r\n`
}

function send(
  type: string,
  schema: string,
  body: string,
  encoding?: string,
  contentType = type.startsWith('multipart/') ? `${type}; boundary=edge` : type,
): ReadRequest {
  const indent = (text: string): string =>
    text
      .trim()
      .split('\n')
      .map((line) => `              ${line}`)
      .join('\n')
  const text = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /returns:
    post:
      requestBody:
        required: true
        content:
          ${type}:
            schema:
${indent(schema)}
${encoding === undefined ? '' : `            encoding:\n${indent(encoding)}`}
      responses: { '204': { description: Done } }
`
  const files = { paths: ['store.yaml'], read: () => ({ path: 'store.yaml', text }) }
  const contract = compile(files, { contracts: ['store.yaml'] }).graph.apis[0]!.contract!
  return requestOf(contract.operations[0]!)({
    method: 'POST',
    pathParameters: new Map(),
    query: '',
    header: (name) => (name === 'content-type' ? contentType : undefined),
    body: new TextEncoder().encode(body),
  })
}
