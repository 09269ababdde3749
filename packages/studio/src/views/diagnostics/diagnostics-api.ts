import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { studio } from '../../api.ts'
import type { DiagnosticsSearch } from './search.ts'

/** What the address asks for; while a filter changes, what was there before stays. */
export function diagnosticsQuery(filter: DiagnosticsSearch = {}) {
  return queryOptions({
    queryKey: ['diagnostics', filter],
    queryFn: ({ signal }) => studio.listDiagnostics(filter, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** What a rule is about; the same for every start of a version, so it is asked for once. */
export function explanationQuery(code: string) {
  return queryOptions({
    queryKey: ['explanation', code],
    queryFn: ({ signal }) => studio.getExplanation({ code }, { signal }),
  })
}
