import { queryOptions, type QueryClient } from '@tanstack/react-query'
import type { TestProgress } from '@throughline/core'
import { studio } from '../../api.ts'
import { askAgain } from '../../ask-again.ts'
import type { TestOverview } from '../../client/studio-client.ts'

/** Where tests can go, the run that goes on, and those that are kept. */
export const testsQuery = queryOptions({
  queryKey: ['tests'],
  queryFn: ({ signal }) => studio.listTests({ signal }),
})

/** One run with its findings. */
export function testQuery(id: string) {
  return queryOptions({
    queryKey: ['test', id],
    queryFn: ({ signal }) => studio.getTest({ id }, { signal }),
  })
}

/** What an event says of the run that goes on: its figures at once; findings are asked for when there are more. */
export function hear(progress: TestProgress | null, queries: QueryClient): void {
  const before = queries.getQueryData(testsQuery.queryKey)
  if (progress === null) {
    askAgain(queries, { queryKey: testsQuery.queryKey })
    askAgain(queries, { queryKey: ['test'] })
    // What a backend answers about caching stands beside what is promised.
    askAgain(queries, { queryKey: ['freshness'] })
    return
  }
  if (before === undefined) return
  queries.setQueryData(testsQuery.queryKey, { ...before, running: asKnown(progress) })
  if (progress.findings !== before.running?.findings)
    askAgain(queries, { queryKey: ['test', progress.id] })
}

function asKnown(progress: TestProgress): NonNullable<TestOverview['running']> {
  return progress
}
