import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { studio } from '../../api.ts'
import type { Me } from './me.ts'

/** What differs from a revision; while another one is read, what was there before stays. */
export function changesQuery(base: string | undefined) {
  return queryOptions({
    queryKey: ['changes', base],
    queryFn: ({ signal }) => studio.getChanges({ base }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export function planQuery(fingerprint: string, base: string | undefined) {
  return queryOptions({
    queryKey: ['change-plan', fingerprint, base],
    queryFn: ({ signal }) => studio.getChangePlan({ fingerprint, base }, { signal }),
    retry: false,
  })
}

/** Everything that was proposed and said, the newest first. */
export const decisionsQuery = queryOptions({
  queryKey: ['decisions'],
  queryFn: ({ signal }) => studio.listDecisions({}, { signal }),
})

export function decisionQuery(id: string) {
  return queryOptions({
    queryKey: ['decision', id],
    queryFn: ({ signal }) => studio.getDecision({ id }, { signal }),
    retry: false,
  })
}

/** What was said about something of the graph. */
export function threadQuery(on: string) {
  return queryOptions({
    queryKey: ['thread', on],
    queryFn: ({ signal }) => studio.getThread({ on }, { signal }),
  })
}

/** What waits for somebody: for the team that was chosen, else for whom git knows. */
export function waitingQuery({ team, name }: Me) {
  return queryOptions({
    queryKey: ['waiting', team, name],
    queryFn: ({ signal }) =>
      studio.getWaiting(
        team !== undefined ? { team } : name !== undefined ? { person: name } : {},
        { signal },
      ),
  })
}
