// node bench/verify.mjs [--cases 100000] [--runs 3]
// `throughline test` with all its checks beside a plain undici loop, in turn, against the same small server in a process of its own: requests a
// second, CPU for each, and the memory that so many cases take. Runs from the sources. Exits with 1 where a goal does not hold.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { environment, house, installed, node24 } from '../scripts/ready.mjs'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '3' },
    role: { type: 'string', default: 'bench' },
    target: { type: 'string' },
  },
})
const cases = Number(values.cases)
const workers = 8
const kinds = 10
const product = JSON.stringify({
  items: Array.from({ length: 5 }, (_, index) => ({
    id: `p-${index}`,
    name: 'Teapot',
    price: { amount: 12.5, currency: 'EUR' },
    labels: ['new', 'fragile'],
  })),
  next: null,
})

const problem = JSON.stringify({
  type: '/problems/query',
  title: 'Look at the query again: it asks for more than there is',
  status: 400,
})

const roles = { bench, server, verify, loop }
await roles[values.role]()

async function bench() {
  installed()
  const runs = Number(values.runs)
  const work = mkdtempSync(join(tmpdir(), 'throughline-verify-bench-'))
  process.on('exit', () => rmSync(work, { recursive: true, force: true }))
  const shop = spawn(node24, [fileURLToPath(import.meta.url), '--role', 'server'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(shop.stdout, 'data')
  const target = String(line).trim()
  const all = { verify: [], loop: [] }
  for (let round = 0; round < runs; round++)
    for (const role of ['loop', 'verify']) all[role].push(measured(role, target, work))
  shop.kill()
  const median = (role, figure) =>
    all[role].map((one) => one[figure]).sort((a, b) => a - b)[Math.floor(runs / 2)]
  console.log(
    `${cases.toLocaleString('en')} requests, ${workers} at once (median of ${runs}; the server has a process of its own)`,
  )
  for (const [role, name] of [
    ['verify', 'throughline test, all checks'],
    ['loop', 'plain undici loop'],
  ])
    console.log(
      `  ${name.padEnd(30)} ${median(role, 'rate').toFixed(0).padStart(6)}/s  ${(median(role, 'cpu') * 1000).toFixed(0).padStart(5)} µs CPU each  ${median(role, 'memory').toFixed(0).padStart(5)} MiB`,
    )
  expect(
    'at least half the rate of the loop',
    median('verify', 'rate') >= median('loop', 'rate') / 2,
  )
  expect('under 400 MiB', median('verify', 'memory') < 400)
}

function measured(role, target, work) {
  const file = join(work, 'measured.json')
  const hook = pathToFileURL(
    join(fileURLToPath(new URL('.', import.meta.url)), 'measured.mjs'),
  ).href
  const { stdout, stderr, status } = spawnSync(
    node24,
    [
      '--import',
      hook,
      fileURLToPath(import.meta.url),
      '--role',
      role,
      '--target',
      target,
      '--cases',
      String(cases),
    ],
    { env: { ...environment(), MEASURED: file }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  const { requests, seconds, findings = 0 } = JSON.parse(stdout)
  const { cpu, memory } = JSON.parse(readFileSync(file, 'utf8'))
  if (findings > 0) console.log(`  ${findings} findings: the server does not keep its contract`)
  return { rate: requests / seconds, cpu: cpu / requests, memory }
}

async function server() {
  const shop = createServer((request, response) => {
    request.resume()
    const isRight =
      request.method === 'GET' && keeps(new URLSearchParams(request.url.split('?')[1]))
    response.statusCode = isRight ? 200 : request.method === 'GET' ? 400 : 405
    response.setHeader('Content-Type', isRight ? 'application/json' : 'application/problem+json')
    if (response.statusCode === 405) response.setHeader('Allow', 'GET')
    response.end(isRight ? product : problem)
  })
  shop.listen(0, '127.0.0.1')
  await once(shop, 'listening')
  console.log(`http://127.0.0.1:${shop.address().port}`)
}

/** What the contract asks of a query, as a backend that keeps it would look. */
function keeps(query) {
  const limit = query.get('limit')
  const isLimit = limit === null || (/^-?\d+$/.test(limit) && limit >= 1 && limit <= 100)
  return isLimit && [...(query.get('search') ?? '')].length <= 40
}

async function verify() {
  const { compile } = await import('../packages/core/src/index.ts')
  const { verify: run } = await import('../packages/throughline/src/targets/verify/verify.ts')
  const { senderTo } = await import('../packages/throughline/src/targets/verify/send.ts')
  const text = JSON.stringify(contract())
  const { graph } = compile(
    { paths: ['store.json'], read: (path) => ({ path, text }) },
    { contracts: ['store.json'] },
  )
  const sender = senderTo({ target: values.target, connections: workers })
  const from = performance.now()
  const { requests, findings } = await run(graph, {
    send: sender.send,
    seed: 1,
    workers,
    phases: new Set(['fuzz']),
    fuzz: cases / kinds,
  })
  const seconds = (performance.now() - from) / 1000
  await sender.close()
  console.log(JSON.stringify({ requests, seconds, findings: findings.length }))
}

/** What a loop costs that sends as many requests and reads their answers, and asks nothing of them. */
async function loop() {
  const require = createRequire(join(house, 'packages/throughline/package.json'))
  const { Pool } = require('undici')
  const pool = new Pool(values.target, { connections: workers, pipelining: 1 })
  let left = cases
  const from = performance.now()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (left-- > 0) {
        const answer = await pool.request({ path: '/shelf-1?limit=5&search=tea', method: 'GET' })
        await answer.body.arrayBuffer()
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  await pool.close()
  console.log(JSON.stringify({ requests: cases, seconds }))
}

function contract() {
  const money = {
    type: 'object',
    required: ['amount', 'currency'],
    properties: { amount: { type: 'number' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
  }
  const page = {
    type: 'object',
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'name', 'price'],
          properties: {
            id: { type: 'string' },
            name: { type: 'string', minLength: 1 },
            price: money,
            labels: { type: 'array', items: { enum: ['new', 'fragile'] } },
          },
        },
      },
      next: { type: ['string', 'null'] },
    },
  }
  const parameter = (name, schema) => ({ name, in: 'query', schema })
  return {
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    paths: Object.fromEntries(
      Array.from({ length: kinds }, (_, index) => [
        `/shelf-${index}`,
        {
          get: {
            operationId: `listShelf${index}`,
            parameters: [
              parameter('limit', { type: 'integer', minimum: 1, maximum: 100 }),
              parameter('search', { type: 'string', maxLength: 40 }),
            ],
            responses: {
              200: { description: 'A page', content: { 'application/json': { schema: page } } },
              400: {
                description: 'A query that asks for too much',
                content: {
                  'application/problem+json': {
                    schema: {
                      type: 'object',
                      required: ['title'],
                      properties: { title: { type: 'string' }, status: { type: 'integer' } },
                    },
                  },
                },
              },
            },
          },
        },
      ]),
    ),
  }
}

function expect(what, holds) {
  console.log(`  ${holds ? 'holds' : 'FAILS'}: ${what}`)
  if (!holds) process.exitCode = 1
}
