// node --expose-gc bench/discover.mjs [--views 3600] [--page] [--json]: a session as long as half an hour of clicking (a page every half
// second), told to the proxy of `discover` as the recorder in a page tells it, without the waiting. Says what the heap and the
// resident memory were at each tenth, how large the journal is and the workspace, and whether all of it stayed flat. With --page
// a page in chromium makes as many moves and calls under the recorder: its heap is measured likewise. Exits with 1 where not.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { discoveredIn } from '@throughline/core'
import { appProxy } from '../packages/throughline/src/targets/discover/app-proxy.ts'
import { notebookAt } from '../packages/throughline/src/targets/discover/notebook.ts'
import { workspaceFiles } from '../packages/throughline/src/targets/discover/workspace-files.ts'

const { values } = parseArgs({
  options: {
    views: { type: 'string', default: '3600' },
    page: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const views = Number(values.views)
const folder = mkdtempSync(join(tmpdir(), 'throughline-discover-'))
const journal = join(folder, '.throughline/discover.ndjson')
const shop = await listening(
  createServer((request, response) => {
    const order = /^\/api\/orders\/(\d+)/.exec(request.url ?? '')
    if (order !== null)
      return response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ ...product(order[1]), lines: list('line', 20).items }))
    return response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><head><title>Shop</title></head><h1>Shop</h1>')
  }),
)
const notebook = notebookAt(journal)
const proxy = await listening(appProxy(address(shop), [], notebook))
const rows = []
const began = performance.now()
for (let view = 0; view < views; view++) {
  await (await fetch(address(proxy), { headers: { 'sec-fetch-dest': 'document' } })).text()
  const { status } = await fetch(`${address(proxy)}/_throughline/discover`, {
    method: 'POST',
    body: JSON.stringify(seen(view)),
  })
  if (status !== 204) throw new Error(`The proxy said ${status}.`)
  if ((view + 1) % Math.floor(views / 10) === 0) {
    globalThis.gc?.()
    const { heapUsed, rss } = process.memoryUsage()
    rows.push({
      done: Math.round(((view + 1) / views) * 100),
      heap: heapUsed / 2 ** 20,
      rss: rss / 2 ** 20,
      lines: notebook.observations().length,
      journal: statSync(journal).size / 1e3,
    })
  }
}
const took = (performance.now() - began) / 1000
const asked = performance.now()
const found = discoveredIn(notebook.observations())
const inferred = performance.now() - asked
const files = workspaceFiles(found, 'Shop')
const size = [...files.values()].reduce((sum, one) => sum + one.length, 0) / 1e3
const visits = found.journeys.flatMap((one) => one.steps).reduce((sum, one) => sum + one.visits, 0)
const page = values.page ? await clicked() : undefined
proxy.close()
shop.close()
const left = readdirSync(join(folder, '.throughline'))
rmSync(folder, { recursive: true })
const [half, end] = [rows[4], rows.at(-1)]
const pageFlat = page === undefined || page.at(-1) - page[4] < Math.max(2, page[4] * 0.1)
const flat = pageFlat && end.heap - half.heap < Math.max(8, half.heap * 0.1)
const small = size < 200 && end.journal < 10_000 && left.length === 1
if (values.json) console.log(JSON.stringify({ views, took, rows, page, size, visits, flat, small }))
else {
  console.log(`${views} page views in ${took.toFixed(1)} s, ${visits} of them counted`)
  for (const { done, heap, rss, lines, journal: kept } of rows)
    console.log(
      `  ${String(done).padStart(3)} %  heap ${heap.toFixed(1).padStart(6)} MiB  rss ${rss.toFixed(0).padStart(4)} MiB  ${String(lines).padStart(5)} lines  journal ${kept.toFixed(0).padStart(5)} kB`,
    )
  if (page !== undefined)
    console.log(`  heap of the page  ${page.map((one) => one.toFixed(1)).join('  ')} MiB`)
  console.log(`  workspace ${size.toFixed(0)} kB, inferred in ${inferred.toFixed(0)} ms`)
  console.log(`  ${flat ? 'yes' : 'NO '}  memory stays flat`)
  console.log(`  ${small ? 'yes' : 'NO '}  the workspace stays small`)
}
process.exit(flat && small ? 0 : 1)

/** The heap of a page, in MiB at each tenth, that moves on and asks for something new each time. */
async function clicked() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
  const tab = await browser.newPage()
  await tab.goto(address(proxy))
  const session = await tab.context().newCDPSession(tab)
  const heaps = []
  const part = Math.floor(views / 10)
  for (let tenth = 0; tenth < 10; tenth++) {
    await tab.evaluate(
      `(async () => {
        for (let id = ${tenth * part}; id < ${(tenth + 1) * part}; id++) {
          history.pushState(null, '', '/orders/' + id)
          const order = await (await fetch('/api/orders/' + id)).json()
          document.querySelector('h1').textContent = order.name + order.lines.map((one) => one.price)
        }
      })()`,
    )
    await tab.waitForTimeout(1_200)
    await session.send('HeapProfiler.collectGarbage')
    heaps.push((await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20)
  }
  await browser.close()
  return heaps
}

/** One look at one of nine kinds of screens: of a thing nobody has looked at, or of one that was looked at before. */
function seen(view) {
  const api = 'http://localhost:4000'
  const thing = `SKU-${(view * 7919) % (view % 3 === 0 ? 100 : 100_000)}`
  const kinds = [
    { path: '/', operation: '/shelves', body: list('shelf', 40) },
    { path: `/products/${thing}`, operation: `/products/${thing}`, body: product(thing) },
    {
      path: `/products/${thing}/reviews`,
      operation: `/products/${thing}/reviews`,
      body: list('review', 25),
    },
    { path: '/basket', operation: '/basket', body: { ...list('line', 5), total: view } },
    { path: '/slots', operation: `/slots?day=${view % 365}`, body: list('slot', 60) },
    { path: '/payment', operation: '/payment-methods', body: list('method', 4) },
    {
      path: `/orders/CM-${view}`,
      operation: `/orders/CM-${view}`,
      body: { ...product(`CM-${view}`), status: 'on-its-way' },
    },
    { path: '/orders', operation: '/orders', body: list('order', 400) },
    { path: '/search', operation: `/search?q=word${view}`, body: list('hit', 30) },
  ]
  const { path, operation, body } = kinds[view % kinds.length]
  const at = view * 500
  const fields = Object.fromEntries(
    ('items' in body ? ['items[].name', 'items[].price'] : ['name', 'price']).map((one) => [
      one,
      { read: 5, copied: 1, missed: 0 },
    ]),
  )
  return [
    { kind: 'screen', at, path, via: 'move' },
    {
      kind: 'call',
      at: at + 3,
      ms: 20 + (view % 90),
      method: 'GET',
      url: api + operation,
      status: view % 211 === 0 ? 503 : 200,
      type: 'application/json',
      on: path,
      body,
    },
    { kind: 'named', title: 'Shop', heading: '' },
    { kind: 'named', title: `${path} - Shop`, heading: `Screen of ${path}` },
    { kind: 'reads', name: `GET ${api}${operation.split('?')[0]}`, fields },
  ]
}

function product(id) {
  return { id, name: `Loaf ${id}`, price: 420, notice: null, text: 'Baked at night. '.repeat(30) }
}

function list(what, length) {
  return { items: Array.from({ length }, (_, index) => product(`${what}-${index}`)) }
}

function address(server) {
  return `http://localhost:${server.address().port}`
}

async function listening(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
