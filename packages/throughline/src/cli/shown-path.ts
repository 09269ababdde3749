import { isAbsolute, relative, sep } from 'node:path'
import { repositoryAround } from '../workspace/target.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** How a workspace path is written for different readers. */
export interface ShownPaths {
  /** From where the person stands, so that a terminal opens it. */
  readonly fromHere: (path: string) => string
  /** From the repository's root: what code hosts expect. From the workspace's root where there is no repository. */
  readonly fromRepository: (path: string) => string
}

export function pathsFor(workspace: Workspace, cwd: string): ShownPaths {
  const repository = repositoryAround(workspace.root) ?? workspace.root
  return {
    fromHere(path) {
      const near = relative(cwd, workspace.absolute(path))
      // Far away, an absolute path is easier to read than a staircase of dots.
      const shown =
        near.startsWith(`..${sep}..${sep}`) || isAbsolute(near) ? workspace.absolute(path) : near
      return slashed(shown)
    },
    fromRepository: (path) => slashed(relative(repository, workspace.absolute(path))),
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/')
}
