import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startDev, type RunningDev } from '../../throughline/src/server/dev.ts'
import { openWorkspace } from '../../throughline/src/workspace/workspace.ts'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { brokenRules, opened, type Look } from './studio-browser.ts'

// The real server over the example: what is asked of its mock is on the page.

const example = fileURLToPath(new URL('../../../examples/storefront', import.meta.url))
let browser: Browser
let dev: RunningDev

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
  dev = await startDev({
    workspace: openWorkspace(example),
    ports: { studio: 0, mock: 0, app: 0 },
    readOnly: true,
  })
})

afterAll(async () => {
  await browser?.close()
  await dev?.close()
})

beforeEach(async () => {
  await fetch(`${dev.mockUrl}/_throughline/reset?everything=true`, { method: 'POST' })
})

async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  await (await fetch(dev.mockUrl + path, { headers })).text()
}

async function open(path: string, look: Look = {}, { studioUrl } = dev) {
  const [where, token] = studioUrl.split('/?')
  const query = `${path.includes('?') ? '&' : '?'}${token}`
  return opened(browser, { address: where! }, path + query, { height: 900, ...look })
}

const rows = (page: Page) =>
  page.getByRole('list', { name: 'Calls, the youngest first' }).getByRole('button')

test('shows a call as it comes, by the step that it belongs to, and waits while it is paused', async () => {
  await using look = await open('/traffic')
  const { page, faults } = look
  await page.getByRole('heading', { name: 'Nothing has been asked yet' }).waitFor()
  await ask('/store/basket', { 'throughline-scenario': 'checkout/basket/503' })
  await rows(page).first().waitFor()
  expect(await rows(page).first().innerText()).toMatch(/Review the basket/)
  expect(await rows(page).first().innerText()).toMatch(
    /store\.getBasket[\s\S]*503[\s\S]*The state checkout\/basket\/503 is played/,
  )

  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('Paused: new calls wait.').waitFor()
  await ask('/store/products')
  await ask('/store/products/sourdough')
  expect(await rows(page).count()).toBe(1)
  await page.getByRole('button', { name: 'Go on' }).click()
  await rows(page).nth(2).waitFor()
  expect(await rows(page).first().innerText()).toContain('store.getProduct')

  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('heading', { name: 'Nothing has been asked yet' }).waitFor()
  expect(faults).toEqual([])
})

