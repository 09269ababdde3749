import { duration } from '../../3-check/amounts.ts'
import type { EvidenceEvent } from '../../evidence/event.ts'
import type { Advice, AdviceContext, Adviser } from './advice.ts'
import { endOf, hasFailed, median, pageVisits } from './page-visits.ts'
import { inContract, inJourney, operationNamed } from './places.ts'

/** How calls of one operation on one page follow each other. */
type Pattern = 'at-once' | 'polling' | 'retries'

interface Again {
  readonly step: string
  readonly operation: string
  /** How many calls each visit made of it. */
  readonly counts: readonly number[]
  readonly gaps: readonly number[]
  readonly ms: readonly number[]
}

/** One operation asked for many things, one by one (N+1). */
export const repeatedCalls: Adviser = function* (context) {
  for (const { step, operation, counts, ms } of again(context, 'at-once')) {
    const times = median(counts)
    yield {
      kind: 'repeated-calls',
      title: `${operation} is called ${times} times for one page`,
      evidence: `${counts.length} visits of ${step || 'a page'} made ${median(counts)} calls of it (at most ${Math.max(...counts)}) within seconds of each other.`,
      change: `Let one call return all of it: a list, or a parameter that takes several ids.`,
      gain: { calls: times - 1, ms: Math.round(median(ms)), times: counts.length },
      ...about(context, step, operation),
    }
  }
}

export const pollingCalls: Adviser = function* (context) {
  for (const { step, operation, counts, gaps } of again(context, 'polling'))
    yield {
      kind: 'polling',
      title: `${operation} is asked again and again`,
      evidence: `${counts.length} visits of ${step || 'a page'} asked every ${duration(median(gaps))}, ${median(counts)} times.`,
      change:
        'Tell the page when something is new (server-sent events, a webhook behind it), or answer with ETag and Retry-After so that asking costs little.',
      gain: { calls: median(counts) - 1, times: counts.length },
      ...about(context, step, operation),
    }
}

export const retryStorms: Adviser = function* (context) {
  for (const { step, operation, counts, gaps } of again(context, 'retries'))
    yield {
      kind: 'retry-storm',
      title: `${operation} is tried again and again when it fails`,
      evidence: `${counts.length} visits of ${step || 'a page'} made ${median(counts)} attempts (at most ${Math.max(...counts)}), ${duration(median(gaps))} apart.`,
      change:
        'Wait longer after each attempt, with some chance in it, stop after three, and say what is shown then: a state of the step.',
      gain: { calls: median(counts) - 1, times: counts.length },
      ...about(context, step, operation),
    }
}

/** Several GraphQL requests of one page at once, where one document could ask for all. */
export const chattyGraphql: Adviser = function* ({ graph, answers, least }) {
  const found = new Map<
    string,
    { step: string; api: string; counts: number[]; names: Set<string> }
  >()
  for (const { step, calls } of pageVisits(answers)) {
    const byApi = Map.groupBy(
      calls.filter(({ operation }) => operationNamed(graph, operation)?.protocol === 'graphql'),
      ({ operation }) => operation!.split('.')[0]!,
    )
    for (const [api, all] of byApi) {
      const together = all.filter(({ time }) => time - all[0]!.time < 200)
      if (together.length < 3) continue
      const key = `${step}\n${api}`
      const one = found.get(key) ?? { step, api, counts: [], names: new Set<string>() }
      found.set(key, one)
      one.counts.push(together.length)
      for (const { operation } of together) one.names.add(operation!)
    }
  }
  for (const { step, api, counts, names } of found.values()) {
    if (counts.length < least) continue
    const first = [...names][0]!
    yield {
      kind: 'chatty-graphql',
      title: `${api} gets ${median(counts)} GraphQL requests at once`,
      evidence: `${counts.length} visits of ${step || 'a page'} sent ${[...names].slice(0, 5).join(', ')} within 200 ms.`,
      change: 'Ask for all of it in one document: that is what GraphQL is for.',
      gain: { calls: median(counts) - 1, times: counts.length },
      steps: step === '' ? [] : [step],
      operation: first,
      ...inJourney(graph, step, first),
    }
  }
}

function about(
  { graph }: AdviceContext,
  step: string,
  operation: string,
): Pick<Advice, 'steps' | 'operation' | 'origin'> {
  return {
    steps: step === '' ? [] : [step],
    operation,
    ...(step === '' ? inContract(graph, operation) : inJourney(graph, step, operation)),
  }
}

function again({ answers, least }: AdviceContext, wanted: Pattern): readonly Again[] {
  const found = new Map<string, Again & { counts: number[]; gaps: number[]; ms: number[] }>()
  for (const { step, calls } of pageVisits(answers)) {
    const groups = Map.groupBy(
      calls.filter(({ operation, cached }) => operation !== undefined && cached !== true),
      ({ operation }) => operation!,
    )
    for (const [operation, all] of groups) {
      const run = all.length < 3 ? undefined : runOf(all)
      if (run?.pattern !== wanted) continue
      const key = `${step}\n${operation}`
      const one = found.get(key) ?? { step, operation, counts: [], gaps: [], ms: [] }
      found.set(key, one)
      one.counts.push(run.calls.length)
      one.gaps.push(median(gapsOf(run.calls)))
      const whole = Math.max(...run.calls.map(endOf)) - run.calls[0]!.time
      one.ms.push(Math.max(0, whole - median(run.calls.map(({ duration: ms = 0 }) => ms))))
    }
  }
  return [...found.values()].filter(({ counts }) => counts.length >= least)
}

/** What the calls of one operation on one page are: attempts after failures, a clock, or many things asked one by one. */
function runOf(
  calls: readonly EvidenceEvent[],
): { readonly pattern: Pattern; readonly calls: readonly EvidenceEvent[] } | undefined {
  const retried = calls.filter(
    (call, index) => hasFailed(call) || (index > 0 && hasFailed(calls[index - 1]!)),
  )
  if (retried.length >= 3 && retried.filter(hasFailed).length >= 2)
    return { pattern: 'retries', calls: retried }
  const gaps = gapsOf(calls)
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length)
  if (calls.length >= 4 && mean >= 500 && spread < mean * 0.25) return { pattern: 'polling', calls }
  const close = calls.filter(
    (call, index) =>
      (index > 0 && call.time - endOf(calls[index - 1]!) < together) ||
      (index < calls.length - 1 && calls[index + 1]!.time - endOf(call) < together),
  )
  return close.length >= 3 && median(gaps) < 500 ? { pattern: 'at-once', calls: close } : undefined
}

/** Milliseconds between an answer and the next call of the same row. */
const together = 500

function gapsOf(calls: readonly EvidenceEvent[]): readonly number[] {
  return calls.slice(1).map(({ time }, index) => time - calls[index]!.time)
}
