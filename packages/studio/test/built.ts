import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const home = join(import.meta.dirname, '..')

/** Builds the studio unless `dist` is newer than everything it is built from. */
export async function built(): Promise<void> {
  const made = await stat(join(home, 'dist/index.html')).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
  const sources = (await readdir(home, { recursive: true })).filter((path) =>
    /^(src|public)\/|^(index\.html|vite\.config\.ts|package\.json)$/.test(path),
  )
  const times = await Promise.all(
    sources.map(async (path) => (await stat(join(home, path))).mtimeMs),
  )
  if (made > Math.max(...times)) return
  const vite = join(
    dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    'bin/vite.js',
  )
  // In a process of its own: the test's NODE_ENV would build the slow, big React.
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: home,
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
