import type { Document } from '../text/site.ts'
import type { SourceFile } from '../text/source.ts'

/** Stands in where a file is missing or holds no values: everything about it stands at its beginning. */
export function emptyDocument(file: SourceFile): Document {
  const start = { line: 1, column: 1 }
  return {
    file,
    value: {},
    dialect: 'json-schema-2020-12',
    base: file.path,
    open: () => undefined,
    locate: (places) => places.map(() => ({ start, end: start })),
  }
}
