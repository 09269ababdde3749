import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Document } from '../../text/site.ts'

/** The document against the specification's own JSON Schema. */
export function validityOf(_document: Document): readonly Diagnostic[] {
  return []
}
