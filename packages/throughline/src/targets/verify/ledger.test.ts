import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { senderOf } from '../../../test/sender-of.ts'
import { ledgerFrom, ledgerText, recipeCases } from './ledger.ts'
import { verify } from './verify.ts'

const { graph } = compile(
  filesOf({
    'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /coupons/{code}/redemptions:
    post:
      operationId: redeemCoupon
      parameters:
        - { name: code, in: path, required: true, schema: { type: string, minLength: 1, maxLength: 12 } }
        - { name: X-Session-Token, in: header, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [amount]
              properties: { amount: { type: integer, minimum: 1, maximum: 500 }, note: { type: string } }
      responses:
        '201': { description: Redeemed }
        '422': { description: More than it is worth }
`,
  }),
  { contracts: ['store.yaml'] },
)
const [redeemCoupon] = graph.apis[0]!.contract!.operations

const shop = senderOf(async (request) => {
  const sent = (await request.json().catch(() => null)) as { amount?: unknown } | null
  const amount = sent?.amount
  const fine = typeof amount === 'number' && amount >= 1 && amount < 500
  return new Response(null, { status: fine ? 201 : 422 })
})

test('keeps the smallest request for each documented status, and tries it first in the next run', async () => {
  const first = await verify(graph, { send: shop, seed: 1, phases: new Set(['coverage']) })
  const text = ledgerText(first.ledger, 'store')
  expect(Object.keys(JSON.parse(text).operations.redeemCoupon)).toEqual(['201', '422'])

  const ledger = ledgerFrom(text, 'store')!
  const asked: string[] = []
  const next = await verify(graph, {
    send: (one) => {
      asked.push(one.id)
      return shop(one)
    },
    seed: 2,
    phases: new Set(['examples']),
    workers: 1,
    ledger,
  })
  expect(asked.slice(0, 2)).toEqual([
    'store.redeemCoupon/examples/reached/201',
    'store.redeemCoupon/examples/reached/422',
  ])
  expect(next.coverage.statuses).toEqual({ reached: 2, total: 2, unreached: [] })
  expect(ledgerText(next.ledger, 'store')).toBe(text)
})

test('keeps what was known where a run did not reach it, and leaves secrets out', async () => {
  const known = ledgerFrom(
    JSON.stringify({
      version: 1,
      operations: {
        redeemCoupon: {
          201: {
            parameters: { 'path.code': 'TEA' },
            body: { type: 'application/json', value: { amount: 5 } },
          },
        },
      },
    }),
    'store',
  )!
  const { ledger } = await verify(graph, {
    send: senderOf(() => new Response(null, { status: 422 })),
    seed: 1,
    phases: new Set(['examples', 'coverage']),
    ledger: known,
  })
  const recipes = ledger.get('store.redeemCoupon')!
  expect(recipes.get('201')).toEqual(known.get('store.redeemCoupon')!.get('201'))
  expect(recipes.get('422')).toBeDefined()
  expect(ledgerText(ledger, 'store')).not.toContain('X-Session-Token')
})

test('passes over recipes that the contract has outgrown, and files that are none', () => {
  const ledger = ledgerFrom(
    JSON.stringify({
      version: 1,
      operations: {
        redeemCoupon: {
          201: { parameters: {}, body: { type: 'text/csv', value: 'TEA' } },
          404: { parameters: [] },
          422: 7,
        },
      },
    }),
    'store',
  )!
  expect([...recipeCases(redeemCoupon!, ledger)]).toEqual([])
  expect(ledgerFrom('{', 'store')).toBeUndefined()
  expect(ledgerFrom('[]', 'store')).toBeUndefined()
})
