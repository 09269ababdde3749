import { queryOptions } from '@tanstack/react-query'
import type { DiagnosticList, Explanation } from '@throughline/core'
import { ask } from '../../api.ts'

export const diagnosticsQuery = queryOptions({
  queryKey: ['diagnostics'],
  queryFn: ({ signal }) => ask<DiagnosticList>('/api/diagnostics', { signal }),
})

/** What a rule is about; the same for every start of a version, so it is asked for once. */
export function explanationQuery(code: string) {
  return queryOptions({
    queryKey: ['explanation', code],
    queryFn: ({ signal }) =>
      ask<Explanation>(`/api/explanations/${encodeURIComponent(code)}`, { signal }),
  })
}
