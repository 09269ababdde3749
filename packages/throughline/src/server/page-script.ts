import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import {
  pageConfiguration,
  pageFields,
  type Graph,
  type PageConfigurationOptions,
} from '@throughline/core'
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

/** What the script loads when it needs it: pages of any origin may import the two. `graph` says which fields there are. */
export function pageChunkRoutes(app: Hono, graph: () => Graph): void {
  const chunk = (text: string): Response =>
    new Response(text, { headers: { ...headers, 'access-control-allow-origin': '*' } })
  app.get('/sdk-survey.js', () => chunk(scriptOf('sdk-survey.js', 'survey-panel.ts')))
  app.get('/sdk-reads.js', () =>
    chunk(
      `const throughlineFields = ${JSON.stringify(pageFields(graph()))}\n${scriptOf('sdk-reads.js', 'record-reads.ts')}`,
    ),
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
  const isEntry = seen.size === 0
  seen.add(file.href)
  let before = ''
  const own = stripTypeScriptTypes(readFileSync(file, 'utf8')).replace(
    /^import \{[^}]*\} from '([^']+)'$/gm,
    (_, path: string) => {
      before += joinedSources(new URL(path, file), seen)
      return ''
    },
  )
  return before + (isEntry ? own : own.replace(/^export /gm, ''))
}
