import { existsSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { compile, type Files, type Graph } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { openRevision } from '../../workspace/revision.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'

/** What is compared with what. */
export interface Sides {
  readonly before: Side
  readonly after: Side
}

export interface Side {
  /** As somebody named it: `main...`, `openapi.yaml`; `this folder` where nobody did. */
  readonly name: string
  readonly graph: Graph
  readonly files: Files
  /** Only of what lies on the disk now. */
  readonly workspace: Workspace | undefined
}

/**
 * Opens both sides of a comparison: files, folders, git revisions (`main...`, tags, `main:apis/store.yaml`) in any mixture. Without
 * `head`, the workspace around `cwd`. A revision is that of the other side's workspace or contract file.
 */
export function openSides(base: string, head: string | undefined, cwd: string): Sides {
  const later = head === undefined || onDisk(head, cwd) ? onDiskSide(head, cwd) : undefined
  const earlier = onDisk(base, cwd) ? onDiskSide(base, cwd) : undefined
  const place = later ?? earlier
  const around = (): Workspace => place?.workspace ?? openWorkspace(undefined, cwd)
  return {
    before: earlier ?? revisionSide(base, around, cwd),
    after: later ?? revisionSide(head!, around, cwd),
  }
}

function onDisk(name: string, cwd: string): boolean {
  return existsSync(resolve(cwd, name))
}

function onDiskSide(name: string | undefined, cwd: string): Side {
  const workspace = openWorkspace(name, cwd)
  const { contracts } = workspace
  const { graph } = compile(workspace, contracts === undefined ? {} : { contracts })
  // In a workspace the rest is compared; of one file nothing is left, and whoever waits for a verdict must not take that for "fine".
  if (name !== undefined && contracts?.length === 1 && graph.apis[0]?.contract === undefined)
    throw new CannotRun(
      'TL9001',
      `${name} is no contract that can be read, so nothing was compared. \`throughline check ${name}\` says what is wrong with it.`,
    )
  return { name: name ?? 'this folder', graph, files: workspace, workspace }
}

function revisionSide(name: string, around: () => Workspace, cwd: string): Side {
  const [, revision, path] = /^([^:]+):(.+)$/.exec(name) ?? []
  if (revision === undefined || path === undefined) {
    const workspace = around()
    const { contracts, root } = workspace
    const files = revisionOrFile({ root, contracts }, name)
    const { graph } = compile(files, contracts === undefined ? {} : { contracts })
    return { name, graph, files, workspace: undefined }
  }
  if (/^(?:https?|ssh|git)$/.test(revision))
    throw new CannotRun(
      'TL9001',
      `${name} is an address; contracts are read from files. Download it first.`,
    )
  const absolute = resolve(cwd, path)
  const root = existsSync(dirname(absolute)) ? dirname(absolute) : cwd
  const contracts = [relative(root, absolute).split(sep).join('/')]
  const files = openRevision({ root, contracts }, revision)
  return { name, graph: compile(files, { contracts }).graph, files, workspace: undefined }
}

/** What looks like a file and is neither a file nor a revision was meant as a file. */
function revisionOrFile(at: Parameters<typeof openRevision>[0], name: string): Files {
  try {
    return openRevision(at, name)
  } catch (error) {
    if (!(error instanceof CannotRun) || !/\.(?:ya?ml|json|graphqls?|gql)$/i.test(name)) throw error
    throw new CannotRun(
      'TL9001',
      `There is no file or folder ${name}, and no revision of that name.`,
    )
  }
}
