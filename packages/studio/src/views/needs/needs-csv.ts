import { csvOf } from '../../ui/csv.ts'
import { strings } from '../../strings.ts'
import { cellsIn, worstOf, type Column } from './columns.ts'
import type { Line } from './lines-of.ts'
import { words } from './words.ts'

/** The lines and columns that are shown, as a table: a row for each field, a column for each step. */
export function needsCsv(lines: readonly Line[], columns: readonly Column[]): string {
  const { operation, method, path, field, label, type, class: dataClass, usedBy } = words.csv
  return csvOf([
    [
      operation,
      method,
      path,
      field,
      label,
      type,
      dataClass,
      usedBy,
      ...columns.map((column) =>
        column.kind === 'step'
          ? `${column.journey.title}: ${column.step.title}`
          : column.journey.title,
      ),
    ],
    ...lines.flatMap((line) => {
      if (line.kind !== 'row') return []
      const { group, row } = line
      return [
        [
          group.operation,
          group.method,
          group.path,
          row.path,
          row.label,
          row.type,
          row.class,
          row.usedBy,
          ...columns.map((column) => {
            const status = worstOf(cellsIn(column, row.cells))
            return status === undefined ? undefined : strings.need[status]
          }),
        ],
      ]
    }),
  ])
}
