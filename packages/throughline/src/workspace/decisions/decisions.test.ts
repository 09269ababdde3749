import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { located, proposalForNeed, type Thread } from '@throughline/core'
import { describe, expect, test } from 'vitest'
import { checkout, decisionsIn, need, orders, shop } from '../../../test/deciding.ts'
import { shellIn } from '../../../test/shell.ts'
import { compiled } from '../compiled.ts'
import { realDisk, type Disk } from '../edit/disk.ts'
import { openWorkspace } from '../workspace.ts'
import { proposalFrom, type Decided, type Decisions } from './decisions.ts'

function done(outcome: Decided): Thread {
  if (outcome.kind === 'refused') throw new Error(`${outcome.title}: ${outcome.detail}`)
  return outcome.thread
}

function refusal(outcome: Decided): string {
  return outcome.kind === 'refused' ? `${outcome.status} ${outcome.title}` : 'done'
}

function proposeEta(decisions: Decisions, folder: string, by = checkout): Thread {
  const draft = proposalForNeed(compiled(openWorkspace(folder)).graph, need)
  if ('refused' in draft) throw new Error(draft.refused)
  return done(decisions.propose(proposalFrom(draft), by))
}

const stand = ({ state, signOffs }: Thread): readonly string[] => [
  state,
  ...signOffs.map(({ team, status }) => `${team} ${status}`),
]

test('a screen needs a field: it is proposed, discussed, signed by its owners and applied', () => {
  const shell = shellIn(shop)
  const decisions = decisionsIn(shell.folder)
  const proposed = proposeEta(decisions, shell.folder)
  expect(proposed).toMatchObject({
    kind: 'proposal',
    title: 'Return `eta` from GET /basket',
    on: [need],
    waitsFor: ['orders', 'checkout'],
    touches: {
      apis: ['store'],
      steps: [{ step: 'checkout/basket', screen: '/basket', owner: 'checkout', severity: 'helps' }],
    },
  })
  expect(stand(proposed)).toEqual(['open', 'orders waiting', 'checkout waiting'])
  const { id } = proposed

  done(decisions.comment(id, 'A day is enough, no hour', orders))
  expect(refusal(decisions.apply(id, orders))).toBe('409 The proposal is not approved')
  expect(stand(done(decisions.sign(id, { says: 'object' }, orders)))).toEqual([
    'open',
    'orders objected',
    'checkout waiting',
  ])
  done(decisions.sign(id, { says: 'approve' }, orders))
  expect(stand(done(decisions.sign(id, { says: 'approve', team: 'checkout' }, checkout)))).toEqual([
    'approved',
    'orders approved',
    'checkout approved',
  ])
  const applied = decisions.apply(id, orders)
  expect(applied).toMatchObject({ files: ['apis/store.yaml', expect.any(String)] })
  expect(done(applied).state).toBe('applied')
  expect(shell.read('apis/store.yaml')).toBe(
    shop['apis/store.yaml']
      .replace('[total]', '[total, eta]')
      .replace('# with tax\n', '# with tax\n        eta: { type: string, format: date-time }\n'),
  )
  const { diagnostics } = compiled(openWorkspace(shell.folder))
  expect(
    located(diagnostics).filter((one) => one.file.startsWith('decisions') || /TL2/.test(one.code)),
  ).toEqual([])
  expect(refusal(decisions.apply(id, orders))).toBe('409 The proposal is applied')
})

test('a sign-off is for one version: a change asks everybody again', () => {
  const shell = shellIn(shop)
  const decisions = decisionsIn(shell.folder)
  const { id, proposal } = proposeEta(decisions, shell.folder)
  done(decisions.sign(id, { says: 'approve' }, orders))
  const draft = proposalForNeed(compiled(openWorkspace(shell.folder)).graph, need, {
    schema: { type: 'string', format: 'date' },
  })
  if ('refused' in draft) throw new Error(draft.refused)
  const changed = done(decisions.propose({ ...proposalFrom(draft), thread: id }, checkout))
  expect(stand(changed)).toEqual(['open', 'orders stale', 'checkout waiting'])
  expect(changed.proposal).toMatchObject({ versions: 2 })
  expect(compiled(openWorkspace(shell.folder)).diagnostics.map((one) => one.rule)).toContain(
    'sign-off-stale',
  )
  expect(
    refusal(decisions.sign(id, { says: 'approve', revision: proposal!.revision }, orders)),
  ).toBe('409 The proposal has changed since you looked at it')
})

