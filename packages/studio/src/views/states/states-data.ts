import { queryOptions } from '@tanstack/react-query'
import type { StatesMatrix } from '@throughline/core'
import { ask } from '../../api.ts'

export const statesQuery = queryOptions({
  queryKey: ['states'],
  queryFn: ({ signal }) => ask<StatesMatrix>('/api/states', { signal }),
})
