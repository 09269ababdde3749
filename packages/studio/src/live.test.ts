import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { workspace } from '../test/checkout-blueprint.ts'
import { workspaceQuery } from './api.ts'
import { apply } from './live.ts'

function loaded(): QueryClient {
  const queries = new QueryClient()
  queries.setQueryData(workspaceQuery.queryKey, workspace)
  queries.setQueryData(['journey', 'reorder'], { journey: 'reorder' })
  return queries
}

const stale = (queries: QueryClient): readonly string[] =>
  queries
    .getQueryCache()
    .findAll()
    .filter((query) => query.state.isInvalidated)
    .map((query) => query.queryKey.join('/'))

test('a new version of the graph makes everything stale, the version on screen nothing', () => {
  const queries = loaded()
  apply({ kind: 'graph', version: workspace.version }, queries)
  expect(stale(queries)).toEqual([])
  apply({ kind: 'graph', version: workspace.version + 1 }, queries)
  expect(stale(queries)).toEqual(['workspace', 'journey/reorder'])
})

test('files that do not link leave the last good journeys alone', () => {
  const queries = loaded()
  apply({ kind: 'broken', diagnostics: 2 }, queries)
  expect(stale(queries)).toEqual(['workspace'])
})

test('a situation is shown at once, without asking the server', () => {
  const queries = loaded()
  apply(
    { kind: 'situation', situation: { scenario: 'reorder/slots/timeout', title: 'Timeout' } },
    queries,
  )
  expect(queries.getQueryData(workspaceQuery.queryKey)?.mock.situation?.title).toBe('Timeout')
  expect(stale(queries)).toEqual([])
  apply({ kind: 'situation', situation: null }, queries)
  expect(queries.getQueryData(workspaceQuery.queryKey)?.mock.situation).toBeNull()
})
