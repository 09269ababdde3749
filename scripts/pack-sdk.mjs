// Bundles what pages load to be watched: `sdk.js`, and apart from it the panel of surveys and what records reads of fields.
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { house } from './ready.mjs'

const sources = join(house, 'packages/browser/src/sdk')

/** The scripts as text, by the name of their file. The server wraps `sdk.js` in a function of its configuration. */
export async function sdkBundles() {
  const [sdk, survey, reads] = await Promise.all([
    bundled('page-script.ts', 'iife'),
    bundled('survey-panel.ts', 'esm'),
    bundled('record-reads.ts', 'esm'),
  ])
  return { 'sdk.js': sdk, 'sdk-survey.js': survey, 'sdk-reads.js': reads }
}

async function bundled(entry, format) {
  const bundle = await rolldown({
    input: join(sources, entry),
    platform: 'browser',
    logLevel: 'warn',
  })
  const { output } = await bundle.generate({ format, minify: true })
  await bundle.close()
  return output[0].code
}
