import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { TestOverview } from '../../client/studio-client.ts'
import { hear, testQuery, testsQuery } from './tests-data.ts'

const running = {
  id: '20260512T101500000Z',
  target: 'mock',
  started: '2026-05-12T10:15:00.000Z',
  phases: ['examples'],
  readOnly: false,
  phase: 'examples',
  cases: 3,
  rate: 12,
  part: 0.5,
  findings: 0,
  stopping: false,
}
const overview: TestOverview = { readOnly: false, environments: [], phases: [], runs: [] }

test('shows the figures of a run at once, and asks for its findings when there are more', () => {
  const queries = new QueryClient()
  queries.setQueryData(testsQuery.queryKey, { ...overview, running })
  queries.setQueryData(['test', running.id], {})
  hear({ ...running, cases: 4 }, queries)
  expect(queries.getQueryData(testsQuery.queryKey)?.running?.cases).toBe(4)
  expect(queries.getQueryState(testQuery(running.id).queryKey)?.isInvalidated).toBe(false)
  hear({ ...running, findings: 1 }, queries)
  expect(queries.getQueryState(testQuery(running.id).queryKey)?.isInvalidated).toBe(true)
})

test('asks again when a run has ended that the page did not know of yet', () => {
  const queries = new QueryClient()
  queries.setQueryData(testsQuery.queryKey, overview)
  queries.setQueryData(['test', running.id], {})
  hear(null, queries)
  expect(queries.getQueryState(testsQuery.queryKey)?.isInvalidated).toBe(true)
  expect(queries.getQueryState(testQuery(running.id).queryKey)?.isInvalidated).toBe(true)
})
