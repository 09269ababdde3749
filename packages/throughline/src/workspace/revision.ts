import { closest, type Files, type SourceFile, type Unreadable } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { decode } from './decode.ts'
import { gitIn, type Git } from './git.ts'
import { isDataFile, listed } from './listing.ts'
import { isPrivate, normalised } from './path.ts'
import { manifests } from './target.ts'

/** A workspace as it was at one commit. Never changes: a branch that moves on is opened again. */
export interface Revision extends Files {
  /** As it was asked for: `v1.2`, `main...`. */
  readonly revision: string
  /** What that was when it was opened: the whole hash. */
  readonly commit: string
  /** The folder of today that stands for the workspace. Absolute. */
  readonly root: string
  readonly contracts: readonly string[] | undefined
  /** A file as it was, for a picture or a download; `undefined` where it can't be read. Not remembered. */
  readonly bytes: (path: string) => Uint8Array | undefined
}

/** What of a workspace must be known to find it in git: an opened `Workspace` and a `Target` will do. */
export interface RevisionOf {
  readonly root: string
  /** Set for bare contract files: only they are listed. */
  readonly contracts?: readonly string[] | undefined
}

/**
 * Opens a workspace as it was at a git revision, without a checkout: whatever `git rev-parse` understands (branch, tag,
 * commit, `HEAD~2`), and `main...`: where the current branch left main. Nothing is fetched or written. Links are followed
 * within the commit only. Throws `CannotRun` (TL9005) where there is no such revision, repository or workspace in it.
 */
export function openRevision({ root, contracts }: RevisionOf, revision: string): Revision {
  const git = gitIn(root)
  const prefix = prefixOf(git, revision)
  const commit = commitOf(git, revision)
  const paths = contracts ?? listed(pathsIn(git, commit, prefix))
  const known = new Map<string, SourceFile | Unreadable>()

  const self: Revision = {
    revision,
    commit,
    root,
    contracts,
    paths,
    place: contracts === undefined ? prefix.replace(/\/$/, '') : '',
    read(asked) {
      const path = normalised(root, asked)
      if (path === undefined || isPrivate(path) || inRepository(prefix, path) === undefined)
        return { path: asked, unreadable: 'outside' }
      let file = known.get(path)
      if (file === undefined) {
        load(path)
        file = known.get(path)!
      }
      return file
    },
    bytes(asked) {
      const path = normalised(root, asked)
      if (path === undefined || isPrivate(path)) return undefined
      const found = contentsOf(git, commit, prefix, [path], largestFile).get(path)
      return found instanceof Uint8Array ? found : undefined
    },
  }
  demandWorkspace(self)
  return self

  /** One process reads many files: those of the same kind are likely to be asked for next. */
  function load(path: string): void {
    const isData = isDataFile(path)
    const beside = paths
      .filter((one) => one !== path && isDataFile(one) === isData && !known.has(one))
      .slice(0, mostAtOnce)
    const asked = contentsOf(git, commit, prefix, [path], largestFile)
    for (const [one, content] of [
      ...asked,
      ...contentsOf(git, commit, prefix, beside, largestBeside),
    ])
      if (content !== 'later') known.set(one, fileOf(one, content))
  }
}

/** The largest file that is read, in bytes: as on the disk. */
const largestFile = 64 * 1024 * 1024
/** What is read before anybody asks: files up to this size, so many, and so much of them together. */
const largestBeside = 1024 * 1024
const mostAtOnce = 2_000
const mostBeside = 48 * 1024 * 1024

/** The workspace's folder in its repository, with a slash at its end; `''` at the top. */
function prefixOf(git: Git, revision: string): string {
  const { status, out, err } = git(['rev-parse', '--show-prefix'])
  if (status === 0) return out.toString().replace(/\r?\n$/, '')
  if (/dubious ownership/.test(err))
    throw new CannotRun(
      'TL9005',
      `The repository belongs to another user, so git does not read it. If you trust it: ${/git config --global --add safe\.directory .*/.exec(err)?.[0] ?? 'git config --global --add safe.directory FOLDER'}`,
    )
  throw new CannotRun(
    'TL9005',
    `This folder is in no git repository, so there is no revision \`${shown(revision)}\`.`,
  )
}

