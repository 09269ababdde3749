import { expect, test } from 'vitest'
import { sessionCounts } from './session-counts.ts'

test('counts for each session, and forgets one or all of them', () => {
  const counts = sessionCounts()
  counts.at('declined ada').set('pay', 2)
  counts.at('declined grace').set('pay', 1)
  counts.forget('ada')
  expect([counts.at('declined ada').get('pay'), counts.at('declined grace').get('pay')]).toEqual([
    undefined,
    1,
  ])
  counts.forget()
  expect(counts.at('declined grace').size).toBe(0)
})

test('forgets the oldest session when there are too many', () => {
  const counts = sessionCounts(2)
  for (const session of ['ada', 'grace', 'maya']) counts.at(session).set('pay', 1)
  expect(['maya', 'grace', 'ada'].map((session) => counts.at(session).size)).toEqual([1, 1, 0])
})
