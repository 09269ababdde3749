import type { ReferenceOperation } from '@throughline/core'
import type { Lens } from '../../address.ts'
import type { ReferenceSearch } from './search.ts'

/** What each part of the page about an operation is given: what is shown, for whom, and what is selected in it. */
export interface OperationPart {
  readonly operation: ReferenceOperation
  readonly lens: Lens
  readonly place: ReferenceSearch
  readonly onPlace: (place: ReferenceSearch) => void
}

/** Where a field of a part of the operation stands in the address; the whole part without a field. */
export function placeOf(part: string | undefined, field: string | undefined): ReferenceSearch {
  return {
    ...(part !== undefined && { part }),
    ...(field !== undefined && field !== '' && { field }),
  }
}
