import type { Graph } from '@throughline/core'
import type { ArgsDef } from 'citty'
import { CannotRun } from '../cannot-run.ts'
import { mock } from '../targets/mock/mock.ts'
import type { Mock, MockOptions } from '../targets/mock/mock.ts'
import { withVersions } from '../targets/mock/with-versions.ts'
import type { Version } from '../targets/mock/with-versions.ts'
import { compiled } from '../workspace/compiled.ts'
import { openRevision } from '../workspace/revision.ts'
import type { Workspace } from '../workspace/workspace.ts'

export const asOfArgs = {
  'as-of': {
    type: 'string',
    valueHint: 'REVISION',
    description: 'Serve the files as they were at a git revision: v1.2, HEAD~3, main...',
  },
  versions: {
    type: 'string',
    valueHint: 'REVISIONS',
    description: 'Have these at hand for the header Throughline-As-Of: main,v1.2',
  },
} as const satisfies ArgsDef

/**
 * A mock that answers as any git revision of its workspace for requests with `Throughline-As-Of`. The revisions in `named`
 * are looked up at once. Throws `CannotRun` (TL9005) where one of them is not to be had.
 */
export function withRevisions(
  base: Mock,
  workspace: Workspace,
  options: MockOptions,
  named: readonly string[] = [],
): Mock {
  const at = (revision: string): Version => {
    const old = openRevision(workspace, revision)
    return {
      commit: old.commit,
      graph: () => compiled(old).graph,
      mockOf: (graph: Graph) => mock(graph, { ...options, readFile: (path) => old.bytes(path) }),
    }
  }
  for (const revision of named) at(revision)
  return withVersions(base, {
    open(revision) {
      try {
        return at(revision)
      } catch (error) {
        if (error instanceof CannotRun) return { problem: error.message }
        throw error
      }
    },
  })
}
