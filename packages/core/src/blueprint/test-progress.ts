/** How far a test run of the studio is. */
export interface TestProgress {
  readonly id: string
  /** `mock`, or the name of an environment. */
  readonly target: string
  /** RFC 3339. */
  readonly started: string
  readonly phases: readonly string[]
  readonly readOnly: boolean
  /** What is asked now. */
  readonly phase: string
  readonly cases: number
  /** Cases in a second. */
  readonly rate: number
  /** How much of all is done, roughly: 0 to 1. */
  readonly part: number
  readonly findings: number
  readonly secondsLeft?: number
  /** Somebody has stopped it; what is under way ends first. */
  readonly stopping: boolean
}
