import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const LARGEST = 10_000_000

/** A file of the workspace's own state, below `.throughline/`, which nobody is ever served; `undefined` where it is not there. */
export function localFile(root: string, path: string): Uint8Array | undefined {
  const absolute = join(root, path)
  try {
    return statSync(absolute).size > LARGEST ? undefined : readFileSync(absolute)
  } catch {
    return undefined
  }
}
