import { gzipSync } from 'node:zlib'
import { compile, type Compilation, type Files } from '@throughline/core'

/** A workspace, on the disk or as it was at a revision: its files, and which contracts are meant where it has no `throughline.yaml`. */
interface Compiling extends Files {
  readonly contracts?: readonly string[] | undefined
}

/** The newest compilation of a workspace: cheap where nothing changed, because core remembers what it parsed. */
export function compiled(workspace: Compiling): Compilation {
  return compile(workspace, {
    gzip: (text) => gzipSync(text).length,
    now: new Date(),
    ...(workspace.contracts !== undefined && { contracts: workspace.contracts }),
  })
}
