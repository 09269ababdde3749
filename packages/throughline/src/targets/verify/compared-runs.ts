import type { KeptFinding, KeptRun } from './kept-run.ts'

/** What a run says beside the one before it. */
export interface ComparedRuns {
  /** The run before. */
  readonly id: string
  readonly started: string
  /** Fingerprints of what that one did not find. */
  readonly fresh: ReadonlySet<string>
  /** What that one found, and this one does not any more. */
  readonly gone: readonly KeptFinding[]
}

/**
 * A run beside the newest one before it that asked the same of the same target and came to its end. `undefined` where
 * there is none. What a run does not find that was stopped says nothing: then nothing is gone.
 */
export function comparedRuns(run: KeptRun, all: readonly KeptRun[]): ComparedRuns | undefined {
  const before = all
    .filter((one) => one.id < run.id && one.outcome === 'done' && scopeOf(one) === scopeOf(run))
    .toSorted((one, other) => (one.id < other.id ? 1 : -1))[0]
  if (before === undefined) return undefined
  const then = new Set(before.findings.map(({ fingerprint }) => fingerprint))
  const now = new Set(run.findings.map(({ fingerprint }) => fingerprint))
  return {
    id: before.id,
    started: before.started,
    fresh: new Set([...now].filter((one) => !then.has(one))),
    gone:
      run.outcome === 'done'
        ? before.findings.filter(({ fingerprint }) => !now.has(fingerprint))
        : [],
  }
}

function scopeOf({ target, phases, readOnly, narrowed }: KeptRun): string {
  return JSON.stringify([target, [...phases].toSorted(), readOnly, narrowed])
}
