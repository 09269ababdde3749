import { fileURLToPath } from 'node:url'
import { compile } from '@throughline/core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../../packages/throughline/src/targets/verify/finding.ts'
import { senderTo } from '../../packages/throughline/src/targets/verify/send.ts'
import { verify } from '../../packages/throughline/src/targets/verify/verify.ts'
import { openWorkspace } from '../../packages/throughline/src/workspace/workspace.ts'
import { backend, tokens } from './backend.ts'
import { faults, type FaultName } from './faults.ts'

// Two implementations of one contract look at each other: what is switched on is found, and nothing else is.

const { graph } = compile(openWorkspace(fileURLToPath(new URL('workspace', import.meta.url))))
const shop = await backend()
afterAll(() => shop.close())
beforeEach(() => {
  shop.faults.clear()
  shop.reset()
})

async function findings(): Promise<readonly Finding[]> {
  const sender = senderTo({
    target: shop.url,
    connections: 8,
    within: 1500,
    credentials: () => [['authorization', `Bearer ${tokens.maya}`]],
  })
  const phases = new Set(['examples', 'coverage', 'fuzz'] as const)
  const report = await verify(graph, { send: sender.send, seed: 1, phases, fuzz: 10 })
  await sender.close()
  return report.findings
}

test('finds nothing where nothing is wrong', async () => {
  expect(await findings()).toEqual([])
})

const found: readonly FaultName[] = [
  'long-note-crashes',
  'unicode-crashes',
  'empty-search-crashes',
  'null-crashes',
  'broken-json-crashes',
  'undocumented-status',
  'location-missing',
  'currency-missing',
  'amount-as-text',
  'name-null',
  'new-stock-value',
  'extra-property',
  'bad-date',
  'truncated-json',
  'password-returned',
  'quantity-unbounded',
  'quantity-zero',
  'quantity-as-text',
  'product-optional',
  'any-wrap',
  'any-length-note',
  'any-date',
  'limit-unbounded',
  'ninety-nine-refused',
  'note-demanded',
  'unicode-refused',
  'html-error',
  'untitled-error',
  'eta-missing',
  'connection-cut',
]

test.each(found)('finds %s', async (fault) => {
  shop.faults.add(fault)
  const wanted: readonly string[] = faults[fault].found
  const all = await findings()
  expect(all.map((one) => one.check).filter((check) => wanted.includes(check))).not.toEqual([])
})

test('names the steps that a fault hurts, and a line that shows it', async () => {
  shop.faults.add('currency-missing')
  const all = await findings()
  const missing = all.find((one) => one.operation.id === 'listProducts')!
  expect(missing).toMatchObject({ check: 'response-schema', steps: ['order/shelves'] })
  expect(missing.reproduce.curl).toContain(`curl -X GET ${shop.url}/products`)
  expect(missing.reproduce.curl).toContain('$AUTHORIZATION')
  expect(JSON.stringify(all)).not.toContain(tokens.maya)
})
