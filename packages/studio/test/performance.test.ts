import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EvidenceEvent } from '@throughline/core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startDev, type RunningDev } from '../../throughline/src/server/dev.ts'
import { openDuckdbStore } from '../../throughline/src/targets/observe/store/duckdb-store.ts'
import { openWorkspace } from '../../throughline/src/workspace/workspace.ts'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { evidence } from './checkout-evidence.ts'
import { needsMatrix } from './checkout-matrices.ts'
import { launched } from './chromium.ts'
import { brokenInBothThemes, opened, type Look } from './studio-browser.ts'
import { studioServer } from './studio-server.ts'

// The real server over a copy of the example, with a crowd in its evidence: the page shows what the crowd did, number for number.

const folder = mkdtempSync(join(tmpdir(), 'throughline-performance-'))
let browser: Browser
let dev: RunningDev

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../../../examples/storefront', import.meta.url)), folder, {
    recursive: true,
  })
  const store = await openDuckdbStore({ folder: join(folder, '.throughline', 'evidence') })
  await store.append('crowd', crowd())
  await store.close()
  await built()
  browser = await launched()
  dev = await startDev({
    workspace: openWorkspace(folder),
    ports: { studio: 0, mock: 0, app: 0 },
    readOnly: true,
  })
})

afterAll(async () => {
  await browser?.close()
  await dev?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(path: string, look: Look = {}) {
  const [where, token] = dev.studioUrl.split('/?')
  const query = `${path.includes('?') ? '&' : '?'}${token}`
  return opened(browser, { address: where! }, path + query, look)
}

test('shows each step of a journey: who came, who left, what they waited and saw', async () => {
  await using look = await open('/performance')
  const { page, faults } = look
  const rows = page
    .getByRole('list', { name: 'Steps of Fill a basket and pay' })
    .getByRole('button')
  await rows.first().waitFor()
  expect(await page.getByText('100 visits, 160 pages, 100 calls').count()).toBe(1)
  const basket = await rows.filter({ hasText: 'Review the basket' }).innerText()
  expect(basket).toMatch(/100 visits/)
  expect(basket).toMatch(/40 %/)
  expect(basket).toMatch(/900 ms\s*of 800 ms\s*40 % over/)
  expect(basket).toMatch(/503 10 %/)
  const payment = await rows.filter({ hasText: 'Pay' }).first().innerText()
  expect(payment).toContain('60 visits')
  expect(payment).toContain('Wait not measured')
  expect(await rows.filter({ hasText: 'Look around the shelves' }).innerText()).toContain(
    'Nobody yet',
  )
  expect(faults).toEqual([])
})

test('opens a step by keyboard, says what is too few for a figure, and goes back to its row', async () => {
  await using look = await open('/performance?environment=production')
  const { page, faults } = look
  const row = page.locator('[data-step="checkout/basket"]')
  await row.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('heading', { name: 'Review the basket' }).waitFor()
  expect(page.url()).toContain('step=checkout/basket')
  await panel.getByText('100 visits with a measured wait: at least 300 are needed.').waitFor()
  expect(await panel.getByText('100 % of 60 went on').count()).toBe(1)
  expect(await panel.getByRole('link', { name: 'In the blueprint' }).getAttribute('href')).toBe(
    '/journeys/checkout?step=basket',
  )
  expect(await brokenInBothThemes(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-step')))
    .toBe('checkout/basket')
  expect(faults).toEqual([])
})

test('asks for what the pickers say, in the address, and offers a way back where nobody was', async () => {
  await using look = await open('/performance')
  const { page } = look
  await page.getByLabel('Device').selectOption('phone')
  await page.getByText('40 visits', { exact: false }).first().waitFor()
  await expect.poll(() => page.url()).toContain('device=phone')
  await page.getByLabel('Period').selectOption('1h')
  await page.getByRole('heading', { name: 'Nobody was seen with this choice' }).waitFor()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await page.getByText('100 visits, 160 pages', { exact: false }).waitFor()
  expect(page.url()).not.toContain('device')
})

test('shows the same figures as a table and as CSV', async () => {
  await using look = await open('/performance?show=table&journey=checkout')
  const { page, faults } = look
  const row = page.getByRole('row', { name: /Review the basket/ })
  await row.waitFor()
  expect(await row.innerText()).toMatch(
    /100\s+60\s+40 %\s+300 ms\s+900 ms\s+900 ms\s+800 ms\s+40 %/,
  )
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'performance.csv' }).click()
  const stream = await (await download).createReadStream()
  const text = (await stream.toArray()).join('')
  expect(text).toContain('Fill a basket and pay,Review the basket,100,60,0.4,300,900,900,800,0.4')
  expect(await brokenInBothThemes(page)).toEqual([])
  expect(faults).toEqual([])
})

test('shows on the blueprint what people waited and how many left, and leads to the rest', async () => {
  await using look = await open('/journeys/checkout')
  const { page, faults } = look
  const cell = page.locator('.happened[data-column=basket]')
  await cell.waitFor()
  expect(await cell.innerText()).toMatch(/900\s*of 800 ms\s*\+100\s*40 %\s*of 100 visits left here/)
  expect(await brokenInBothThemes(page)).toEqual([])
  await cell.click()
  await page.waitForURL(/performance\?step=checkout\/basket/)
  expect(faults).toEqual([])
})

test('follows new evidence without a loading page in between', async () => {
  await using studio = await studioServer({
    overview: workspace,
    blueprints: [reorder, fixAnItem],
    answers: { '/api/evidence': evidence },
  })
  await using look = await opened(browser, studio, '/performance?step=reorder/slots')
  const { page } = look
  const slots = page.locator('[data-step="reorder/slots"]')
  await page.getByText('1,204 visits, 2,900 pages').waitFor()
  await page
    .getByText('About 66 more visits would have gone on', { exact: false })
    .first()
    .waitFor()
  // Marks the row, to see that it is the same one afterwards.
  await slots.evaluate((row) => row.setAttribute('data-before', ''))
  const { totals } = evidence
  studio.answers.set('/api/evidence', { ...evidence, totals: { ...totals, sessions: 1300 } })
  studio.send({ kind: 'evidence' })
  await page.getByText('1,300 visits, 2,900 pages').waitFor()
  expect(await slots.getAttribute('data-before')).toBe('')
})

test('says in the needs that pages never read a field', async () => {
  const reads = [{ operation: 'logistics.listSlots', views: 400, fields: [], copied: [] }]
  await using studio = await studioServer({
    overview: workspace,
    blueprints: [reorder, fixAnItem],
    answers: { '/api/needs': needsMatrix, '/api/evidence': { ...evidence, reads } },
  })
  const field = 'operation=logistics.listSlots&field=slots[].legacyRef'
  await using look = await opened(browser, studio, `/needs?${field}`)
  const panel = look.page.getByRole('complementary', { name: 'Details' })
  await panel.getByText('None of 400 sampled answers had it read by a page.').waitFor()
  expect(look.faults).toEqual([])
})

/** A hundred people: 40 on phones wait 900 ms for the basket and leave; 60 wait 300 and pay. Ten of the baskets fail. */
function crowd(): readonly EvidenceEvent[] {
  const start = Date.now() - 5 * 86_400_000
  return Array.from({ length: 100 }, (_, index): readonly EvidenceEvent[] => {
    const time = start + index * 60_000
    const phone = index % 5 < 2
    const basket = {
      session: `s${index}`,
      view: 'v1',
      step: 'checkout/basket',
      device: phone ? 'phone' : 'desktop',
      environment: 'production',
      release: index < 50 ? '1.0' : '1.1',
    } as const
    return [
      { kind: 'view', time, ...basket },
      {
        kind: 'call',
        time,
        duration: phone ? 900 : 300,
        operation: 'store.getBasket',
        method: 'GET',
        status: index % 10 === 0 ? 503 : 200,
        ...basket,
      },
      ...(phone
        ? []
        : [
            {
              ...basket,
              kind: 'view',
              time: time + 5000,
              view: 'v2',
              step: 'checkout/payment',
              previousStep: basket.step,
            } as const,
          ]),
    ]
  }).flat()
}
