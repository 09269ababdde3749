// Bundles what people install: the command with all it needs but the team's linter, the studio's pages, the diagnostics'
// pages, the scripts for other people's pages, the helpers for tests and the example shop. Runs before `npm pack` and `npm publish`.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'
import { packClients } from './pack-clients.mjs'
import { sdkBundles } from './pack-sdk.mjs'
import { house, studioBuilt } from './ready.mjs'

const published = join(house, 'packages', 'throughline')
const dist = join(published, 'dist')

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
studioBuilt()
cpSync(join(house, 'packages', 'studio', 'dist'), join(dist, 'studio'), { recursive: true })
cpSync(join(house, 'packages', 'core', 'diagnostics'), join(dist, 'diagnostics'), {
  recursive: true,
})
cpSync(join(published, 'src/targets/mock/control.openapi.yaml'), join(dist, 'control.openapi.yaml'))
cpSync(join(house, 'examples', 'storefront'), join(dist, 'demo'), {
  recursive: true,
  filter: (source) => basename(source) !== 'test',
})
cpSync(join(house, 'ci', 'review.sh'), join(dist, 'review.sh'))
cpSync(join(house, 'LICENSE'), join(published, 'LICENSE'))
cpSync(join(house, 'README.md'), join(published, 'README.md'))

const command = await rolldown({
  input: {
    main: join(published, 'src/cli/main.ts'),
    'error-count-process': join(published, 'src/cli/error-count-process.ts'),
    'lint-worker': join(published, 'src/targets/lint/worker.ts'),
    'evidence-worker': join(published, 'src/targets/observe/store/duckdb-worker.ts'),
    'report-worker': join(published, 'src/server/report-worker.ts'),
  },
  platform: 'node',
  external: [...builtinModules, /^node:/, '@redocly/openapi-core', '@duckdb/node-api'],
  logLevel: 'warn',
})
await command.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
})
await command.close()

const page = await rolldown({
  input: join(house, 'packages/browser/src/index.ts'),
  platform: 'browser',
  logLevel: 'warn',
})
await page.write({ file: join(dist, 'browser.js'), format: 'esm', minify: true })
await page.close()

for (const [name, text] of Object.entries(await sdkBundles())) writeFileSync(join(dist, name), text)

const recorder = await rolldown({
  input: join(house, 'packages/browser/src/recorder/watch-app.ts'),
  platform: 'browser',
  logLevel: 'warn',
})
await recorder.write({
  file: join(dist, 'recorder.js'),
  format: 'iife',
  name: 'throughlineRecorder',
  minify: true,
})
await recorder.close()

await packClients(dist)
