import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { diffGraphs } from './diff-graphs.ts'

const shop = (fields: string, needs: string) =>
  graphOf({
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
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
    'journeys/checkout.journey.yaml': `
journey: checkout
steps:
  - step: basket
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
    ['warning `checkout/basket` shows `email` now, which is `personal`.'],
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
