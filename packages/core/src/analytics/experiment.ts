import { anytimeInterval } from './anytime-interval.ts'
import { LEAST, type Estimate } from './claim.ts'
import { luck, normalBelow } from './normal.ts'

/** What an arm of an experiment saw: sessions that were put into it by lot, and those of them that left. */
export interface Arm {
  readonly name: string
  readonly sessions: number
  readonly left: number
  /** The share of sessions that should be in it: 0.01. */
  readonly share?: number
}

export type ExperimentResult =
  | {
      readonly kind: 'estimate'
      readonly label: 'experiment'
      /** How much more of them leave than in the arm it is compared with. */
      readonly difference: Estimate
      readonly chance: number
      /** The same difference, in an interval that holds however often somebody looks while visits come in. */
      readonly anytime: { readonly low: number; readonly high: number }
      /**
       * `sure`: `anytime` leaves out nothing. `early`: only the interval of one single look does, so it may be luck that somebody looked now.
       * `luck`: neither does.
       */
      readonly verdict: 'sure' | 'early' | 'luck'
      readonly arms: readonly [Arm, Arm]
    }
  | { readonly kind: 'broken'; readonly because: string; readonly arms: readonly [Arm, Arm] }

/**
 * Two arms drawn by lot, compared: the one figure here that says what caused what. Newcombe's interval (1998, method 10) for one look,
 * and a wider one for as many as one likes. A lot that did not fall as it should (more or fewer sessions in an arm than its share) spoils the experiment, which is said instead.
 */
export function experiment(control: Arm, treated: Arm): ExperimentResult {
  const arms = [control, treated] as const
  const small = arms.find(({ sessions }) => sessions < LEAST.visits)
  if (small !== undefined)
    return {
      kind: 'broken',
      arms,
      because: `${small.sessions} sessions with ${small.name}: at least ${LEAST.visits} are needed.`,
    }
  const mismatch = lotFell(control, treated)
  if (mismatch < 0.001)
    return {
      kind: 'broken',
      arms,
      because: `${treated.sessions} of ${control.sessions + treated.sessions} sessions had ${treated.name}, which is not its share: some were lost or never drawn, so the two are not alike.`,
    }
  const [p, q] = [control.left / control.sessions, treated.left / treated.sessions]
  const [low1, high1] = wilson(control)
  const [low2, high2] = wilson(treated)
  const value = q - p
  const pooled = (control.left + treated.left) / (control.sessions + treated.sessions)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / control.sessions + 1 / treated.sessions))
  const difference = {
    value,
    low: value - Math.hypot(q - low2, high1 - p),
    high: value + Math.hypot(high2 - q, p - low1),
  }
  const anytime = anytimeInterval(control, treated)
  return {
    kind: 'estimate',
    label: 'experiment',
    arms,
    difference,
    chance: error === 0 ? 1 : luck(value / error),
    anytime,
    verdict: leavesOutNothing(anytime) ? 'sure' : leavesOutNothing(difference) ? 'early' : 'luck',
  }
}

/** Whether a difference of nothing lies outside. */
function leavesOutNothing({ low, high }: Pick<Estimate, 'low' | 'high'>): boolean {
  return low > 0 || high < 0
}

/** The 95 % interval of a share (Wilson, 1927). */
export function wilson({
  sessions,
  left,
}: Pick<Arm, 'sessions' | 'left'>): readonly [number, number] {
  const z = 1.96
  const share = left / sessions
  const middle = (share + (z * z) / (2 * sessions)) / (1 + (z * z) / sessions)
  const half =
    (z / (1 + (z * z) / sessions)) *
    Math.sqrt((share * (1 - share)) / sessions + (z * z) / (4 * sessions * sessions))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

/** The chance of such a lot, where the shares are known. */
function lotFell(control: Arm, treated: Arm): number {
  if (control.share === undefined || treated.share === undefined) return 1
  const all = control.sessions + treated.sessions
  const expected = (all * treated.share) / (control.share + treated.share)
  const spread = Math.sqrt(expected * (1 - expected / all))
  return 2 * (1 - normalBelow(Math.abs(treated.sessions - expected) / spread))
}
