// node bench/run.mjs [runs]: Throughline as people install it (packed, in an empty folder) beside its peers, in one run.
// Prints medians and ratios; ratios are what counts, for both sides ran on the same machine in the same minutes.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { environment, house, installed, node24 } from '../scripts/ready.mjs'

installed()
const runs = Number(process.argv[2] ?? 5)
let failed = false
const here = fileURLToPath(new URL('.', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

console.error('Packing Throughline and installing it and its peers into empty folders...')
const packed = join(work, 'installed')
mkdirSync(packed)
const tarball = must(
  'npm',
  ['pack', '--silent', '-w', 'throughline', '--pack-destination', work],
  house,
)
  .trim()
  .split('\n')
  .at(-1)
writeFileSync(join(packed, 'package.json'), '{"private":true}')
must('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', join(work, tarball)], packed)
const peers = join(work, 'peers')
mkdirSync(peers)
cpSync(join(here, 'package.json'), join(peers, 'package.json'))
must('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], peers)

const contract = join(house, 'node_modules/@octokit/openapi/generated/api.github.com.json')
const throughline = join(packed, 'node_modules/throughline/bin/throughline.js')
const redocly = join(peers, 'node_modules/@redocly/cli/bin/cli.js')
const bare = join(work, 'bare.js')
writeFileSync(bare, '')

const check = many({
  throughline: [throughline, 'check', contract],
  redocly: [redocly, 'lint', contract],
})
table("check of GitHub's REST description (13 MB), cold", check, 'redocly')
expect('at least 5x less CPU than redocly lint', check.redocly.cpu / check.throughline.cpu >= 5)
expect('peak memory under 500 MiB', check.throughline.memory < 500)

const schema = join(house, 'node_modules/@octokit/graphql-schema/schema.graphql')
const graphql = many({ throughline: [throughline, 'check', schema], node: [bare] })
table("check of GitHub's GraphQL schema (1.2 MB), cold, beside bare node", graphql, 'node')
expect('under 1.5 s of CPU', graphql.throughline.cpu < 1500)

const start = many({ throughline: [throughline, '--version'], node: [bare] })
table('throughline --version beside bare node', start, 'node')
expect('within 30 ms of bare node', start.throughline.wall - start.node.wall <= 30)

const { recheck } = JSON.parse(must(node24, [join(here, 'recheck.mjs'), packed, contract], house))
console.log(
  `\nre-check after an edit of a journey beside GitHub's contract: ${recheck.toFixed(1)} ms (median)`,
)
expect('under 100 ms', recheck < 100)

const { live } = JSON.parse(
  must(node24, [join(here, 'live.mjs'), packed, join(house, 'examples/storefront')], house),
)
console.log(
  `\nfrom saving a journey of the example to its new blueprint in the studio: ${live.toFixed(1)} ms (median)`,
)
expect('within 200 ms', live <= 200)

process.exitCode = failed ? 1 : 0

/** Median figures of each command, run in turn (A B A B ...) after one round that is not counted. */
function many(commands) {
  const all = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round <= runs; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const figures = one(args)
      if (round > 0) all[name].push(figures)
    }
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, list]) => [
      name,
      { cpu: median(list, 'cpu'), memory: median(list, 'memory'), wall: median(list, 'wall') },
    ]),
  )
}

function one(args) {
  const file = join(work, 'measured.json')
  rmSync(file, { force: true })
  const hook = pathToFileURL(join(here, 'measured.mjs')).href
  const result = spawnSync(node24, ['--import', hook, ...args], {
    cwd: work,
    env: {
      ...environment(),
      MEASURED: file,
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (!existsSync(file))
    throw new Error(`${args.join(' ')} ended without figures:\n${result.stderr}`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

function table(title, results, peer) {
  console.log(`\n${title} (median of ${runs})`)
  for (const [name, { cpu, memory, wall }] of Object.entries(results)) {
    console.log(
      `  ${name.padEnd(12)} ${cpu.toFixed(0).padStart(6)} ms CPU  ${wall.toFixed(0).padStart(6)} ms wall  ${memory.toFixed(0).padStart(5)} MiB`,
    )
  }
  console.log(
    `  ${peer} / throughline: ${(results[peer].cpu / results.throughline.cpu).toFixed(2)}x CPU, ${(results[peer].memory / results.throughline.memory).toFixed(2)}x memory`,
  )
}

function expect(what, holds) {
  console.log(`  ${holds ? 'yes' : 'NO '}  ${what}`)
  failed ||= !holds
}

function median(list, figure) {
  const sorted = list.map((one) => one[figure]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function must(command, args, cwd) {
  const result = spawnSync(command, args, {
    cwd,
    env: environment(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed:\n${result.stderr}${result.stdout}`)
  return result.stdout
}
