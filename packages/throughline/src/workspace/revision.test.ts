import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shellIn, type Shell } from '../../test/shell.ts'
import { CannotRun } from '../cannot-run.ts'
import { compiled } from './compiled.ts'
import { openRevision, type Revision } from './revision.ts'
import { openWorkspace } from './workspace.ts'

const manifest = 'throughline: 1\nname: Shop\napis: { store: { contract: apis/store.yaml } }\n'

test('reads a workspace as it was at a branch, a tag, a commit and a distance', () => {
  const { shell, git } = repository({
    'throughline.yaml': manifest,
    'apis/store.yaml': contract('getBasket'),
  })
  git('tag', '-a', 'v1.0', '-m', 'The first')
  const first = git('rev-parse', 'HEAD').trim()
  shell.write({ 'apis/store.yaml': contract('getCart') })
  commit(git)
  shell.write({ 'apis/store.yaml': contract('notCommitted') })
  const place = { root: shell.folder }
  const serves = (revision: string): readonly string[] =>
    compiled(openRevision(place, revision)).graph.apis[0]!.contract!.operations.map(
      (one) => one.name,
    )
  expect(serves('v1.0')).toEqual(['getBasket'])
  expect(serves(first)).toEqual(['getBasket'])
  expect(serves(first.slice(0, 9))).toEqual(['getBasket'])
  expect(serves('HEAD~1')).toEqual(['getBasket'])
  expect(serves('main')).toEqual(['getCart'])
  expect(openRevision(place, 'v1.0')).toMatchObject({ revision: 'v1.0', commit: first })
})

test('reads where the current branch left another', () => {
  const { shell, git } = repository({ 'throughline.yaml': manifest, 'note.yaml': 'at: fork' })
  git('checkout', '-q', '-b', 'coupons')
  shell.write({ 'note.yaml': 'at: coupons' })
  commit(git)
  git('checkout', '-q', 'main')
  shell.write({ 'note.yaml': 'at: main' })
  commit(git)
  git('checkout', '-q', 'coupons')
  const note = (revision: string): unknown =>
    openRevision({ root: shell.folder }, revision).read('note.yaml')
  expect(note('main')).toMatchObject({ text: 'at: main' })
  expect(note('main...')).toMatchObject({ text: 'at: fork' })
  expect(note('main...coupons')).toMatchObject({ text: 'at: fork' })
  expect(refusal(() => note('main..coupons'))).toBe(
    'TL9005 `main..coupons` is a range. Name one revision, or `main...` for where this branch left main.',
  )
})

test('finds a workspace in a folder of its repository, and what lies beside that', () => {
  const { shell } = repository({
    'shop/throughline.yaml': manifest,
    'shop/apis/store.yaml': contract('getBasket'),
    'shop/node_modules/pkg/openapi.yaml': 'a: 1',
    'shop/.cache/a.yaml': 'a: 1',
    'shop/app/basket.ts': 'export {}',
    'shop/logo.png': new Uint8Array([0x89, 0x50, 0]),
    'shared/money.yaml': 'type: object',
  })
  const workspace = openWorkspace('shop', shell.folder)
  const old = openRevision(workspace, 'main')
  expect(old.paths).toEqual(workspace.paths)
  expect(old.read('../shared/money.yaml')).toMatchObject({ text: 'type: object' })
  expect(old.read('./apis/../apis/store.yaml')).toBe(old.read('apis/store.yaml'))
  expect([...old.bytes('logo.png')!]).toEqual([0x89, 0x50, 0])
  const reason = (path: string): unknown => Reflect.get(old.read(path), 'unreadable')
  expect(reason('logo.png')).toBe('binary')
  expect(reason('gone.yaml')).toBe('missing')
  expect(reason('apis')).toBe('not-a-file')
  for (const path of [
    '../../etc/passwd',
    '/etc/passwd',
    '.git/config',
    'a\0b',
    'a\nb',
    'https://a/b',
  ])
    expect(reason(path)).toBe('outside')
})

test('reads bare contracts as they were', () => {
  const { shell, git } = repository({ 'apis/store.yaml': contract('getBasket') })
  git('tag', 'v1')
  shell.write({ 'apis/new.yaml': contract('getCart'), 'apis/store.yaml': contract('getCart') })
  commit(git)
  const old = openRevision(openWorkspace('apis/store.yaml', shell.folder), 'v1')
  expect(compiled(old).graph.apis[0]!.contract!.operations[0]!.name).toBe('getBasket')
  expect(refusal(() => openRevision(openWorkspace('apis/new.yaml', shell.folder), 'v1'))).toMatch(
    /^TL9005 At `v1` \([0-9a-f]{10}\) there was no new\.yaml yet\.$/,
  )
})

