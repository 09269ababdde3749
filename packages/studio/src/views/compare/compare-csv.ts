import { csvOf } from '../../ui/csv.ts'
import { strings } from '../../strings.ts'
import type { Comparison, Pair } from './compared.ts'
import { words } from './words.ts'

/** A comparison as a table: a row for each field, operation, state, promise and feeling of each row of steps. */
export function compareCsv({ left, right }: Comparison, pairs: readonly Pair[]): string {
  const { csv } = words
  const row = (
    pair: Pair,
    kind: string,
    name: string,
    ours: string | number | undefined,
    theirs: string | number | undefined,
  ) => [pair.left?.title, pair.right?.title, kind, name, ours, theirs]
  return csvOf([
    [
      csv.stepOf(left.journey.title),
      csv.stepOf(right.journey.title),
      csv.kind,
      csv.name,
      csv.in(left.journey.title),
      csv.in(right.journey.title),
    ],
    ...pairs.flatMap((pair) => [
      ...(['fields', 'operations'] as const).flatMap((kind) =>
        (['both', 'left', 'right'] as const).flatMap((side) =>
          pair[kind][side].map((one) =>
            row(
              pair,
              csv.kinds[kind],
              'path' in one && kind === 'fields' ? `${one.operation} ${one.path}` : one.operation,
              side === 'right' ? undefined : csv.yes,
              side === 'left' ? undefined : csv.yes,
            ),
          ),
        ),
      ),
      ...pair.states.map((state) =>
        row(
          pair,
          csv.kinds.states,
          state.condition,
          state.left && (state.left.show ?? strings.state[state.left.status]),
          state.right && (state.right.show ?? strings.state[state.right.status]),
        ),
      ),
      row(
        pair,
        csv.kinds.budget,
        'p75 ms',
        pair.left?.budget.promised,
        pair.right?.budget.promised,
      ),
      row(pair, csv.kinds.feeling, '', pair.left?.feeling?.score, pair.right?.feeling?.score),
    ]),
  ])
}
