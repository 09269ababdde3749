import type { SourceFile } from './source.ts'

/** Lines and columns count from 1; a column counts UTF-16 units. `end` is exclusive. */
export interface Position {
  readonly line: number
  readonly column: number
}
export interface Range {
  readonly start: Position
  readonly end: Position
}

/** Keys and indexes from the root of a document to a value. */
export type Path = readonly (string | number)[]

/** Which part of a file is meant. Only `locate` turns it into lines and columns, and only when somebody asks. */
export type Place =
  | { readonly kind: 'key'; readonly path: Path } // the key (or array dash) that holds the value
  | { readonly kind: 'value'; readonly path: Path }
  | { readonly kind: 'offsets'; readonly start: number; readonly end: number } // UTF-16 offsets into the text

/** A file that can say where its values stand. Asking for many places at once costs one pass over the text. */
export interface Source {
  readonly file: SourceFile
  /** Ranges in the order of the places. A path that does not exist gives the range of its nearest existing ancestor. */
  locate(places: readonly Place[]): readonly Range[]
}

/** Where something was written. */
export interface Origin {
  readonly source: Source
  readonly place: Place
}

/** The smallest part of a file that an editor would underline. */
export interface Span {
  readonly file: string
  readonly range: Range
}
