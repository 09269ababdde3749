import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startDev, type RunningDev } from '../../throughline/src/server/dev.ts'
import { openWorkspace } from '../../throughline/src/workspace/workspace.ts'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { brokenInBothThemes, brokenRules, opened, type Look } from './studio-browser.ts'

// The real server, and a small backend that breaks its contract until it is mended.

let browser: Browser
let dev: RunningDev
let root: string
let backend: Server
let total: unknown
/** The backend answers nothing before this is fulfilled. */
let ready: Promise<void>

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const contract = `
openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema: { type: object, required: [total], properties: { total: { type: number } } }
        '404': { description: No basket }
`
const journey = `
journey: checkout
title: Buy what is in the basket
steps:
  - step: basket
    title: Review the basket
    screen: /basket
    calls:
      - operation: store.getBasket
        needs: [total]
        states: { 404: That the basket is empty }
`

beforeAll(async () => {
  await built()
  browser = await launched()
  backend = createServer((_, response) => void answer(response))
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
  const { port } = backend.address() as AddressInfo
  root = mkdtempSync(join(tmpdir(), 'throughline-tests-page-'))
  const files = {
    'throughline.yaml': `throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, environments: { staging: "http://127.0.0.1:${port}", away: "http://127.0.0.1:1", production: "https://store.example" } } }\n`,
    'store.yaml': contract,
    'journeys/checkout.journey.yaml': journey,
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  dev = await startDev({
    workspace: openWorkspace(root),
    ports: { studio: 0, mock: 0, app: 0 },
  })
})

afterAll(async () => {
  await browser?.close()
  await dev?.close()
  backend?.closeAllConnections()
  backend?.close()
  rmSync(root, { recursive: true, force: true })
})

beforeEach(() => {
  total = 'free'
  ready = Promise.resolve()
  rmSync(join(root, '.throughline', 'runs'), { recursive: true, force: true })
})

async function answer(response: ServerResponse): Promise<void> {
  await ready
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ total }))
}

async function open(path: string, look: Look = {}) {
  const [where, token] = dev.studioUrl.split('/?')
  const query = `${path.includes('?') ? '&' : '?'}${token}`
  return opened(browser, { address: where! }, path + query, { height: 900, ...look })
}

const start = (page: Page) => page.getByRole('button', { name: 'Start', exact: true })
const findings = (page: Page) =>
  page.getByRole('list', { name: 'Findings' }).getByRole('button', { expanded: false })
const tab = (page: Page, name: RegExp) => page.getByRole('radio', { name }).check()

test('starts a run, and shows each cause with the steps that it hurts', async () => {
  await using look = await open('/tests?target=staging&phases=examples', { width: 1280 })
  const { page, faults } = look
  await page.getByRole('heading', { name: 'Nothing has been tested yet' }).waitFor()
  expect(await page.getByRole('radio', { name: /staging/ }).isChecked()).toBe(true)
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1)
  expect(await brokenRules(page)).toEqual([])

  await start(page).click()
  const found = findings(page).first()
  await found.waitFor()
  expect(await found.innerText()).toMatch(
    /total is a string[\s\S]*GET[\s\S]*\/basket[\s\S]*response-schema[\s\S]*Review the basket/,
  )
  await start(page).waitFor()
  await found.focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^curl -X GET http:\/\/127\.0\.0\.1:\d+\/basket/).waitFor()
  expect(page.url()).toContain('open=')
  expect(await brokenInBothThemes(page)).toEqual([])
  await page.getByRole('link', { name: /Review the basket/ }).click()
  await page.waitForURL(/\/journeys\/checkout\?step=basket/)
  await page.goBack()
  await page.getByRole('link', { name: 'store.getBasket' }).click()
  await page.waitForURL(/\/reference\/store\.getBasket/)
  expect(faults).toEqual([])
})

test('says what is gone since the run before, and what was reached of each journey', async () => {
  await using look = await open('/tests?target=staging&phases=examples', { width: 390 })
  const { page, faults } = look
  const runs = page.getByRole('navigation', { name: /newest first/ }).getByRole('button')
  await start(page).click()
  await runs.filter({ hasText: '1 finding' }).waitFor()
  total = 3
  await start(page).click()
  await runs.filter({ hasText: 'nothing found' }).waitFor()
  await page.getByRole('radio', { name: /^Gone/ }).check()
  await findings(page).filter({ hasText: 'total is a string' }).waitFor()
  expect(page.url()).toContain('show=gone')

  await tab(page, /^Coverage/)
  const checkout = page.getByRole('button', { name: /Buy what is in the basket/ })
  expect(await checkout.innerText()).toMatch(
    /2 not reached[\s\S]*Operations[\s\S]*1 of 1[\s\S]*Needs[\s\S]*1 of 1[\s\S]*Statuses[\s\S]*1 of 2/,
  )
  await checkout.click()
  await page.getByText('store.getBasket 404', { exact: true }).waitFor()
  expect(await brokenInBothThemes(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  )

  await runs.filter({ hasText: '1 finding' }).click()
  await page.waitForURL(/run=\d{8}T\d{9}Z/)
  expect(faults).toEqual([])
})

test('watches a run and stops it', async () => {
  let go = (): void => {}
  ready = new Promise((resolve) => {
    go = resolve
  })
  await using look = await open('/tests?target=staging')
  const { page, faults } = look
  await start(page).click()
  await page.getByRole('heading', { name: 'Asking staging' }).waitFor()
  await page.getByRole('progressbar', { name: 'How far the run is' }).waitFor()
  expect(await brokenInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Stop' }).click()
  go()
  await page.getByText('Stopped before everything was asked').waitFor()
  expect(faults).toEqual([])
})

test('says that nobody answers, and what may not be written to', async () => {
  await using look = await open('/')
  const { page, faults } = look
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await page.getByRole('radio', { name: /production/ }).check()
  await page.getByText(/from here it is only read/).waitFor()
  expect(await page.getByRole('checkbox', { name: /changes data/ }).count()).toBe(0)
  await page.getByRole('radio', { name: /away/ }).check()
  await start(page).click()
  await page.getByText('It ended early').waitFor()
  await page
    .getByText(/does not answer/)
    .first()
    .waitFor()
  expect(await brokenRules(page)).toEqual([])
  await page.goto(`${page.url().split('?')[0]}?run=20200101T000000000Z`)
  await page.getByRole('heading', { name: 'This run is not kept any more' }).waitFor()
  await page.getByRole('button', { name: 'Open the newest' }).click()
  await page.getByText('It ended early').waitFor()
  expect(faults).toEqual([])
})

test('finds nothing on the mock', async () => {
  await using look = await open('/tests?phases=examples,coverage')
  const { page, faults } = look
  await start(page).click()
  await page.getByRole('heading', { name: 'Nothing was found' }).waitFor()
  expect(await page.getByRole('navigation', { name: /newest first/ }).innerText()).toContain(
    'The mock',
  )
  expect(faults).toEqual([])
})