test('follows links within the commit only', () => {
  const { shell, git } = repository({ 'throughline.yaml': manifest, 'real/money.yaml': 'a: 1' })
  symlinkSync('real', join(shell.folder, 'linked'))
  symlinkSync('real/money.yaml', join(shell.folder, 'money.yaml'))
  symlinkSync('/etc/passwd', join(shell.folder, 'passwords.yaml'))
  symlinkSync('nowhere.yaml', join(shell.folder, 'dangling.yaml'))
  symlinkSync('loop.yaml', join(shell.folder, 'loop.yaml'))
  commit(git)
  const old = openRevision({ root: shell.folder }, 'HEAD')
  expect(old.read('money.yaml')).toMatchObject({ text: 'a: 1' })
  expect(old.read('linked/money.yaml')).toMatchObject({ text: 'a: 1' })
  expect(old.read('passwords.yaml')).toMatchObject({ unreadable: 'outside' })
  expect(old.read('dangling.yaml')).toMatchObject({ unreadable: 'missing' })
  expect(old.read('loop.yaml')).toMatchObject({ unreadable: 'missing' })
})

test('says why a revision is not to be had', () => {
  const { shell, git } = repository({ 'notes.md': 'Nothing yet' })
  git('tag', 'v1.2.0')
  git('update-ref', 'refs/remotes/origin/release', 'HEAD')
  shell.write({ 'throughline.yaml': manifest })
  commit(git)
  const why = (revision: string): string =>
    refusal(() => openRevision({ root: shell.folder }, revision))
  expect(why('v1.20')).toBe(
    'TL9005 This repository has no revision `v1.20`. Did you mean `v1.2.0`?',
  )
  expect(why('release')).toBe(
    'TL9005 This repository has no revision `release`. Did you mean `origin/release`?',
  )
  expect(why('v1.2.0')).toMatch(
    /^TL9005 At `v1\.2\.0` \([0-9a-f]{10}\) this folder had no throughline\.yaml yet\.$/,
  )
  expect(why('--output=stolen')).toBe('TL9005 `--output=stolen` is no name of a revision.')
  expect(why('main:throughline.yaml')).toContain('TL9005 This repository has no revision')
  expect(why('')).toBe('TL9005 `` is no name of a revision.')
  const outside = shellIn({ 'throughline.yaml': manifest })
  expect(refusal(() => openRevision({ root: outside.folder }, 'main'))).toBe(
    'TL9005 This folder is in no git repository, so there is no revision `main`.',
  )
})

test('tells somebody with a shallow clone what to fetch', () => {
  const { shell, git } = repository({ 'throughline.yaml': manifest })
  git('tag', 'v1')
  shell.write({ 'note.yaml': 'a: 1' })
  commit(git)
  const clone = join(shell.folder, 'clone')
  execFileSync('git', ['clone', '-q', '--depth=1', '--no-tags', `file://${shell.folder}`, clone])
  expect(refusal(() => openRevision({ root: clone }, 'v1'))).toContain(
    'git fetch --unshallow --tags',
  )
})

test('reads many files without a process for each, in whatever order', () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`data/${index}.yaml`, `number: ${index}\n`]),
  )
  const { shell } = repository({ 'throughline.yaml': manifest, ...files })
  const old: Revision = openRevision({ root: shell.folder }, 'HEAD')
  expect(old.paths).toHaveLength(301)
  for (const index of [299, 0, 150])
    expect(old.read(`data/${index}.yaml`)).toMatchObject({ text: `number: ${index}\n` })
})

type Git = (...args: readonly string[]) => string

function repository(files: Parameters<typeof shellIn>[0]): {
  readonly shell: Shell
  readonly git: Git
} {
  const shell = shellIn(files)
  mkdirSync(shell.folder, { recursive: true })
  const git: Git = (...args) =>
    execFileSync('git', ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.com', ...args], {
      cwd: shell.folder,
      encoding: 'utf8',
    })
  git('init', '-q', '-b', 'main')
  commit(git)
  return { shell, git }
}

function commit(git: Git): void {
  git('add', '-A', '-f')
  git('commit', '-q', '-m', 'Change the shop')
}

function contract(operation: string): string {
  return `openapi: 3.1.0\ninfo: { title: Store, version: '1' }\npaths:\n  /basket:\n    get: { operationId: ${operation}, responses: { '200': { description: OK } } }\n`
}

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof CannotRun) return `${error.code} ${error.message}`
    throw error
  }
  return 'ran'
}
