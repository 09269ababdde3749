import { appendFileSync, existsSync, lstatSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CannotRun } from '../../cannot-run.ts'
import { writeAtomically } from '../../workspace/write.ts'

/**
 * Writes new files below a folder: all of them or none. Nothing is overwritten; where something is in the way, or the
 * disk refuses, `CannotRun` (TL9004) says what, and whatever was written already is taken away again.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const inTheWay = [...files.keys()].filter((path) => exists(join(folder, path)))
  if (inTheWay.length > 0) {
    throw new CannotRun(
      'TL9004',
      `Nothing was written, because ${inTheWay.length === 1 ? 'this file is' : 'these files are'} there already:\n${inTheWay.map((path) => `  ${path}`).join('\n')}\n` +
        'Remove or rename them, or name another folder with --dir.',
    )
  }
  const written: string[] = []
  try {
    for (const [path, text] of files) {
      const absolute = join(folder, path)
      writeAtomically(absolute, text, { fresh: true })
      written.push(absolute)
    }
  } catch (error) {
    for (const path of written) rmSync(path, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new CannotRun('TL9004', `Nothing was written in ${folder}: ${reason}`)
  }
}

/** Adds a line to `.gitignore` unless it is there. Returns whether it had to be added. */
export function ignoreInGit(folder: string, line: string): boolean {
  const path = join(folder, '.gitignore')
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const lines = text.split(/\r?\n/).map((one) => one.trim().replace(/^\//, '').replace(/\/$/, ''))
  if (lines.includes(line.replace(/\/$/, ''))) return false
  appendFileSync(path, `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`)
  return true
}

/** Also sees a link that leads nowhere. */
function exists(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}
