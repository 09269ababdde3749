import type { OwnedDiagnostic } from '@throughline/core'

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

/** Problems by who mends them: the side, then the team, in the order given. */
export function grouped(problems: readonly OwnedDiagnostic[]): readonly ProblemGroup[] {
  return (['ux', 'backend', 'both'] as const).flatMap((side) => {
    const ofSide = problems.filter((one) => one.side === side)
    if (ofSide.length === 0) return []
    const teams = [...Map.groupBy(ofSide, (one) => one.owners.join('\n')).values()]
      .map((ofTeam) => ({ owners: ofTeam[0]!.owners, problems: ofTeam }))
      .toSorted(
        (one, other) =>
          Number(one.owners.length === 0) - Number(other.owners.length === 0) ||
          other.problems.length - one.problems.length,
      )
    return [{ side, teams, count: ofSide.length }]
  })
}
