import { expect, test } from 'vitest'
import { sharedJson } from './shared-json.ts'

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

test('writes names that objects inherit like any other', () => {
  const odd = JSON.parse(
    `{"__proto__":${JSON.stringify(customer)},"toString":1,"customer":2}`,
  ) as Record<string, unknown>
  expect(jsonOf({ ...odd, customer })).toBe(JSON.stringify({ ...odd, customer }))
})
