import { expect, test } from 'vitest'
import { compiled, parted } from '../../test/compile-marked.ts'
import { findingFingerprint } from '../schema/finding-fingerprint.ts'

const shop = (rules: string, waivers = ''): string => `
# throughline.yaml
throughline: 1
name: Shop
apis: { store: { contract: store.yaml } }
rules: { missing-state: off, unowned: off, ${rules} }
# checkout.journey.yaml
journey: checkout
steps:
  - step: basket
    calls: [{ operation: store.getBasket, needs: [eta] }]
  - step: payment
    calls: [{ operation: store.getBasket, needs: [eta] }]
# store.yaml
openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200":
          description: The basket
          headers: { Cache-Control: { schema: { type: string } } }
          content: { application/json: { schema: { type: object, properties: { eta: { type: string } } } } }
${waivers}`

const waiver = (subject: string, expires = '2026-12-31'): string => `# decisions/eta.waiver.yaml
rule: need-may-be-absent
subject: ${subject}
reason: It is always there
expires: ${expires}
`

function found(text: string): readonly string[] {
  return compiled(parted(text).files).diagnostics.map(
    (one) => `${one.severity} ${one.rule} ${one.subject ?? ''}`,
  )
}

test('gives each rule the severity that the workspace wants, or leaves it out', () => {
  expect(found(shop('need-may-be-absent: error'))).toEqual([
    'error need-may-be-absent checkout/basket',
    'error need-may-be-absent checkout/payment',
  ])
  expect(found(shop('need-may-be-absent: off'))).toEqual([])
})

test('leaves out what a waiver covers, by name or by pattern', () => {
  expect(found(shop('', waiver('checkout/basket')))).toEqual([
    'warning need-may-be-absent checkout/payment',
  ])
  expect(found(shop('', waiver('"checkout/*"')))).toEqual([])
})

test('counts a finding again when its waiver has expired, and says so; the last day still counts', () => {
  expect(found(shop('', waiver('"**"', '2026-06-01')))).toEqual([])
  expect(found(shop('', waiver('"**"', '2026-05-31')))).toEqual([
    'warning need-may-be-absent checkout/basket',
    'warning need-may-be-absent checkout/payment',
    'warning waiver-expired need-may-be-absent **',
  ])
})

test('says when a waiver covers nothing', () => {
  expect(found(shop('', waiver('checkout/delivery')))).toContain(
    'info waiver-unused need-may-be-absent checkout/delivery',
  )
})

test('accepts one finding alone by its fingerprint, as long as its values are the same', () => {
  const { diagnostics } = compiled(parted(shop('')).files)
  const [first] = diagnostics.map((one) => findingFingerprint(one))
  const only = (fingerprint: string): string =>
    waiver('"**"').replace('subject: "**"', `fingerprint: "${fingerprint}"`)
  expect(found(shop('', only(first!)))).toEqual(['warning need-may-be-absent checkout/payment'])
  expect(found(shop('', only('0000000000000000')))).toContain(
    'info waiver-unused need-may-be-absent 0000000000000000',
  )
})
