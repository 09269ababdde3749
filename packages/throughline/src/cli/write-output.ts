import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CannotRun } from '../cannot-run.ts'

/** Writes what `--output FILE` asks for, below `cwd`. Throws `CannotRun` (TL9004) where the disk refuses. */
export function writeOutput(cwd: string, file: string, text: string): void {
  try {
    writeFileSync(resolve(cwd, file), text)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new CannotRun(
      'TL9004',
      `${file} cannot be written: ${reasons.get(code ?? '') ?? message}.`,
    )
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EISDIR', 'it is a folder; name a file in it'],
  ['ENOENT', 'its folder is not there; make it first'],
  ['ENOTDIR', 'what should be its folder is a file'],
  ['EACCES', 'you may not write there'],
  ['EPERM', 'you may not write there'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
])
