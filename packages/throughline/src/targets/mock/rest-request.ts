import type { Operation } from '@throughline/core'
import type { MockRequest } from './mock-request.ts'
import type { Preferences } from './prefer.ts'
import type { Resources } from './world/resources.ts'

/** A request, and what it was found to ask for. */
export interface RestRequest {
  readonly request: MockRequest
  readonly operation: Operation
  /** As they came, percent-encoded. */
  readonly pathParameters: ReadonlyMap<string, string>
  readonly path: string
  /** Without what a preference says: `__code=404`. */
  readonly query: string
  readonly preferences: Preferences
  readonly resources: Resources
}