function commitOf(git: Git, revision: string): string {
  if (revision.includes('\0') || revision.trim() === '' || revision.startsWith('-'))
    throw new CannotRun('TL9005', `\`${shown(revision)}\` is no name of a revision.`)
  const range = /^(.*?)(\.{2,3})(.*)$/s.exec(revision)
  if (range === null) return commitNamed(git, revision)
  const [, from = '', dots, to = ''] = range
  if (dots === '..')
    throw new CannotRun(
      'TL9005',
      `\`${shown(revision)}\` is a range. Name one revision, or \`${shown(from)}...\` for where this branch left ${shown(from)}.`,
    )
  const left = commitNamed(git, from || 'HEAD')
  const right = commitNamed(git, to || 'HEAD')
  const { status, out } = git(['merge-base', left, right])
  const base = out.toString().trim()
  if (status === 0 && isCommit(base)) return base
  throw new CannotRun(
    'TL9005',
    `\`${shown(from || 'HEAD')}\` and \`${shown(to || 'HEAD')}\` have no commit in common here.${shallowAdvice(git)}`,
  )
}

function commitNamed(git: Git, name: string): string {
  const { status, out } = git([
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ])
  const commit = out.toString().trim()
  if (status === 0 && isCommit(commit)) return commit
  throw new CannotRun(
    'TL9005',
    `This repository has no revision \`${shown(name)}\`.${meant(git, name)}${shallowAdvice(git)}`,
  )
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(text)
}

function meant(git: Git, name: string): string {
  const refs = git([
    'for-each-ref',
    '--count=2000',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ])
  const names = refs.out.toString().split('\n').filter(Boolean)
  const remote = names.find((one) => one.endsWith(`/${name}`) && one.split('/').length === 2)
  const best = remote ?? closest(name, names, 1)[0]
  return best === undefined ? '' : ` Did you mean \`${shown(best)}\`?`
}

function shallowAdvice(git: Git): string {
  const { out } = git(['rev-parse', '--is-shallow-repository'])
  return out.toString().trim() === 'true'
    ? ' This clone is shallow: fetch the rest first, with `git fetch --unshallow --tags`.'
    : ''
}

function shown(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a0-\u{10ffff}]/gu, '?').slice(0, 100)
}

/** Regular files and links below the workspace's folder, relative to it. */
function pathsIn(git: Git, commit: string, prefix: string): readonly string[] {
  const { status, out, err } = git([
    'ls-tree',
    '--full-tree',
    '-r',
    '-z',
    prefix === '' ? commit : `${commit}:${prefix}`,
  ])
  if (status !== 0) {
    // The folder was not there yet.
    if (/Not a valid object name|does not exist|exists on disk/i.test(err)) return []
    throw new CannotRun(
      'TL9005',
      `git could not read the commit ${commit.slice(0, 12)}: ${shown(err)}`,
    )
  }
  const paths: string[] = []
  for (const line of out.toString().split('\0')) {
    const tab = line.indexOf('\t')
    // The mode: 100644, 100755, 120000 for a link; 160000 is another repository.
    if (tab !== -1 && line.startsWith('1') && !line.startsWith('160000'))
      paths.push(line.slice(tab + 1))
  }
  return paths
}

