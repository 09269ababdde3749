import type { EvidenceEvent } from '../../evidence/event.ts'
import type { Adviser } from './advice.ts'
import { endOf, median, pageVisits } from './page-visits.ts'
import { callsOf, inJourney } from './places.ts'

/** How soon after an answer a call that waited for it starts, milliseconds. */
const soon = 120

/** Calls that start only when another has answered, although they could start with it, or come with it. */
export const waterfalls: Adviser = function* ({ graph, answers, least }) {
  const pairs = new Map<string, Pair>()
  for (const { step, calls } of pageVisits(answers)) {
    const firsts = firstOfEach(calls)
    for (const first of firsts)
      for (const then of firsts) {
        if (first === then || then.time < first.time) continue
        const key = `${first.operation}\n${then.operation}`
        const pair = pairs.get(key) ?? {
          first: first.operation!,
          second: then.operation!,
          steps: new Set<string>(),
          saved: [],
          both: 0,
        }
        pairs.set(key, pair)
        pair.both += 1
        const gap = then.time - endOf(first)
        // The call that answered last before it is the one it waited for.
        const waitedFor = firsts
          .filter((one) => one !== then && endOf(one) <= then.time)
          .every((one) => endOf(one) <= endOf(first))
        if (gap < -1 || gap > soon || !waitedFor) continue
        pair.saved.push(Math.min(first.duration ?? 0, then.duration ?? 0) + Math.max(0, gap))
        if (step !== '') pair.steps.add(step)
      }
  }
  for (const { first, second: then, steps, saved, both } of pairs.values()) {
    if (saved.length < least || saved.length < both * 0.8) continue
    const ms = Math.round(median(saved))
    if (ms < 20) continue
    const said = [...steps].filter((step) =>
      callsOf(graph, step).some(
        (call) =>
          call.operation === `op:${then}` && call.after.some((id) => id.endsWith(`/${first}`)),
      ),
    )
    yield {
      kind: 'waterfall',
      title: `${then} waits for ${first}`,
      evidence: `In ${saved.length} of ${both} visits of pages with both it started within ${soon} ms after the other had answered.`,
      change:
        said.length > 0
          ? `The journey says that it needs the answer (\`after: ${first}\`): let one operation return both, or let ${then} take what the page knows already.`
          : `Nothing in a journey says that it needs the answer: start both at once, or write \`after: ${first}\` if it does.`,
      gain: { ms, times: saved.length },
      steps: [...steps],
      operation: then,
      ...inJourney(graph, said[0] ?? [...steps][0], then),
    }
  }
}

interface Pair {
  readonly first: string
  readonly second: string
  readonly steps: Set<string>
  /** Milliseconds that both at once would have saved, by visit. */
  readonly saved: number[]
  /** Visits with both. */
  both: number
}

function firstOfEach(calls: readonly EvidenceEvent[]): readonly EvidenceEvent[] {
  const found = new Map<string, EvidenceEvent>()
  for (const call of calls)
    if (
      call.operation !== undefined &&
      call.duration !== undefined &&
      found.size < 40 &&
      !found.has(call.operation)
    )
      found.set(call.operation, call)
  return [...found.values()]
}
