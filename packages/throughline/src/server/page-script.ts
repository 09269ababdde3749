import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The module that pages load from the mock: bundled when installed, else the page SDK's source with its types taken out. */
export function pageScript(): string {
  const installed = fileURLToPath(new URL('browser.js', import.meta.url))
  if (existsSync(installed)) return readFileSync(installed, 'utf8')
  const source = new URL('../../../browser/src/follow-situation.ts', import.meta.url)
  return stripTypeScriptTypes(readFileSync(source, 'utf8'))
}
