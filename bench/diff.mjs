// node bench/diff.mjs [--runs 5] [--installed DIR] [--peers DIR]
// GitHub's REST description against a mutated copy: `throughline diff` beside `redocly diff`, in turn, in one run. The copy has one change in
// each of some hundred operations and in shared schemas. Prints medians and ratios; exits with 1 where a goal does not hold.
// Without --installed and --peers, Throughline is packed and installed, and its peer installed, into empty folders.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { environment, house, installed, node24 } from '../scripts/ready.mjs'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    installed: { type: 'string' },
    peers: { type: 'string' },
  },
})
installed()
const runs = Number(values.runs)
const here = fileURLToPath(new URL('.', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'throughline-diff-bench-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))

const contract = join(house, 'node_modules/@octokit/openapi/generated/api.github.com.json')
const changed = join(work, 'changed.json')
writeFileSync(changed, JSON.stringify(mutated(JSON.parse(readFileSync(contract, 'utf8')))))
const throughline = join(
  values.installed ?? packed(),
  'node_modules/throughline/bin/throughline.js',
)
const redocly = join(values.peers ?? withPeers(), 'node_modules/@redocly/cli/bin/cli.js')
const commands = {
  throughline: [throughline, 'diff', contract, changed],
  redocly: [redocly, 'diff', contract, changed],
}

const all = { throughline: [], redocly: [] }
for (let round = 0; round <= runs; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const figures = measured(args)
    if (round > 0) all[name].push(figures)
  }
}
console.log(`diff of GitHub's REST description (13 MB) and a mutated copy (median of ${runs})`)
const median = (name, figure) =>
  all[name].map((one) => one[figure]).sort((a, b) => a - b)[Math.floor(runs / 2)]
for (const name of Object.keys(commands)) {
  const [cpu, wall, memory] = ['cpu', 'wall', 'memory'].map((figure) => median(name, figure))
  console.log(
    `  ${name.padEnd(12)} ${cpu.toFixed(0).padStart(6)} ms CPU  ${wall.toFixed(0).padStart(6)} ms wall  ${memory.toFixed(0).padStart(5)} MiB`,
  )
}
const ratio = median('redocly', 'cpu') / median('throughline', 'cpu')
console.log(`  redocly / throughline: ${ratio.toFixed(2)}x CPU`)
expect('at least 5x less CPU than redocly diff', ratio >= 5)
expect('peak memory under 600 MiB', median('throughline', 'memory') < 600)

/** One change in every eighth operation, and some in schemas that hundreds of operations share. */
function mutated(description) {
  let index = 0
  for (const item of Object.values(description.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (!operation?.responses || index++ % 8 !== 0) continue
      if (index % 3 === 0) delete item[method]
      else if (index % 3 === 1)
        operation.parameters = [
          ...(operation.parameters ?? []),
          { name: 'tenant', in: 'query', required: true, schema: { type: 'string' } },
        ]
      else operation.responses['423'] = { description: 'Locked' }
    }
  }
  const { schemas } = description.components
  for (const name of ['simple-user', 'repository', 'issue', 'pull-request', 'team']) {
    const schema = schemas[name]
    if (!schema?.properties) continue
    const [first, second] = Object.keys(schema.properties)
    delete schema.properties[first]
    schema.required = (schema.required ?? []).filter((one) => one !== first && one !== second)
    schema.properties.shelf = { type: 'string' }
  }
  return description
}

function measured(args) {
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

function packed() {
  const folder = mkdtempSync(join(work, 'installed-'))
  const tarball = must(
    'npm',
    ['pack', '--silent', '-w', 'throughline', '--pack-destination', work],
    house,
  )
    .trim()
    .split('\n')
    .at(-1)
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  must(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', join(work, tarball)],
    folder,
  )
  return folder
}

function withPeers() {
  const peers = mkdtempSync(join(work, 'peers-'))
  cpSync(join(here, 'package.json'), join(peers, 'package.json'))
  must('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], peers)
  return peers
}

function must(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: environment(),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`)
  return stdout
}

function expect(what, holds) {
  console.log(`  ${holds ? 'yes' : 'NO '}  ${what}`)
  if (!holds) process.exitCode = 1
}
