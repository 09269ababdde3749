import type { Segment } from '../schema/field-path.ts'
import type { Site } from '../text/site.ts'

/** What a rule found between two contracts, before anybody asked whom it touches. */
export interface Finding {
  readonly code: string
  readonly name?: string
  /** Values as JSON, short. */
  readonly from?: unknown
  readonly to?: unknown
  readonly before?: Site | undefined
  readonly after?: Site | undefined
  /** The step from where it was found to what it is about: the property that is gone. */
  readonly under?: Segment
  /** GraphQL: the argument of the field below that it is about. */
  readonly argument?: string
  /** GraphQL: only documents with a fragment on this type notice. */
  readonly fragment?: string
  /** Whatever else tells it from its like. */
  readonly about?: string
}
