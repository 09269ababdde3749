import type { OwnedDiagnostic } from '@throughline/core'
import { expect, test } from 'vitest'
import { grouped } from './grouped.ts'
import { diagnosticsSearchOf } from './search.ts'

const at = { start: { line: 4, column: 1, offset: 0 }, end: { line: 4, column: 9, offset: 8 } }
function problem(
  message: string,
  rest: Pick<OwnedDiagnostic, 'code' | 'severity' | 'side' | 'owners'>,
): OwnedDiagnostic {
  return {
    message,
    rule: 'need-not-in-contract',
    file: 'journeys/checkout.journey.yaml',
    range: at,
    frame: { firstLine: 4, lines: ['steps:'] },
    help: '',
    ...rest,
  }
}

const fee = problem('Needs `fee`', {
  code: 'TL2003',
  severity: 'error',
  side: 'backend',
  owners: ['logistics'],
})
const empty = problem('Nobody designed `empty`', {
  code: 'TL3001',
  severity: 'warning',
  side: 'ux',
  owners: ['checkout'],
})
const coupon = problem('Needs `coupon`', {
  code: 'TL2003',
  severity: 'warning',
  side: 'backend',
  owners: [],
})
const all = [coupon, empty, fee]

test('problems stand by side and team, and what nobody owns comes last', () => {
  expect(
    grouped(all).map(({ side, count, teams }) => [side, count, teams.map(({ owners }) => owners)]),
  ).toEqual([
    ['ux', 1, [['checkout']]],
    ['backend', 2, [['logistics'], []]],
  ])
})

test('an address that somebody typed wrongly filters nothing', () => {
  expect(diagnosticsSearchOf({ side: 'sales', severity: 'error', code: 7 })).toEqual({
    severity: 'error',
  })
})
