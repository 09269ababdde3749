import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file as a whole or not at all: a reader (or a crash) never sees half of it. Makes the folders on the way.
 * With `fresh`, an existing file is left alone and the error is EEXIST.
 */
export function writeAtomically(path: string, text: string, { fresh = false } = {}): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
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
