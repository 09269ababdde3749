import type { Graph } from '@throughline/core'
import { compiled } from '../../workspace/compiled.ts'
import { openRevision, type RevisionOf } from '../../workspace/revision.ts'

/** A workspace as it was, linked. */
export interface PastGraph {
  readonly commit: string
  readonly graph: Graph
  /** How many characters its contracts have: what it costs to read another like it. */
  readonly size: number
}

/** Opens revisions, and keeps the last few: a comparison is looked at again and again. Throws `CannotRun` (TL9005). */
export function pastGraphs(workspace: RevisionOf): (revision: string) => PastGraph {
  const kept = new Map<string, PastGraph>()
  const { root, contracts } = workspace
  return (revision) => {
    const known = kept.get(revision)
    // A whole hash always means the same.
    if (known !== undefined) return known
    const files = openRevision({ root, contracts }, revision)
    const found = kept.get(files.commit) ?? linked(files)
    kept.delete(found.commit)
    kept.set(found.commit, found)
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return found
  }
}

const mostKept = 4

function linked(files: ReturnType<typeof openRevision>): PastGraph {
  const { graph } = compiled(files)
  const size = graph.apis.reduce(
    (sum, { contract }) => sum + (contract?.root.file.text.length ?? 0),
    0,
  )
  return { commit: files.commit, graph, size }
}
