import { expect, test } from 'vitest'
import { classificationDetails, classificationNames } from './data-classification.ts'

test.each([
  [{ category: 'PII' }, ['PII', 'personal', 'personal-data']],
  [{ category: 'PII', sensitivity: 'public' }, []],
  [{ sensitivity: 'restricted' }, ['restricted']],
  ['personal', ['personal', 'pii']],
  [
    ['payment', 'secret'],
    ['payment', 'secret', 'credential', 'secrets'],
  ],
  ['true', ['personal', 'pii', 'sensitive']],
  ['no', []],
  [false, []],
  [undefined, []],
  [{ category: { PII: true } }, []],
  ['constructor', ['constructor']],
])('reads %j', (written, names) => {
  expect(classificationNames(written)).toEqual(names)
})

test('reads how it is hidden, and takes nothing that is no text', () => {
  expect(
    classificationDetails({ sensitivity: 'restricted', masking: { strategy: 'partial' } }),
  ).toEqual({ sensitivity: 'restricted', masking: 'partial' })
  expect(classificationDetails({ sensitivity: 3, masking: 'partial' })).toEqual({})
})