test('refuses who is no member, an unknown thread, and what does not fit its contract', () => {
  const shell = shellIn(shop)
  const decisions = decisionsIn(shell.folder)
  const { id } = proposeEta(decisions, shell.folder)
  const sign = { says: 'approve', team: 'orders' } as const
  expect(refusal(decisions.sign(id, sign, 'Bob'))).toBe('403 Bob is no member of orders')
  expect(refusal(decisions.sign(id, { says: 'approve' }, 'Bob'))).toBe(
    '403 Bob is a member of no team that must sign',
  )
  expect(refusal(decisions.comment('gone', 'Hm', 'Bob'))).toBe('404 There is no thread gone')
  expect(refusal(decisions.comment(id, 'Hm', ' '))).toBe('400 Nobody is named')
  const overlay = (target: string) => ({
    overlay: '1.1.0',
    info: { title: 'x', version: '1' },
    actions: [{ target, remove: true }],
  })
  const propose = (target: string): string =>
    refusal(
      decisions.propose(
        { title: 'x', overlays: [{ file: 'apis/store.yaml', overlay: overlay(target) }] },
        'Bob',
      ),
    )
  expect(propose('$.components.schemas.Cart')).toMatch(/^409 .*selects nothing/)
  expect(propose('paths')).toBe('400 The proposal is not as described')
  expect(shell.list().filter((path) => path.startsWith('decisions'))).toHaveLength(1)
})

test('comments on the same thing meet in one thread, which is resolved and goes on', () => {
  const shell = shellIn(shop)
  const decisions = decisionsIn(shell.folder)
  const first = done(decisions.commentOn('step:checkout/basket', 'Too many fields?', 'Ada'))
  expect(first).toMatchObject({ kind: 'discussion', state: 'open', title: 'Too many fields?' })
  expect(done(decisions.commentOn('step:checkout/basket', 'No', 'Bob')).id).toBe(first.id)
  expect(decisions.threadOn('step:checkout/basket')?.entries).toHaveLength(2)
  expect(refusal(decisions.commentOn('step:checkout/gone', 'No', 'Bob'))).toMatch(/^404/)
  expect(done(decisions.end(first.id, { decision: 'resolved' }, 'Ada')).state).toBe('resolved')
  expect(refusal(decisions.end(first.id, { decision: 'resolved' }, 'Ada'))).toBe(
    '409 The thread is resolved',
  )
  expect(done(decisions.comment(first.id, 'Wait', 'Bob')).state).toBe('open')
})

test('where no team owns anything, one approval is enough', () => {
  const shell = shellIn({
    ...shop,
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis: { store: { contract: apis/store.yaml } }\n',
  })
  const decisions = decisionsIn(shell.folder)
  const { id, signOffs } = proposeEta(decisions, shell.folder, 'Ada')
  expect(signOffs).toEqual([])
  expect(refusal(decisions.apply(id, 'Ada'))).toBe('409 The proposal is not approved')
  expect(done(decisions.sign(id, { says: 'approve' }, 'Ada')).state).toBe('approved')
  expect(done(decisions.apply(id, 'Ada')).state).toBe('applied')
})

test('a journey is edited by a proposal too, for its owners to sign', () => {
  const shell = shellIn(shop)
  const decisions = decisionsIn(shell.folder)
  const edits = [{ kind: 'change-step', step: 'checkout/basket', set: { title: 'Your basket' } }]
  const thread = done(decisions.propose({ title: 'Say whose basket it is', edits }, orders))
  expect(thread.waitsFor).toEqual(['checkout'])
  done(decisions.sign(thread.id, { says: 'approve' }, checkout))
  done(decisions.apply(thread.id, checkout))
  expect(shell.read('journeys/checkout.journey.yaml')).toContain('title: Your basket')
})

