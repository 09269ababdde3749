#!/usr/bin/env node
// Plain JavaScript for any Node: it must be able to say that a Node is too old. Answers `--version` before loading anything.
import { existsSync, readFileSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
const first = process.argv[2]

if (process.argv.length === 3 && (first === '--version' || first === '-v' || first === '-V')) {
  const about = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${about.version}\n`)
} else if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Throughline needs Node 22.18 or newer, and this is ${process.versions.node}.\n` +
      'Install a current Node (https://nodejs.org), or run it with `npx -p node@24 -p throughline throughline`.\n',
  )
  process.exitCode = 2
} else {
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  // A checkout runs its sources; the published package has only `dist`.
  const sources = new URL('../src/cli/main.ts', import.meta.url)
  await import(
    existsSync(sources) ? sources.href : new URL('../dist/main.js', import.meta.url).href
  )
}
