import { fileURLToPath } from 'node:url'
import { compile } from '@throughline/core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../../packages/throughline/src/targets/verify/finding.ts'
import { senderTo } from '../../packages/throughline/src/targets/verify/send.ts'
import { allPhases, verify } from '../../packages/throughline/src/targets/verify/verify.ts'
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

async function findings(only?: string, backend = shop): Promise<readonly Finding[]> {
  const sender = senderTo({
    target: backend.url,
    connections: 8,
    within: 1500,
  })
  const report = await verify(graph, {
    send: sender.send,
    seed: 1,
    phases: new Set(allPhases),
    fuzz: 4,
    patience: 300,
    ...(only !== undefined && { only }),
    identities: {
      valid: [['authorization', `Bearer ${tokens.maya}`]],
      second: [['authorization', `Bearer ${tokens.tom}`]],
    },
  })
  await sender.close()
  return report.findings
}

test('finds nothing where nothing is wrong', async () => {
  expect(await findings()).toEqual([])
})

// Several at once, each with its own backend: some of them mostly wait.
test.concurrent.each(Object.keys(faults) as FaultName[])(
  'finds %s',
  { timeout: 120_000 },
  async (fault) => {
    const faulty = await backend()
    faulty.faults.add(fault)
    const wanted: readonly string[] = faults[fault].found
    const all = await findings(undefined, faulty)
    await faulty.close()
    expect(all.map((one) => one.check).filter((check) => wanted.includes(check))).not.toEqual([])
  },
)

test('names the steps that a fault hurts, and a line that shows it', async () => {
  shop.faults.add('currency-missing')
  const all = await findings()
  const missing = all.find((one) => one.operation.id === 'listProducts')!
  expect(missing).toMatchObject({ check: 'response-schema', steps: ['order/shelves'] })
  expect(missing.reproduce.curl).toContain(`curl -X GET ${shop.url}/products`)
  expect(missing.reproduce.curl).toContain('$AUTHORIZATION')
  expect(JSON.stringify(all)).not.toContain(tokens.maya)
})

test('shows a fault of a sequence again by its case alone', async () => {
  shop.faults.add('put-adds-up')
  const [fault] = await findings()
  shop.reset()
  const again = await findings(fault!.reproduce.case)
  expect(again.map((one) => one.fingerprint)).toContain(fault!.fingerprint)
})
