// node bench/soak.mjs [--minutes 10] [--port 4530] [--json]: wears the mock of the example shop with everything that happens to a
// server at once: ordinary calls, every scenario, thousands of sessions, writes, slow clients, clients that leave, clients
// that do not read, bodies of 100 MB, header bombs, paths that lead outside. Says whether the memory stays flat (the heap after
// a garbage collection and the resident memory, as lines through the second half) and whether the mock works at the end.
// Exits with 1 where not.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    port: { type: 'string', default: '4530' },
    json: { type: 'boolean', default: false },
  },
})
const lasts = Number(values.minutes) * 60_000
const here = fileURLToPath(new URL('.', import.meta.url))
const house = join(here, '..')
const child = spawn(
  process.execPath,
  [
    '--expose-gc',
    '--import',
    pathToFileURL(join(here, 'soak-hook.mjs')).href,
    join(house, 'packages/throughline/bin/throughline.js'),
    'mock',
    join(house, 'examples/storefront'),
    '--port',
    values.port,
    '--no-watch',
    '--json',
  ],
  {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, THROUGHLINE_CACHE: 'off' },
  },
)
const started = JSON.parse(String((await once(child.stdout, 'data'))[0]))
const { url } = started
const port = Number(new URL(url).port)
const isGone = () => child.exitCode !== null || child.signalCode !== null

const seen = new Map()
const count = (what) => seen.set(what, (seen.get(what) ?? 0) + 1)
const names = await scenarioNames()
const before = await proof()
const end = Date.now() + lasts
const samples = []
let turn = 0

await Promise.all([
  ...Array.from({ length: 6 }, () => until(ordinary)),
  ...Array.from({ length: 2 }, () => until(played)),
  until(written),
  until(graphql),
  until(slow),
  until(leaving),
  until(deaf),
  until(enormous),
  until(growing),
  until(bomb),
  until(outside),
  sampled(),
])
const after = await proof()
const heap = lineThrough(samples, 'heapUsed')
const resident = lineThrough(samples, 'rss')
const works = !isGone() && after === before
// Noise is no leak: growth over the second half counts where it is more than a tenth, and more than some MiB.
const flat =
  heap.growth < Math.max(8, heap.mean * 0.1) && resident.growth < Math.max(25, resident.mean * 0.1)
child.kill('SIGINT')

const answers = Object.fromEntries([...seen].toSorted(([a], [b]) => a.localeCompare(b, 'en')))
if (values.json)
  console.log(JSON.stringify({ works, flat, heap, resident, samples: samples.length, answers }))
else {
  console.log(`${values.minutes} minutes, ${samples.length} samples`)
  for (const [what, times] of Object.entries(answers))
    console.log(`  ${String(times).padStart(9)} x ${what}`)
  for (const [name, { mean, growth, most }] of Object.entries({ heap, resident }))
    console.log(
      `  ${name.padEnd(9)} ${mean.toFixed(0)} MiB in the second half, ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} MiB from its start to its end, at most ${most.toFixed(0)}`,
    )
  console.log(`  ${flat ? 'yes' : 'NO '}  memory stays flat`)
  console.log(`  ${works ? 'yes' : 'NO '}  the mock works, and answers as before`)
}
process.exit(works && flat ? 0 : 1)

async function until(act) {
  while (Date.now() < end && !isGone()) {
    try {
      await act(++turn)
    } catch (error) {
      count(
        `${act.name}: ${error.name === 'TimeoutError' ? 'gave up' : (error.cause?.code ?? error.code ?? error.name)}`,
      )
    }
    await pause(1)
  }
}

async function ordinary(n) {
  const path = [
    '/store/products',
    '/store/basket',
    '/store/orders',
    `/store/products?page=${n % 50}`,
    `/store/products/P-${n}`,
    '/store/nowhere',
  ][n % 6]
  const prefer = [undefined, 'dynamic=true', `seed=${n}`, 'code=404', 'code=500', undefined][n % 7]
  const headers = {
    ...signedIn(n),
    ...(prefer !== undefined && { prefer }),
    ...(n % 3 === 0 && { origin: 'http://localhost:4402' }),
  }
  const response = await fetch(url + path, { headers })
  const token = response.headers.get('throughline-replay')
  await response.arrayBuffer()
  count(`ordinary: ${response.status}`)
  if (token === null || n % 20 !== 0) return
  const again = await fetch(url + path, { headers: { ...headers, 'throughline-replay': token } })
  await again.arrayBuffer()
  count(`replayed: ${again.status}`)
}

async function played(n) {
  const name = names[n % names.length]
  const response = await fetch(`${url}/store/basket`, {
    headers: { ...signedIn(n), 'throughline-scenario': encodeURIComponent(name) },
    signal: AbortSignal.timeout(300),
  })
  await response.arrayBuffer()
  count(`played: ${response.status}`)
}

async function written(n) {
  const response = await fetch(`${url}/store/basket/items`, {
    method: 'POST',
    headers: { ...signedIn(n), 'content-type': 'application/json' },
    body: JSON.stringify({ productId: `P-${n % 100}`, quantity: 1 + (n % 3) }),
  })
  await response.arrayBuffer()
  count(`written: ${response.status}`)
}

