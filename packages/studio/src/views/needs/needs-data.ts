import { queryOptions } from '@tanstack/react-query'
import { studio } from '../../api.ts'

export const needsQuery = queryOptions({
  queryKey: ['needs'],
  queryFn: ({ signal }) => studio.getNeeds({ signal }),
})

/** The fields that somebody may have meant by a path that the operation does not return. */
export function closeMatchesQuery(operation: string, path: string, step: string | undefined) {
  return queryOptions({
    queryKey: ['close-matches', operation, path, step],
    queryFn: ({ signal }) => studio.findCloseMatches({ operation, path, step }, { signal }),
  })
}
