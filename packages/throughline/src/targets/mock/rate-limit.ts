import type { Effect } from './effect.ts'

/** At most `requests` in `per` milliseconds. */
export interface RateLimit {
  readonly requests: number
  readonly per: number
}

/**
 * The effect on one more call under a limit: what is left is told in `RateLimit` (draft-ietf-httpapi-ratelimit-headers),
 * and the call that is too many is answered with 429 and `Retry-After`. Windows begin with the first call in them.
 */
export function rateLimited(
  effect: Effect,
  { requests, per }: RateLimit,
  {
    counts,
    key,
    now,
  }: { readonly counts: Map<string, number>; readonly key: string; readonly now: number },
): Effect {
  const began = counts.get(`${key} window`)
  const fresh = began === undefined || now - began >= per || now < began
  const start = fresh ? now : began
  const used = (fresh ? 0 : (counts.get(`${key} used`) ?? 0)) + 1
  counts.set(`${key} window`, start)
  counts.set(`${key} used`, used)
  const reset = Math.max(1, Math.ceil((start + per - now) / 1000))
  const headers = {
    RateLimit: `"default";r=${Math.max(0, requests - used)};t=${reset}`,
    'RateLimit-Policy': `"default";q=${requests};w=${Math.max(1, Math.round(per / 1000))}`,
  }
  if (used <= requests) return { ...effect, headers: { ...effect.headers, ...headers } }
  const { latency } = effect
  return {
    status: '429',
    headers: { ...headers, 'Retry-After': String(reset) },
    ...(latency !== undefined && { latency }),
  }
}
