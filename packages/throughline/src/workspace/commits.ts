import type { BaseChoice, ReviewedCommit } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { gitIn, type Git } from './git.ts'

type Commit = Omit<ReviewedCommit, 'revision'>

/**
 * What a reader may want to compare with, the usual one first: where this branch left the default one (or the last commit, on it),
 * then the last commits and tags. `undefined` where there is no git, no repository or no commit in it.
 */
export function baseChoices(root: string): readonly BaseChoice[] | undefined {
  const git = gitOr(root)
  if (git === undefined || lineOf(git, ['rev-parse', '--verify', '--quiet', 'HEAD']) === undefined)
    return undefined
  const usual = defaultBranch(git)
  const here = lineOf(git, ['symbolic-ref', '--quiet', '--short', 'HEAD'])
  const left = usual === undefined || usual === here ? undefined : `${usual}...`
  const hasCommon = left !== undefined && lineOf(git, ['merge-base', usual!, 'HEAD']) !== undefined
  const tags = linesOf(git, ['tag', '--list', '--sort=-creatordate'])
    .filter((one) => /^[\w./-]+$/.test(one))
    .slice(0, mostTags)
  const older = lineOf(git, ['rev-parse', '--verify', '--quiet', 'HEAD~1']) !== undefined
  return [
    ...(hasCommon ? [{ revision: left, kind: 'branch' as const }] : []),
    { revision: 'HEAD', kind: 'commit' },
    ...(older ? [{ revision: 'HEAD~1', kind: 'commit' as const }] : []),
    ...tags.map((revision) => ({ revision, kind: 'tag' as const })),
  ]
}

/** Who made a commit, when and what it says. */
export function commitAt(root: string, commit: string): Commit {
  const git = gitIn(root)
  const [found] = readLog(git(['log', '-1', '-z', logFormat, commit, '--']).out.toString())
  return found ?? { commit, subject: '', by: '', at: new Date(0).toISOString() }
}

/**
 * The commits of this branch that touched any of these files (of the workspace), the newest first; `from` is the commit to begin with.
 * A merge counts as one commit: what its branch did is in it.
 */
export function commitsTouching(
  root: string,
  paths: readonly string[],
  { from = 'HEAD', most }: { readonly from?: string; readonly most: number },
): readonly Commit[] {
  if (paths.length === 0) return []
  const git = gitIn(root)
  const { status, out } = git([
    'log',
    '-z',
    '--first-parent',
    `-n${most}`,
    logFormat,
    '--end-of-options',
    from,
    '--',
    ...paths.map((path) => `:(literal)${path}`),
  ])
  return status === 0 ? readLog(out.toString()) : []
}

const mostTags = 12
const logFormat = '--format=%H%x1f%an%x1f%aI%x1f%s'

function readLog(text: string): readonly Commit[] {
  return text.split('\0').flatMap((entry) => {
    const [commit = '', by = '', at = '', subject = ''] = entry.trim().split('\x1f')
    return /^[0-9a-f]{40,64}$/.test(commit)
      ? [{ commit, by, at: new Date(at).toISOString(), subject: subject.slice(0, 300) }]
      : []
  })
}

function defaultBranch(git: Git): string | undefined {
  const remote = lineOf(git, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'])
  const names = [remote?.replace(/^origin\//, ''), remote, 'main', 'master', 'trunk']
  return names.find(
    (name) =>
      name !== undefined &&
      lineOf(git, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]) !==
        undefined,
  )
}

function gitOr(root: string): Git | undefined {
  try {
    const git = gitIn(root)
    return git(['rev-parse', '--show-prefix']).status === 0 ? git : undefined
  } catch (error) {
    if (error instanceof CannotRun) return undefined
    throw error
  }
}

function lineOf(git: Git, args: readonly string[]): string | undefined {
  return linesOf(git, args)[0]
}

function linesOf(git: Git, args: readonly string[]): readonly string[] {
  const { status, out } = git(args)
  return status === 0 ? out.toString().split(/\r?\n/).filter(Boolean) : []
}
