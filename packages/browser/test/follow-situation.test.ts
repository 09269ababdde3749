import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'

const source = new URL('../src/follow-situation.ts', import.meta.url)

interface Situation {
  readonly scenario: string
  readonly title: string
}

let browser: Browser
let pages = ''
const server = pageServer()
beforeAll(async () => {
  pages = `http://localhost:${await listening(server)}`
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}, 60_000)
afterAll(async () => {
  await browser.close()
  server.close()
})

test('shows what is played, tells the page about each change, and goes back to normal', async () => {
  const mock = await fakeMock()
  const page = await pageFollowing(mock.url)
  await expect.poll(() => mock.listeners()).toBe(1)
  expect(await page.getByRole('button').count()).toBe(0)

  mock.play({ scenario: 'declined-card', title: 'The bank declines the card' })
  await page.getByRole('status').getByText('Playing: The bank declines the card').waitFor()
  await page.getByRole('button', { name: 'Back to normal' }).click()
  await expect.poll(() => heard(page)).toEqual(['declined-card', null])
  expect(await page.getByRole('button').count()).toBe(0)
  await page.context().close()
  await mock.close()
})

test('puts what a link plays in this browser before what is played for everybody', async () => {
  const mock = await fakeMock({ scenario: 'slow-night', title: 'A slow night' })
  mock.play({ scenario: 'declined-card', title: 'The bank declines the card' })
  const page = await pageFollowing(mock.url)
  await page.getByText('Playing here: A slow night').waitFor()
  await page.getByRole('button', { name: 'Back to normal' }).click()
  await page.getByText('Playing: The bank declines the card').waitFor()
  expect(await heard(page)).toEqual(['declined-card'])
  await page.context().close()
  await mock.close()
})

test('says nothing to the page about the situation that was there from the start', async () => {
  const mock = await fakeMock()
  mock.play({ scenario: 'slow-night', title: 'A slow night' })
  const page = await pageFollowing(mock.url)
  await page.getByText('Playing: A slow night').waitFor()
  await expect.poll(() => mock.listeners()).toBe(1)
  mock.play({ scenario: 'slow-night', title: 'A slow night' })
  mock.play({ scenario: 'declined-card', title: '<img src=x onerror=alert(1)>' })
  await page.getByText('Playing: <img src=x onerror=alert(1)>').waitFor()
  expect(await heard(page)).toEqual(['declined-card'])
  await page.context().close()
  await mock.close()
})

test('can be told to stop', async () => {
  const mock = await fakeMock()
  mock.play({ scenario: 'slow-night', title: 'A slow night' })
  const page = await pageFollowing(mock.url)
  await page.getByText('Playing: A slow night').waitFor()
  await page.evaluate('stop()')
  await expect.poll(() => mock.listeners()).toBe(0)
  expect(await page.locator('#throughline-situation').count()).toBe(0)
  await page.context().close()
  await mock.close()
})

test.each([
  ['a real API answers 404', { status: 404, type: 'application/json', body: '{}' }],
  ['a page answers everything', { status: 200, type: 'text/html', body: '<!doctype html><p>Shop' }],
  ['something else answers in JSON', { status: 200, type: 'application/json', body: '[1]' }],
])('does nothing when %s', async (_, { status, type, body }) => {
  let asked = 0
  const server = createServer((request, response) => {
    asked++
    response.writeHead(status, { ...cors(request.headers.origin), 'content-type': type })
    response.end(body)
  })
  const page = await pageFollowing(`http://localhost:${await listening(server)}`)
  await expect.poll(() => asked).toBe(1)
  expect(await traces(page)).toEqual({ badges: 0, errors: [] })
  expect(asked).toBe(1)
  await page.context().close()
  server.close()
})

test('does nothing when nothing answers', async () => {
  const closed = createServer()
  const port = await listening(closed)
  await new Promise((resolve) => closed.close(resolve))
  const page = await pageFollowing(`http://localhost:${port}`)
  expect(await traces(page)).toEqual({ badges: 0, errors: [] })
  await page.context().close()
})

test('weighs less than two kilobytes', async () => {
  const bundle = await rolldown({ input: new URL('../src/index.ts', import.meta.url).pathname })
  const { output } = await bundle.generate({ minify: true })
  expect(gzipSync(output[0].code).length).toBeLessThan(2000)
})

async function traces(page: Page): Promise<unknown> {
  await page.waitForTimeout(200)
  return page.evaluate(
    `({ badges: document.querySelectorAll('#throughline-situation').length, errors })`,
  )
}

async function heard(page: Page): Promise<unknown> {
  return page.evaluate('heard')
}

// The page has a strict CSP, as pages do, and gets the very text that a mock serves from a checkout.
async function pageFollowing(mock: string): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${pages}/?mock=${encodeURIComponent(`${mock}/`)}`)
  await page.waitForFunction('globalThis.stop')
  return page
}

const served: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/': [
    'text/html',
    '<!doctype html><title>Shop</title><script type="module" src="/page.js"></script>',
  ],
  '/browser.js': ['text/javascript', stripTypeScriptTypes(readFileSync(source, 'utf8'))],
  '/page.js': [
    'text/javascript',
    `import { followSituation } from './browser.js'
    globalThis.heard = []
    globalThis.errors = []
    addEventListener('error', (event) => errors.push(event.message))
    addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)))
    globalThis.stop = followSituation({
      mock: new URLSearchParams(location.search).get('mock'),
      onChange: (situation) => heard.push(situation?.scenario ?? null),
    })`,
  ],
}

function pageServer(): Server {
  return createServer((request, response) => {
    const [type, text] = served[new URL(request.url ?? '/', 'http://localhost').pathname] ?? [
      'text/plain',
      '',
    ]
    response.writeHead(200, {
      'content-type': type,
      'content-security-policy':
        "default-src 'none'; script-src 'self'; connect-src http://localhost:*",
    })
    response.end(text)
  })
}

function cors(origin: string | undefined): Record<string, string> {
  return {
    'access-control-allow-origin': origin ?? '*',
    'access-control-allow-credentials': 'true',
  }
}

/** The four addresses of a mock that a page follows. `session` is what a link has played in this browser. */
async function fakeMock(session: Situation | null = null): Promise<{
  url: string
  play(next: Situation | null): void
  listeners(): number
  close(): Promise<void>
}> {
  let situation: Situation | null = null
  let own = session
  const streams = new Set<ServerResponse>()
  const tell = (): void => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify({ situation })}\n\n`)
  }
  const server = createServer(({ method, url, headers }, response) => {
    const allowed = cors(headers.origin)
    if (url === '/_throughline/events') {
      response.writeHead(200, { ...allowed, 'content-type': 'text/event-stream' })
      streams.add(response)
      response.on('close', () => streams.delete(response))
      response.write(`data: ${JSON.stringify({ situation })}\n\n`)
      return
    }
    if (url === '/_throughline/normal' && method === 'POST') situation = null
    if (url === '/_throughline/normal' && method === 'GET') own = null
    response.writeHead(url?.startsWith('/_throughline/') === true ? 200 : 404, {
      ...allowed,
      'content-type': 'application/json',
    })
    response.end(JSON.stringify({ situation, session: own }))
    if (url === '/_throughline/normal') tell()
  })
  const port = await listening(server)
  return {
    url: `http://localhost:${port}`,
    listeners: () => streams.size,
    play(next) {
      situation = next
      tell()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