/** A path of the workspace as one of the repository; `undefined` where it leads out of it, or git's line protocol can't say it. */
function inRepository(prefix: string, path: string): string | undefined {
  if (/[\n\r]/.test(path)) return undefined
  const parts = prefix.split('/').filter(Boolean)
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

type Content = Uint8Array | 'later' | Unreadable['unreadable'] | { readonly size: number }

/** What files hold, by path; `later` for those beyond what is read at once, a size for those that are too large. */
function contentsOf(
  git: Git,
  commit: string,
  prefix: string,
  paths: readonly string[],
  largest: number,
): ReadonlyMap<string, Content> {
  const found = new Map<string, Content>()
  const names = new Map<string, string>()
  for (const path of paths) {
    const place = inRepository(prefix, path)
    if (place === undefined) found.set(path, 'outside')
    else names.set(path, `${commit}:${place}`)
  }
  if (names.size === 0) return found
  const lines = [...names.values()].map((name) => `${name}\n`).join('')
  const sizes = entriesOf(git(['cat-file', '--batch-check', '--follow-symlinks'], lines).out, false)
  const wanted: string[] = []
  let total = 0
  for (const [index, path] of [...names.keys()].entries()) {
    const entry = sizes[index]
    if (entry?.kind !== 'blob')
      found.set(path, entry?.kind === 'tree' ? 'not-a-file' : reasonOf(entry))
    else if (entry.size > largest)
      found.set(path, largest === largestFile ? { size: entry.size } : 'later')
    else if (wanted.length > 0 && total + entry.size > mostBeside) found.set(path, 'later')
    else {
      wanted.push(path)
      total += entry.size
    }
  }
  if (wanted.length === 0) return found
  const asked = wanted.map((path) => `${names.get(path)!}\n`).join('')
  const bound = total + wanted.length * 200 + 1_000_000
  const contents = entriesOf(
    git(['cat-file', '--batch', '--follow-symlinks'], asked, bound).out,
    true,
  )
  for (const [index, path] of wanted.entries())
    found.set(path, contents[index]?.content ?? 'missing')
  return found
}

interface Entry {
  readonly kind: string
  readonly size: number
  readonly content?: Uint8Array
}

/** The answers of `git cat-file`: a line each, `<hash> blob <size>` with the content after it, or what became of a link. */
function entriesOf(out: Buffer, withContent: boolean): readonly Entry[] {
  const entries: Entry[] = []
  let at = 0
  while (at < out.length) {
    const end = out.indexOf(10, at)
    if (end === -1) break
    const line = out.toString('latin1', at, end)
    at = end + 1
    const link = /^(dangling|loop|notdir|symlink) (\d+)$/.exec(line)
    if (link !== null) {
      at += Number(link[2]) + 1
      entries.push({ kind: link[1]!, size: 0 })
      continue
    }
    const object = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(line)
    if (object === null) {
      entries.push({ kind: 'missing', size: 0 })
      continue
    }
    const size = Number(object[2])
    if (!withContent) entries.push({ kind: object[1]!, size })
    else {
      entries.push({ kind: object[1]!, size, content: out.subarray(at, at + size) })
      at += size + 1
    }
  }
  return entries
}

/** `symlink`: a link that leads out of the commit. */
function reasonOf(entry: Entry | undefined): Unreadable['unreadable'] {
  return entry?.kind === 'symlink' ? 'outside' : 'missing'
}

function fileOf(path: string, content: Exclude<Content, 'later'>): SourceFile | Unreadable {
  if (typeof content === 'string') return { path, unreadable: content }
  if (!(content instanceof Uint8Array)) return { path, unreadable: 'too-large', size: content.size }
  const text = decode(Buffer.from(content))
  return text === undefined ? { path, unreadable: 'binary', size: content.length } : { path, text }
}

function demandWorkspace(revision: Revision): void {
  const { contracts, paths } = revision
  const when = `\`${shown(revision.revision)}\` (${revision.commit.slice(0, 10)})`
  if (contracts === undefined) {
    if (manifests.some((name) => paths.includes(name))) return
    throw new CannotRun('TL9005', `At ${when} this folder had no throughline.yaml yet.`)
  }
  for (const path of contracts) {
    if ('text' in revision.read(path)) continue
    throw new CannotRun('TL9005', `At ${when} there was no ${path} yet.`)
  }
}
