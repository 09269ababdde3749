// Bundles the studio's pages into packages/studio/dist, unless that is newer than everything it is made of.
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { house, run } from './ready.mjs'

const studio = join(house, 'packages', 'studio')
const built = join(studio, 'dist', 'index.html')
const sources = globSync(
  [
    'src/**/*',
    'public/**/*',
    'index.html',
    'vite.config.ts',
    'package.json',
    '../core/src/blueprint/*.ts',
    '../../package-lock.json',
  ],
  { cwd: studio },
)
const newest = Math.max(...sources.map((path) => statSync(join(studio, path)).mtimeMs))
if (!existsSync(built) || statSync(built).mtimeMs < newest) {
  console.error('Building the studio (once per change)...')
  run(['vite', 'build', '--logLevel', 'warn'], 'The studio could not be built: see above.', {
    cwd: studio,
  })
}
