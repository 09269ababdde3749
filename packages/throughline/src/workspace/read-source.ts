import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { sep } from 'node:path'
import type { SourceFile, Unreadable } from '@throughline/core'
import { decode } from './decode.ts'
import { keptReading, LONG_YAML } from './kept-readings.ts'

/** The largest file that is read, in bytes. The largest contracts in public use have 40 MB. */
const largestFile = 64 * 1024 * 1024

/** A file as read, and what tells cheaply whether it is still the same. */
export interface Reading {
  readonly file: SourceFile | Unreadable
  readonly size: number
  readonly modified: number
  /** When it was read, in the clock of `modified`: a file saved in the same instant may have changed again. */
  readonly at: number
}

/**
 * Reads a file as the workspace calls it (`path`), wherever it really is (`absolute`). Everything that can go wrong is a
 * value. Links are followed, but never out of `boundary`. `before` is the same object again where the content is the same.
 */
export function readSource(
  path: string,
  absolute: string,
  boundary: string,
  before?: Reading,
): Reading {
  const at = Date.now()
  const unreadable = (reason: Unreadable['unreadable'], size?: number): Reading => {
    const same = before?.file
    if (
      same !== undefined &&
      'unreadable' in same &&
      same.unreadable === reason &&
      same.size === size
    )
      return before!
    return {
      file: { path, unreadable: reason, ...(size !== undefined && { size }) },
      size: size ?? -1,
      modified: -1,
      at,
    }
  }
  let handle: number | undefined
  try {
    const real = realpathSync.native(absolute)
    if (!isInside(real, boundary)) return unreadable('outside')
    // O_NONBLOCK: opening a named pipe must not wait for somebody who writes to it.
    handle = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const info = fstatSync(handle)
    if (!info.isFile()) return unreadable('not-a-file')
    if (info.size > largestFile) return unreadable('too-large', info.size)
    if (
      before !== undefined &&
      before.size === info.size &&
      before.modified === info.mtimeMs &&
      before.at - info.mtimeMs > 50
    )
      return before
    const text = decode(readFileSync(handle))
    if (text === undefined) return unreadable('binary', info.size)
    const same = before !== undefined && 'text' in before.file && before.file.text === text
    return {
      file: same ? before.file : sourceFile(path, text),
      size: info.size,
      modified: info.mtimeMs,
      at,
    }
  } catch (error) {
    return unreadable(reasonOf(error))
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

function sourceFile(path: string, text: string): SourceFile {
  const kept = text.length >= LONG_YAML && /\.ya?ml$/i.test(path) ? keptReading(text) : undefined
  return { path, text, ...(kept !== undefined && { kept }) }
}

/** The bytes of a regular file within `boundary` and within the limit, or `undefined`. */
export function readBytes(absolute: string, boundary: string): Uint8Array | undefined {
  try {
    const real = realpathSync.native(absolute)
    const info = statSync(real)
    if (!isInside(real, boundary) || !info.isFile() || info.size > largestFile) return undefined
    return readFileSync(real)
  } catch {
    return undefined
  }
}

export function isInside(real: string, boundary: string): boolean {
  return real === boundary || real.startsWith(boundary.endsWith(sep) ? boundary : boundary + sep)
}

function reasonOf(error: unknown): Unreadable['unreadable'] {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
      return 'forbidden'
    case 'EISDIR':
    case 'ENXIO': // a socket
    case 'ENODEV':
      return 'not-a-file'
    default:
      return 'missing'
  }
}
