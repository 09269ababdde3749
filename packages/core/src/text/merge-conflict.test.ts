import { describe, expect, it } from 'vitest'
import { withoutConflicts } from './merge-conflict.ts'

const conflict = (eol: string) =>
  [
    'journey: checkout',
    '<<<<<<< HEAD',
    'title: Pay for the basket',
    '=======',
    'title: Buy',
    '>>>>>>> shorter-titles',
    'owner: shop',
    '',
  ].join(eol)

describe('withoutConflicts', () => {
  it('keeps the upper side of a conflict, every offset, and says where it stands', () => {
    const text = conflict('\n')
    const read = withoutConflicts(text)
    expect(read.text.split('\n').filter((line) => line.trim() !== '')).toEqual([
      'journey: checkout',
      'title: Pay for the basket',
      'owner: shop',
    ])
    expect(read.text.length).toBe(text.length)
    expect(read.text.indexOf('owner')).toBe(text.indexOf('owner'))
    expect(read.problems.map(({ start, end }) => text.slice(start, end))).toEqual(['<<<<<<< HEAD'])
    expect(read.problems[0]?.problem).toContain('A git merge conflict stands in lines 2 to 6.')
  })

  it('reads files with Windows line ends', () => {
    const read = withoutConflicts(conflict('\r\n'))
    expect(read.text).toContain('title: Pay for the basket\r\n')
    expect(read.text).not.toContain('title: Buy')
    expect(read.problems).toHaveLength(1)
  })

  it('leaves out the common ancestor that diff3 writes', () => {
    const text = '<<<<<<< HEAD\na: 1\n||||||| base\na: 0\n=======\na: 2\n>>>>>>> cart\n'
    expect(withoutConflicts(text).text.trim()).toBe('a: 1')
  })

  it('leaves a text alone whose markers are no whole conflict', () => {
    const text = 'a: 1\n<<<<<<< HEAD\nb: 2\n'
    expect(withoutConflicts(text)).toEqual({ text, problems: [] })
  })
})
