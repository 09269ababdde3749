// What a cell of an audit costs, and whether memory stays flat: node bench/audit.mjs [--json] [--cells 120]
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { audit } from '../packages/throughline/src/targets/audit/audit.ts'
import { launchChromium } from '../packages/throughline/src/targets/browser/chromium.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cells: { type: 'string', default: '120' },
    workers: { type: 'string', default: '2' },
  },
})
const kinds = ['500', '401', '404', 'reset', 'bad-json', 'empty-object', 'nulls', 'empty-list']
const screens = Math.ceil(Number(values.cells) / kinds.length)
const products = Array.from({ length: 40 }, (_, id) => ({ id, name: `Bread ${id}`, price: id }))

const server = createServer((request, response) => {
  const isApi = request.url?.startsWith('/api/') === true
  response.writeHead(200, { 'content-type': isApi ? 'application/json' : 'text/html' })
  response.end(
    isApi
      ? JSON.stringify({ items: products })
      : `<!doctype html><html lang="en"><title>Shelves</title><h1>Our shelves</h1><main></main><script type="module">
const place = document.querySelector('main')
try {
  const answer = await fetch('/api/products')
  if (!answer.ok) throw answer
  const { items } = await answer.json()
  place.innerHTML = items.map(({ name }) => '<p>' + name + '</p>').join('')
} catch { place.textContent = 'Our shelves cannot be shown just now' }
</script></html>`,
  )
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await launchChromium(process.cwd(), process.env)
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6)
let early
const started = performance.now()
const { cells } = await audit(browser, {
  app: `http://127.0.0.1:${server.address().port}`,
  routes: Array.from(
    { length: screens },
    (_, index) => `/aisle-${'abcdefghijklmnopqrstuvwxyz'[index % 26]}${index > 25 ? 'x' : ''}`,
  ),
  most: screens,
  kinds: new Set(kinds),
  budget: 10_000,
  workers: Number(values.workers),
  onProgress({ phase, done }) {
    if (phase === 'cells' && done === 20) {
      globalThis.gc?.()
      early = { rss: megabytes(), at: performance.now() }
    }
  },
})
const ended = performance.now()
globalThis.gc?.()
const measured = {
  cells: cells.length,
  msPerCell: Math.round((ended - early.at) / (cells.length - 20)),
  seconds: Math.round((ended - started) / 1000),
  rssAfter20: early.rss,
  rssAtEnd: megabytes(),
}
console.log(
  values.json
    ? JSON.stringify(measured)
    : `${measured.cells} cells in ${measured.seconds} s: ${measured.msPerCell} ms a cell; memory ${measured.rssAfter20} MB after 20 cells, ${measured.rssAtEnd} MB at the end`,
)
await browser.close()
server.closeAllConnections()
server.close()
