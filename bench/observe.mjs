// The collector and the evidence store: how much of a plain decode-and-append loop is left over HTTP, how long a 200 takes
// while questions are asked, and whether anything is lost when the process is killed. `node bench/observe.mjs [spans|query|kill]`
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { request } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'

const source = new URL('../packages/throughline/src/targets/observe/', import.meta.url)
const at = (path) => import(new URL(path, source).href)
const BATCH = 500
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))

/** One export request of 500 spans as the Node SDK writes it: protobuf, gzip. */
function batchOf(number) {
  const bytes = []
  const text = (value) => Buffer.from(value)
  const varint = (value) => {
    const out = []
    for (; value > 127; value = Math.floor(value / 128)) out.push((value & 127) | 128)
    return Buffer.from([...out, value])
  }
  const field = (id, body) => Buffer.concat([varint(id * 8 + 2), varint(body.length), body])
  const fixed = (id, value) => {
    const body = Buffer.alloc(8)
    body.writeBigUInt64LE(value)
    return Buffer.concat([varint(id * 8 + 1), body])
  }
  const pair = (key, value) =>
    Buffer.concat([
      field(1, text(key)),
      field(
        2,
        typeof value === 'string'
          ? field(1, text(value))
          : Buffer.concat([Buffer.from([24]), varint(value)]),
      ),
    ])
  const hex = (length, seed) =>
    Buffer.from(
      Array.from({ length }, (_, i) => (seed * 31 + i * 17 + (seed >> (i % 8)) * 7) & 255),
    )
  const begin = BigInt(Date.now()) * 1000000n
  for (let i = 0; i < BATCH; i++) {
    const seed = number * BATCH + i
    const span = Buffer.concat([
      field(1, hex(16, seed >> 3)),
      field(2, hex(8, seed)),
      field(5, text(`GET /orders/{id}`)),
      Buffer.from([48, 2]),
      fixed(7, begin + BigInt(seed % 1000000)),
      fixed(8, begin + BigInt((seed % 1000) * 100000 + 1000000)),
      field(9, pair('http.request.method', 'GET')),
      field(9, pair('url.path', `/orders/${seed % 500}`)),
      field(9, pair('http.response.status_code', seed % 50 === 0 ? 500 : 200)),
      field(9, pair('shop.items', seed % 9)),
    ])
    bytes.push(field(2, span))
  }
  const resource = field(1, field(1, pair('service.name', 'orders')))
  return gzipSync(field(1, Buffer.concat([resource, field(2, Buffer.concat(bytes))])), { level: 1 })
}

const { compile, otlpFromProtobuf, eventsOfOtlp, placesOf, maskOf } =
  await import('../packages/core/src/index.ts')
const shop = `openapi: 3.1.0
info: { title: Store, version: '1' }
paths: { '/orders/{id}': { get: { operationId: getOrder, responses: { 200: { description: An order } } } } }
`
const files = {
  'throughline.yaml': 'throughline: 1\napis: { store: store.yaml }\n',
  'store.yaml': shop,
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) => ({ path, text: files[path] ?? '' }),
})

const { openDuckdbStore } = await at('store/duckdb-store.ts')
const counted = { name: 'count', sql: 'SELECT count(*) AS n FROM events' }
const wanted = process.argv[2]

async function cpuOf(work) {
  const before = process.cpuUsage()
  const from = performance.now()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / 1e6, wall: (performance.now() - from) / 1000 }
}

