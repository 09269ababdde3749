import type { Graph } from '../2-link/graph.ts'
import { successResponse, type Operation } from '../operation/operation.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { globOf } from '../text/glob.ts'
import type { Check } from './check-kind.ts'
import { listed } from './listed.ts'
import { linkedCalls, operationName } from './of-call.ts'

/**
 * TL3010: an answer that screens show, and nobody has said how old it may be: neither `freshness` in the policy nor
 * a Cache-Control header in the contract. Once per operation, at the first call.
 */
export const missingFreshness: Check = function* (graph) {
  const said = saidInPolicy(graph)
  const reads = [...linkedCalls(graph)].filter(({ operation }) => isRead(operation))
  for (const [operation, calls] of Map.groupBy(reads, (one) => one.operation)) {
    const name = operationName(operation)
    if (said(operation) || hasCacheControl(operation)) continue
    if (calls.every(({ call }) => call.maxAge !== undefined)) continue
    const steps = [...new Set(calls.map(({ step }) => step.name))]
    yield diagnostic(
      'TL3010',
      calls[0]!.call.origin,
      { operation: quoted(name), step: listed(steps) },
      { subject: name },
    )
  }
}

function isRead({ method }: Operation): boolean {
  return ['GET', 'QUERY', 'query'].includes(method)
}

function saidInPolicy(graph: Graph): (operation: Operation) => boolean {
  const globs = graph.declarations.policies.flatMap(({ freshness }) =>
    freshness.map(({ match }) => globOf(match, '.')),
  )
  return (operation) =>
    globs.some(
      (matches) =>
        matches(operationName(operation)) ||
        matches(`${operation.api} ${operation.method} ${operation.path}`),
    )
}

function hasCacheControl(operation: Operation): boolean {
  const headers = successResponse(operation)?.headers ?? []
  return headers.some(({ name }) => ['cache-control', 'expires'].includes(name.toLowerCase()))
}
