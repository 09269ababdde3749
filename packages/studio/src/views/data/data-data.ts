import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { studio } from '../../api.ts'
import type { DataFilter } from './data-address.ts'

/** Where classified data goes; while a filter changes, what was there before stays. */
export function dataQuery(filter: DataFilter) {
  return queryOptions({
    queryKey: ['lineage', filter],
    queryFn: ({ signal }) => studio.getLineage(filter, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** The same as a record of processing. */
export function recordQuery(filter: DataFilter) {
  return queryOptions({
    queryKey: ['lineage-record', filter],
    queryFn: ({ signal }) => studio.getDataRecord(filter, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** How old each answer may be on each screen. */
export const freshnessQuery = queryOptions({
  queryKey: ['freshness'],
  queryFn: ({ signal }) => studio.getFreshness({ signal }),
})
