import type { OwnedDiagnostic } from '@throughline/core'
import { nobody, type DiagnosticsSearch } from './search.ts'

export type Facet = 'side' | 'severity' | 'owner' | 'code'

/** Problems that the address asks for. `without` leaves one facet open, to count what choosing there would find. */
export function filtered(
  problems: readonly OwnedDiagnostic[],
  search: DiagnosticsSearch,
  without?: Facet,
): readonly OwnedDiagnostic[] {
  const words = (search.find ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const asked = (facet: Facet): string | undefined =>
    facet === without ? undefined : search[facet]
  const [side, severity, owner, code] = [
    asked('side'),
    asked('severity'),
    asked('owner'),
    asked('code'),
  ]
  return problems.filter(
    (one) =>
      (side === undefined || one.side === side) &&
      (severity === undefined || one.severity === severity) &&
      (code === undefined || one.code === code) &&
      (owner === undefined || ownersOf(one).includes(owner)) &&
      words.every((word) =>
        `${one.message} ${one.file} ${one.rule} ${one.code}`.toLowerCase().includes(word),
      ),
  )
}

/** How many problems each value of a facet would leave, with the other facets as they are. */
export function countsOf(
  problems: readonly OwnedDiagnostic[],
  search: DiagnosticsSearch,
  facet: Facet,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const one of filtered(problems, search, facet))
    for (const value of facet === 'owner' ? ownersOf(one) : [one[facet]])
      counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

export interface ProblemGroup {
  readonly side: OwnedDiagnostic['side']
  /** Most to mend first; what nobody owns last. */
  readonly teams: readonly {
    /** Empty: nobody's. */
    readonly owners: readonly string[]
    readonly problems: readonly OwnedDiagnostic[]
  }[]
  readonly count: number
}

/** Problems by who mends them: the side, then the team; worst first within. */
export function grouped(problems: readonly OwnedDiagnostic[]): readonly ProblemGroup[] {
  return (['ux', 'backend', 'both'] as const).flatMap((side) => {
    const ofSide = problems.filter((one) => one.side === side)
    if (ofSide.length === 0) return []
    const teams = [...Map.groupBy(ofSide, (one) => one.owners.join('\n')).values()]
      .map((ofTeam) => ({ owners: ofTeam[0]!.owners, problems: worstFirst(ofTeam) }))
      .toSorted(
        (one, other) =>
          Number(one.owners.length === 0) - Number(other.owners.length === 0) ||
          other.problems.length - one.problems.length,
      )
    return [{ side, teams, count: ofSide.length }]
  })
}

function ownersOf({ owners }: OwnedDiagnostic): readonly string[] {
  return owners.length === 0 ? [nobody] : owners
}

function worstFirst(problems: readonly OwnedDiagnostic[]): readonly OwnedDiagnostic[] {
  const order = ['error', 'warning', 'info']
  return problems.toSorted(
    (one, other) => order.indexOf(one.severity) - order.indexOf(other.severity),
  )
}
