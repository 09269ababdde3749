import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { diffGraphs } from './diff-graphs.ts'

const shop = (fields: string, needs: string) =>
  graphOf({
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\nteams: { web: { role: frontend } }\n',
    'policy.yaml': 'classes: { personal: { contains: [email], rule: never in a URL } }\n',
    'store.yaml': `
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
              schema: { type: object, properties: { ${fields} } }
`,
    'personas/shopper.yaml': 'persona: shopper\ntitle: Returning customer\n',
    'journeys/checkout.journey.yaml': `
journey: checkout
persona: shopper
owner: web
steps:
  - step: basket
    screen: /basket
    calls: [{ operation: store.getBasket, needs: [${needs}] }]
`,
  })
const both = 'id: { type: string }, email: { type: string }'

test.each([
  ['says nothing where nothing moved', shop(both, 'email'), shop(both, 'email'), []],
  [
    'tells data that is returned for nobody',
    shop('id: { type: string }', 'id'),
    shop(both, 'id'),
    ['warning `store.getBasket` returns `email` now, which is `personal`, and no screen needs it.'],
  ],
  [
    'tells data that a screen shows now',
    shop(both, 'id'),
    shop(both, 'id, email'),
    ['warning `checkout/basket` (Returning customer) shows `email` now, which is `personal`.'],
  ],
  [
    'tells data that no screen needs any more',
    shop(both, 'id, email'),
    shop(both, 'id'),
    ['warning No screen needs `email` of `store.getBasket` any more, which is `personal`.'],
  ],
])('%s', (_, before, after, told) => {
  const { changes } = diffGraphs(before, after)
  expect(
    changes
      .filter(({ code }) => code.startsWith('data-'))
      .map(({ level, message }) => `${level} ${message}`),
  ).toEqual(told)
})

const touched = (before: ReturnType<typeof shop>, after: ReturnType<typeof shop>) =>
  diffGraphs(before, after).changes.filter(({ code }) => code.startsWith('data-'))

test.each([
  ['shows it now', shop(both, 'id'), shop(both, 'id, email'), 'email'],
  ['gets it for nothing', shop('id: { type: string }', 'id'), shop(both, 'id'), undefined],
  ['gets it still', shop(both, 'id, email'), shop(both, 'id'), undefined],
])('names the step, its screen and its team that %s', (_, before, after, need) => {
  const [change] = touched(before, after)
  expect(change).toMatchObject({
    operation: { id: 'getBasket', method: 'GET', path: '/basket' },
    impact: [{ step: 'checkout/basket', screen: '/basket', owner: 'web', severity: 'surprises' }],
    reach: { steps: ['checkout/basket'] },
    subjects: ['op:store.getBasket', 'step:checkout/basket'],
  })
  expect(change!.impact[0]!.need).toBe(need)
})

test('points at the need that shows it, and else at the field in the contract', () => {
  const lines = (before: ReturnType<typeof shop>, after: ReturnType<typeof shop>) => {
    const [change] = touched(before, after)
    const { origin } = change!
    return [origin.before, origin.after].map((one) => one?.source.file.path)
  }
  const journey = 'journeys/checkout.journey.yaml'
  expect(lines(shop(both, 'id'), shop(both, 'id, email'))).toEqual(['store.yaml', journey])
  expect(lines(shop(both, 'id, email'), shop(both, 'id'))).toEqual([journey, 'store.yaml'])
  expect(lines(shop('id: { type: string }', 'id'), shop(both, 'id'))).toEqual([
    undefined,
    'store.yaml',
  ])
})
