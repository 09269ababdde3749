import { expect, test } from 'vitest'
import { sharedJson } from './shared-json.ts'
import { copied } from './world/copies.ts'

const customer = { name: 'Ada Lovelace', address: { street: 'x'.repeat(120), 'zip "code"': '1' } }
const example = { name: 'example', value: { id: 1, customer, lines: [], note: null } }

function jsonOf(value: unknown): string {
  return Buffer.from(sharedJson(value, [example as never])).toString()
}

test('writes what stands in an example as JSON does, whatever is put beside it', () => {
  const orders: unknown[] = [
    example.value,
    { ...example.value, id: 2, 'a "coupon"': 'ä\n', gone: undefined },
    { ...example.value, customer: { ...customer, name: 'Grace Hopper' } },
    { customer },
    { lines: [1], total: Number.NaN },
    { before: '€', ...example.value, after: '€' },
    { note: null, lines: example.value.lines, customer, id: 1 },
    { customer, more: 'ä'.repeat(100_000) },
    [customer],
    'text',
    null,
    {},
  ]
  for (let turn = 0; turn < 2; turn++)
    for (const one of orders) expect(jsonOf(one)).toBe(JSON.stringify(one))
})

test('looks only at the changes of what is known to be a copy of the example', () => {
  const before = example.value
  const changes: Record<string, unknown>[] = [
    { note: 'ä "€"', id: 2 },
    { id: 1 },
    { id: undefined, customer: { name: 'Grace Hopper' } },
    { lines: [1], gone: true },
    {},
  ]
  for (const changed of changes) {
    const order = { ...before, ...changed }
    copied(order, before, Object.keys(changed), undefined)
    expect(jsonOf(order)).toBe(JSON.stringify(order))
  }
  const last = { ...before, note: undefined }
  expect(jsonOf(copied(last, before, ['note'], undefined))).toBe(JSON.stringify(last))
})

test('writes names that objects inherit like any other', () => {
  const odd = JSON.parse(
    `{"__proto__":${JSON.stringify(customer)},"toString":1,"customer":2}`,
  ) as Record<string, unknown>
  expect(jsonOf({ ...odd, customer })).toBe(JSON.stringify({ ...odd, customer }))
})
