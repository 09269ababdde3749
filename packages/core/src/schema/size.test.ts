import { expect, test } from 'vitest'
import { bodyField, fieldPaths } from './fields.ts'
import { written } from './fixtures/written.ts'
import { estimatedFieldSize, estimatedSize } from './size.ts'

const basket = {
  type: 'object',
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { sku: { type: 'string', format: 'uuid' }, note: { type: 'string' } },
      },
    },
    total: { type: 'integer', enum: [100] },
    next: { $ref: '#' },
  },
}

test('takes an example of the contract for typical', () => {
  const example = { items: [{ sku: 'é' }], total: 100 }
  const sample = estimatedSize(written(basket), [example])
  expect(sample).toMatchObject({
    from: 'example',
    text: '{"items":[{"sku":"é"}],"total":100}',
    bytes: 36,
  })
})

test('makes an answer with a page of items where nobody wrote one', () => {
  const sample = estimatedSize(written(basket))
  expect((sample.value as { items: unknown[] }).items).toHaveLength(20)
  expect(sample.bytes).toBeGreaterThan(20 * 36)
  expect(sample.bytes).toBeLessThan(2 * 20 * 150)
})

test('is the same sample the second time', () => {
  const schema = written(basket)
  expect(estimatedSize(schema)).toBe(estimatedSize(schema))
})

test('knows nothing of an answer without a schema', () => {
  expect(estimatedSize(undefined).bytes).toBe(4)
})

test('says what each field weighs, and no more than the whole', () => {
  const schema = written(basket)
  const sample = estimatedSize(schema)
  const sizes = new Map(
    [...fieldPaths(bodyField(schema), { depth: 3 })].map((field) => [
      field.path,
      estimatedFieldSize(field, sample),
    ]),
  )
  expect(sizes.get('items[].sku')).toBe(20 * ('"sku":,'.length + 38))
  expect(sizes.get('total')).toBe('"total":,100'.length)
  expect(sizes.get('items')! + sizes.get('total')!).toBeLessThan(sample.bytes + 10)
})

test('says what a field weighs without a sample, and nothing for what an example leaves out', () => {
  const fields = [...fieldPaths(bodyField(written(basket)))]
  const sku = fields.find((field) => field.path === 'items[].sku')!
  expect(estimatedFieldSize(sku)).toBe(20 * 45)
  expect(estimatedFieldSize(sku, estimatedSize(undefined, [{ items: [] }]))).toBe(0)
})
