// What stands beside the journeys and holds for more than one of them: people, teams, patterns of the whole app.

/** `GET /api/setup` of the studio's server. */
export interface WorkspaceSetup {
  /** The file that app-wide states are written in; absent where only contracts are open. */
  readonly file?: string
  readonly personas: readonly SetupPersona[]
  readonly teams: readonly SetupTeam[]
  /** In the order of the file, then the usual ones that nobody has written. */
  readonly states: readonly SetupState[]
}

export interface SetupPersona {
  /** `returning-customer` */
  readonly name: string
  readonly title: string
  readonly goal?: string
  readonly context?: string
  readonly devices: readonly string[]
  readonly dataset?: string
  readonly file: string
  readonly line: number
  /** The journey that it is described in, where it has no file of its own. */
  readonly inside?: string
  /** Who walks as this person, with how many steps. */
  readonly journeys: readonly SetupUse[]
}

export interface SetupTeam {
  readonly name: string
  readonly role?: 'ux' | 'frontend' | 'backend'
}

/** What every step shows under a condition that it says nothing about. */
export interface SetupState {
  readonly condition: string
  readonly label: string
  /** Absent where nobody has written it. */
  readonly written?: {
    readonly show?: string
    readonly test?: string
    readonly recover?: string
    /** Where its design is found. */
    readonly design?: string
    readonly same?: string
    readonly line: number
  }
  /** The steps that show it, or that would: those that can go this way and say nothing of their own. */
  readonly steps: readonly SetupUse[]
}

export interface SetupUse {
  /** `checkout`, or `checkout/basket`. */
  readonly name: string
  readonly title: string
  readonly line: 1 | 2 | 3 | 4
  readonly url: string
}
