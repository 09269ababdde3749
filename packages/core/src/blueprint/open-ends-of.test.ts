import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import { openEndsOf } from './open-ends-of.ts'

const store = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { "200": { description: The basket, content: { application/json: { schema: { type: object, properties: { total: { type: number } } } } } } }
`

test('counts what is still to be decided, and where to see it', () => {
  const { graph } = compiled({
    'store.openapi.yaml': store,
    'checkout.journey.yaml': `journey: checkout
steps:
  - step: basket
    budget: { p75: 100ms }
    calls: [{ operation: store.getBasket, needs: [total, eta], budget: { p75: 200ms }, states: { timeout: { show: A banner } } }]
`,
  })
  expect(openEndsOf(graph)).toEqual({
    gaps: { count: 1, url: '/needs?show=gaps' },
    undecided: { count: 2, url: '/states?show=undecided' },
    unplanned: { count: 1, url: '/needs?show=unplanned' },
    overBudget: { count: 1, url: '/journeys/checkout?step=basket' },
    unowned: { count: 2, url: '/diagnostics?code=TL4005' },
  })
})

test('asks nothing of a contract that is looked at alone', () => {
  const { graph } = compiled({ 'store.openapi.yaml': store })
  const counts = Object.values(openEndsOf(graph)).map(
    (one: { readonly count: number }) => one.count,
  )
  expect(counts).toEqual([0, 0, 0, 0, 0])
})
