// Makes a fresh clone ready to run: the one place that installs anything. Plain JavaScript for any Node from 20 on,
// because it runs before Node 24 is there.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const house = fileURLToPath(new URL('..', import.meta.url))
const bin = join(house, 'node_modules', '.bin')

/** Node 24 from the dev dependencies, whatever the machine has. */
export const node24 = join(
  house,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** Installs the dependencies exactly as locked, unless that was done since the lock file changed. */
export function installed() {
  const written = join(house, 'node_modules', '.package-lock.json') // npm writes it when all is installed
  const lock = join(house, 'package-lock.json')
  if (
    existsSync(written) &&
    statSync(written).mtimeMs >= statSync(lock).mtimeMs &&
    existsSync(node24)
  )
    return
  console.error('Installing the dependencies (once)...')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  run(
    [...npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'The dependencies could not be installed: see above.',
  )
  if (!existsSync(node24)) {
    stop(
      'The package `node` was installed without its binary. Allow its install script: `npm install-scripts approve node`, then `npm ci`.',
    )
  }
}

/**
 * Chromium for the browser tests: what `CHROMIUM_PATH` names, else Debian's headless shell, which draws the same with a
 * third less work, else any Chromium that is there. Debian's packages are installed where we may.
 */
export function chromiumInstalled() {
  if (process.env.CHROMIUM_PATH) return
  const shell = '/usr/lib/chromium/chromium-headless-shell'
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const there = () => [shell, ...known].find((path) => existsSync(path))
  if (!existsSync(shell))
    debianInstalled('Chromium for the browser tests', ['chromium-headless-shell'])
  if (there() === undefined) debianInstalled('Chromium for the browser tests', ['chromium'])
  const found = there()
  if (found === undefined)
    stop(
      'The browser tests need Chromium. Install it (Debian: `apt-get install chromium`) or set CHROMIUM_PATH.',
    )
  process.env.CHROMIUM_PATH = found
}

/** Debian's ClickHouse and ZooKeeper for the tests of the evidence store; without them those tests are skipped. */
export function clickhouseInstalled() {
  if (existsSync('/usr/sbin/clickhouse-server') && existsSync('/usr/share/java/zookeeper.jar'))
    return
  const packages = ['clickhouse-server', 'clickhouse-client', 'zookeeperd']
  if (!debianInstalled('ClickHouse for the tests of the evidence store', packages))
    console.error(
      `Tests with ClickHouse are skipped. For them: apt-get install --no-install-recommends ${packages.join(' ')}`,
    )
}

/** Whether Debian's packages could be installed: only where we may. */
function debianInstalled(what, packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.error(`Installing ${what} (once)...`)
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  }
  spawnSync('apt-get', ['update', '-qq'], options)
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages]
  return spawnSync('apt-get', install, options).status === 0
}

/** Builds the studio's pages unless they are newer than their sources. */
export function studioBuilt() {
  run(
    [node24, join(house, 'scripts', 'build-studio.mjs')],
    'The studio could not be built: see above.',
  )
}

/** Runs a command to its end with the house's Node and tools first on the path; stops the whole script when it fails. */
export function run([command, ...args], failure, options = {}) {
  const result = spawnSync(command, args, {
    cwd: house,
    stdio: 'inherit',
    env: environment(),
    ...options,
  })
  if (result.error) stop(`${failure}\n${result.error.message}`)
  if (result.status !== 0) stop(failure, result.status ?? 1)
}

export function environment() {
  return {
    ...process.env,
    PATH: `${join(house, 'node_modules', 'node', 'bin')}${delimiter}${bin}${delimiter}${process.env.PATH}`,
  }
}

function stop(message, status = 1) {
  console.error(message)
  process.exit(status)
}
