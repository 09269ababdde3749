import { bodyField, rootOf, documentOf } from '@throughline/core'
import type { Field } from '@throughline/core'
import { expect, test } from 'vitest'
import { afterDeed } from './deed.ts'

const field = fieldOf({
  type: 'object',
  properties: {
    id: { type: 'string' },
    status: { enum: ['pending', 'paid', 'shipped', 'CANCELLED', 'denied', 'in-progress'] },
    createdAt: { type: 'string', format: 'date-time' },
    expiresAt: { type: 'string', format: 'date-time' },
    cancelledAt: { type: ['string', 'null'], format: 'date-time' },
    shipped_on: { type: ['string', 'null'], format: 'date' },
    isArchived: { type: 'boolean' },
    note: { type: 'string' },
  },
})
const order = {
  id: 'o1',
  status: 'pending',
  createdAt: '2026-02-01T10:00:00.000Z',
  expiresAt: '2027-01-01T10:00:00.000Z',
  cancelledAt: null,
  isArchived: false,
}

test.each([
  ['cancel', { status: 'CANCELLED', cancelledAt: '2026-02-01T11:00:00.000Z' }],
  ['pay', { status: 'paid' }],
  ['ship', { status: 'shipped', shipped_on: '2026-02-01' }],
  ['deny', { status: 'denied' }],
  ['start', { status: 'in-progress' }],
  ['archive', { isArchived: true }],
  ['print', {}],
  ['note', {}],
])('says of an order after %s what it says of it', (deed, changes) => {
  expect(afterDeed(order, field, deed)).toEqual({ ...order, ...changes })
})

function fieldOf(schema: object): Field {
  const text = JSON.stringify(schema)
  const { document } = documentOf({ paths: ['a.json'], read: (path) => ({ path, text }) }, 'a.json')
  return bodyField(rootOf(document!))
}
