import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { cannotWrite } from '../cannot-write.ts'

/** Writes what `--output FILE` asks for, below `cwd`. Throws `CannotRun` (TL9004) where the disk refuses. */
export function writeOutput(cwd: string, file: string, text: string): void {
  try {
    writeFileSync(resolve(cwd, file), text)
  } catch (error) {
    throw cannotWrite(file, error)
  }
}
