// What the recorder costs a page that parses 1 MB of JSON and renders it, in chromium: node bench/recorder.mjs
import { createServer } from 'node:http'
import { chromium } from 'playwright-core'
import { rolldown } from 'rolldown'

const rounds = 30
const orders = Array.from({ length: 4_200 }, (_, id) => ({
  id: `CM-${id}`,
  placedAt: '2026-11-22T09:00:00Z',
  status: 'on-its-way',
  customer: { name: 'Alex Example', town: 'Freiburg' },
  total: { amount: 897 + id, currency: 'EUR' },
  items: [{ name: 'Lemons', quantity: 4, picture: 'lemons', note: 'ripe ones, please' }],
}))
const body = JSON.stringify({ orders })

const bundle = await rolldown({
  input: new URL('../packages/browser/src/recorder/recorder.ts', import.meta.url).pathname,
  platform: 'browser',
})
const { output } = await bundle.generate({ format: 'iife', name: 'recording', minify: true })
const server = createServer((request, response) => {
  if (request.url === '/orders')
    return response.setHeader('content-type', 'application/json').end(body)
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><title>Orders</title><ul></ul><script>
    ${request.url === '/recorded' ? `${output[0].code};recording.startRecorder({ nameOf: () => 'listOrders' })` : ''}
    globalThis.round = async () => {
      const answer = await fetch('/orders').then((response) => response.text())
      const list = document.querySelector('ul')
      const start = performance.now()
      const { orders } = JSON.parse(answer)
      list.replaceChildren(...orders.map((order) => {
        const line = document.createElement('li')
        line.textContent = order.id + ' ' + order.status + ' ' + order.customer.name + ' ' + order.total.amount / 100
        for (const item of order.items) line.append(item.quantity + ' ' + item.name)
        return line
      }))
      list.getBoundingClientRect()
      return performance.now() - start
    }</script>`)
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
})
const [plain, recorded] = [await browser.newPage(), await browser.newPage()]
const base = `http://localhost:${server.address().port}`
await plain.goto(`${base}/plain`)
await recorded.goto(`${base}/recorded`)
const times = { plain: [], recorded: [] }
for (let round = 0; round < rounds + 3; round++)
  // In turn, so that a busy moment of the machine hurts both.
  for (const [name, page] of round % 2 === 0
    ? [
        ['plain', plain],
        ['recorded', recorded],
      ]
    : [
        ['recorded', recorded],
        ['plain', plain],
      ]) {
    const took = await page.evaluate('round()')
    if (round >= 3) times[name].push(took)
  }
await browser.close()
server.close()
const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]
const [without, withIt] = [median(times.plain), median(times.recorded)]
const cost = ((withIt - without) / without) * 100
console.log(
  `${(body.length / 1e6).toFixed(2)} MB, median of ${rounds}: ${without.toFixed(1)} ms without the recorder, ${withIt.toFixed(1)} ms with it: ${cost.toFixed(1)} % (aim: under 5 %)`,
)
