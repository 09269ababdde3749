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
