export interface Patience {
  /** Waits so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
}

export const realPatience: Patience = {
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms)
    }),
  now: () => Date.now(),
}

/**
 * Asks again when a service says that it is asked too much (429) or is away for a moment (503): after what `Retry-After` says
 * (RFC 9110, section 10.2.3), else after a second, two, four ...; five times at most, two minutes at most each.
 */
export function patientFetch(fetch: typeof globalThis.fetch, patience: Patience): typeof fetch {
  return async (input, init) => {
    for (let attempt = 0; ; attempt++) {
      const answer = await fetch(input, init)
      if ((answer.status !== 429 && answer.status !== 503) || attempt === mostAttempts)
        return answer
      await answer.body?.cancel()
      await patience.sleep(
        waitOf(answer.headers.get('retry-after'), patience.now()) ?? 1000 * 2 ** attempt,
      )
    }
  }
}

const mostAttempts = 5
const longest = 120_000

/** Milliseconds that a Retry-After asks for: seconds or a date. */
function waitOf(written: string | null, now: number): number | undefined {
  if (written === null) return undefined
  const ms = /^\d{1,6}$/.test(written.trim())
    ? Number(written) * 1000
    : new Date(written).getTime() - now
  return Number.isNaN(ms) ? undefined : Math.max(0, Math.min(ms, longest))
}
