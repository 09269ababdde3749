import { gzipSync } from 'node:zlib'
import { compile, type Compilation } from '@throughline/core'
import type { Workspace } from './workspace.ts'

/** The newest compilation of a workspace: cheap where nothing changed, because core remembers what it parsed. */
export function compiled(workspace: Workspace): Compilation {
  return compile(workspace, {
    gzip: (text) => gzipSync(text).length,
    now: new Date(),
    ...(workspace.contracts !== undefined && { contracts: workspace.contracts }),
  })
}
