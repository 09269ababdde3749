import { nodeOf } from '../2-link/ask.ts'
import type { CallId, CallNode, Graph, StepNode } from '../2-link/graph.ts'
import type { Budget } from '../1-parse/declarations.ts'

export type Percentile = 'p50' | 'p75' | 'p95'

/** The calls of a step that decide how long it takes, first to last: each waits for the one before. */
export interface CriticalPath {
  readonly calls: readonly CallNode[]
  /** What they promise together, in milliseconds; a call without a promise counts as nothing. */
  readonly ms: number
  /** Whether every call on the path promises something. */
  readonly complete: boolean
}

/**
 * The chain of `after`s that promises to take longest; where promises are equal, the one with most calls.
 * Summed percentiles are a bound, not a forecast: calls are seldom all slow together.
 */
export function criticalPath(
  graph: Graph,
  step: StepNode,
  percentile: Percentile = 'p75',
): CriticalPath {
  const chains = chainsOf(graph, step, (call) => promised(call.budget, percentile))
  let worst: Chain = nothing
  for (const chain of chains.values()) if (longer(chain, worst)) worst = chain
  return {
    calls: worst.calls,
    ms: worst.ms,
    complete: worst.calls.every((call) => call.budget?.[percentile] !== undefined),
  }
}

/** The longest chain of calls of a step, counted in calls. */
export function longestChain(graph: Graph, step: StepNode): readonly CallNode[] {
  let longest: readonly CallNode[] = []
  for (const { calls } of chainsOf(graph, step, () => 1).values()) {
    if (calls.length > longest.length) longest = calls
  }
  return longest
}

/** How many calls must answer, one after another, before each call starts. */
export function depthsOf(graph: Graph, step: StepNode): ReadonlyMap<CallId, number> {
  const depths = new Map<CallId, number>()
  for (const [id, chain] of chainsOf(graph, step, () => 1)) depths.set(id, chain.calls.length - 1)
  return depths
}

interface Chain {
  readonly calls: readonly CallNode[]
  readonly ms: number
}
const nothing: Chain = { calls: [], ms: 0 }

/** No step has chains this long; a file that claims one must not overflow the stack. */
const longestFollowed = 1000

/** The worst chain that ends in each call. A circle of `after`s (reported by `link`) is cut where it closes. */
function chainsOf(
  graph: Graph,
  step: StepNode,
  cost: (call: CallNode) => number,
): ReadonlyMap<CallId, Chain> {
  const chains = new Map<CallId, Chain>()
  const open = new Set<CallId>()
  const chainTo = (id: CallId): Chain => {
    const known = chains.get(id)
    if (known !== undefined) return known
    const call = nodeOf(graph, 'call', id)
    if (call === undefined || open.has(id) || open.size > longestFollowed) return nothing
    open.add(id)
    let before = nothing
    for (const earlier of call.after) {
      const chain = chainTo(earlier)
      if (longer(chain, before)) before = chain
    }
    open.delete(id)
    const chain = { calls: [...before.calls, call], ms: before.ms + cost(call) }
    chains.set(id, chain)
    return chain
  }
  for (const id of step.calls) chainTo(id)
  return chains
}

function longer(a: Chain, b: Chain): boolean {
  return a.ms > b.ms || (a.ms === b.ms && a.calls.length > b.calls.length)
}

function promised(budget: Budget | undefined, percentile: Percentile): number {
  return budget?.[percentile] ?? 0
}
