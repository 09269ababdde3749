import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { parseWorkspace } from '../1-parse/workspace.ts'
import { threadsIn, voicesOn, type EntryThread } from './decision-threads.ts'

const head = { 'throughline.yaml': 'throughline: 1\nname: Shop' }
const proposal = (title: string, second: number, target = '$.info', more = ''): string =>
  `title: ${title}\noverlay: { overlay: 1.1.0, info: { title: x, version: '1' }, actions: [{ target: ${target}, update: { x-a: 1 } }] }\n${signed('Ada', second)}${more}`
const signed = (by: string, second: number): string =>
  `by: ${by}\nat: 2026-11-22T18:00:${String(second).padStart(2, '0')}Z\n`
const decision = (word: string, second: number): string =>
  `decision: ${word}\n${signed('Ada', second)}`

function threads(files: Readonly<Record<string, string>>): readonly EntryThread[] {
  const texts = Object.entries(files).map(
    ([path, text]) => [`decisions/${path}.yaml`, text] as const,
  )
  const { declarations, diagnostics } = parseWorkspace(
    filesOf({ ...head, ...Object.fromEntries(texts) }),
  )
  expect(diagnostics.map((one) => one.message)).toEqual([])
  return threadsIn(declarations)
}

test('takes the newest version of a proposal, and ends where somebody decided', () => {
  const files = { 'eta/1.proposal': proposal('Date', 1), 'eta/2.proposal': proposal('Day', 2) }
  const [eta] = threads(files)
  expect(eta).toMatchObject({ id: 'eta', proposal: { versions: 2, declaration: { title: 'Day' } } })
  expect(eta!.ended).toBeUndefined()
  expect(threads({ ...files, 'eta/3.decision': decision('declined', 3) })[0]!.ended).toBe(
    'declined',
  )
  expect(
    threads({
      ...files,
      'eta/3.decision': decision('declined', 3),
      'eta/4.decision': decision('reopened', 4),
    })[0]!.ended,
  ).toBeUndefined()
  expect(threads({ ...files, 'eta/0.decision': decision('declined', 0) })[0]!.ended).toBeUndefined()
})

test('begins a resolved thread anew when somebody says more', () => {
  const files = {
    'basket/1.comment': `text: Why?\non: step:checkout/basket\n${signed('Ada', 1)}`,
    'basket/2.decision': decision('resolved', 2),
  }
  expect(threads(files)[0]!.ended).toBe('resolved')
  expect(
    threads({ ...files, 'basket/3.comment': `text: Still\n${signed('Bob', 3)}` })[0]!.ended,
  ).toBeUndefined()
})

test('names what would be done, not how it is called', () => {
  const revision = (text: string): string =>
    threads({ 'eta/1.proposal': text })[0]!.proposal!.revision
  expect(revision(proposal('Date', 1))).toBe(revision(proposal('Day', 2, '$.info', 'why: Soon\n')))
  expect(revision(proposal('Date', 1))).not.toBe(revision(proposal('Date', 1, '$.paths')))
})

test('lets a later proposal take the place of another, unless it is declined', () => {
  const files = {
    'eta/1.proposal': proposal('Date', 1),
    'day/2.proposal': proposal('Day', 2, '$.paths', 'supersedes: [eta]\n'),
  }
  const superseded = (all: Readonly<Record<string, string>>): unknown =>
    threads(all).find((one) => one.id === 'eta')!.supersededBy
  expect(superseded(files)).toBe('day')
  expect(superseded({ ...files, 'day/3.decision': decision('declined', 3) })).toBeUndefined()
  const circle = {
    'eta/1.proposal': proposal('Date', 1, '$.info', 'supersedes: [day]\n'),
    'day/2.proposal': proposal('Day', 2, '$.paths', 'supersedes: [eta]\n'),
  }
  expect(threads(circle).map((one) => one.supersededBy)).toEqual([undefined, 'day'])
})

test('hears the last word of each person about one revision', () => {
  const files = { 'eta/1.proposal': proposal('Date', 1) }
  const { revision } = threads(files)[0]!.proposal!
  const sign = (says: string, by: string, second: number, of = revision): string =>
    `team: orders\nsays: ${says}\nrevision: "${of}"\n${signed(by, second)}`
  const [eta] = threads({
    ...files,
    'eta/2.sign-off': sign('object', 'Ada', 2),
    'eta/3.sign-off': sign('approve', 'Ada', 3),
    'eta/4.sign-off': sign('object', 'Bob', 4),
    'eta/5.sign-off': sign('object', 'Ada', 5, '0000000000000000'),
  })
  const voices = voicesOn(eta!, revision).get('orders')!
  expect(voices.map(({ by, says }) => `${by} ${says}`)).toEqual(['Ada approve', 'Bob object'])
})

test('replays to the same threads in whatever order the files come', () => {
  const files = {
    'eta/1.proposal': proposal('Date', 1),
    'eta/2.comment': `text: Why?\n${signed('Ada', 1)}`,
    'eta/3.decision': decision('declined', 4),
    'eta/4.decision': decision('reopened', 4),
    'day/5.proposal': proposal('Day', 5, '$.paths', 'supersedes: [eta]\n'),
  }
  const shown = (all: Readonly<Record<string, string>>): unknown =>
    threads(all).map((one) => ({
      ...one,
      entries: one.entries.map((entry) => entry.site.document.file.path),
      proposal: one.proposal?.revision,
    }))
  const expected = shown(files)
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(files), { minLength: 5 }), (entries) => {
      expect(shown(Object.fromEntries(entries))).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})
