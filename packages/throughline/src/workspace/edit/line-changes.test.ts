import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LineChange } from '@throughline/core'
import { lineChanges, overlap } from './line-changes.ts'

test('tells the lines that differ', () => {
  expect(
    lineChanges('title: A\nsteps:\n  - a\n  - b\n', 'title: B\nsteps:\n  - a\n  - x\n  - b\n'),
  ).toEqual([
    { line: 1, removed: ['title: A'], added: ['title: B'] },
    { line: 4, removed: [], added: ['  - x'] },
  ])
  expect(lineChanges('same', 'same')).toEqual([])
})

test('gives the new text when it is done to the old one, with few lines', () => {
  const texts = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 14 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const changes = lineChanges(before, after)
      expect(done(before, changes)).toBe(after)
      expect(changes.reduce((sum, one) => sum + one.removed.length + one.added.length, 0)).toBe(
        distance(before.split('\n'), after.split('\n')),
      )
    }),
  )
})

test('sees that two people changed the same lines', () => {
  const before = 'a\nb\nc\nd\ne\n'
  const first = lineChanges(before, 'x\nb\nc\nd\ne\n')
  expect(overlap(first, lineChanges(before, 'y\nb\nc\nd\ne\n'))).toBe(true)
  expect(overlap(first, lineChanges(before, 'a\nb\nc\ny\ne\n'))).toBe(false)
})

function done(text: string, changes: readonly LineChange[]): string {
  const lines = text.split('\n')
  for (const { line, removed, added } of changes.toReversed()) {
    expect(lines.splice(line - 1, removed.length, ...added)).toEqual(removed)
  }
  return lines.join('\n')
}

/** Lines that must go or come at least: by the longest common subsequence. */
function distance(a: readonly string[], b: readonly string[]): number {
  const longest = Array.from({ length: a.length + 1 }, () =>
    Array.from({ length: b.length + 1 }, () => 0),
  )
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      longest[i]![j] =
        a[i - 1] === b[j - 1]
          ? longest[i - 1]![j - 1]! + 1
          : Math.max(longest[i - 1]![j]!, longest[i]![j - 1]!)
  return a.length + b.length - 2 * longest[a.length]![b.length]!
}
