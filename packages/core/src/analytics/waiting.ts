/** Somebody who waited for the step's calls: until they answered, or until they left. */
export interface Wait {
  readonly ms: number
  readonly left: boolean
}

/** One quarter of a second of waiting. */
export interface WaitingInterval {
  /** Where it starts, milliseconds. */
  readonly from: number
  /** Who was still waiting when it began. */
  readonly waiting: number
  readonly left: number
  /** The chance to leave in it, of those still waiting. */
  readonly hazard: number
  /** The share still there at its end, had nobody been answered: Kaplan-Meier, with Greenwood's 95 % interval. */
  readonly stay: number
  readonly low: number
  readonly high: number
}

/** How long an interval is, milliseconds. */
const WAITING_INTERVAL = 250

/**
 * How people leave while they wait. Those who got their answer count until then and no longer (they are censored), so quick
 * answers don't look like patience. It ends where fewer than `least` still wait: nothing can be said of them.
 */
export function waiting(waits: readonly Wait[], least = 30): readonly WaitingInterval[] {
  const ended = new Map<number, { left: number; answered: number }>()
  let still = 0
  for (const { ms, left } of waits) {
    if (!(ms >= 0)) continue
    still += 1
    const at = Math.floor(ms / WAITING_INTERVAL)
    const here = ended.get(at) ?? { left: 0, answered: 0 }
    here[left ? 'left' : 'answered'] += 1
    ended.set(at, here)
  }
  const intervals: WaitingInterval[] = []
  let [stay, variance] = [1, 0]
  for (let at = 0; still >= Math.max(1, least) && intervals.length < mostIntervals; at += 1) {
    const { left, answered } = ended.get(at) ?? { left: 0, answered: 0 }
    const hazard = left / still
    stay *= 1 - hazard
    if (left > 0 && still > left) variance += left / (still * (still - left))
    const spread = 1.96 * stay * Math.sqrt(variance)
    intervals.push({
      from: at * WAITING_INTERVAL,
      waiting: still,
      left,
      hazard,
      stay,
      low: Math.max(0, stay - spread),
      high: Math.min(1, stay + spread),
    })
    still -= left + answered
  }
  return intervals
}

/** Two minutes: whoever waits longer isn't there any more. */
const mostIntervals = 480
