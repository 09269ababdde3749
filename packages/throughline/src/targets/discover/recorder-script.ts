import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const parts = ['followed.ts', 'plain.ts', 'recorder.ts', 'watch-app.ts']

/**
 * The script that watches an app from inside its pages; `options` is JavaScript for the options of `watchApp`. Bundled when
 * installed, else the page SDK's sources one after another with their types taken out.
 */
export function recorderScript(options: string): string {
  return `(() => {\n${source()}\nwatchApp(${options})\n})()`
}

function source(): string {
  const installed = fileURLToPath(new URL('recorder.js', import.meta.url))
  if (existsSync(installed))
    return `${readFileSync(installed, 'utf8')}\nconst { watchApp } = throughlineRecorder`
  return parts
    .map((name) =>
      stripTypeScriptTypes(
        readFileSync(new URL(`../../../../browser/src/recorder/${name}`, import.meta.url), 'utf8'),
      )
        .replace(/^import[^;]*?from '[^']+'$/gm, '')
        .replace(/^export /gm, ''),
    )
    .join('\n')
}
