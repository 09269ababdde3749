import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { audit } from '../../packages/throughline/src/targets/audit/audit.ts'
import type { Verdict } from '../../packages/throughline/src/targets/audit/judge.ts'
import { launchChromium } from '../../packages/throughline/src/targets/browser/chromium.ts'

// Pages that do the worst when their call fails, and are fine on a good day.
const worst: Readonly<Record<string, string>> = {
  loops: 'for (;;);',
  asks: 'for (;;) { await fetch("/api/basket"); await new Promise((r) => setTimeout(r, 50)) }',
  eats: 'const all = []; for (;;) all.push(new Array(2e6).fill(1.1))',
  talks: 'alert("Your basket is not to be had"); confirm("Again?")',
  leaves: 'location.href = "http://elsewhere.example/"',
  reloads: 'location.reload()',
  opens:
    'open("/basket"); open("/basket"); document.body.append("Our basket is out of order, sorry")',
}

const expected: Readonly<Record<string, Verdict>> = {
  loops: 'frozen',
  eats: 'frozen',
  asks: 'retry storm',
  talks: 'message',
  leaves: 'redirect',
  reloads: 'retry storm',
  opens: 'message',
}

// A page that loops or eats burns a core for as long as it is given: all of them are for the whole matrix.
const tried = process.env['WHOLE_MATRIX'] === '1' ? Object.keys(worst) : ['loops', 'leaves']

let server: Server
let browser: Browser
let url: string

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/api/basket') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"total":3}')
      return
    }
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html><html lang="en"><title>Basket</title><h1>Your basket</h1><script type="module">
      const answer = await fetch('/api/basket')
      if (!answer.ok) { ${worst[request.url?.slice(1) ?? ''] ?? ''} }
      else document.body.append('There are three things in it')
    </script></html>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchChromium(process.cwd(), process.env)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
})

test(
  'ends whatever a page does, and says what people get of it',
  { timeout: 120_000 },
  async () => {
    const { cells } = await audit(browser, {
      app: url,
      routes: tried.map((name) => `/${name}`),
      most: 20,
      kinds: new Set(['500'] as const),
      budget: 10_000,
      workers: 3,
    })
    expect(cells.map(({ screen, verdict }) => [screen.slice(1), verdict])).toEqual(
      tried.map((name) => [name, expected[name]]),
    )
  },
)
