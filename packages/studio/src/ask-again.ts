import type { QueryClient, QueryFilters } from '@tanstack/react-query'

/**
 * Marks answers as stale and asks again for those on screen. A first answer that is still on its way was perhaps made
 * before what is now known: after it, the question is asked once more.
 */
export function askAgain(queries: QueryClient, filters: QueryFilters = {}): void {
  const first = queries
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined)
  void queries.invalidateQueries(filters)
  for (const { promise, queryKey } of first)
    void Promise.resolve(promise)
      .catch(() => undefined)
      .then(() => queries.invalidateQueries({ queryKey, exact: true }))
}
