import { diffGraphs, type DocsRelease, type Graph } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { compiled } from './compiled.ts'
import { gitIn } from './git.ts'
import { openRevision, type Revision, type RevisionOf } from './revision.ts'

/**
 * The versions of a workspace, newest first: its tags, or the commits that touched it where nobody tags; each with what
 * changed since the one before, those without any change left out. Before them, what is not in any version yet. At most
 * `most`; none without git.
 */
export function releasesOf(
  workspace: RevisionOf,
  now: Graph,
  most: number,
): readonly DocsRelease[] {
  if (most <= 0) return []
  const named = namedRevisions(workspace, most)
  const releases: DocsRelease[] = []
  let later: { readonly name: string; readonly at: string; readonly graph: Graph } = {
    name: 'Not in a version yet',
    at: '',
    graph: now,
  }
  for (const { name, revision, at } of named) {
    const opened = openedOrNot(workspace, revision)
    if (opened === undefined) break
    const { graph } = compiled(opened)
    const report = diffGraphs(graph, later.graph)
    if (report.changes.length > 0) releases.push({ name: later.name, at: later.at, report })
    later = { name, at, graph }
  }
  return releases
}

interface Named {
  readonly name: string
  readonly revision: string
  readonly at: string
}

function namedRevisions({ root }: RevisionOf, most: number): readonly Named[] {
  try {
    const git = gitIn(root)
    const tags = git([
      'for-each-ref',
      '--merged=HEAD',
      '--sort=-creatordate',
      `--count=${most}`,
      '--format=%(refname:short)%09%(objectname)%09%(creatordate:iso-strict)',
      'refs/tags',
    ])
    const tagged =
      tags.status === 0 ? linesOf(tags.out.toString(), ([name, , at]) => [name, name, at]) : []
    if (tagged.length > 0) return tagged
    const log = git(['log', `-${most}`, '--format=%H%x09%cI%x09%s', '--', '.'])
    return log.status === 0
      ? linesOf(log.out.toString(), ([hash, at, ...subject]) => [subject.join(' '), hash, at])
      : []
  } catch (error) {
    if (error instanceof CannotRun) return []
    throw error
  }
}

function linesOf(
  text: string,
  read: (parts: readonly (string | undefined)[]) => readonly (string | undefined)[],
): readonly Named[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', revision = '', at = ''] = read(line.split('\t'))
      return { name: name.slice(0, 120), revision, at }
    })
}

/** A revision from before there was a workspace is where its history begins. */
function openedOrNot(workspace: RevisionOf, revision: string): Revision | undefined {
  try {
    return openRevision(workspace, revision)
  } catch (error) {
    if (error instanceof CannotRun) return undefined
    throw error
  }
}
