import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { lineageOf } from './lineage-of.ts'
import { lineageMarkdown, lineageRows } from './record-of-processing.ts'

const contract = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /orders/{phone}:
    get:
      operationId: getOrder
      x-owner: orders
      parameters: [{ name: phone, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  customer:
                    type: object
                    properties:
                      email: { type: string }
                      nick: { type: string, x-pii: true }
                  recipient: { type: string, x-data-classification: { category: PII, sensitivity: restricted, masking: { strategy: partial } } }
                  diet: { type: string, x-data-classification: { category: health } }
                  country: { type: string, x-data-classification: { category: PII, sensitivity: public } }
`
const shop = (
  needs: string,
  policy = 'classes: { personal: { contains: [email, phone], rule: never in a URL } }',
) =>
  graphOf({
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\nteams: { orders: { role: backend }, care: { role: ux } }\n',
    'store.yaml': contract,
    'policy.yaml': policy,
    'personas/shopper.yaml': 'persona: shopper\ntitle: Returning customer\n',
    'journeys/track.journey.yaml': `
journey: track
title: Track an order
persona: shopper
goal: Know when it comes
owner: care
steps:
  - step: order
    title: The order
    screen: /order
    calls: [{ operation: store.getOrder, needs: ${needs}, sends: [phone] }]
`,
  })

test('follows classified data from the contract to the screen, the person and the reason', () => {
  const { entries, classes } = lineageOf(
    shop('[{ path: customer.email, why: The receipt goes there }]'),
  )
  const email = entries.find((one) => one.path === 'customer.email')!
  expect(email).toMatchObject({
    class: 'personal',
    rules: ['never in a URL'],
    operation: 'store.getOrder',
    owner: 'orders',
    direction: 'returned',
    unneeded: false,
    screens: [
      {
        step: 'track/order',
        screen: '/order',
        persona: 'Returning customer',
        why: 'The receipt goes there',
        owner: 'care',
      },
    ],
  })
  expect(entries.find((one) => one.path === 'phone')).toMatchObject({
    direction: 'sent',
    place: 'url',
    broken: 'never in a URL',
    screens: [{ step: 'track/order', goal: 'Know when it comes' }],
  })
  expect(classes[0]).toMatchObject({ class: 'personal', screens: 1, broken: 1, unneeded: 3 })
})

test("takes the registry's form, a flag and what the policy does not know, and leaves public data out", () => {
  const { entries } = lineageOf(shop('[id]'))
  const told = entries.map(({ path, class: name, declared }) => `${path} ${name} ${declared}`)
  expect(told.toSorted()).toEqual([
    'customer.email personal true',
    'customer.nick personal true',
    'diet personal true',
    'phone personal true',
    'recipient personal true',
  ])
  expect(entries.find((one) => one.path === 'recipient')).toMatchObject({
    sensitivity: 'restricted',
    masking: 'partial',
  })
  const bare = lineageOf(shop('[id]', 'errors: { format: problem+json }'))
  expect(bare.classes.map(({ class: name, declared }) => [name, declared])).toEqual([
    ['PII', false],
    ['health', false],
    ['personal', false],
  ])
})

test('says that whoever reads a whole object has all that is in it', () => {
  const { entries } = lineageOf(shop('[customer]'))
  const reached = entries.filter((one) => one.screens.length > 0).map((one) => one.path)
  expect(reached.toSorted()).toEqual(['customer.email', 'customer.nick', 'phone'])
})

test('writes a row for each field and screen, and nothing that breaks a table', () => {
  const found = lineageOf(shop('[{ path: customer.email, why: "a | b <b>x</b>" }]'))
  const [head, ...rows] = lineageRows(found)
  expect(rows.every((row) => row.length === head!.length)).toBe(true)
  expect(rows.find((row) => row.includes('customer.email'))).toContain('a | b <b>x</b>')
  const page = lineageMarkdown(found)
  expect(page).toContain(
    '| `customer.email` | from `store.getOrder` | The order (Track an order) | Returning customer | a \\| b \\<b\\>x\\</b\\> |',
  )
  expect(page).toContain('| `phone` | to `store.getOrder`, in its URL |')
})
