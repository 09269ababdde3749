// node bench/mock.mjs [--only start,static,generated,posts] [--contracts petstore,github] [--servers bare,throughline,prism,mockoon]
//                     [--rounds 3] [--port 4530] [--client awake|sleeping] [--installed DIR] [--peers DIR]
// The mock beside bare `node:http` with an equal body, Prism and Mockoon, in one run: CPU of the server per request
// and p99 latency (they listen side by side, from the port on); CPU and wall time from the start of the process to the first answer; peak memory.
// Prints ratios and whether the goals hold; exits with 1 where one does not. CPU and memory are read from /proc (Linux).
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { environment, house, installed, node24 } from '../scripts/ready.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'start,static,generated,posts' },
    contracts: { type: 'string', default: 'petstore,github' },
    servers: { type: 'string', default: 'bare,throughline,prism,mockoon' },
    rounds: { type: 'string', default: '3' },
    port: { type: 'string', default: '4530' },
    client: { type: 'string', default: 'awake' },
    installed: { type: 'string' },
    peers: { type: 'string' },
  },
})
installed()
const parts = values.only.split(',')
const servers = values.servers.split(',')
const rounds = Number(values.rounds)
const port = Number(values.port)
const here = fileURLToPath(new URL('.', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'throughline-mock-bench-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))
const contracts = {
  petstore: join(here, 'petstore.yaml'),
  github: join(house, 'node_modules/@octokit/openapi/generated/api.github.com.json'),
}
const throughline = join(
  values.installed ?? packed(),
  'node_modules/throughline/bin/throughline.js',
)
const needsPeers = servers.includes('prism') || servers.includes('mockoon')
const peers = needsPeers ? join(values.peers ?? withPeers(), 'node_modules/.bin') : ''
/** Milliseconds that a peer's figure stands on: the kernel's clock ticks every 10 ms. */
const ENOUGH_CPU = 1500
/** How often bare `node:http` and the mock are asked in a round, with how many requests each time, and with how many before. */
const TURNS = 15
const EACH_TURN = 4000
const WARM = 50_000
const LONGEST_START = 120_000

const LOADS = {
  static: {
    petstore: { method: 'GET', path: '/pets' },
    github: { method: 'GET', path: '/repos/octocat/hello-world/issues' },
  },
  // Another path each time, so that nothing can be kept.
  generated: {
    petstore: { method: 'GET', path: '/pets/{n}' },
    github: { method: 'GET', path: '/repos/octocat/shop-{n}/labels' },
  },
  posts: {
    petstore: {
      method: 'POST',
      path: '/pets',
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"Rex {n}","tag":"dog","status":"available","price":120.5,"born":"2024-05-01","email":"rex@shop.example"}',
    },
    github: {
      method: 'POST',
      path: '/repos/octocat/hello-world/issues',
      headers: { 'Content-Type': 'application/json' },
      body: '{"title":"The basket loses coupon {n}","body":"Add a coupon, reload, and it is gone.","labels":["bug"],"assignees":["octocat"]}',
    },
  },
}
const MOST_OF_BARE = { static: 1.5, generated: 3, posts: 3 }
let failed = false

if (parts.includes('start')) {
  for (const contract of values.contracts.split(',')) await starts(contract)
}
for (const part of ['static', 'generated', 'posts'].filter((one) => parts.includes(one))) {
  for (const contract of values.contracts.split(',')) await loads(part, contract)
}
process.exitCode = failed ? 1 : 0

/** From the start of the process to the first answer. */
async function starts(contract) {
  const results = {}
  const asked = LOADS.static[contract].path
  for (const [name, clean] of [
    ['throughline', true],
    ['throughline, kept parse', false],
    ['prism', false],
    ['mockoon', false],
  ]) {
    const [server] = name.split(',')
    if (!servers.includes(server)) continue
    const list = []
    const cache = join(work, 'cache')
    rmSync(cache, { recursive: true, force: true })
    // Node's own cache of compiled code is warm in both: it belongs to the installation, not to the contract.
    const count = server === 'throughline' ? rounds + 1 : 1
    for (let round = 0; round < count; round++) {
      if (clean) rmSync(cache, { recursive: true, force: true })
      const running = await started(server, contract, false, asked, cache)
      if (running === undefined) break
      if (round > 0 || count === 1) list.push(running.first)
      await running.stop()
    }
    if (list.length > 0)
      results[name] = {
        cpu: median(list, 'cpu'),
        wall: median(list, 'wall'),
        memory: median(list, 'memory'),
      }
  }
  console.log(`\nfirst answer on ${contract}'s contract, from the start of the process`)
  for (const [name, { cpu, wall, memory }] of Object.entries(results))
    console.log(
      `  ${name.padEnd(24)} ${cpu.toFixed(0).padStart(6)} ms CPU ${wall.toFixed(0).padStart(7)} ms wall ${memory.toFixed(0).padStart(5)} MiB`,
    )
  const cold = results['throughline']
  const kept = results['throughline, kept parse']
  if (contract === 'github' && cold !== undefined) {
    expect('within 1.5 s CPU without a kept parse', cold.cpu <= 1500)
    expect('within 0.6 s CPU with one', kept.cpu <= 600)
    expect('under 250 MiB', Math.max(cold.memory, kept.memory) < 250)
  }
}

/**
 * CPU per request under load. The servers of a round run side by side and are asked in turn (A B A B ...), a short while each:
 * a machine that is slower for some seconds is slower for all of them, and ratios are those of turns that follow each other.
 */
async function loads(part, contract) {
  const load = LOADS[part][contract]
  const dynamic = part === 'generated'
  const first =
    load.method === 'GET' ? load.path.replaceAll('{n}', '1') : LOADS.static[contract].path
  const results = {}
  const bodyFile = join(work, 'body.json')
  writeFileSync(bodyFile, '[]')
  const order = ['throughline', 'bare', 'prism', 'mockoon'].filter((one) => servers.includes(one))
  for (let round = 0; round < rounds; round++) {
    const side = []
    for (const server of order) {
      const own = (results[server] ??= { turns: [], ratios: [], slow: false, gone: false })
      if (own.gone || (own.slow && round > 0)) continue
      const asked = server === 'bare' ? '/' : first
      const place = port + side.length
      const cache = join(work, 'cache')
      const running = await started(server, contract, dynamic, asked, cache, bodyFile, place)
      own.gone = running === undefined
      if (own.gone) continue
      if (server === 'throughline' && round === 0)
        writeFileSync(bodyFile, await sample(load, place))
      await settled(running)
      // Until the code is warm; then as many as make a figure.
      const isPeer = server !== 'bare' && server !== 'throughline'
      const trial = await measured(running, load, isPeer ? 60 : WARM)
      own.slow = trial.cpu > 2
      side.push({
        own,
        running,
        turns: isPeer ? 1 : TURNS,
        // The same number for the two that are compared: what a new client costs is part of it.
        count: isPeer ? Math.max(40, Math.ceil(ENOUGH_CPU / trial.cpu)) : EACH_TURN,
      })
    }
    const bare = side.find(({ own }) => own === results.bare)?.own
    for (let turn = 0; turn < TURNS; turn++) {
      for (const { own, running, turns, count } of side)
        if (turn < turns) own.turns.push(await measured(running, load, count))
      for (const { own, turns } of side)
        if (bare !== undefined && turn < turns)
          own.ratios.push(own.turns.at(-1).cpu / bare.turns.at(-1).cpu)
    }
    for (const { own, running } of side) {
      own.memory = Math.max(own.memory ?? 0, running.memory())
      await running.stop()
    }
  }
  console.log(
    `\n${part}: ${load.method} ${load.path} of ${contract} (medians of ${rounds} rounds of ${TURNS} turns)`,
  )
  for (const [name, { turns, ratios, memory }] of Object.entries(results)) {
    if (turns.length === 0) continue
    const statuses = Object.entries(turns.at(-1).statuses)
      .map(([status, count]) => `${count} x ${status}`)
      .join(', ')
    console.log(
      `  ${name.padEnd(12)} ${(median(turns, 'cpu') * 1000).toFixed(1).padStart(8)} us CPU  p50 ${median(turns, 'p50').toFixed(2).padStart(7)}  p99 ${median(turns, 'p99').toFixed(2).padStart(7)} ms  ${memory.toFixed(0).padStart(4)} MiB  ${turns.at(-1).bytes} bytes, ${statuses}${ratios.length > 0 && name !== 'bare' ? `  ${middle(ratios).toFixed(2)}x bare` : ''}`,
    )
  }
  const own = results.throughline
  if (own === undefined || own.turns.length === 0) return
  if (own.ratios.length > 0)
    expect(
      `at most ${MOST_OF_BARE[part]}x the CPU of bare node:http`,
      middle(own.ratios) <= MOST_OF_BARE[part],
    )
  for (const peer of ['prism', 'mockoon'])
    if (results[peer]?.turns.length > 0) {
      const times = median(results[peer].turns, 'cpu') / median(own.turns, 'cpu')
      expect(`at least 10x less CPU than ${peer} (${times.toFixed(0)}x)`, times >= 10)
    }
}

async function sample({ method, path, headers, body }, place) {
  const response = await fetch(`http://127.0.0.1:${place}${path.replaceAll('{n}', '1')}`, {
    method,
    headers: { ...headers, connection: 'close' },
    ...(body !== undefined && { body: body.replaceAll('{n}', '1') }),
  })
  return Buffer.from(await response.arrayBuffer())
}

/** A server that has answered once; `undefined` where it never did. */
async function started(server, contract, dynamic, asked, cache, bodyFile, place = port) {
  const file = contracts[contract]
  const [command, ...args] = {
    bare: [node24, join(here, 'bare.mjs'), String(place), bodyFile],
    throughline: [
      node24,
      throughline,
      'mock',
      file,
      '-p',
      String(place),
      '--no-watch',
      ...(dynamic ? ['-d'] : []),
    ],
    prism: [
      node24,
      join(peers, 'prism'),
      'mock',
      file,
      '-p',
      String(place),
      '--verboseLevel',
      'fatal',
      ...(dynamic ? ['-d'] : []),
    ],
    mockoon: [
      node24,
      join(peers, 'mockoon-cli'),
      'start',
      '--data',
      file,
      '--port',
      String(place),
      '--disable-log-to-file',
      '--disable-admin-api',
    ],
  }[server]
  const from = performance.now()
  const child = spawn(command, args, {
    cwd: work,
    env: { ...environment(), NO_COLOR: '1', THROUGHLINE_CACHE: cache },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGKILL')
    await gone
  }
  const running = {
    stop,
    place,
    asked: 0,
    cpu: () => cpuOf(child.pid),
    memory: () => memoryOf(child.pid),
  }
  while (child.exitCode === null && performance.now() - from < LONGEST_START) {
    if (await answers(place, asked)) {
      return {
        ...running,
        first: { cpu: running.cpu(), wall: performance.now() - from, memory: running.memory() },
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  console.log(`  ${server} gave no answer to ${asked} within ${LONGEST_START / 1000} s`)
  await stop()
  return undefined
}

async function answers(place, path) {
  try {
    const response = await fetch(`http://127.0.0.1:${place}${path}`, {
      headers: { connection: 'close', authorization: 'Bearer token' },
      signal: AbortSignal.timeout(60_000),
    })
    await response.arrayBuffer()
    return true
  } catch {
    return false
  }
}

async function measured(running, load, count) {
  const cpuBefore = running.cpu()
  const before = running.asked
  running.asked += count
  const child = spawn(
    node24,
    [
      join(here, 'load.mjs'),
      JSON.stringify({
        port: running.place,
        count,
        before,
        awake: values.client !== 'sleeping',
        ...load,
      }),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let text = ''
  for await (const part of child.stdout) text += part
  const cpu = (running.cpu() - cpuBefore) / count
  return { cpu, ...JSON.parse(text) }
}

/** Waits until a server does nothing by itself any more: what it does once after its start is no part of a request. */
async function settled({ cpu }) {
  let before = -Infinity
  for (let quiet = 0, looks = 0; quiet < 3 && looks < 100; looks++) {
    const now = cpu()
    quiet = now - before <= 10 ? quiet + 1 : 0
    before = now
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** Milliseconds in user and system mode, all threads. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Peak resident memory in MiB. */
function memoryOf(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}

function packed() {
  console.error('Packing Throughline and installing it into an empty folder...')
  const folder = join(work, 'installed')
  mkdirSync(folder)
  const tarball = must(
    'npm',
    ['pack', '--silent', '-w', 'throughline', '--pack-destination', work],
    house,
  )
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  install(folder, join(work, tarball.trim().split('\n').at(-1)))
  return folder
}

function withPeers() {
  console.error('Installing the peers into an empty folder...')
  const folder = join(work, 'peers')
  mkdirSync(folder)
  cpSync(join(here, 'package.json'), join(folder, 'package.json'))
  install(folder)
  return folder
}

function install(folder, ...what) {
  must('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...what], folder)
}

function expect(what, holds) {
  console.log(`  ${holds ? 'yes' : 'NO '}  ${what}`)
  failed ||= !holds
}

function median(list, figure) {
  return middle(list.map((one) => one[figure]))
}

function middle(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
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
