import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import type { Exchange, Send } from './exchange.ts'
import { allPhases, verify, type VerifyReport } from './verify.ts'

const { graph } = compile(
  filesOf({
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /products:
    get:
      operationId: listProducts
      parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 20 } }]
      responses: { '200': { description: Products }, '400': { description: Wrong } }
  /prices:
    post: { operationId: roundPrices, responses: { '202': { description: Rounded } } }
  /notes:
    post:
      operationId: writeNote
      requestBody: { content: { application/json: { schema: { type: object, properties: { text: { type: string, maxLength: 9 } } } } } }
      responses: { '201': { description: Written }, '400': { description: Wrong } }
`,
  }),
  { contracts: ['store.yaml'] },
)

/** A shop whose price rounding breaks everything else; `heals` after so many requests. */
function shop(heals: number): Send {
  let broken = 0
  return (one): Promise<Exchange> => {
    const answer = (status: number): Exchange => ({
      case: one,
      url: `http://shop${one.request.path}`,
      sent: [],
      at: 0,
      ms: 1,
      outcome: {
        kind: 'answered',
        status,
        headers: new Map([
          ['allow', 'GET, POST'],
          ['content-type', 'text/plain'],
        ]),
        body: new Uint8Array(),
        bytes: 0,
        cut: false,
      },
    })
    if (!['GET', 'POST'].includes(one.request.method)) return Promise.resolve(answer(405))
    if (broken > 0) {
      broken--
      return Promise.resolve(answer(500))
    }
    if (one.verdict.kind === 'invalid') return Promise.resolve(answer(400))
    if (one.operation.name === 'roundPrices') broken = heals
    return Promise.resolve(
      answer({ listProducts: 200, roundPrices: 202 }[one.operation.name] ?? 201),
    )
  }
}

function report(send: Send): Promise<VerifyReport> {
  return verify(graph, { send, seed: 1, phases: new Set(allPhases), fuzz: 5, patience: 600 })
}

test('names the operation that makes others fail, and blames nobody else', async () => {
  const { findings, ended } = await report(shop(Infinity))
  expect(findings.map((one) => [one.check, one.operation.id])).toEqual([['poison', 'roundPrices']])
  expect(findings[0]!.message).toContain('GET /products')
  expect(ended).toBe('the target did not recover after POST /prices')
})

test('goes on without it where the target recovers, having seen it twice', async () => {
  const { findings, ended, cases } = await report(shop(6))
  expect(findings.map((one) => [one.check, one.operation.id])).toEqual([['poison', 'roundPrices']])
  expect(findings[0]!.message).toContain('each time again')
  expect(ended).toBeUndefined()
  expect(cases).toBeGreaterThan(30)
})

test('says once that nothing answers', async () => {
  const { findings, requests, ended } = await report((one) =>
    Promise.resolve({
      case: one,
      url: 'http://shop/',
      sent: [],
      at: 0,
      ms: 1,
      outcome: { kind: 'failed', why: 'refused', message: 'nothing listens there' },
    }),
  )
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({
    check: 'connection',
    message: 'The target does not answer: nothing listens there.',
  })
  expect(requests).toBeLessThan(20)
  expect(ended).toBe('the target does not answer: nothing listens there')
})
