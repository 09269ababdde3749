import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const home = join(import.meta.dirname, '..')

/** Builds the studio unless `dist` is newer than everything it is built from. Test files that start together build once. */
export async function built(): Promise<void> {
  const turn = join(tmpdir(), `throughline-studio-build-${home.replaceAll(/\W/g, '-')}`)
  while (!(await mine(turn))) await wait(200)
  try {
    await build()
  } finally {
    await rm(turn, { recursive: true, force: true })
  }
}

/** Whether this process has the turn to build; one that died keeps it for two minutes. */
async function mine(turn: string): Promise<boolean> {
  try {
    await mkdir(turn)
    return true
  } catch {
    const since = await stat(turn).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    if (Date.now() - since > 120_000) await rm(turn, { recursive: true, force: true })
    return false
  }
}

async function build(): Promise<void> {
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
