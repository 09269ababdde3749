import { chmodSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from './make-folder.ts'

export interface WriteOptions {
  /** An existing file is left alone, and the error is EEXIST. */
  readonly fresh?: boolean
  /** The permissions that the file gets; without them those of any new file. */
  readonly mode?: number
}

/**
 * Writes a file as a whole or not at all: a reader (or a crash) never sees half of it. Makes the folders on the way.
 */
export function writeAtomically(
  path: string,
  content: string | Uint8Array,
  { fresh = false, mode }: WriteOptions = {},
): void {
  makeFolder(dirname(path))
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    writeFileSync(temporary, content, { flag: 'wx', flush: true })
    if (mode !== undefined) chmodSync(temporary, mode)
    if (fresh) {
      linkSync(temporary, path)
      rmSync(temporary)
    } else {
      renameSync(temporary, path)
    }
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
