import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the installed package (or of its sources in a checkout): bundling moves this file, so it is looked for. */
export function packageFolder(): string {
  let here = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(here, 'bin', 'throughline.js'))) here = dirname(here)
  return here
}

/** The version of the package that is running. */
export function version(): string {
  return about().version
}

/** Where a bug is reported. */
export function tracker(): string {
  return about().bugs?.url ?? 'the issue tracker of Throughline'
}

function about(): { readonly version: string; readonly bugs?: { readonly url?: string } } {
  return JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as {
    version: string
  }
}
