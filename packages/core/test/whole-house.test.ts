import { expect, test } from 'vitest'
import { check } from '../src/3-check/check.ts'
import { compile } from '../src/compile.ts'
import { located } from '../src/text/diagnostic.ts'
import { edited, filesOf } from './in-memory-files.ts'
import { shop } from './storefront-like.ts'

function printed(files: ReturnType<typeof filesOf>): readonly string[] {
  return located(compile(files, { now: new Date('2026-06-01') }).diagnostics).map(
    ({ file, range, severity, code, message }) =>
      `${file}:${range.start.line}:${range.start.column} ${severity} ${code} ${message}`,
  )
}

test('says everything about a small shop, in the order of its files', () => {
  expect(printed(filesOf(shop))).toMatchInlineSnapshot(`
    [
      "throughline.yaml:5:3 info TL4005 \`reviews\` has no owner. Name a team, so that gaps reach somebody.",
      "journeys/checkout.journey.yaml:3:8 error TL2004 No team is called \`chekout\`.",
      "journeys/checkout.journey.yaml:6:20 error TL3006 The calls of checkout/basket may take 600ms (\`store.getBasket\` 300ms, then \`reviews.BasketReviews\` 300ms), but the step promises 500ms (p75).",
      "journeys/checkout.journey.yaml:8:20 error TL3004 Nobody has said what people see on checkout/basket when the list \`items\` of \`store.getBasket\` is \`empty\`.",
      "journeys/checkout.journey.yaml:8:20 error TL3004 Nobody has said what people see on checkout/basket when \`store.getBasket\` answers \`404\` (No basket).",
      "journeys/checkout.journey.yaml:12:13 error TL2003 Step checkout/basket needs \`items[].price.curency\`, which GET /basket (200) does not return. Did you mean \`items[].price.currency\`?",
      "journeys/checkout.journey.yaml:15:20 info TL3010 Nobody has said how old the answer of \`reviews.basketReviews\` may be (step checkout/basket). Add it to \`freshness\` in policy.yaml, or a Cache-Control header to the contract.",
      "journeys/checkout.journey.yaml:17:17 warning TL3003 Step checkout/basket needs \`average\`, which may be missing: \`average\` can be null. Say what the screen shows then (\`absent\`).",
      "journeys/checkout.journey.yaml:20:11 warning TL2009 Step checkout/basket designs the state \`empty\`, but \`reviews.basketReviews\` has no list that can be empty.",
      "journeys/checkout.journey.yaml:22:11 warning TL2007 Nothing leads to the step \`checkout/delivery\`. Name it in the \`next\` of another step, or remove it.",
      "journeys/checkout.journey.yaml:25:20 error TL2011 \`store.createPayment\` requires \`amount\`, and step checkout/payment does not send it.",
      "journeys/checkout.journey.yaml:26:25 error TL2010 Step checkout/payment sends \`vuocher\`, which \`store.createPayment\` does not accept. Did you mean \`voucher\`?",
      "journeys/checkout.journey.yaml:30:11 warning TL2009 Step checkout/payment designs the state \`410\`, but \`store.createPayment\` documents no 410 answer.",
      "apis/store.openapi.yaml:8:9 info TL3002 \`store.getBasket\` returns a field that no step needs, about 340B of 1.4kB in each answer: \`items[].price.currency\`.",
      "apis/store.openapi.yaml:25:9 info TL3002 \`store.createPayment\` returns a field that no step needs, about 32B of 52B in each answer: \`cardNumber\`.",
      "apis/store.openapi.yaml:32:53 error TL5002 \`store.createPayment\` returns \`cardNumber\`, which is \`secret\`: never in a response.",
      "apis/store.openapi.yaml:33:30 warning TL4002 The example \`example\` of \`store.createPayment\` does not match its own schema: id is an integer, expected a string.",
    ]
  `)
})

test('keeps quiet about use where there are no journeys', () => {
  const found = printed(
    filesOf({
      'throughline.yaml': shop['throughline.yaml'],
      'apis/store.openapi.yaml': shop['apis/store.openapi.yaml'],
      'apis/reviews.graphql': shop['apis/reviews.graphql'],
    }),
  )
  expect(found.filter((line) => / TL3/.test(line))).toEqual([])
})

test('changes with each save, and with nothing else', () => {
  const files = filesOf(shop)
  const before = printed(files)
  const mended = edited(files, {
    'journeys/checkout.journey.yaml': shop['journeys/checkout.journey.yaml'].replace(
      'curency',
      'currency',
    ),
  })
  expect(printed(mended)).not.toEqual(before)
  expect(printed(edited(mended, shop))).toEqual(before)
})

test('asks a contract only once what it alone can answer', () => {
  const { graph } = compile(filesOf(shop))
  const ofContract = (): readonly unknown[] => check(graph).filter((one) => one.code === 'TL4002')
  expect(ofContract()).toHaveLength(1)
  expect(ofContract()[0]).toBe(ofContract()[0])
})
