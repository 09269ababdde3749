import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDev, type RunningDev } from '../packages/throughline/src/server/dev.ts'
import { launched } from '../packages/studio/test/chromium.ts'
import { openWorkspace } from '../packages/throughline/src/workspace/workspace.ts'

// The whole thread, as a newcomer pulls it: the example on disk, the running studio, mock and shop, a real browser.

const example = fileURLToPath(new URL('../examples/storefront', import.meta.url))
let folder: string
let dev: RunningDev
let browser: Browser
const strayed: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-thread-'))
  cpSync(example, folder, { recursive: true, filter: (path) => !path.includes('.throughline') })
  dev = await startDev({ workspace: openWorkspace(folder), ports: { studio: 0, mock: 0, app: 0 } })
  browser = await launched()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await dev?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('shows the three faults, clears one when it is mended in an editor, and plays a state that the shop follows', async () => {
  const studio = await opened(dev.studioUrl)
  await studio
    .getByRole('link', { name: /Fill a basket and pay/ })
    .first()
    .click()
  await studio.getByRole('grid').waitFor()
  await studio.getByText('Delivery date').first().waitFor()
  const problems = studio.getByText('3 errors').first()
  await problems.waitFor()

  // Mended by hand, as in any editor: no reload.
  const path = join(folder, 'journeys/checkout.journey.yaml')
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace('path: delivery.arrival\n', 'path: delivery.arrivalDays\n'),
  )
  await studio.getByText('2 errors').first().waitFor()

  // A broken save keeps the picture and says so.
  const good = readFileSync(path, 'utf8')
  writeFileSync(path, good.replace('steps:', 'steps: [ {'))
  await studio
    .getByText(/checkout\.journey\.yaml:\d+/)
    .first()
    .waitFor()
  expect(await studio.getByRole('grid').isVisible()).toBe(true)
  writeFileSync(path, good)
  await studio.getByText('2 errors').first().waitFor()

  // Play a state: the shop, open beside it, shows it without being touched.
  const shop = await opened(new URL('/basket', dev.appUrl).href + new URL(dev.appUrl!).search)
  await shop.getByText('Sourdough loaf').first().waitFor()
  await studio.goto(new URL('/states?step=checkout/basket&condition=empty', studio.url()).href)
  const panel = studio.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Play on the mock' }).click()
  await shop
    .getByText(/basket is empty/i)
    .first()
    .waitFor()
  await studio
    .getByRole('button', { name: /Back to normal/ })
    .first()
    .click()
  await shop.getByText('Sourdough loaf').first().waitFor()

  expect(strayed).toEqual([])
}, 120_000)

async function opened(url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1040 } })
  page.setDefaultTimeout(30_000)
  page.on('request', (request) => {
    if (!/^(http:\/\/localhost:|data:|blob:)/.test(request.url())) strayed.push(request.url())
  })
  await page.goto(url)
  return page
}
