// node bench/soak.mjs [--minutes 10] [--share 1] [--port 4530] [--json]: wears the mock of the example shop with everything that
// happens to a server at once: ordinary calls, every scenario, thousands of sessions, writes, uploads with hostile names, slow
// clients, clients that leave, clients that do not read, WebSockets through to a backend, bodies of 100 MB, header bombs, paths
// that lead outside. Says at each tenth what memory is used, and at the end whether it stays flat (the heap after a garbage
// collection and the resident memory, the last third against the middle one), whether the limits answered 413, 431 and 408, and
// whether the mock works as before. Exits with 1 where not. `--share 0.3` takes about so much of a core, mock and clients together.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    port: { type: 'string', default: '4530' },
    share: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})
const lasts = Number(values.minutes) * 60_000
const here = fileURLToPath(new URL('.', import.meta.url))
const house = join(here, '..')
const backend = await echoing()
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
    // What no contract describes goes to the backend: WebSockets.
    '--proxy',
    `store=http://127.0.0.1:${backend.port}`,
    '--mock-only',
    'store.*',
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
/** Milliseconds between the acts of one client. */
let rest = 1

await Promise.all([
  ...Array.from({ length: 6 }, () => until(ordinary)),
  ...Array.from({ length: 2 }, () => until(played)),
  until(written),
  until(graphql),
  until(uploaded),
  until(switched),
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
const heap = thirdsOf(samples, 'heapUsed')
const resident = thirdsOf(samples, 'rss')
const works = !isGone() && after === before
// Noise is no leak: growth counts where it is more than a tenth, and more than some MiB.
const flat =
  heap.growth < Math.max(8, heap.middle * 0.1) &&
  resident.growth < Math.max(25, resident.middle * 0.1)
const limits = Object.fromEntries(
  ['413', '431', '408'].map((status) => [
    status,
    [...seen.keys()].some((what) => what.endsWith(`: ${status}`)),
  ]),
)
// Whoever sends too slowly hears so after twenty seconds.
const isLimited = limits['413'] && limits['431'] && (limits['408'] || lasts < 60_000)
child.kill('SIGINT')
backend.close()

const answers = Object.fromEntries([...seen].toSorted(([a], [b]) => a.localeCompare(b, 'en')))
if (values.json)
  console.log(
    JSON.stringify({ works, flat, limits, heap, resident, samples: samples.length, answers }),
  )
else {
  console.log(`${values.minutes} minutes, ${samples.length} samples`)
  for (const [what, times] of Object.entries(answers))
    console.log(`  ${String(times).padStart(9)} x ${what}`)
  for (const [name, { middle, growth, most }] of Object.entries({ heap, resident }))
    console.log(
      `  ${name.padEnd(9)} ${middle.toFixed(0)} MiB in the middle third, ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} MiB in the last, at most ${most.toFixed(0)}`,
    )
  console.log(`  ${flat ? 'yes' : 'NO '}  memory stays flat`)
  console.log(`  ${isLimited ? 'yes' : 'NO '}  limits answer ${JSON.stringify(limits)}`)
  console.log(`  ${works ? 'yes' : 'NO '}  the mock works, and answers as before`)
}
process.exit(works && flat && isLimited ? 0 : 1)

async function until(act) {
  while (Date.now() < end && !isGone()) {
    try {
      await act(++turn)
    } catch (error) {
      count(
        `${act.name}: ${error.name === 'TimeoutError' ? 'gave up' : (error.cause?.code ?? error.code ?? error.name)}`,
      )
    }
    await pause(rest)
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

/** Sends a file whose name leads outside, and asks for the answers that scenarios take from files. */
async function uploaded(n) {
  const form = new FormData()
  const name = ['../../etc/passwd', '..\\\\..\\\\throughline.yaml', '/etc/passwd', 'a\u0000b'][
    n % 4
  ]
  form.append('productId', 'P-1')
  form.append('photo', new Blob(['x'.repeat(n % 5000)]), name)
  const response = await fetch(`${url}/store/basket/items`, {
    method: 'POST',
    headers: signedIn(n),
    body: form,
  })
  const text = await response.text()
  if (/root:|apis:/.test(text)) count('OUTSIDE WAS READ')
  count(`uploaded: ${response.status}`)
}

/** A WebSocket through the mock to a backend, that talks a little and leaves with or without a word; or one that nobody answers. */
async function switched(n) {
  const { socket, answer } = heard()
  const path = n % 5 === 0 ? '/reviews/live' : '/store/live'
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n${'x'.repeat(n % 3 === 0 ? 5000 : 0)}`,
  )
  for (let wait = 0; wait < 50 && !answer().includes('\r\n\r\n'); wait++) await pause(5)
  const status = /^HTTP\/1.1 (\d+)/.exec(answer())?.[1] ?? 'cut'
  if (status === '101') {
    socket.write('y'.repeat(60_000) + 'END')
    for (let wait = 0; wait < 100 && !answer().endsWith('END'); wait++) await pause(5)
    if (!answer().endsWith('END')) count('switched: lost something')
  }
  count(`switched: ${status}`)
  if (n % 2 === 0) socket.resetAndDestroy()
  else socket.end()
  await pause(5)
  socket.destroy()
}

/** A backend that knows nothing, and gives back what it hears once it speaks no HTTP any more. */
async function echoing() {
  const server = createServer((_, response) => response.writeHead(404).end())
  server.on('upgrade', (_, socket, head) => {
    socket.on('error', () => {})
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    )
    socket.write(head)
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port, close: () => server.closeAllConnections() }
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
  const begun = Date.now()
  let told = 0
  let spent = { at: begun, cpu: 0 }
  while (Date.now() < end && !isGone()) {
    await pause(step)
    if (isGone()) return
    child.send('memory')
    const [{ heapUsed, rss, cpu }] = await once(child, 'message')
    const at = Date.now()
    samples.push({ at, heapUsed: heapUsed / 2 ** 20, rss: rss / 2 ** 20 })
    const { user, system } = process.cpuUsage()
    const all = cpu + (user + system) / 1000
    if (values.share !== '') throttle((all - spent.cpu) / (at - spent.at))
    spent = { at, cpu: all }
    const tenth = Math.min(10, Math.floor(((at - begun) / lasts) * 10))
    if (tenth <= told || values.json) continue
    told = tenth
    console.log(
      `${String(tenth * 10).padStart(4)} %  heap ${(heapUsed / 2 ** 20).toFixed(0)} MiB, resident ${(rss / 2 ** 20).toFixed(0)} MiB`,
    )
  }
}

/** Lets every client rest longer where more is used than was allowed. */
function throttle(used) {
  const factor = Math.min(2, Math.max(0.5, used / Number(values.share)))
  rest = Math.min(2000, Math.max(1, rest * factor))
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

/** What is used in the middle third and how much more in the last, on average. */
function thirdsOf(all, figure) {
  const third = Math.max(1, Math.floor(all.length / 3))
  const mean = (some) => some.reduce((sum, one) => sum + one[figure], 0) / some.length
  const middle = mean(all.slice(-2 * third, -third))
  const growth = mean(all.slice(-third)) - middle
  return { middle, growth, most: Math.max(...all.map((one) => one[figure])) }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
