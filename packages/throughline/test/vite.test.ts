import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock } from '../src/client/start-mock.ts'
import { throughline } from '../src/client/vite.ts'
import { launchChromium } from '../src/targets/browser/chromium.ts'

const storefront = join(import.meta.dirname, '../../../examples/storefront')

let folder: string
let mock: Awaited<ReturnType<typeof startMock>>
let server: ViteDevServer
let app: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-'))
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><title>Shop</title><body><h1>Shop</h1></body></html>',
  )
  mock = await startMock({ workspace: storefront })
  server = await createServer({
    root: folder,
    base: '/shop/',
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1', ws: false },
    plugins: [throughline({ mock: mock.url })],
  })
  await server.listen()
  const place = server.httpServer?.address()
  app = `http://127.0.0.1:${typeof place === 'object' ? place?.port : 0}/shop/`
}, 60_000)
afterAll(async () => {
  await server?.close()
  await mock?.close()
  rmSync(folder, { recursive: true })
})

test('plays a state on the mock from a switch in the corner of the app, and goes back to normal', async () => {
  const browser = await launchChromium(process.cwd(), process.env)
  try {
    const page = await browser.newPage()
    await page.goto(app)
    const play = page.getByRole('combobox', { name: 'Play' })
    await play
      .locator('option', { hasText: 'store.getBasket/empty' })
      .first()
      .waitFor({ state: 'attached' })
    await play.selectOption('checkout/basket/store.getBasket/empty')
    await page.locator('form[data-playing]').waitFor()
    expect(await play.inputValue()).toBe('checkout/basket/store.getBasket/empty')
    const answer = await mock.fetch('/store/basket')
    expect(await answer.json()).toMatchObject({ items: [] })

    await play.selectOption('')
    await page.locator('form:not([data-playing]) option').first().waitFor({ state: 'attached' })
    expect((await (await mock.fetch('/store/basket')).json()).items.length).toBeGreaterThan(0)
  } finally {
    await browser.close()
  }
}, 60_000)

test('lets no other site play anything', async () => {
  const put = (site: string) =>
    fetch(new URL('@throughline/situation', app), {
      method: 'PUT',
      headers: { 'sec-fetch-site': site },
      body: '{"scenario":"declined-card"}',
    })
  expect((await put('cross-site')).status).toBe(403)
  expect((await put('same-site')).status).toBe(403)
})

test('says how to start the mock where there is none', async () => {
  let handler: Parameters<
    Parameters<ReturnType<typeof throughline>['configureServer']>[0]['middlewares']['use']
  >[1] = () => {}
  throughline({ mock: 'http://127.0.0.1:9' }).configureServer({
    config: { base: '/' },
    middlewares: { use: (_path, found) => (handler = found) },
  })
  const { promise, resolve } = Promise.withResolvers<string>()
  const request = { url: '/scenarios', method: 'GET', headers: {} }
  const response = { writeHead: () => response, end: resolve }
  Reflect.apply(handler, undefined, [request, response])
  expect(await promise).toContain('does not answer. Start it with `throughline dev`')
})
