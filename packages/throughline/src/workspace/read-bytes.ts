import { readFileSync, realpathSync, statSync } from 'node:fs'
import { isInside } from './read-source.ts'
import type { Workspace } from './workspace.ts'

/** Larger files are not answered with. Bytes. */
const largest = 100 * 1024 * 1024

/** A file of the workspace as it is, for answering with it; `undefined` where there is none, or outside of the workspace. */
export function readBytes(workspace: Workspace, path: string): Uint8Array | undefined {
  try {
    const real = realpathSync.native(workspace.absolute(path))
    const info = statSync(real)
    if (
      !isInside(real, realpathSync.native(workspace.root)) ||
      !info.isFile() ||
      info.size > largest
    )
      return undefined
    return readFileSync(real)
  } catch {
    return undefined
  }
}
