import { mkdirSync } from 'node:fs'
import { open, readFile, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** The disk as the log sees it: a seam, so that tests can fill it and slow it down. */
export interface LogFiles {
  list(): Promise<readonly string[]>
  read(name: string): Promise<Uint8Array>
  /** A new, empty file, whose name is on the disk when this resolves. */
  create(name: string): Promise<LogFile>
  remove(name: string): Promise<void>
}

export interface LogFile {
  write(bytes: Uint8Array, at: number): Promise<void>
  /** Resolves when everything written is on the disk. */
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** Files of one folder, which is made where it is missing. */
export function logFilesIn(folder: string): LogFiles {
  mkdirSync(folder, { recursive: true })
  return {
    list: () => readdir(folder),
    read: (name) => readFile(join(folder, name)),
    remove: (name) => unlink(join(folder, name)),
    async create(name) {
      const file = await open(join(folder, name), 'wx')
      await syncFolder(folder)
      return {
        async write(bytes, at) {
          for (let done = 0; done < bytes.length;) {
            const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
            done += bytesWritten
          }
        },
        sync: () => file.datasync(),
        truncate: (length) => file.truncate(length),
        close: () => file.close(),
      }
    },
  }
}

/** A new name lasts only once its folder is on the disk too. Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
