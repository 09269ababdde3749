import type { FreshnessRow } from '../../client/studio-client.ts'
import { words } from './words.ts'

const { column, verdict: verdictWords } = words.freshness

/** The reads as a table for a spreadsheet: a head, then a row for each. Ages in seconds. */
export function freshnessRows(
  rows: readonly FreshnessRow[],
): readonly (readonly (string | number | undefined)[])[] {
  return [
    [
      words.journey,
      'Step',
      column.step,
      'Operation',
      'Fields',
      `${column.call} (s)`,
      `${column.policy} (s)`,
      column.contract,
      column.observed,
      'Verdict',
      column.advice,
    ],
    ...rows.map(
      ({ step, screen, operation, fields, call, policy, contract, observed, verdict, advice }) =>
        [
          step.journey,
          step.step,
          screen,
          operation,
          fields.join(', '),
          call ?? policy,
          policy,
          contract,
          observed,
          verdictWords[verdict].short,
          advice.join(' '),
        ] as const,
    ),
  ]
}
