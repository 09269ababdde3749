import type { evidenceColumns } from '@throughline/core'

/** Batches of events by columns, as the log and the column store take them: strings once, rows as numbers of strings. */
export interface PackedEvents {
  /** How many rows each batch has, in order. */
  readonly batches: readonly (readonly [id: string, rows: number])[]
  readonly rows: number
  /** Only columns that any row has. */
  readonly columns: ReadonlyMap<ColumnName, PackedColumn>
}
export type ColumnName = keyof typeof evidenceColumns
/** `indexes[row]` is 0 where there is nothing, else 1 + the place in `words`. A number that is not there is `NaN`. */
export type PackedColumn =
  | {
      readonly kind: 'words'
      readonly words: readonly string[]
      readonly indexes: Uint16Array | Uint32Array
    }
  | { readonly kind: 'numbers'; readonly numbers: Float64Array }

/** Every part begins at a multiple of eight bytes. */
export function padded(length: number): number {
  return (length + 7) & ~7
}

/** Small numbers of strings take half the room. */
export function indexArray(words: number): typeof Uint16Array | typeof Uint32Array {
  return words < 65_535 ? Uint16Array : Uint32Array
}
