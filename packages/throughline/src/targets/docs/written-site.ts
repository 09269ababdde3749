import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CannotRun } from '../../cannot-run.ts'
import { cannotWrite } from '../../cannot-write.ts'
import { writeAtomically } from '../../workspace/write.ts'
import type { SiteFile } from './site-files.ts'
import { makeFolder } from '../../workspace/make-folder.ts'

/** What became of the files of a folder. */
export interface Written {
  readonly files: number
  readonly bytes: number
  /** Files that are new or different now. */
  readonly changed: number
  readonly removed: readonly string[]
}

/**
 * Writes files into a folder, only those that differ, and removes what an earlier run wrote and this one does not. What
 * others have put there stays. Throws `CannotRun` (TL9004) where it can't be written, or where a file of somebody else
 * stands in the way.
 */
export function writtenSite(folder: string, files: Iterable<SiteFile>): Written {
  const isOurs = existsSync(join(folder, listName))
  const before = listIn(folder)
  const after = new Map<string, string>()
  let bytes = 0
  let changed = 0
  try {
    // From here on the folder is ours: a run that is interrupted is taken up by the next one.
    if (!isOurs) writeAtomically(join(folder, listName), listText(new Map()))
    for (const { path, content } of files) {
      const hash = createHash('sha256').update(content).digest('hex').slice(0, 32)
      const size = typeof content === 'string' ? Buffer.byteLength(content) : content.length
      const here = join(folder, ...path.split('/'))
      if (!isOurs && existsSync(here))
        throw new CannotRun(
          'TL9004',
          `${here} is there already, and \`throughline docs\` did not write it. Choose another folder with \`-o\`, or move it away.`,
        )
      after.set(path, hash)
      bytes += size
      if (before.get(path) === hash && existsSync(here)) continue
      makeFolder(dirname(here))
      // Thousands of pages: nobody waits for each of them to be on the disk, the next run would write it again.
      writeFileSync(here, content)
      changed++
    }
    const removed = [...before.keys()].filter((path) => !after.has(path))
    for (const path of removed) removedFile(folder, path)
    writeAtomically(join(folder, listName), listText(after))
    return { files: after.size, bytes, changed, removed }
  } catch (error) {
    if (error instanceof CannotRun) throw error
    throw cannotWrite(folder, error)
  }
}

const listName = '.throughline-docs.json'

function listText(files: ReadonlyMap<string, string>): string {
  return `${JSON.stringify({ version: 1, files: Object.fromEntries(files) })}\n`
}

/** What an earlier run wrote: paths and hashes. Only plain paths below the folder count. */
function listIn(folder: string): ReadonlyMap<string, string> {
  try {
    const value = JSON.parse(readFileSync(join(folder, listName), 'utf8')) as unknown
    if (value === null || typeof value !== 'object' || !('files' in value)) return new Map()
    const { files } = value
    if (files === null || typeof files !== 'object') return new Map()
    return new Map(
      Object.entries(files).flatMap(([path, hash]): [string, string][] =>
        typeof hash === 'string' && isPlain(path) ? [[path, hash]] : [],
      ),
    )
  } catch {
    return new Map()
  }
}

function isPlain(path: string): boolean {
  return /^[\w-]+(?:[./][\w-]+)*$/.test(path)
}

/** A file, and the folders that are empty without it. */
function removedFile(folder: string, path: string): void {
  rmSync(join(folder, ...path.split('/')), { force: true })
  for (
    let above = dirname(path);
    above !== '.' && readdirOrNone(join(folder, above)).length === 0;
    above = dirname(above)
  ) {
    try {
      rmdirSync(join(folder, above))
    } catch {
      return
    }
  }
}

function readdirOrNone(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return ['?']
  }
}
