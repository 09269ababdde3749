import { expect, test } from 'vitest'
import { shortSession } from './session.ts'

test('keeps long names of sessions short, and those that begin alike apart', () => {
  const long = 'maya'.repeat(100)
  expect(shortSession('maya')).toBe('maya')
  expect(shortSession(long).length).toBeLessThan(200)
  expect(shortSession(`${long}1`)).not.toBe(shortSession(`${long}2`))
})
