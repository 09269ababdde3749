import type { Cell } from '../../targets/audit/audit.ts'

/** What an earlier run has to do with this one. */
export interface Compared {
  /** Bad cells that were not bad before. */
  readonly fresh: readonly Cell[]
  /** Cells that were bad and are good now. */
  readonly mended: readonly Cell[]
}

/** The ids of the bad cells of an earlier `audit --json`; `undefined` for what is no such report. */
export function knownBad(value: unknown): ReadonlySet<string> | undefined {
  const cells =
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'cells')
      ? (value as { readonly cells: unknown }).cells
      : undefined
  if (!Array.isArray(cells)) return undefined
  return new Set(
    cells.flatMap((cell: unknown) =>
      typeof cell === 'object' &&
      cell !== null &&
      'id' in cell &&
      typeof cell.id === 'string' &&
      'bad' in cell &&
      cell.bad === true
        ? [cell.id]
        : [],
    ),
  )
}

/** Which cells are worse, and which are mended, since those ids were bad. */
export function compared(cells: readonly Cell[], known: ReadonlySet<string>): Compared {
  return {
    fresh: cells.filter(({ bad, id }) => bad && !known.has(id)),
    mended: cells.filter(({ bad, id }) => !bad && known.has(id)),
  }
}
