import type { Graph } from '../2-link/graph.ts'
import { linkedCalls, operationName } from '../3-check/of-call.ts'
import { freshnessOf, type Freshness } from '../govern/freshness-of.ts'
import { cacheWords, type SeenCaching } from '../operation/caching.ts'
import type { FreshnessMap, FreshnessRow } from './freshness-map.ts'
import { stepPlaces } from './step-places.ts'
import { diagnosticsAddress, operationAddress } from './studio-address.ts'

/** So many rows are sent at most. */
const most = 1000
const verdicts = ['stale', 'unsaid', 'advice', 'fits'] as const

/**
 * How old each answer may be on each screen by everything that says so, what is out of date first. `observed` is what
 * answers of a real backend said, by operation (`store.getBasket`).
 */
export function freshnessMapOf(
  graph: Graph,
  observed?: ReadonlyMap<string, SeenCaching>,
): FreshnessMap {
  const places = stepPlaces(graph)
  const requests = new Map<string, string>()
  for (const { operation } of linkedCalls(graph))
    requests.set(operationName(operation), `${operation.method} ${operation.path}`)
  const rows = freshnessOf(graph, observed).flatMap((one): readonly FreshnessRow[] => {
    const { operation, fields, policy, contract, tolerated, advice, screen } = one
    const step = places.get(one.step)
    if (step === undefined) return []
    const verdict = verdictOn(one)
    return [
      {
        verdict,
        step,
        ...(screen !== undefined && { screen }),
        operation,
        request: requests.get(operation) ?? operation,
        url: operationAddress(operation),
        fields,
        ...(tolerated?.by === 'journey' && { call: tolerated.seconds }),
        ...(policy !== undefined && { policy }),
        ...(contract !== undefined && { contract: cacheWords(contract) }),
        ...(one.observed !== undefined && { observed: cacheWords(one.observed) }),
        advice,
        ...(isKeptTooLong(one, 'contract') && { problem: diagnosticsAddress({ code: 'TL3011' }) }),
      },
    ]
  })
  return {
    rows: rows
      .toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict))
      .slice(0, most),
    total: rows.length,
  }
}

function verdictOn(one: Freshness): FreshnessRow['verdict'] {
  const { tolerated, contract, advice } = one
  if (isKeptTooLong(one, 'contract') || isKeptTooLong(one, 'observed')) return 'stale'
  if (tolerated === undefined && contract?.said !== true) return 'unsaid'
  return advice.length > 0 ? 'advice' : 'fits'
}

/** Whether by that word an answer may be kept for longer than the screen tolerates. */
function isKeptTooLong(one: Freshness, by: 'contract' | 'observed'): boolean {
  return one.tolerated !== undefined && (one[by]?.maxAge ?? 0) > one.tolerated.seconds
}