describe('in git', () => {
  test('two people comment, sign and change at once on two clones, and merge without conflict', () => {
    const origin = shellIn(shop)
    const git = gitIn(origin.folder)
    git('init', '-q', '-b', 'main')
    commit(git)
    const { id } = proposeEta(decisionsIn(origin.folder), origin.folder)
    commit(git)
    const place = shellIn()
    git('clone', '-q', origin.folder, join(place.folder, 'ada'))
    git('clone', '-q', origin.folder, join(place.folder, 'grace'))
    const at = new Date('2030-01-01T12:00:00Z')
    const now = (): Date => at
    const ada = decisionsIn(join(place.folder, 'ada'), { now })
    const grace = decisionsIn(join(place.folder, 'grace'), { now })

    // In the very same second, with the same words.
    done(ada.comment(id, 'Fine', orders))
    done(grace.comment(id, 'Fine', checkout))
    done(ada.sign(id, { says: 'approve' }, orders))
    done(grace.sign(id, { says: 'approve' }, checkout))
    done(ada.commentOn('step:checkout/basket', 'Is this the last step?', orders))
    done(grace.commentOn('step:checkout/basket', 'Is this the last step?', checkout))
    const second = proposeEta(grace, join(place.folder, 'grace'))
    const first = proposeEta(ada, join(place.folder, 'ada'), orders)
    for (const name of ['ada', 'grace']) commit(gitIn(join(place.folder, name)))

    const merging = gitIn(join(place.folder, 'ada'))
    merging('pull', '-q', '--no-rebase', '--no-edit', join(place.folder, 'grace'), 'main')
    expect(merging('status', '--porcelain')).toBe('')
    const merged = decisionsIn(join(place.folder, 'ada')).board
    expect(merged.threads.map((one) => one.id)).toEqual(
      [id, first.id, second.id, ada.threadOn('step:checkout/basket')!.id].toSorted(),
    )
    expect(stand(merged.thread(id)!)).toEqual(['approved', 'orders approved', 'checkout approved'])
    expect(
      merged
        .thread(id)!
        .entries.map((one) => one.kind)
        .toSorted(),
    ).toEqual(['comment', 'comment', 'proposal', 'sign-off', 'sign-off'])
    expect(ada.threadOn('step:checkout/basket')!.entries).toHaveLength(2)

    // The other way round, the same threads.
    const other = gitIn(join(place.folder, 'grace'))
    other('pull', '-q', '--no-rebase', '--no-edit', join(place.folder, 'ada'), 'main')
    const shown = (folder: string): string =>
      JSON.stringify(decisionsIn(join(place.folder, folder)).board.threads)
    expect(shown('grace')).toBe(shown('ada'))
  })

  test('commits exactly what was said, in the name of who said it', () => {
    const shell = shellIn(shop)
    const git = gitIn(shell.folder)
    git('init', '-q', '-b', 'main')
    commit(git)
    shell.write({ 'notes.md': 'Mine', 'throughline.yaml': `${shop['throughline.yaml']}# mine\n` })
    git('add', 'notes.md')
    const decisions = decisionsIn(shell.folder, { commit: true })
    const outcome = decisions.commentOn('step:checkout/basket', 'Hello', checkout)
    expect(outcome).toMatchObject({ committed: { commit: expect.any(String) as string } })
    expect(git('log', '-1', '--format=%an <%ae>: %s')).toBe(
      `${checkout}: Comment on step:checkout/basket\n`,
    )
    expect(git('show', '--name-only', '--format=', 'HEAD')).toMatch(/^decisions\/[^\n]*\n$/)
    expect(git('status', '--porcelain')).toBe('A  notes.md\n M throughline.yaml\n')
  })

  test('says why nothing was committed, and what was written stays', () => {
    const shell = shellIn(shop)
    const outcome = decisionsIn(shell.folder, { commit: true }).commentOn(
      'step:checkout/basket',
      'Hello',
      checkout,
    )
    expect(outcome).toMatchObject({
      kind: 'done',
      committed: { problem: expect.stringContaining('not a git repository') as string },
    })
  })
})

