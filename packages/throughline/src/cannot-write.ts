import { CannotRun } from './cannot-run.ts'

/** What the disk said to a file or folder that was to be written, in words for the person who named it (TL9004). */
export function cannotWrite(path: string, error: unknown): CannotRun {
  const { code, message } = Object(error) as NodeJS.ErrnoException
  return new CannotRun(
    'TL9004',
    `${path} cannot be written: ${reasons.get(code ?? '') ?? message ?? String(error)}.`,
  )
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EISDIR', 'it is a folder; name a file in it'],
  ['EEXIST', 'it is a file; name a folder'],
  ['ENOENT', 'its folder is not there; make it first'],
  ['ENOTDIR', 'what should be its folder is a file'],
  ['EACCES', 'you may not write there'],
  ['EPERM', 'you may not write there'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
])
