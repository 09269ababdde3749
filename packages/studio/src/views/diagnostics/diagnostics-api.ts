import { queryOptions } from '@tanstack/react-query'
import { studio } from '../../api.ts'

export const diagnosticsQuery = queryOptions({
  queryKey: ['diagnostics'],
  queryFn: ({ signal }) => studio.listDiagnostics({ signal }),
})

/** What a rule is about; the same for every start of a version, so it is asked for once. */
export function explanationQuery(code: string) {
  return queryOptions({
    queryKey: ['explanation', code],
    queryFn: ({ signal }) => studio.getExplanation({ code }, { signal }),
  })
}
