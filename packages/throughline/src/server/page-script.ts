import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { pageConfiguration, type Graph, type PageConfigurationOptions } from '@throughline/core'
import type { Hono } from 'hono'
import { fileURLToPath } from 'node:url'

/** The module that pages load from the mock: bundled when installed, else the page SDK's source with its types taken out. */
export function pageScript(): string {
  const installed = fileURLToPath(new URL('browser.js', import.meta.url))
  if (existsSync(installed)) return readFileSync(installed, 'utf8')
  const source = new URL('../../../browser/src/follow-situation.ts', import.meta.url)
  return stripTypeScriptTypes(readFileSync(source, 'utf8'))
}

/** `/sdk.js`: what pages load to be watched, with the journeys and contracts that it needs to know. */
export function watchingScript(graph: Graph, options: PageConfigurationOptions = {}): string {
  const configuration = JSON.stringify(pageConfiguration(graph, options))
  return `(function(configuration){${scriptOf('sdk.js', 'page-script.ts')}\n})(${configuration})\n`
}

/** The panel of surveys says nothing of the workspace: pages of any origin may import it. */
export function pageChunkRoutes(app: Hono): void {
  app.get(
    '/sdk-survey.js',
    () =>
      new Response(scriptOf('sdk-survey.js', 'survey-panel.ts'), {
        headers: { ...headers, 'access-control-allow-origin': '*' },
      }),
  )
}

const headers = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'no-cache',
  'cross-origin-resource-policy': 'cross-origin',
}

const scripts = new Map<string, string>()

/** A script of the page SDK: bundled when installed, else its sources one after the other with their types taken out. */
function scriptOf(name: string, source: string): string {
  let script = scripts.get(name)
  if (script === undefined) {
    const installed = fileURLToPath(new URL(name, import.meta.url))
    script = existsSync(installed)
      ? readFileSync(installed, 'utf8')
      : joinedSources(new URL(`../../../browser/src/sdk/${source}`, import.meta.url), new Set())
    scripts.set(name, script)
  }
  return script
}

/** A file after all that it imports. No two of the SDK's files give their insides the same name: a test loads them. */
function joinedSources(file: URL, seen: Set<string>): string {
  if (seen.has(file.href)) return ''
  seen.add(file.href)
  let before = ''
  const own = stripTypeScriptTypes(readFileSync(file, 'utf8')).replace(
    /^import \{[^}]*\} from '([^']+)'$/gm,
    (_, path: string) => {
      before += joinedSources(new URL(path, file), seen)
      return ''
    },
  )
  return before + (seen.size > 1 ? own.replace(/^export /gm, '') : own)
}
