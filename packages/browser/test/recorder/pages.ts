import { createServer } from 'node:http'
import { chromium, type Browser, type Page } from 'playwright-core'
import { bundled } from './apps.ts'

/** What the pages ask for. */
const basket = {
  items: [
    { id: 'i-1', name: 'Sourdough loaf', quantity: 1, note: 'cut it please' },
    { id: 'i-2', name: 'Lemons', quantity: 4, note: null },
  ],
  total: { amount: 897, currency: 'EUR' },
  voucher: { code: 'WELCOME' },
}

export interface Pages {
  readonly browser: Browser
  /** Opens a page with a script of its own, and the recorder before it unless `plainly`. */
  open(script: string, plainly?: boolean): Promise<Opened>
  close(): Promise<void>
}

interface Opened {
  readonly page: Page
  readonly errors: readonly string[]
  /** Counts by field path, over everything that was asked for. */
  readonly fields: () => Promise<
    Readonly<Record<string, { read: number; copied: number; missed: number }>>
  >
}

/** A browser and a server of pages that ask for a basket. */
export async function openPages(): Promise<Pages> {
  const recorder = await bundled(
    new URL('../../src/recorder/recorder.ts', import.meta.url).pathname,
    'recording',
  )
  const scripts = new Map<string, string>()
  const server = createServer((request, response) => {
    const json = (value: unknown): void => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    }
    const path = request.url ?? '/'
    if (path === '/basket') return json(basket)
    if (path === '/graphql') return json({ data: { basket } })
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const [, id = '', plainly] = /^\/app\/(\d+)(\/plain)?$/.exec(path) ?? []
    const start = `<script>${recorder}
      const names = { '/basket': 'getBasket', '/graphql': 'getBasket' }
      globalThis.recorder = recording.startRecorder({ nameOf: ({ url }) => names[new URL(url).pathname] })
      globalThis.tracked = (data) => globalThis.recorder.track(data, 'getBasket')</script>`
    response.end(
      `<!doctype html><title>Basket</title><div id="app"></div>${plainly === undefined ? start : '<script>globalThis.tracked = (data) => data</script>'}<script>${(scripts.get(id) ?? '').replaceAll('</script', String.raw`<\/script`)}</script>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = server.address()
  const port = typeof place === 'object' ? place?.port : 0
  const browser = await chromium.launch({
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
  return {
    browser,
    async open(script, plainly = false) {
      const id = String(scripts.size + 1)
      scripts.set(id, script)
      const page = await browser.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
      await page.goto(`http://localhost:${port}/app/${id}${plainly ? '/plain' : ''}`)
      return {
        page,
        errors,
        fields: () =>
          page.evaluate(`Object.assign({}, ...recorder.take().map(({ fields }) => fields))`),
      }
    },
    async close() {
      await browser.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
