import { compile, writtenRequest, type Operation } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { verdictOf, type Verdict } from './case.ts'

const { graph } = compile(
  filesOf({
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /products:
    get:
      operationId: listProducts
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
        - { name: search, in: query, schema: { type: string } }
      responses: { '200': { description: Products } }
`,
  }),
  { contracts: ['store.yaml'] },
)
const listProducts: Operation = graph.apis[0]!.contract!.operations[0]!

function judged(name: string, value: unknown, mutation?: string): Verdict {
  const request = writtenRequest(listProducts, { parameters: new Map([[name, value]]) })
  if ('unsayable' in request) throw new Error(request.unsayable)
  return verdictOf(listProducts, request, mutation)
}

test('judges a request as a server reads it', () => {
  expect(judged('query.limit', 100)).toEqual({ kind: 'valid' })
  expect(judged('query.limit', 101, 'limit above its maximum of 100')).toMatchObject({
    kind: 'invalid',
    mutation: 'limit above its maximum of 100',
    violations: [{ in: 'query', name: 'limit' }],
  })
})

test('does not blame a server for what looks right on the wire', () => {
  expect(judged('query.search', null, 'search is null').kind).toBe('undecidable')
  expect(judged('query.limit', '7', 'limit is a text').kind).toBe('undecidable')
  expect(judged('query.limit', 'seven').kind).toBe('undecidable')
})