test('filters by what went wrong and by words, in the address', async () => {
  await ask('/store/basket')
  await ask('/store/baskte')
  await ask('/store/orders/CM-2041', { 'throughline-scenario': 'track-order/order/404' })
  await using look = await open('/traffic')
  const { page } = look
  await rows(page).nth(2).waitFor()
  await page.getByRole('radio', { name: /In no journey/ }).click()
  await expect.poll(() => rows(page).count()).toBe(1)
  expect(await rows(page).first().innerText()).toContain('No operation answers')
  expect(page.url()).toContain('show=unplanned')
  await page.getByRole('radio', { name: 'All' }).click()
  await page.getByRole('searchbox', { name: 'Filter calls' }).fill('getBasket 200')
  await expect.poll(() => rows(page).count()).toBe(1)
  await page.getByRole('searchbox', { name: 'Filter calls' }).fill('nothing like that')
  await page.getByText('No call fits this filter.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(() => rows(page).count()).toBe(3)
})

test('opens a call: why, what else there was, and the command that gives it again', async () => {
  await ask('/store/basket', { authorization: 'Bearer of-nobody' })
  await using look = await open('/traffic')
  const { page, faults } = look
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await rows(page).first().focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('heading', { name: '/store/basket' }).waitFor()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toBe('/store/basket')
  await panel.getByRole('heading', { name: 'The same answer again' }).waitFor()
  const text = await panel.innerText()
  expect(text).toMatch(/The example [\w-]+ of the contract\./)
  expect(text).toContain('Prefer: example=empty gives it')
  expect(text).not.toContain('of-nobody')
  await panel.getByRole('button', { name: 'Copy the command' }).click()
  const curl = await page.evaluate(() => navigator.clipboard.readText())
  expect(curl).toContain("-H 'Throughline-Replay: 1.200.")
  const token = /Throughline-Replay: ([^']+)/.exec(curl)![1]!
  const again = await fetch(`${dev.mockUrl}/store/basket`, {
    headers: { 'throughline-replay': token },
  })
  expect(again.status).toBe(200)

  await panel.getByRole('link', { name: 'Review the basket' }).first().click()
  await page.waitForURL(/\/journeys\/checkout\?step=basket/)
  await page.goBack()
  await page.keyboard.press('Escape')
  await expect.poll(() => panel.count()).toBe(0)
  expect(faults).toEqual([])
})

test('says so when nobody remembers the call of an address, and when the studio is away', async () => {
  await ask('/store/basket')
  await using look = await open('/traffic?call=zz')
  const { page } = look
  await page.getByRole('heading', { name: 'Nobody remembers this call any more' }).waitFor()
  await page.getByRole('button', { name: 'Close the panel' }).click()
  await page.route('**/api/traffic*', (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"title":"No"}' }),
  )
  await page.reload()
  await page.getByText('The studio could not load this page').waitFor()
  await page.unroute('**/api/traffic*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => rows(page).count()).toBe(1)
})

test('is found from the rail and the palette', async () => {
  await using look = await open('/')
  const { page } = look
  await page.getByRole('link', { name: 'Traffic' }).click()
  await page.getByRole('heading', { level: 1, name: 'Traffic' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('calls that went wrong')
  await page.getByRole('option', { name: /See the calls that went wrong/ }).click()
  await expect.poll(() => page.url()).toContain('/traffic?show=problems')
})

test('is accessible in both themes and fits a phone', async () => {
  await ask('/store/basket')
  await ask('/store/baskte')
  await ask('/store/products?limit=many')
  await ask('/store/basket', { 'throughline-scenario': 'checkout/basket/503' })
  for (const theme of ['light', 'dark'] as const) {
    await using look = await open('/traffic', { theme })
    await rows(look.page).first().click()
    await look.page.getByRole('heading', { name: 'The same answer again' }).waitFor()
    expect(await brokenRules(look.page, theme)).toEqual([])
    await shot(look.page, theme)
  }
  await using phone = await open('/traffic', { width: 390 })
  await rows(phone.page).first().waitFor()
  const beyond = (): Promise<readonly string[]> =>
    phone.page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth)
        .map(({ tagName, className }) => `${tagName} ${className}`),
    )
  await expect.poll(beyond).toEqual([])
  expect(await brokenRules(phone.page)).toEqual([])
  await shot(phone.page, 'phone')
  await rows(phone.page).first().click()
  await phone.page.getByRole('heading', { name: 'The same answer again' }).waitFor()
  await shot(phone.page, 'phone-open')
})

test('sends a webhook to an address of this machine, and shows what was answered', async () => {
  const heard: string[] = []
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${body}`)
      response.writeHead(422, { 'content-type': 'application/json' }).end('{"carrier":"unknown"}')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const folder = mkdtempSync(join(tmpdir(), 'throughline-webhook-'))
  writeFileSync(
    join(folder, 'throughline.yaml'),
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  )
  writeFileSync(
    join(folder, 'store.yaml'),
    `openapi: 3.1.0
info: { title: Store, version: '1' }
paths: {}
webhooks:
  orderShipped:
    post:
      summary: An order is on its way
      requestBody: { content: { application/json: { schema: { type: object, required: [carrier], properties: { carrier: { type: string, enum: [post] } } } } } }
      responses: { '200': { description: Thanks } }
`,
  )
  const shop = await startDev({
    workspace: openWorkspace(folder),
    ports: { studio: 0, mock: 0, app: 0 },
  })
  onTestFinished(async () => {
    await shop.close()
    receiver.close()
    rmSync(folder, { recursive: true })
  })
  await using look = await open('/traffic', {}, shop)
  const { page, faults } = look
  await page.getByRole('button', { name: 'Send a webhook' }).click()
  await page.getByText('An order is on its way').waitFor()
  const { port } = receiver.address() as AddressInfo
  await page.getByLabel('Address').fill(`http://localhost:${port}/hooks`)
  await page.getByRole('textbox', { name: 'Body' }).fill('{"carrier":"bike"}')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const answer = page.getByRole('region', { name: 'Answer' })
  await answer.waitFor()
  expect(await answer.innerText()).toMatch(/422[\s\S]*\{"carrier":"unknown"\}/)
  expect(heard).toEqual(['POST /hooks {"carrier":"bike"}'])
  await page.getByRole('heading', { name: 'Sent lately' }).waitFor()
  await shot(page, 'webhook')
  expect(await brokenRules(page)).toEqual([])
  expect(faults).toEqual([])
  await page.keyboard.press('Escape')
  await expect.poll(() => page.url()).not.toContain('send=')
})

async function shot(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS'] !== undefined)
    await page.screenshot({ path: `${process.env['SHOTS']}/traffic-${name}.png` })
}
