import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it. `mkdir` with `recursive` would go on for ever below a folder that takes no others and says so
 * with ENOENT, as `/proc` does.
 */
export function makeFolder(path: string): void {
  const whole = resolve(path)
  const missing: string[] = []
  for (let here = dirname(whole); !existsSync(here); here = dirname(here)) missing.unshift(here)
  for (const folder of [...missing, whole]) {
    try {
      mkdirSync(folder)
    } catch (error) {
      // It was there, or somebody was quicker.
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error
    }
  }
}
