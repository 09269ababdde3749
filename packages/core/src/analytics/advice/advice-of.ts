import type { Advice, AdviceContext, Adviser } from './advice.ts'
import { chattyGraphql, pollingCalls, repeatedCalls, retryStorms } from './calls-again.ts'
import { contractDrift } from './contract-drift.ts'
import { undeclaredReads, unreadNeeds } from './declared-needs.ts'
import { missingSpans } from './missing-spans.ts'
import { payloadGrowth } from './payload-growth.ts'
import { missingCompression, missingPagination, uncachedRepeats } from './payloads.ts'
import { repeatedStatements, slowStatements } from './statements.ts'
import { unreadFields } from './unread-fields.ts'
import { waterfalls } from './waterfalls.ts'

/** Everything worth changing that the evidence shows, what gains most first. */
export function adviceOf(context: AdviceContext): readonly Advice[] {
  return advisers.flatMap((one) => [...one(context)]).toSorted((a, b) => worth(b) - worth(a))
}

const advisers: readonly Adviser[] = [
  unreadFields,
  waterfalls,
  repeatedCalls,
  chattyGraphql,
  pollingCalls,
  retryStorms,
  uncachedRepeats,
  missingCompression,
  missingPagination,
  repeatedStatements,
  slowStatements,
  payloadGrowth,
  contractDrift,
  undeclaredReads,
  unreadNeeds,
  missingSpans,
]

/** Milliseconds over all times; a kilobyte counts as a millisecond (8 Mbit/s), a request as twenty. */
function worth({ gain: { ms = 0, bytes = 0, calls = 0, times } }: Advice): number {
  return (ms + bytes / 1000 + calls * 20) * times
}
