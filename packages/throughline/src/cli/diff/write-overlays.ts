import { writeFileSync } from 'node:fs'
import { basename, dirname, extname, relative, resolve, sep } from 'node:path'
import { stringify } from 'yaml'
import type { Io } from '../io.ts'
import type { Plan } from '../output/diff/plan.ts'
import { CannotRun } from '../../cannot-run.ts'
import type { Side } from './sides.ts'
import { makeFolder } from '../../workspace/make-folder.ts'

/**
 * Writes the overlays of a plan, as JSON where the name ends so, else as YAML; where several contracts have one, the contract's name stands in
 * each file's. Each says from where it stands which contract it is for. Says on stderr what was written, or why nothing was.
 */
export function writeOverlays({ overlays }: Plan, name: string, after: Side, io: Io): void {
  if (overlays.length === 0) {
    io.stderr.write(
      'Nothing was removed that could stand beside the new: no overlay was written.\n',
    )
    return
  }
  for (const { file, overlay } of overlays) {
    const extension = extname(name)
    const target =
      overlays.length === 1
        ? name
        : `${name.slice(0, name.length - extension.length)}.${basename(file, extname(file))}${extension}`
    const path = resolve(io.cwd, target)
    const contract = after.workspace?.absolute(file)
    const { overlay: version, info, actions } = overlay
    const reference =
      contract === undefined ? file : relative(dirname(path), contract).split(sep).join('/')
    const whole = { overlay: version, info, extends: reference, actions }
    const isJson = extension.toLowerCase() === '.json'
    try {
      makeFolder(dirname(path))
      writeFileSync(path, isJson ? `${JSON.stringify(whole, null, 2)}\n` : stringify(whole))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new CannotRun('TL9003', `The overlay cannot be written to ${target}: ${reason}.`)
    }
    io.stderr.write(`Wrote ${target}, for ${file}.\n`)
  }
}
