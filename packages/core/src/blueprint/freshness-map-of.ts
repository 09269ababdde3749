import type { Graph } from '../2-link/graph.ts'
import { linkedCalls, operationName } from '../3-check/of-call.ts'
import { freshnessOf, type Freshness } from '../govern/freshness-of.ts'
import { cacheWords } from '../operation/caching.ts'
import type { FreshnessMap, FreshnessRow } from './freshness-map.ts'
import { stepPlaces } from './step-places.ts'
import { diagnosticsAddress, operationAddress } from './studio-address.ts'

/** So many rows are sent at most. */
const most = 1000
const verdicts = ['stale', 'unsaid', 'advice', 'fits'] as const

/** How old each answer may be on each screen by everything that says so, what is out of date first. */
export function freshnessMapOf(graph: Graph): FreshnessMap {
  const places = stepPlaces(graph)
  const requests = new Map<string, string>()
  for (const { operation } of linkedCalls(graph))
    requests.set(operationName(operation), `${operation.method} ${operation.path}`)
  const rows = freshnessOf(graph).flatMap((one): readonly FreshnessRow[] => {
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
        advice,
        ...(verdict === 'stale' && { problem: diagnosticsAddress({ code: 'TL3011' }) }),
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

function verdictOn({ tolerated, contract, advice }: Freshness): FreshnessRow['verdict'] {
  if (tolerated !== undefined && (contract?.maxAge ?? 0) > tolerated.seconds) return 'stale'
  if (tolerated === undefined && contract?.said !== true) return 'unsaid'
  return advice.length > 0 ? 'advice' : 'fits'
}
