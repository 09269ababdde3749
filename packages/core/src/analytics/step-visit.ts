/** One visit of a step, as the statistics need it. */
export interface StepVisit {
  readonly session: string
  /** What the visitor waited for the step's calls, milliseconds; how long so far, where `waiting`. */
  readonly latency: number
  /** They left before the calls had answered: how long it would have taken isn't known. */
  readonly waiting?: boolean
  /** The journey ended here: no later step was seen. */
  readonly left: boolean
  /** The client's own network in `latency`, milliseconds; known where the backend reports its part. */
  readonly network?: number
  /** What is known of the session: `device: phone`, `country: DE`. */
  readonly about: Readonly<Record<string, string>>
  /** How slow the *next* step was around that time, for everybody, milliseconds. Nobody can leave for that. */
  readonly later?: number
}
