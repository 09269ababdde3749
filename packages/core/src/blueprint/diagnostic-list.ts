import type { FramedDiagnostic } from './blueprint.ts'

/** Whose mend it usually is. */
export type Side = 'ux' | 'backend' | 'both'

/** `GET /api/diagnostics`. */
export interface DiagnosticList {
  /** The first thousand that fit the filter, worst first. */
  readonly diagnostics: readonly OwnedDiagnostic[]
  /** How many fit the filter. */
  readonly matching: number
  /** How many there are in all. */
  readonly total: number
  // Each count says what choosing that value would find, with the other filters as they are.
  readonly sides: Readonly<Record<Side, number>>
  readonly severities: Readonly<Record<'error' | 'warning' | 'info', number>>
  /** Every rule that found something, most found first within its severity. */
  readonly rules: readonly RuleCount[]
  /** Teams with something to mend, most first; without a name: what nobody owns. */
  readonly owners: readonly OwnerCount[]
}

export interface OwnedDiagnostic extends FramedDiagnostic {
  readonly side: Side
  /** Teams that own what it is about: of the journey, of the API, or of both. */
  readonly owners: readonly string[]
  /** Where the studio shows what it is about; absent for what stands on no page. */
  readonly url?: string
}

export interface RuleCount {
  readonly code: string
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly side: Side
  /** `Need not in contract`: the first line of its explanation. */
  readonly title: string
  readonly count: number
}

export interface OwnerCount {
  readonly owner?: string
  readonly role?: 'ux' | 'frontend' | 'backend'
  readonly count: number
  readonly errors: number
}

/** `GET /api/explanations/{code}`. */
export interface Explanation {
  readonly code: string
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly side: Side
  readonly title: string
  /** Markdown: what it means, a wrong and a right example. */
  readonly text: string
}