describe('a crash', () => {
  /** A disk on a machine that loses power before its n-th write: nothing is written or removed any more. */
  function dying(after: number): Disk {
    let left = after
    const alive = (): void => {
      if (left-- <= 0) throw new Error('No power')
    }
    return {
      ...realDisk,
      write(path, bytes, fresh) {
        alive()
        realDisk.write(path, bytes, fresh)
      },
      remove(path) {
        alive()
        realDisk.remove(path)
      },
    }
  }

  test.each([0, 1])(
    'between two writes (%i done) leaves whole files, and applying again ends it',
    (after) => {
      const shell = shellIn(shop)
      const decisions = decisionsIn(shell.folder)
      const { id } = proposeEta(decisions, shell.folder)
      done(decisions.sign(id, { says: 'approve' }, orders))
      done(decisions.sign(id, { says: 'approve' }, checkout))
      const before = shell.list()
      const disk = dying(after)
      expect(decisionsIn(shell.folder, { disk }).apply(id, orders)).toMatchObject({
        status: 500,
        detail: 'No power',
      })
      expect(shell.list()).toEqual(before)
      const text = shell.read('apis/store.yaml')
      expect(text === shop['apis/store.yaml']).toBe(after === 0)

      const again = decisionsIn(shell.folder)
      expect(again.board.thread(id)!.state).toBe('approved')
      expect(done(again.apply(id, orders)).state).toBe('applied')
      expect(shell.read('apis/store.yaml').match(/eta/g)).toHaveLength(2)
    },
  )

  test.each([0, 1])(
    'of the process itself (killed with %i files in place) leaves whole files, and applying again ends it',
    (after) => {
      const shell = shellIn(shop)
      const { id } = proposeEta(decisionsIn(shell.folder), shell.folder)
      done(decisionsIn(shell.folder).sign(id, { says: 'approve' }, orders))
      done(decisionsIn(shell.folder).sign(id, { says: 'approve' }, checkout))
      const helpers = new URL('../../../test/deciding.ts', import.meta.url).href
      // Each file is put in its place by a rename or a link: there the process is killed, as by the system, with no handler run.
      const script = `
        import fs from 'node:fs'
        import { syncBuiltinESMExports } from 'node:module'
        let left = ${after}
        for (const name of ['renameSync', 'linkSync']) {
          const real = fs[name]
          fs[name] = (from, to) => {
            if (left-- > 0) return real(from, to)
            process.kill(process.pid, 'SIGKILL')
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
          }
        }
        syncBuiltinESMExports()
        const { decisionsIn, orders } = await import(${JSON.stringify(helpers)})
        decisionsIn(${JSON.stringify(shell.folder)}).apply(${JSON.stringify(id)}, orders)
      `
      const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
      })
      expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' })
      const text = shell.read('apis/store.yaml')
      expect(text === shop['apis/store.yaml']).toBe(after === 0)
      const again = decisionsIn(shell.folder)
      expect(again.board.thread(id)!.state).toBe('approved')
      expect(done(again.apply(id, orders)).state).toBe('applied')
      expect(shell.read('apis/store.yaml').match(/eta/g)).toHaveLength(2)
    },
  )

  test('leaves a temporary file at most, which is no part of a thread', () => {
    const shell = shellIn(shop)
    const { id } = proposeEta(decisionsIn(shell.folder), shell.folder)
    shell.write({ [`decisions/${id}/.20300101T120000Z-00000000.comment.yaml.7.tmp`]: 'text: Ha' })
    expect(decisionsIn(shell.folder).board.thread(id)!.entries).toHaveLength(1)
  })
})

test('writes what any YAML parser reads back, whatever people say', () => {
  const shell = shellIn(shop)
  const decisions = decisionsIn(shell.folder)
  for (const text of [
    '- no',
    '2026-01-01',
    '{ a: b',
    'yes: "no"\n\n  # not a comment\n',
    '\u2028x',
    '!!',
    '|',
  ]) {
    const outcome = decisions.commentOn('step:checkout/basket', text, "O'Hara: <x@example.com>")
    expect(done(outcome).entries.at(-1)!.text).toBe(text)
    expect(
      readFileSync(join(shell.folder, 'files' in outcome ? outcome.files[0]! : ''), 'utf8'),
    ).toMatch(/\nat: \S+\n$/)
  }
})

type Git = (...args: readonly string[]) => string
function gitIn(folder: string): Git {
  return (...args) =>
    execFileSync(
      'git',
      [
        '-c',
        'user.name=Test',
        '-c',
        'user.email=test@example.com',
        '-c',
        'core.hooksPath=/dev/null',
        ...args,
      ],
      { cwd: folder, encoding: 'utf8' },
    )
}

function commit(git: Git): void {
  git('add', '-A')
  git('commit', '-q', '-m', 'Work')
}
