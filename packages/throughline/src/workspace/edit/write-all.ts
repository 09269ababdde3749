import type { Disk } from './disk.ts'

/** A file before and after; `undefined` where there is none. */
export interface FileWrite {
  readonly path: string
  readonly before: Buffer | undefined
  readonly after: Buffer | undefined
}

/** Writes several files, all or none: when one can't be written, those before it get their old content back, and the error is thrown. */
export function writeAll(disk: Disk, writes: readonly FileWrite[]): void {
  const done: FileWrite[] = []
  try {
    for (const one of writes) {
      put(disk, one.path, one.before, one.after)
      done.push(one)
    }
  } catch (error) {
    for (const one of done.toReversed()) put(disk, one.path, one.after, one.before)
    throw error
  }
}

function put(disk: Disk, path: string, from: Buffer | undefined, to: Buffer | undefined): void {
  if (to !== undefined) disk.write(path, to, from === undefined)
  else if (from !== undefined) disk.remove(path)
}
