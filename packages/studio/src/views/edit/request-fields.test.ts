import type { ReferenceOperation, SchemaNode } from '@throughline/core'
import { expect, test } from 'vitest'
import { requestFieldsOf } from './request-fields.ts'

const node = (path: string, more: Partial<SchemaNode> = {}): SchemaNode => ({
  path,
  name: path.split('.').at(-1) ?? '',
  type: 'string',
  base: 'string',
  required: true,
  nullable: false,
  deprecated: false,
  readOnly: false,
  writeOnly: false,
  constraints: [],
  usedBy: [],
  usedInside: 0,
  missing: false,
  hasChildren: false,
  ...more,
})
const parameter = (
  name: string,
  where: 'path' | 'query' | 'header',
): ReferenceOperation['parameters'][number] => ({
  name,
  in: where,
  required: where === 'path',
  deprecated: false,
  field: node(''),
  examples: [],
  sentBy: [],
})

test('a screen fills in parameters and the leaves of the body, and no header or read-only field', () => {
  const root = node('', {
    children: [
      node('slotId'),
      node('id', { readOnly: true }),
      node('address', {
        required: false,
        hasChildren: true,
        children: [node('address.street'), node('address.note', { required: false })],
      }),
    ],
  })
  const request = {
    required: true,
    content: [{ type: 'application/json', root, examples: [] }],
  }
  const parameters = [
    parameter('orderId', 'path'),
    parameter('slotId', 'query'),
    parameter('Idempotency-Key', 'header'),
  ]
  expect(requestFieldsOf({ parameters, request })).toEqual([
    { path: 'orderId', type: 'string', required: true },
    { path: 'slotId', type: 'string', required: false },
    { path: 'address.street', type: 'string', required: false },
    { path: 'address.note', type: 'string', required: false },
  ])
  expect(requestFieldsOf({ parameters: [] })).toEqual([])
})
