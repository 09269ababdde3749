import type { ChangeReview, ReviewedChange, ReviewedJourney } from '@throughline/core'
import type { ReviewSearch, Verdict } from './review-address.ts'

/** A journey with the changes that are shown under it; those that hit another one harder are only named. */
interface ShownJourney {
  readonly journey: ReviewedJourney
  readonly changes: readonly ReviewedChange[]
  readonly also: readonly ReviewedChange[]
}

export interface ShownChanges {
  readonly journeys: readonly ShownJourney[]
  /** What touches no screen. */
  readonly others: readonly ReviewedChange[]
  readonly accepted: readonly ReviewedChange[]
  readonly count: number
}

/** What the filters leave, by journey. Each change is told whole once: under the journey that it hits first. */
export function shownChanges(
  { changes, journeys }: Pick<ChangeReview, 'changes' | 'journeys'>,
  filter: Pick<ReviewSearch, 'journey' | 'team' | 'verdict'>,
): ShownChanges {
  const byFingerprint = new Map(changes.map((one) => [one.fingerprint, one]))
  const left = new Set(changes.filter((one) => fits(one, journeys, filter)))
  const told = new Set<ReviewedChange>()
  const shown = journeys.flatMap((journey): ShownJourney[] => {
    if (filter.journey !== undefined && journey.name !== filter.journey) return []
    const all = journey.changes
      .flatMap((one) => byFingerprint.get(one) ?? [])
      .filter((one) => left.has(one))
    if (all.length === 0) return []
    const fresh = all.filter((one) => !told.has(one))
    for (const one of fresh) told.add(one)
    return [{ journey, changes: fresh, also: all.filter((one) => !fresh.includes(one)) }]
  })
  const rest = [...left].filter((one) => !told.has(one))
  return {
    journeys: shown,
    others: rest.filter((one) => one.accepted === undefined),
    accepted: rest.filter((one) => one.accepted !== undefined),
    count: left.size,
  }
}

export function verdictOf({ accepted, effect }: ReviewedChange): Verdict {
  return accepted !== undefined ? 'accepted' : (effect ?? 'none')
}

/** Teams that something belongs to: owners of the changed APIs and of the touched journeys. */
export function teamsIn({
  changes,
  journeys,
}: Pick<ChangeReview, 'changes' | 'journeys'>): readonly string[] {
  const owners = [...changes, ...journeys].flatMap(({ owner }) => owner ?? [])
  return [...new Set(owners)].toSorted()
}

function fits(
  change: ReviewedChange,
  journeys: readonly ReviewedJourney[],
  { journey, team, verdict }: Pick<ReviewSearch, 'journey' | 'team' | 'verdict'>,
): boolean {
  if (verdict !== undefined && verdictOf(change) !== verdict) return false
  const touched = change.impact.map(({ step }) => step.slice(0, step.lastIndexOf('/')))
  if (journey !== undefined && !touched.includes(journey)) return false
  if (team === undefined || change.owner === team) return true
  return journeys.some(({ name, owner }) => owner === team && touched.includes(name))
}
