import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EvidenceReport } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoreBusy, type EvidenceStore } from '../targets/observe/store/evidence-store.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { reportThread } from './report-thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-report-thread-'))
const files = {
  'throughline.yaml':
    'throughline: 1\nname: Corner market\napis: { store: { contract: store.openapi.yaml } }\n',
  'store.openapi.yaml':
    'openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths:\n  /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }\n',
  'checkout.journey.yaml':
    'journey: checkout\nsteps:\n  - { step: basket, budget: { p75: 500ms }, calls: [store.getBasket] }\n  - step: pay\n',
}
const period = { since: 0, until: 1e12 }
let version = 1
let store: () => Promise<Pick<EvidenceStore, 'query'>> = () => Promise.resolve(visited)
const thread = reportThread({
  workspace: workspaceAt({ root: folder, boundary: folder }),
  version: () => version,
  store: () => store(),
})

beforeAll(() => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
})
afterAll(async () => {
  await thread.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Two thousand visits of the basket: enough for all of the statistics. */
const visits = Array.from({ length: 2000 }, (_, index) => ({
  session: `s${index}`,
  began: 1000 + index,
  wait: 100 + ((index * 37) % 1400),
  pending: 0,
  network: 20 + (index % 30),
  wentOn: (index * 37) % 1400 > 700 && index % 3 === 0 ? 0 : 1,
  device: index % 2 === 0 ? 'phone' : 'desktop',
}))
const handedOver = Promise.withResolvers<void>()
const visited: Pick<EvidenceStore, 'query'> = {
  query: ({ name }) => {
    if (name === 'sampled spans') handedOver.resolve()
    return Promise.resolve((name === 'step visits' ? visits : []) as never)
  },
}

test('works a report out while everybody else is answered', async () => {
  const order: string[] = []
  const report = thread.report(period, 'checkout').then((json) => {
    order.push('report')
    return JSON.parse(json) as EvidenceReport
  })
  // From its last rows on there are only the statistics to wait for.
  await handedOver.promise
  await new Promise((go) => setImmediate(go))
  order.push('somebody else')
  const { cost } = (await report).journeys[0]!.steps[0]!
  expect(cost).toMatchObject({ kind: 'estimate', visits: 2000 })
  expect(order).toEqual(['somebody else', 'report'])
})

test('reports on the files as they are now', async () => {
  writeFileSync(
    join(folder, 'checkout.journey.yaml'),
    files['checkout.journey.yaml'].replace('step: pay', 'step: payment'),
  )
  version += 1
  const report = JSON.parse(await thread.report(period)) as EvidenceReport
  expect(report.journeys[0]!.steps.map(({ name }) => name)).toEqual([
    'checkout/basket',
    'checkout/payment',
  ])
})

test('fails as the store does, and goes on afterwards', async () => {
  const busy = new StoreBusy('away', 'The column store does not work.')
  store = () => Promise.reject(busy)
  await expect(thread.report(period)).rejects.toBe(busy)
  store = () => Promise.resolve({ query: () => Promise.resolve([]) })
  expect(JSON.parse(await thread.report(period))).toMatchObject({ totals: { events: 0 } })
})
