// Bundles the helpers for tests (`throughline/client`, `/playwright`, `/vite`, `/vitest`) with their types.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { basename, join } from 'node:path'
import { rolldown } from 'rolldown'
import { house } from './ready.mjs'

/** Writes them into `dist`. */
export async function packClients(dist) {
  const published = join(house, 'packages', 'throughline')
  const sources = join(published, 'src/client')
  const bundle = await rolldown({
    input: Object.fromEntries(
      ['client', 'playwright', 'vite', 'vitest'].map((name) => [name, join(sources, `${name}.ts`)]),
    ),
    platform: 'node',
    external: [...builtinModules, /^node:/, 'vitest', '@faker-js/faker', /^@faker-js\/faker\//],
    logLevel: 'warn',
  })
  await bundle.write({
    dir: join(dist, 'client'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  })
  await bundle.close()
  cpSync(
    join(published, 'src/targets/mock/control.openapi.yaml'),
    join(dist, 'client', 'control.openapi.yaml'),
  )

  execFileSync(
    process.execPath,
    [join(house, 'node_modules/typescript/bin/tsc'), '-b', published],
    {
      stdio: ['ignore', 2, 2],
    },
  )
  mkdirSync(join(dist, 'client'), { recursive: true })
  for (const path of globSync(join(house, '.tsc/throughline/client/*.d.ts'))) {
    if (basename(path).endsWith('.test.d.ts')) continue
    const text = readFileSync(path, 'utf8').replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'")
    writeFileSync(join(dist, 'client', basename(path)), text)
  }
}
