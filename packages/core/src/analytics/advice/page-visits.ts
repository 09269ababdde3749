import type { EvidenceEvent } from '../../evidence/event.ts'
import type { EvidenceAnswers } from '../answers.ts'

/** The calls of one visit of one page, in the order they began. */
export interface PageVisit {
  readonly session: string
  readonly step: string
  readonly calls: readonly EvidenceEvent[]
}

const remembered = new WeakMap<EvidenceAnswers, readonly PageVisit[]>()

/** The sample's calls, page by page. */
export function pageVisits(answers: EvidenceAnswers): readonly PageVisit[] {
  const known = remembered.get(answers)
  if (known !== undefined) return known
  const pages = new Map<string, EvidenceEvent[]>()
  for (const event of answers.sample) {
    if (event.kind !== 'call') continue
    const key = `${event.session ?? ''}\n${event.view ?? ''}`
    const page = pages.get(key)
    if (page === undefined) pages.set(key, [event])
    else page.push(event)
  }
  const visits = [...pages.values()].map((calls) => ({
    session: calls[0]!.session ?? '',
    step: calls.find(({ step }) => step !== undefined)?.step ?? '',
    calls: calls.toSorted((a, b) => a.time - b.time),
  }))
  remembered.set(answers, visits)
  return visits
}

/** When a call had its answer. */
export function endOf({ time, duration = 0 }: EvidenceEvent): number {
  return time + duration
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

/** Whether a call got no good answer. */
export function hasFailed({ status, outcome }: EvidenceEvent): boolean {
  return (status ?? 0) >= 400 || outcome === 'error' || outcome === 'timeout'
}
