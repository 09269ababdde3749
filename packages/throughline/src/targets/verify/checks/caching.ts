import { globOf } from '@throughline/core'
import type { Check } from '../check-kind.ts'

/**
 * `caching`: an answer may be kept for as long as the policy's `freshness` says, and no longer. One that says nothing is kept by nobody
 * for long (RFC 9111, 4.2.2), and is no broken promise.
 */
export const caching: Check = function* (
  { outcome, case: { request, verdict } },
  { graph, operation },
) {
  if (outcome.kind !== 'answered' || outcome.status !== 200 || request.method !== 'GET') return
  if (verdict.kind !== 'valid') return
  const promised = graph.declarations.policies
    .flatMap((one) => one.freshness)
    .find(({ match }) => {
      const matches = globOf(match, '.')
      return (
        matches(`${operation.api}.${operation.name}`) ||
        matches(`${operation.api} ${operation.method} ${operation.path}`)
      )
    })
  if (promised === undefined) return
  const seconds = promised.maxAge / 1000
  const control = outcome.headers.get('cache-control') ?? ''
  const about = { check: 'caching', severity: 'warning', at: 'header:Cache-Control' } as const
  const age = /(?:^|[,\s])max-age="?(\d+)/i.exec(control)?.[1]
  if (/\bno-store\b/i.test(control))
    yield {
      ...about,
      message: `The answer is no-store, though the policy lets it be kept for ${seconds} seconds: each screen waits for it again.`,
      cause: 'no-store',
    }
  else if (age !== undefined && Number(age) > seconds)
    yield {
      ...about,
      severity: 'error',
      message: `The answer may be kept for ${age} seconds, and the policy says ${seconds}: screens show what is out of date.`,
      cause: 'too-old',
    }
}