async function spans(batches = 400) {
  const bodies = Array.from({ length: batches }, (_, i) => batchOf(i))
  // The plain loop: decode to events, append them to DuckDB, in large transactions, on one thread. No HTTP, no log.
  const { DuckdbDatabase } = await at('store/duckdb-database.ts')
  const { packed } = await at('store/packed-events.ts')
  const { unpacked } = await at('store/unpacked-events.ts')
  const { evidenceColumns } = await import('../packages/core/src/index.ts')
  const context = { places: placesOf(graph), masked: maskOf(graph) }
  const plain = await DuckdbDatabase.open({
    folder: join(folder, 'plain'),
    memory: '1GB',
    columns: evidenceColumns,
  })
  const loop = await cpuOf(async () => {
    for (let from = 0; from < bodies.length; from += 40) {
      const packs = bodies.slice(from, from + 40).map((body, i) =>
        unpacked(
          packed([
            {
              id: `${from + i}`,
              events: eventsOfOtlp(otlpFromProtobuf('traces', gunzipSync(body)), context),
            },
          ]),
        ),
      )
      await plain.apply(packs, Date.now())
    }
  })
  await plain.close()
  const store = await openDuckdbStore({ folder: join(folder, 'collector') })
  const server = await collectorOf(store)
  const { port } = server.address()
  // The senders are another process: their CPU does not count.
  const sent = await new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(import.meta.url), 'send', String(port), String(batches)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    child.stdout.once('data', async () => {
      const whole = await cpuOf(async () => {
        child.stdin.end('go')
        await new Promise((go) => child.once('close', go))
        await store.query(counted)
      })
      resolve(whole)
    })
    child.once('error', reject)
  })
  const [{ n }] = await store.query(counted)
  server.close()
  server.closeAllConnections()
  await store.close()
  const events = batches * BATCH
  if (n !== events) throw new Error(`${n} of ${events} spans were kept`)
  console.log(
    `plain loop    ${Math.round(events / loop.cpu)} spans per CPU second (${Math.round(events / loop.wall)} per second)`,
  )
  console.log(
    `collector     ${Math.round(events / sent.cpu)} spans per CPU second (${Math.round(events / sent.wall)} per second)`,
  )
  console.log(`ratio         ${((loop.cpu / sent.cpu) * 100).toFixed(0)} % (aim: 60)`)
}

/** The collector over HTTP, as `throughline dev` has it. */
async function collectorOf(store) {
  const { collector } = await at('collector.ts')
  const { getRequestListener } = await import('@hono/node-server')
  const taking = collector({ store: async () => store, graph: () => graph })
  const server = createServer(getRequestListener((one) => taking.fetch(one)))
  await new Promise((go) => server.listen(0, '127.0.0.1', go))
  return server
}

/** A backend that exports for so many seconds, one batch after the other; tells the milliseconds to each 200 as JSON. */
async function pace(port, seconds) {
  const bodies = Array.from({ length: 600 }, (_, i) => batchOf(i + 1000))
  const { Agent } = await import('node:http')
  const agent = new Agent({ keepAlive: true })
  const took = []
  let refused = 0
  const until = performance.now() + seconds * 1000
  for (const body of bodies) {
    if (performance.now() > until) break
    const from = performance.now()
    if ((await post(port, body, agent)) === 200) took.push(performance.now() - from)
    else refused++
    await new Promise((go) => setTimeout(go, 10))
  }
  agent.destroy()
  process.stdout.write(JSON.stringify({ took, refused }))
}

async function send(port, batches) {
  const bodies = Array.from({ length: batches }, (_, i) => batchOf(i))
  process.stdout.write('ready')
  await new Promise((go) => process.stdin.once('end', go).resume())
  const { Agent } = await import('node:http')
  const agent = new Agent({ keepAlive: true })
  let next = 0
  const lane = async () => {
    while (next < bodies.length) {
      const body = bodies[next++]
      for (;;) {
        const status = await post(port, body, agent)
        if (status === 200) break
        if (status !== 429) throw new Error(`status ${status}`)
        await new Promise((go) => setTimeout(go, 50))
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  agent.destroy()
}

function post(port, body, agent) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' }
    const one = request(
      { port, host: '127.0.0.1', path: '/v1/traces', method: 'POST', headers, agent },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode))
      },
    )
    one.once('error', reject)
    one.end(body)
  })
}

