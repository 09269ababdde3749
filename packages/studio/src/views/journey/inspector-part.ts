import type { Blueprint } from '@throughline/core'
import type { Selection } from '../../address.ts'

/** What each part of the inspector is given: the journey it stands in, and the way to anything else of it. */
export interface InspectorPart {
  readonly blueprint: Blueprint
  readonly onSelect: (selection: Selection) => void
}
