import type { Arm } from './experiment.ts'

/** The difference that the interval is sharpest for, as a share of visits. It must not depend on what was seen. */
const EXPECTED = 0.03
/** Of all looks together. */
const FALSE_ALARMS = 0.05

/**
 * How much more of the treated leave, in an interval that holds at every look at once: whoever looks each day, and stops on the day it
 * leaves out nothing, is wrong in at most 5 of 100 experiments. The price is its width. A confidence sequence by mixture over normal
 * effects (Robbins 1970; Johari, Pekelis and Walsh 2015, equation 5), for the difference of two shares.
 */
export function anytimeInterval(
  control: Arm,
  treated: Arm,
): { readonly low: number; readonly high: number } {
  const value = treated.left / treated.sessions - control.left / control.sessions
  const spread = varianceOf(control) + varianceOf(treated)
  const mixed = spread + EXPECTED ** 2
  const half = Math.sqrt(
    ((spread * mixed) / EXPECTED ** 2) * (Math.log(mixed / spread) - 2 * Math.log(FALSE_ALARMS)),
  )
  return { low: Math.max(-1, value - half), high: Math.min(1, value + half) }
}

/** Of the share that left; with one more that left and one that stayed, so that it is never nothing. */
function varianceOf({ sessions, left }: Arm): number {
  const share = (left + 1) / (sessions + 2)
  return (share * (1 - share)) / sessions
}
