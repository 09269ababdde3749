import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../test/shell.ts'
import { errorCount } from './error-count.ts'

const store = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get: { operationId: getBasket, responses: { 200: { description: It, content: { application/json: { schema: { $ref: '#/nowhere' } } } } } }
  /orders:
    get: { operationId: getOrders }
`

test('is the number of errors that the check finds', async () => {
  const { folder: root, run } = shellIn({ 'openapi.yaml': store })
  const { stdout } = await run('check', 'openapi.yaml', '--json')
  const { summary } = JSON.parse(stdout) as { summary: { errors: number } }
  expect(summary.errors).toBeGreaterThan(0)
  const target = { root, boundary: root, contracts: ['openapi.yaml'] }
  expect(await new Promise((resolve) => errorCount({ target }, resolve))).toBe(summary.errors)
})

test('says nothing once it is called off, nor where there is nothing to check', async () => {
  const { folder: root } = shellIn({ 'openapi.yaml': store })
  const gone = mkdtempSync(join(tmpdir(), 'throughline-gone-'))
  rmSync(gone, { recursive: true })
  const counts: number[] = []
  const count = (errors: number): number => counts.push(errors)
  const target = { root, boundary: root, contracts: ['openapi.yaml'] }
  errorCount({ target }, count)()
  const off = errorCount({ target: { root: gone, boundary: gone }, commit: 'HEAD' }, count)
  onTestFinished(off)
  await new Promise((resolve) => errorCount({ target }, resolve))
  expect(counts).toEqual([])
})
