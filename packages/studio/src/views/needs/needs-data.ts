import { queryOptions } from '@tanstack/react-query'
import type { CloseMatches, NeedsMatrix } from '@throughline/core'
import { ask } from '../../api.ts'

export const needsQuery = queryOptions({
  queryKey: ['needs'],
  queryFn: ({ signal }) => ask<NeedsMatrix>('/api/needs', { signal }),
})

/** The fields that somebody may have meant by a path that the operation does not return. */
export function closeMatchesQuery(operation: string, path: string, step: string | undefined) {
  const search = new URLSearchParams({ operation, path, ...(step !== undefined && { step }) })
  return queryOptions({
    queryKey: ['close-matches', operation, path, step],
    queryFn: ({ signal }) => ask<CloseMatches>(`/api/needs/close-matches?${search}`, { signal }),
  })
}
