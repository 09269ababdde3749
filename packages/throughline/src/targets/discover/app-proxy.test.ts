import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { discoveredIn } from '@throughline/core'
import { appProxy } from './app-proxy.ts'
import { notebookAt, type Notebook } from './notebook.ts'

let browser: Browser
const servers: Server[] = []
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
}, 60_000)
afterAll(async () => {
  await browser.close()
  for (const one of servers) {
    one.closeAllConnections()
    one.close()
  }
})

test('watches an app with a strict policy and an API elsewhere that allows no other origin', async () => {
  const api = await serving((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ items: [{ name: 'Lemons', quantity: 4 }], origin: request.headers.origin }),
    )
  })
  const app = await serving((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.setHeader('content-encoding', 'gzip')
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'sha256-none' 'nonce-own'; connect-src ${api}`,
    )
    response.end(
      gzipSync(`<!doctype html><html><head><title>Basket</title></head><body><h1>Your basket</h1><p></p>
      <script nonce="own">fetch('${api}/basket').then((answer) => answer.json())
        .then(({ items }) => { document.querySelector('p').textContent = items[0].name })</script>`),
    )
  })
  const { page, notebook } = await through(app, [api])
  await page.getByText('Lemons').waitFor()
  await expect
    .poll(() => discoveredIn(notebook.observations()).journeys[0]?.steps[0])
    .toMatchObject({
      id: 'home',
      title: 'Your basket',
      calls: [{ needs: ['items[].name'] }],
    })
  await page.close()
})

test('has room in a policy that stands in the page, and says that it made some', async () => {
  const app = await serving((request, response) => {
    if (request.url === '/basket' || request.url === '/vouchers')
      return void response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ total: 897 }))
    response.setHeader('content-type', 'text/html')
    response.end(
      `<!doctype html><title>Basket</title><meta content="default-src &#39;none&#39;; script-src 'nonce-own'; connect-src https://elsewhere.example" http-equiv='Content-Security-Policy'>
      <h1>Your basket</h1><p></p><script nonce="own">fetch('/basket').then((answer) => answer.json())
        .then(({ total }) => { document.querySelector('p').textContent = total; return fetch('${app}/vouchers') })</script>`,
    )
  })
  const said: string[] = []
  const { page, notebook } = await through(app, [], said)
  await page.getByText('897').waitFor()
  await expect
    .poll(() => discoveredIn(notebook.observations()).journeys[0]?.steps[0]?.calls[0]?.needs)
    .toEqual(['total'])
  // Its own API is where the app is, and not where the proxy was.
  await expect
    .poll(() =>
      discoveredIn(notebook.observations()).apis.map((one) => [one.server, one.operations.length]),
    )
    .toEqual([[app, 2]])
  expect(said).toEqual([
    "The app's Content-Security-Policy has room for the recorder here, and is otherwise as it was.",
  ])
  const policy = await page.locator('meta').getAttribute('content')
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'nonce-own' 'nonce-[^']+'; connect-src https:\/\/elsewhere\.example 'self'$/,
  )
  await page.close()
})

test('finds operations and journeys of pages that a server makes, and says that reads are not seen', async () => {
  const app = await serving((request, response) => {
    response.setHeader('content-type', 'text/html')
    if (request.method === 'POST') {
      response.writeHead(303, { location: '/basket' }).end()
      return
    }
    response.end(
      request.url === '/basket'
        ? '<title>Basket</title><h1>Your basket</h1>'
        : '<title>Shelves</title><h1>Shelves</h1><form method="post" action="/basket/items"><input name="productId" value="lemons"><button>Buy</button></form>',
    )
  })
  const { page, notebook } = await through(app, [])
  await page.getByRole('button', { name: 'Buy' }).click()
  await page.getByRole('heading', { name: 'Your basket' }).waitFor()
  await expect
    .poll(() => discoveredIn(notebook.observations()).journeys[0]?.steps.map((one) => one.title))
    .toEqual(['Shelves', 'Your basket'])
  const found = discoveredIn(notebook.observations())
  expect(found.apis[0]?.operations.map((one) => `${one.method} ${one.path}`)).toEqual([
    'GET /',
    'POST /basket/items',
    'GET /basket',
  ])
  expect(found.journeys[0]?.steps[0]).toMatchObject({
    next: ['basket'],
    calls: [{}, { sends: ['productId'] }],
  })
  expect(found.notes.join()).toContain('Which fields are read cannot be seen')
  await page.close()
})

async function through(
  app: string,
  apis: readonly string[],
  said: string[] = [],
): Promise<{ page: Page; notebook: Notebook }> {
  const notebook = notebookAt(undefined)
  const address = await listening(appProxy(app, apis, notebook, (note) => said.push(note)))
  const page = await browser.newPage()
  await page.goto(address)
  return { page, notebook }
}

function serving(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  return listening(createServer(answer))
}

async function listening(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}