/** Several people look at figures of a million spans, while the collector takes in batches of another process. */
async function query(seconds = 15, people = 6) {
  const store = await openDuckdbStore({ folder: join(folder, 'query') })
  const context = { places: placesOf(graph), masked: maskOf(graph) }
  const events = eventsOfOtlp(otlpFromProtobuf('traces', gunzipSync(batchOf(1))), context)
  for (let i = 0; i < 2000; i++) await store.append(`before ${i}`, events)
  await store.query(counted)
  const server = await collectorOf(store)
  const child = spawn(
    process.execPath,
    [fileURLToPath(import.meta.url), 'pace', String(server.address().port), String(seconds)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let told = ''
  child.stdout.on('data', (chunk) => (told += chunk))
  const sent = new Promise((go) => child.once('close', go))
  let asked = 0
  const ask = async () => {
    while (child.exitCode === null) {
      await store.query({
        name: 'p75',
        sql: 'SELECT operation, floor("time" / 3600000) AS h, quantile_cont(duration, 0.75) AS p FROM events GROUP BY ALL',
      })
      asked++
    }
  }
  await Promise.all([sent, ...Array.from({ length: people }, () => ask())])
  server.close()
  server.closeAllConnections()
  await store.close()
  const { took, refused } = JSON.parse(told)
  took.sort((a, b) => a - b)
  console.log(
    `while ${asked} questions of ${people} people were answered, ${took.length} batches of 500 got their 200 over HTTP, ${refused} a refusal: p50 ${took[took.length >> 1].toFixed(1)} ms, p99 ${took[Math.floor(took.length * 0.99)].toFixed(1)} ms (aim: under 250)`,
  )
}

async function kill(rounds = 50) {
  const place = join(folder, 'kill')
  const acknowledged = new Set()
  for (let round = 0; round < rounds; round++) {
    const child = spawn(
      process.execPath,
      [fileURLToPath(import.meta.url), 'write', place, String(round)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let text = ''
    let timer
    child.stdout.on('data', (chunk) => {
      text += chunk
      timer ??= setTimeout(() => child.kill('SIGKILL'), 20 + Math.random() * 400)
    })
    await new Promise((go) => child.once('close', go))
    for (const id of text.split('\n').slice(0, -1)) acknowledged.add(id)
  }
  const store = await openDuckdbStore({ folder: place })
  const kept = new Map(
    (
      await store.query({
        name: 'batches',
        sql: 'SELECT batch, count(*) AS n FROM events GROUP BY batch',
      })
    ).map((row) => [row.batch, row.n]),
  )
  await store.close()
  const lost = [...acknowledged].filter((id) => !kept.has(id)).length
  const wrong = [...kept.values()].filter((n) => n !== 100).length
  console.log(
    `killed ${rounds} times: ${acknowledged.size} batches acknowledged, ${lost} lost, ${wrong} in part or twice`,
  )
  if (lost + wrong > 0) process.exitCode = 1
}

async function write(place, round) {
  const { writeSync } = await import('node:fs')
  const said = async (text) => {
    for (;;)
      try {
        return writeSync(1, text)
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error // the reader is slower than the disk
        await new Promise((go) => setTimeout(go, 1))
      }
  }
  const store = await openDuckdbStore({ folder: place })
  const events = Array.from({ length: 100 }, (_, i) => ({
    kind: 'call',
    time: Date.now() + i,
    name: `call ${i}`,
  }))
  const lane = async (number) => {
    for (let n = 0; ; n++) {
      const id = `${round}-${number}-${n}`
      await store.append(id, events)
      await said(`${id}\n`)
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, number) => lane(number)))
}

try {
  if (wanted === 'send') await send(Number(process.argv[3]), Number(process.argv[4]))
  else if (wanted === 'pace') await pace(Number(process.argv[3]), Number(process.argv[4]))
  else if (wanted === 'write') await write(process.argv[3], process.argv[4])
  else {
    if (wanted === undefined || wanted === 'spans') await spans()
    if (wanted === undefined || wanted === 'query') await query(Number(process.argv[3] ?? 15))
    if (wanted === undefined || wanted === 'kill') await kill(Number(process.argv[3] ?? 50))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
