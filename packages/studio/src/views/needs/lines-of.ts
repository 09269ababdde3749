import type { NeedsGroup, NeedsMatrix, NeedsRow } from '@throughline/core'
import type { NeedsSearch } from './needs-address.ts'

/** One line of the matrix, all of the same height. */
export type Line =
  | {
      readonly kind: 'group'
      readonly id: string
      readonly group: NeedsGroup
      readonly rows: number
    }
  | {
      readonly kind: 'row'
      readonly id: string
      readonly group: NeedsGroup
      readonly row: NeedsRow
    }
  | { readonly kind: 'rest'; readonly id: string; readonly group: NeedsGroup }

/** What the matrix shows for a filter: every group with a row that passes, and its rows. */
export function linesOf(
  { operations }: NeedsMatrix,
  {
    show,
    only,
    q = '',
  }: {
    readonly show?: NeedsSearch['show'] | undefined
    readonly only?: string | undefined
    readonly q?: string | undefined
  },
): readonly Line[] {
  const letters = q.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return operations.flatMap((group): readonly Line[] => {
    if (only !== undefined && group.operation !== only) return []
    const rows = group.rows.filter((row) => passes(row, show) && says(group, row, letters))
    const rest =
      show === undefined && letters.length === 0 && (group.leftOut.fields > 0 || group.leftOut.more)
    if (rows.length === 0 && !rest) return []
    return [
      { kind: 'group', id: group.operation, group, rows: rows.length },
      ...rows.map((row): Line => ({ kind: 'row', id: lineId(group, row), group, row })),
      ...(rest ? [{ kind: 'rest', id: `${group.operation} rest`, group } as const] : []),
    ]
  })
}

function lineId(group: Pick<NeedsGroup, 'operation'>, row: Pick<NeedsRow, 'path'>): string {
  return `${group.operation} ${row.path}`
}

/** A need that no contract has, or that may be absent without anybody saying what is shown then. */
function isGap({ cells }: NeedsRow): boolean {
  return cells.some(({ status }) => status === 'missing' || status === 'optional')
}

function passes(row: NeedsRow, show: NeedsSearch['show']): boolean {
  if (show === 'gaps') return isGap(row)
  return show === 'unused' ? row.unused : true
}

function says(group: NeedsGroup, row: NeedsRow, letters: readonly string[]): boolean {
  if (letters.length === 0) return true
  const text = [row.path, row.label, row.type, row.class, group.operation, group.path, group.title]
    .join(' ')
    .toLowerCase()
  return letters.every((part) => text.includes(part))
}

/** What there is to choose between, over all rows. */
export function countsOf({ operations, totals }: NeedsMatrix): {
  readonly all: number
  readonly gaps: number
  readonly unused: number
} {
  const gaps = operations.reduce((sum, { rows }) => sum + rows.filter(isGap).length, 0)
  return { all: totals.rows, gaps, unused: totals.unused }
}
