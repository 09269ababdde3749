import type { LocatedDiagnostic } from '@throughline/core'
import type { Ruleset } from './rulesets.ts'

/** One finding of a team's own linter, before it becomes a diagnostic. Lines and columns count from 1. */
export interface LintFinding {
  readonly code: 'TL4006' | 'TL4007'
  readonly severity: LocatedDiagnostic['severity']
  readonly file: string
  readonly range: LocatedDiagnostic['range']
  readonly details: Readonly<Record<string, string>>
}

/** What a worker is asked: one ruleset over one contract. */
export interface LintJob {
  readonly root: string
  readonly contract: string
  readonly ruleset: Ruleset
}

/** A linter that could not run is said once, at the contract it should have read. */
export function unavailable(job: LintJob, reason: string): LintFinding {
  const start = { line: 1, column: 1 }
  return {
    code: 'TL4007',
    severity: 'warning',
    file: job.ruleset.file ?? job.contract,
    range: { start, end: start },
    details: {
      ruleset: job.ruleset.file ?? job.ruleset.linter,
      reason: reason.split('\n')[0]!.slice(0, 300),
    },
  }
}
