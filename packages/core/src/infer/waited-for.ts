import type { ObservedCall } from './observation.ts'
import type { Visit } from './screens.ts'

/** Longest pause, in milliseconds, after which a call still counts as made because of the answer before it. */
const pause = 150

/** Calls of the same visit whose answers had come when this one was made, so that it may have waited for them. */
export function waitedFor(call: ObservedCall, { calls }: Visit): readonly ObservedCall[] {
  return calls.filter(
    (earlier) =>
      earlier.at + earlier.ms <= call.at &&
      earlier.acted !== true &&
      (call.acted === true || call.at - (earlier.at + earlier.ms) < pause),
  )
}
