import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { mainContent, successResponse } from '../operation/operation.ts'
import { seededChoices } from '../schema/choices.ts'
import { generate } from '../schema/generate.ts'
import { ruleViolation } from '../schema/rule-violation.ts'
import type { Site } from '../text/site.ts'
import { holdToPolicy } from './data-rules.ts'

function basketUnder(validation: string): Site {
  const graph = graphOf({
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
    'policy.yaml': validation,
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        200: { description: It, content: { application/json: { schema: { $ref: 'parts.yaml#/Basket' } } } }
`,
    'parts.yaml': `Basket:
  type: object
  required: [currency, coupon]
  properties: { currency: { $ref: '#/Currency' }, coupon: { type: string, enum: [SPRING, AUTUMN] } }
Currency: { type: string }
`,
  })
  holdToPolicy(graph)
  return mainContent(successResponse(graph.apis[0]!.contract!.operations[0]!)!.content)!.schema!
}

test('makes values that keep to the rules, in files that the contract refers to as well', () => {
  const basket = basketUnder(
    'validation: [{ match: "**.currency", schema: { pattern: "^[A-Z]{3}$" } }, { match: store.getBasket.coupon, schema: { maxLength: 6, pattern: G } }]\n',
  )
  for (const seed of ['a', 'b', 'c']) {
    const value = generate(basket, seededChoices(seed))
    expect(value).toMatchObject({
      currency: expect.stringMatching(/^[A-Z]{3}$/) as string,
      coupon: 'SPRING',
    })
  }
  expect(ruleViolation(basket, { currency: 'euro', coupon: 'SPRING' }, 'response')).toMatchObject({
    path: ['currency'],
  })
})

test('keeps the contract where a rule contradicts it', () => {
  const basket = basketUnder('validation: [{ match: "**.coupon", schema: { type: integer } }]\n')
  expect(generate(basket, seededChoices('a'))).toMatchObject({
    coupon: expect.stringMatching(/^(SPRING|AUTUMN)$/) as string,
  })
})
