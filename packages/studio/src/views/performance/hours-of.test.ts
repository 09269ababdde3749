import { expect, test } from 'vitest'
import { evidence } from '../../../test/checkout-evidence.ts'
import { operationsWithHours } from './hours-of.ts'
import { hoursCsv } from './performance-csv.ts'

const report = {
  ...evidence,
  operations: [
    { ...evidence.operations[0]!, operation: 'store.getHome', calls: 5000, hours: [] },
    { ...evidence.operations[0]!, operation: 'store.getBasket', calls: 60 },
    ...evidence.operations,
  ],
}

test('gives the operations with hours, the most called first, with the steps that call them', () => {
  expect(
    operationsWithHours(report).map(({ operation: name, hours, steps }) => [
      name,
      hours.length,
      steps.map(({ title }) => title),
    ]),
  ).toEqual([
    ['logistics.listSlots', 12, ['Pick a delivery slot']],
    ['store.getBasket', 12, ['Pick a delivery slot']],
  ])
})

test('writes the hours as CSV', () => {
  expect(hoursCsv(report).trim().split(/\r?\n/).slice(1, 3)).toEqual([
    'logistics.listSlots,2026-11-21T08:00:00.000Z,60,310,500',
    'logistics.listSlots,2026-11-21T09:00:00.000Z,61,290,500',
  ])
})
