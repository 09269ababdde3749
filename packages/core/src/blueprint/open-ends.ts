/** What a workspace still has to decide, each with the page that shows it. */
export interface OpenEnds {
  /** Needs that no contract has. */
  readonly gaps: OpenEnd
  /** States that nobody has designed. */
  readonly undecided: OpenEnd
  /** Needs that may be absent, and nobody has said what is shown then. */
  readonly unplanned: OpenEnd
  /** Steps whose calls promise to take longer than the step does. */
  readonly overBudget: OpenEnd
  /** APIs and journeys without a team. */
  readonly unowned: OpenEnd
}

export interface OpenEnd {
  readonly count: number
  /** A path of the studio, with its query. */
  readonly url: string
}
