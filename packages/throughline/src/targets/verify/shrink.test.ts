import { compile, type Operation } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { fuzzCases } from './phases/fuzz.ts'
import { shrunk } from './shrink.ts'
import { nothingLearned } from './usual-request.ts'

const { graph } = compile(
  filesOf({
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [lines]
              properties:
                lines: { type: array, items: { type: integer, minimum: 0, maximum: 1000 } }
                note: { type: string }
      responses: { '201': { description: Ordered } }
`,
  }),
  { contracts: ['store.yaml'] },
)
const createOrder: Operation = graph.apis[0]!.contract!.operations[0]!

test('finds the simplest case that still shows it, within its budget', async () => {
  const isLarge = (body: unknown): boolean =>
    typeof body === 'object' &&
    body !== null &&
    'lines' in body &&
    Array.isArray(body.lines) &&
    body.lines.some((one) => typeof one === 'number' && one >= 100)
  const first = [...firstOf(200)].find(
    (one) => one.verdict.kind === 'valid' && isLarge(one.said.body?.value),
  )!
  let tries = 0
  const simplest = await shrunk(
    first,
    (candidate) => {
      tries++
      return Promise.resolve(isLarge(candidate.said.body?.value))
    },
    120,
  )
  expect(tries).toBeLessThanOrEqual(120)
  expect(isLarge(simplest.said.body?.value)).toBe(true)
  expect(simplest.request.body!.length).toBeLessThanOrEqual(first.request.body!.length)
  expect(simplest.made!.record.length).toBeLessThanOrEqual(first.made!.record.length)
})

function* firstOf(count: number) {
  let left = count
  for (const one of fuzzCases(createOrder, 1, nothingLearned)) {
    yield one
    if (--left === 0) return
  }
}