async function graphql() {
  const response = await fetch(`${url}/reviews/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename __schema { types { name fields { name } } } }' }),
  })
  await response.arrayBuffer()
  count(`graphql: ${response.status}`)
}

/** Sends its request a character at a time, for a while or until it is told that it takes too long. */
async function slow(n) {
  const { socket, answer } = heard()
  const text = `GET /store/basket HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(5000)}\r\n\r\n`
  const patience = Math.min(end, Date.now() + (n % 4 === 0 ? 40_000 : 1000))
  for (
    let index = 0;
    index < text.length && Date.now() < patience && answer() === '' && !socket.destroyed;
    index++
  ) {
    socket.write(text[index])
    await pause(20)
  }
  await pause(5)
  count(`slow: ${/^HTTP\/1.1 (\d+)/.exec(answer())?.[1] ?? 'left'}`)
  socket.destroy()
}

async function leaving(n) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(
    [
      'GET /store/products HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'POST /store/basket/items HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{"productId":',
      'GET /store/pro',
      'GET /_throughline/events HTTP/1.1\r\nHost: localhost\r\n\r\n',
    ][n % 4],
  )
  await pause(n % 5)
  socket.resetAndDestroy()
  count('left in the middle')
}

/** Asks for much again and again and reads nothing. */
async function deaf() {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.pause()
  for (let index = 0; index < 200 && !socket.destroyed; index++)
    socket.write('GET /store/products HTTP/1.1\r\nHost: localhost\r\nPrefer: dynamic=true\r\n\r\n')
  await pause(Math.min(2000, Math.max(0, end - Date.now())))
  socket.destroy()
  count('did not read')
}

/** Says that 100 MB come, and sends as much of it as is taken. */
async function enormous() {
  count(`100 MB: ${await poured('Content-Length: 100000000', (piece) => piece)}`)
}

/** The same without saying how much it will be. */
async function growing() {
  count(
    `chunks without end: ${await poured('Transfer-Encoding: chunked', (piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`)}`,
  )
}

async function poured(framing, framed) {
  const { socket, answer } = heard()
  socket.write(
    `POST /store/basket/items HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`,
  )
  const piece = framed('x'.repeat(65_536))
  for (let sent = 0; sent < 100_000_000 && answer() === '' && !socket.destroyed; sent += 65_536) {
    if (!socket.write(piece)) await pause(5)
    if (Date.now() > end) break
  }
  await pause(20)
  socket.destroy()
  return /^HTTP\/1.1 (\d+)/.exec(answer())?.[1] ?? 'cut'
}

async function bomb(n) {
  const lines =
    n % 2 === 0
      ? `Cookie: ${'a=b; '.repeat(20_000)}`
      : Array.from({ length: 5000 }, (_, index) => `X-${index}: x`).join('\r\n')
  count(
    `header bomb: ${await raw(`GET /store/basket HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n\r\n`)}`,
  )
  await pause(20)
}

async function outside(n) {
  const path = [
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/store/..%2f..%2fthroughline.yaml',
    '//etc/passwd',
    `/${'a/'.repeat(3000)}`,
    `/store/products/${'%41'.repeat(4000)}`,
  ][n % 6]
  count(
    `outside: ${await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)}`,
  )
  await pause(5)
}

async function raw(text) {
  const { socket, answer } = heard()
  socket.write(text)
  await Promise.race([once(socket, 'end').catch(() => {}), pause(1000)])
  socket.destroy()
  if (/root:|apis:/.test(answer())) count('OUTSIDE WAS READ')
  return /^HTTP\/1.1 (\d+)/.exec(answer())?.[1] ?? 'cut'
}

/** A connection, and what has been said on it so far. */
function heard() {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('error', () => {})
  socket.on('data', (data) => (text += data))
  return { socket, answer: () => text }
}

function signedIn(n) {
  return { authorization: 'Bearer somebody', 'throughline-session': `s${n % 3 === 0 ? n % 7 : n}` }
}

async function sampled() {
  const step = Math.min(2000, lasts / 20)
  while (Date.now() < end && !isGone()) {
    await pause(step)
    if (isGone()) return
    child.send('memory')
    const [{ heapUsed, rss }] = await once(child, 'message')
    samples.push({ at: Date.now(), heapUsed: heapUsed / 2 ** 20, rss: rss / 2 ** 20 })
  }
}

/** What a session that nobody else has used is answered. */
async function proof() {
  const texts = []
  for (const path of ['/store/products', '/store/basket', '/store/orders']) {
    const response = await fetch(url + path, {
      headers: { ...signedIn(0), 'throughline-session': 'proof', 'throughline-scenario': 'none' },
    })
    texts.push(`${response.status} ${await response.text()}`)
  }
  return texts.join('\n')
}

async function scenarioNames() {
  const listed = await (await fetch(`${url}/_throughline/scenarios`)).json()
  const all = JSON.stringify(listed).matchAll(/"(?:name|scenario)":"([^"]+)"/g)
  const found = [...new Set([...all].map((one) => one[1]))]
  if (found.length === 0) throw new Error('the mock lists no scenarios')
  return found
}

/** The least squares line through the second half: its mean, and how much it grows from one end to the other. */
function lineThrough(all, figure) {
  const half = all.slice(Math.floor(all.length / 2))
  const mean = half.reduce((sum, one) => sum + one[figure], 0) / half.length
  const middle = half.reduce((sum, one) => sum + one.at, 0) / half.length
  const spread = half.reduce((sum, one) => sum + (one.at - middle) ** 2, 0)
  const along = half.reduce((sum, one) => sum + (one.at - middle) * (one[figure] - mean), 0)
  const growth = spread === 0 ? 0 : (along / spread) * (half.at(-1).at - half[0].at)
  return { mean, growth, most: Math.max(...all.map((one) => one[figure])) }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
