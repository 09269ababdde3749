import {
  accessSync,
  constants,
  lstatSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isInside } from '../read-source.ts'
import { writeAtomically } from '../write.ts'

/** What an editor asks of the disk. Paths are absolute. Errors of the system are thrown as they come. */
export interface Disk {
  /** `undefined` where there is no such file. */
  read(path: string): Buffer | undefined
  /** Writes as a whole or not at all. With `fresh` there must be no such file yet (EEXIST). */
  write(path: string, bytes: Buffer, fresh: boolean): void
  remove(path: string): void
  /** Where a file of the workspace really lies and whether it may be written, or why not. */
  place(path: string, root: string): Place
}
type Place = { readonly path: string } | { readonly reason: string }

export const realDisk: Disk = {
  read(path) {
    try {
      return readFileSync(path)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  write(path, bytes, fresh) {
    const mode = fresh ? undefined : statSync(path).mode & 0o7777
    writeAtomically(path, bytes, { fresh, ...(mode !== undefined && { mode }) })
  },
  remove: (path) => rmSync(path),
  place(path, root) {
    const real = realPath(path)
    if (real === undefined) {
      const folder = nearestFolder(path)
      if (!isInside(folder, root)) return { reason: 'It would lie outside the workspace.' }
      return isWritable(folder) ? { path } : { reason: 'Its folder is read-only.' }
    }
    if (!isInside(real, root)) return { reason: 'It is a link that leads out of the workspace.' }
    const info = statSync(real)
    if (!info.isFile()) return { reason: 'It is no file.' }
    // The superuser may write everything; who made a file read-only meant it.
    if ((info.mode & 0o222) === 0 || !isWritable(real)) return { reason: 'The file is read-only.' }
    return isWritable(dirname(real)) ? { path: real } : { reason: 'Its folder is read-only.' }
  },
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}

/** The folder that a new file's folders would be made in. */
function nearestFolder(path: string): string {
  // A link that leads nowhere counts as leading out.
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return ''
  let folder = dirname(path)
  for (;;) {
    const real = realPath(folder)
    if (real !== undefined) return real
    folder = dirname(folder)
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR'
}
