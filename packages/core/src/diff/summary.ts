import type { Change, ChangeLevel, ImpactSeverity, Report, Summary } from './change.ts'

const order: Readonly<Record<ChangeLevel, number>> = { breaking: 0, warning: 1, info: 2 }

/** Puts changes in the order people read them (worst first, then by what they touch) and sums them up. */
export function reportOf(found: readonly Change[]): Report {
  const changes = found.toSorted(
    (a, b) =>
      order[a.level] - order[b.level] ||
      b.reach.counts.steps - a.reach.counts.steps ||
      compared(a.api ?? '', b.api ?? '') ||
      compared(a.operation?.path ?? '', b.operation?.path ?? '') ||
      compared(a.operation?.method ?? '', b.operation?.method ?? '') ||
      compared(a.location, b.location) ||
      compared(a.code, b.code),
  )
  return { changes, summary: summaryOf(changes) }
}

function summaryOf(changes: readonly Change[]): Summary {
  const undecidable = changes.filter((one) => one.class === 'depends')
  return {
    breaking: countOf(changes, 'breaking'),
    warning: countOf(changes, 'warning'),
    info: countOf(changes, 'info'),
    stepsBroken: stepsOf(changes, ['breaks']),
    stepsDegraded: stepsOf(changes, ['degrades', 'surprises']),
    stepsHelped: stepsOf(changes, ['helps']),
    verdict: changes[0]?.level ?? 'none',
    undecidable: {
      count: undecidable.length,
      decided: undecidable.filter((one) => one.decidedBy === 'journeys').length,
    },
    semver: semverOf(changes),
  }
}

function countOf(changes: readonly Change[], level: ChangeLevel): number {
  return changes.filter((one) => one.level === level).length
}

function stepsOf(
  changes: readonly Change[],
  severities: readonly ImpactSeverity[],
): readonly string[] {
  const steps = changes.flatMap(({ impact }) =>
    impact.filter((one) => severities.includes(one.severity)).map((one) => one.step),
  )
  return [...new Set(steps)].toSorted(compared)
}

/** Semantic versioning 2.0.0: what consumers see decides. Words only (DOCS) are a patch. */
function semverOf(all: readonly Change[]): Summary['semver'] {
  const changes = all.filter((one) => !one.location.startsWith('journey:'))
  if (changes.length === 0) return 'none'
  if (changes.some((one) => one.level === 'breaking' || one.class === 'breaking')) return 'major'
  return changes.some((one) => one.promise !== 'DOCS') ? 'minor' : 'patch'
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
