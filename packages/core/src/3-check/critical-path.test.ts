import { expect, test } from 'vitest'
import { compiled, parted } from '../../test/compile-marked.ts'
import { nodesOfKind } from '../2-link/ask.ts'
import { criticalPath, depthsOf, longestChain } from './critical-path.ts'

const operations = ['basket', 'customer', 'slots', 'prices', 'payment']
const contract = `
# store.yaml
openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
${operations.map((name) => `  /${name}: { get: { operationId: ${name}, responses: { "200": { description: It } } } }`).join('\n')}
`

function stepWith(calls: string): ReturnType<typeof ofStep> {
  const { graph } = compiled(
    parted(
      `# checkout.journey.yaml\njourney: checkout\nsteps:\n  - step: delivery\n    calls:\n${calls}${contract}`,
    ).files,
  )
  return ofStep(graph)
}

function ofStep(graph: ReturnType<typeof compiled>['graph']): {
  path: string
  ms: number
  complete: boolean
  chain: number
  depths: readonly number[]
} {
  const [step] = nodesOfKind(graph, 'step')
  const { calls, ms, complete } = criticalPath(graph, step!)
  return {
    path: calls.map((call) => call.name.replace('store.', '')).join(' > '),
    ms,
    complete,
    chain: longestChain(graph, step!).length,
    depths: [...depthsOf(graph, step!).values()],
  }
}

test('adds up the calls that wait for each other, and leaves out those that run beside them', () => {
  const found = stepWith(`
      - { operation: store.basket, budget: { p75: 100ms } }
      - { operation: store.customer, budget: { p75: 400ms } }
      - { operation: store.slots, after: [store.basket, store.customer], budget: { p75: 200ms } }
      - { operation: store.prices, after: store.basket, budget: { p75: 550ms } }
`)
  expect(found).toEqual({
    path: 'basket > prices',
    ms: 650,
    complete: true,
    chain: 2,
    depths: [0, 0, 1, 1],
  })
})

test('takes the chain with most calls where nothing is promised', () => {
  const found = stepWith(`
      - store.basket
      - { operation: store.slots, after: store.basket }
      - store.customer
`)
  expect(found).toEqual({
    path: 'basket > slots',
    ms: 0,
    complete: false,
    chain: 2,
    depths: [0, 1, 0],
  })
})

test('cuts a circle', () => {
  const found = stepWith(`
      - { operation: store.basket, after: store.slots, budget: { p75: 100ms } }
      - { operation: store.slots, after: store.basket, budget: { p75: 100ms } }
`)
  expect(found.ms).toBe(200)
})
