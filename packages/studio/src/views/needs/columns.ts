import type {
  MatrixJourney,
  MatrixStep,
  NeedsCell,
  NeedsMatrix,
  NeedStatus,
} from '@throughline/core'

/** A column of the matrix: a step, or a whole journey whose steps are folded. */
export type Column =
  | {
      readonly kind: 'step'
      readonly id: string
      readonly journey: MatrixJourney
      readonly step: MatrixStep
    }
  | { readonly kind: 'journey'; readonly id: string; readonly journey: MatrixJourney }

/** With more steps than this, journeys are folded into one column each until somebody opens one. */
const most = 16

export function foldable(matrix: NeedsMatrix): boolean {
  return matrix.journeys.reduce((sum, { steps }) => sum + steps.length, 0) > most
}

/** The columns in the order of the workspace; `open` names journeys whose steps stand one by one. */
export function columnsOf(matrix: NeedsMatrix, open: ReadonlySet<string>): readonly Column[] {
  const folds = foldable(matrix)
  return matrix.journeys.flatMap((journey): readonly Column[] =>
    folds && !open.has(journey.name)
      ? [{ kind: 'journey', id: journey.name, journey }]
      : journey.steps.map((step) => ({ kind: 'step', id: step.name, journey, step })),
  )
}

/** The columns of each journey that has any, in order. */
export function journeysOf(
  columns: readonly Column[],
): readonly { readonly journey: MatrixJourney; readonly columns: readonly Column[] }[] {
  return [...Map.groupBy(columns, ({ journey }) => journey)].map(([journey, its]) => ({
    journey,
    columns: its,
  }))
}

/** The needs that stand in a column. */
export function cellsIn(column: Column, cells: readonly NeedsCell[]): readonly NeedsCell[] {
  if (cells.length === 0) return cells
  if (column.kind === 'step') return cells.filter(({ step }) => step === column.id)
  return cells.filter(({ step }) => column.journey.steps.some(({ name }) => name === step))
}

const worstFirst = ['missing', 'optional', 'planned-for', 'covered'] as const

/** The status that needs somebody most. */
export function worstOf(cells: readonly NeedsCell[]): NeedStatus | undefined {
  return worstFirst.find((status) => cells.some((cell) => cell.status === status))
}

/** Names of the steps with a need that no contract has: their stations are red. */
export function stepsWithGaps({ operations }: NeedsMatrix): ReadonlySet<string> {
  return new Set(
    operations.flatMap(({ rows }) =>
      rows.flatMap(({ cells }) =>
        cells.flatMap(({ status, step }) => (status === 'missing' ? [step] : [])),
      ),
    ),
  )
}
