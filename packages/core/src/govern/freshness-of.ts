import { lasting } from '../3-check/amounts.ts'
import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { linkedCalls, operationName } from '../3-check/of-call.ts'
import { policyAge, toleratedAge, type ToleratedAge } from '../3-check/tolerated-age.ts'
import { cacheWords, contractCaching, type Caching } from '../operation/caching.ts'

/** How old one answer may be on one screen, by everything that says so. Ages in seconds. */
export interface Freshness {
  /** `checkout/basket` */
  readonly step: string
  readonly screen?: string
  readonly operation: string
  /** The fields that the screen needs of it. */
  readonly fields: readonly string[]
  /** How old the screen lets it be: its call's `maxAge`, else the policy's. */
  readonly tolerated?: ToleratedAge
  /** What the policy says in seconds, also where the call says something else. */
  readonly policy?: number
  /** What the contract's response headers promise. */
  readonly contract?: Caching
  /** What answers really said. */
  readonly observed?: Caching & { readonly answers: number }
  readonly advice: readonly string[]
}

/**
 * Each read that a screen makes, with what the journey or the policy tolerates, what the contract promises (RFC 9111, RFC 5861) and,
 * where somebody looked, what answers said: side by side, and what to do where they do not fit.
 */
export function freshnessOf(
  graph: Graph,
  observed: ReadonlyMap<string, Caching & { readonly answers: number }> = new Map(),
): readonly Freshness[] {
  const calls = [...linkedCalls(graph)].filter(({ operation }) =>
    ['GET', 'QUERY', 'query'].includes(operation.method),
  )
  const times = Map.groupBy(calls, ({ operation }) => operation.id)
  return calls.map(({ step, call, operation }) => {
    const name = operationName(operation)
    const tolerated = toleratedAge(graph, call, operation)
    const policy = policyAge(graph, operation)
    const contract = contractCaching(operation)
    const seen = observed.get(name)
    const row = {
      step: step.name,
      ...(step.screen !== undefined && { screen: step.screen }),
      operation: name,
      fields: call.needs.flatMap((id) => nodeOf(graph, 'need', id)?.path ?? []),
      ...(tolerated !== undefined && { tolerated }),
      ...(policy !== undefined && { policy }),
      ...(contract !== undefined && { contract }),
      ...(seen !== undefined && { observed: seen }),
    }
    const isRepeated = (times.get(operation.id)?.length ?? 0) > 1
    const isBudgeted = call.budget !== undefined || step.budget !== undefined
    return { ...row, advice: [...adviceOn(row, isRepeated, isBudgeted)] }
  })
}

function* adviceOn(
  { tolerated, contract, observed }: Omit<Freshness, 'advice'>,
  isRepeated: boolean,
  isBudgeted: boolean,
): Generator<string> {
  const kept = contract?.maxAge
  if (tolerated !== undefined && kept !== undefined && kept > tolerated.seconds)
    yield `The contract lets it be kept for ${lasting(kept)}, and the screen tolerates ${lasting(tolerated.seconds)}: lower max-age.`
  if (
    tolerated !== undefined &&
    observed?.maxAge !== undefined &&
    observed.maxAge > tolerated.seconds
  )
    yield `Answers say max-age=${observed.maxAge}, and the screen tolerates ${lasting(tolerated.seconds)}: it shows what is out of date.`
  if (
    contract !== undefined &&
    observed !== undefined &&
    cacheWords(contract) !== cacheWords(observed)
  )
    yield `The contract says "${cacheWords(contract)}", and answers "${cacheWords(observed)}": mend one of them.`
  if (tolerated !== undefined && tolerated.seconds > 0 && (contract?.noStore ?? false))
    yield `The contract says no-store, though the screen tolerates ${lasting(tolerated.seconds)}: it waits for it each time.`
  if (
    tolerated !== undefined &&
    tolerated.seconds >= 1 &&
    isBudgeted &&
    contract?.staleWhileRevalidate === undefined &&
    contract?.noStore !== true
  )
    yield `The screen has a budget and tolerates ${lasting(tolerated.seconds)}: "stale-while-revalidate=${tolerated.seconds}" lets it show the last answer while a new one comes.`
  if (
    isRepeated &&
    contract?.etag !== true &&
    observed?.etag !== true &&
    contract?.noStore !== true
  )
    yield 'Several screens read it: with an ETag the second answer can be a 304 without a body.'
}
