import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { diffGraphs } from './diff-graphs.ts'

const contract = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema: { type: object, properties: { id: { type: string }, total: { type: number } } }
`
const step = `
  - step: basket
    screen: /basket
    budget: { p75: 1s }
    calls:
      - operation: store.getBasket
        needs: [{ path: id, absent: A new basket }]
        sends: [coupon]
        states: { 5xx: { show: Try again } }
`
const shop = (steps: string, more = '') =>
  graphOf({
    'throughline.yaml': `
throughline: 1
name: Shop
apis: { store: { contract: store.yaml } }
`,
    'store.yaml': contract,
    'journeys/checkout.journey.yaml': `
journey: checkout
${more}
steps:${steps}`,
  })

test.each([
  ['need-added', 'absent: A new basket }]', 'absent: A new basket }, total]'],
  ['need-added-without-field', 'absent: A new basket }]', 'absent: A new basket }, eta]'],
  ['need-removed', '[{ path: id, absent: A new basket }]', '[]'],
  ['fallback-removed', ', absent: A new basket', ''],
  ['fallback-changed', 'A new basket', 'An empty basket'],
  ['send-removed', '[coupon]', '[]'],
  ['send-added', '[coupon]', '[coupon, gift]'],
  ['state-removed', '{ 5xx: { show: Try again } }', '{}'],
  ['state-added', 'Try again }', 'Try again }, 404: { show: A new basket }'],
  ['state-changed', 'Try again', 'Come back later'],
  ['budget-tightened', '1s', '500ms'],
  ['budget-loosened', '1s', '2s'],
  ['budget-removed', 'budget: { p75: 1s }', ''],
  ['step-screen-changed', 'screen: /basket', 'screen: /cart'],
  ['step-added', 'Try again } }', 'Try again } }\n  - step: payment'],
])('tells %s', (code, from, to) => {
  expect(step).toContain(from)
  const codes = diffGraphs(shop(step), shop(step.replace(from, to))).changes.map((one) => one.code)
  expect(codes).toContain(code)
  expect(codes.filter((one) => one !== code && one !== 'step-moved')).toEqual([])
})

test('warns the step that lost its fallback, and leaves the version alone', () => {
  const { changes, summary } = diffGraphs(
    shop(step),
    shop(step.replace(', absent: A new basket', '')),
  )
  expect(changes).toMatchObject([
    {
      level: 'warning',
      message:
        '`checkout/basket` no longer says what is shown without `id`, `A new basket` before.',
      impact: [{ step: 'checkout/basket', need: 'id', severity: 'surprises', screen: '/basket' }],
    },
  ])
  expect(summary).toMatchObject({ verdict: 'warning', semver: 'none' })
})

test('tells journeys, steps and calls that came and went', () => {
  const without = shop('\n  - step: basket')
  const codes = (before: typeof without, after: typeof without): readonly string[] =>
    diffGraphs(before, after).changes.map((one) => one.code)
  expect(codes(shop(step), without)).toContain('call-removed')
  expect(codes(without, shop(step))).toContain('call-added')
  expect(codes(shop(`${step}  - step: payment\n`), shop(step))).toContain('step-removed')
  expect(codes(shop(step), shop(step, 'title: Pay'))).toEqual(['journey-changed'])
})
