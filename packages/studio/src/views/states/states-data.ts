import { queryOptions } from '@tanstack/react-query'
import { studio } from '../../api.ts'

export const statesQuery = queryOptions({
  queryKey: ['states'],
  queryFn: ({ signal }) => studio.getStates({ signal }),
})
