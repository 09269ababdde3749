import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { requestOf } from './request.ts'
import { callOf, writtenRequest } from './write-request.ts'

const LINE = {
  type: 'object',
  required: ['sku'],
  properties: { sku: { type: 'string' }, quantity: { type: 'integer' } },
}
const EVENT = {
  type: 'object',
  required: ['event', 'data'],
  properties: { event: { enum: ['added', 'removed'] }, data: LINE, retry: { type: 'integer' } },
}

test.each([
  ['application/jsonl', '{"sku":"rye"}\n{"quantity":"two"}\n\n{"sku":'],
  ['application/json-seq', '\u001e{"sku":"rye"}\n\u001e{"quantity":"two"}\n\u001e{"sku":'],
  [
    'text/event-stream',
    'data: {"sku":"rye"}\n\ndata: {"quantity":\ndata: "two"}\n\ndata: {"sku":\n\n',
  ],
])('validates each item of %s, and says which one is wrong', (type, body) => {
  const { violations } = sent(type, { itemSchema: LINE }, body)
  expect(violations.map(({ pointer, expected }) => `${pointer} ${expected}`)).toEqual([
    '/1 `sku`',
    '/1/quantity an integer',
    '/2 JSON',
  ])
})

test('reads events as objects where the contract describes their data', () => {
  const good = ': hello\nevent: added\nretry: 100\ndata: {"sku":"rye"}\n\n'
  expect(sent('text/event-stream', { itemSchema: EVENT }, good)).toMatchObject({
    violations: [],
    body: [{ event: 'added', retry: 100, data: { sku: 'rye' } }],
  })
  const bad = 'event: eaten\ndata: {}\n\n'
  expect(
    sent('text/event-stream', { itemSchema: EVENT }, bad).violations.map((one) => one.pointer),
  ).toEqual(['/0/event', '/0/data'])
})

test('holds the whole sequence to the schema of a list', () => {
  const schema = { type: 'array', minItems: 2, items: LINE }
  expect(sent('application/x-ndjson', { schema }, '{"sku":"rye"}').violations).toMatchObject([
    { pointer: '' },
  ])
})

test('reads what was written', () => {
  for (const type of ['application/jsonl', 'application/json-seq', 'text/event-stream']) {
    const operation = operationWith(type, { itemSchema: LINE })
    const value = [{ sku: 'rye' }, { sku: 'egg', quantity: 2 }]
    const content = operation.requestBody()!.content[0]!
    const request = writtenRequest(operation, { parameters: new Map(), body: { content, value } })
    if ('unsayable' in request) throw new Error(request.unsayable)
    expect(requestOf(operation)(callOf(request))).toMatchObject({ violations: [], body: value })
  }
})

function sent(type: string, media: object, body: string) {
  return requestOf(operationWith(type, media))({
    method: 'POST',
    pathParameters: new Map(),
    query: '',
    header: (name) => (name === 'content-type' ? type : undefined),
    body: new TextEncoder().encode(body),
  })
}

function operationWith(type: string, media: object) {
  const text = JSON.stringify({
    openapi: '3.2.0',
    info: { title: 'Store', version: '1' },
    paths: { '/lines': { post: { requestBody: { content: { [type]: media } }, responses: {} } } },
  })
  const file = { path: 'store.json', text }
  const { graph } = compile({ paths: [file.path], read: () => file }, { contracts: [file.path] })
  return graph.apis[0]!.contract!.operations[0]!
}
