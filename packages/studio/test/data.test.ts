import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { dataMap, dataRecord, freshnessMap } from './checkout-data.ts'
import { launched } from './chromium.ts'
import { brokenInBothThemes, opened } from './studio-browser.ts'
import { studioServer, type StudioServer } from './studio-server.ts'

let browser: Browser
let studio: StudioServer

// A browser beside other tests on a small machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
  studio = await studioServer({
    overview: workspace,
    blueprints: [reorder, fixAnItem],
    answers: {
      '/api/lineage': dataMap,
      '/api/lineage/record': dataRecord,
      '/api/freshness': freshnessMap,
    },
  })
})

afterEach(() => studio.reset())

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

test('shows what no screen needs first, and leads by keyboard to the step on the blueprint', async () => {
  await using look = await opened(browser, studio, '/')
  const { page, faults } = look
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.waitForURL(/\/data$/)
  const sections = page.locator('.data-card')
  await sections.first().waitFor()
  expect(await sections.locator('h2').allInnerTexts()).toEqual([
    'Returned, but no screen needs it\n1',
    'Where a rule is broken\n1',
    'personal\n2',
  ])
  const broken = page.getByRole('region', { name: 'Where a rule is broken' })
  expect(await broken.getByRole('link', { name: /See the problem/ }).getAttribute('href')).toBe(
    '/diagnostics?code=TL5002',
  )
  const street = page.getByRole('row', { name: /address\.street/ })
  expect(await street.innerText()).toContain('address.postcode')
  expect(await street.innerText()).toContain('Where the van goes')
  expect(await brokenInBothThemes(page)).toEqual([])
  await street.getByRole('link', { name: /Choose a slot/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/journeys\/reorder\?step=slots/)
  expect(faults).toEqual([])
})

test('keeps what is asked for in the address, reads as a table, and saves it as a file', async () => {
  await using look = await opened(browser, studio, '/data', { width: 390 })
  const { page, faults } = look
  await page.getByRole('combobox', { name: 'Journey' }).selectOption('reorder')
  await page.getByRole('button', { name: /^secret/ }).click()
  await page.getByRole('button', { name: 'Show as table' }).click()
  await page.waitForURL(/journey=reorder&class=secret&show=table/)
  const table = page.getByRole('region', { name: 'Record of processing' })
  await table.waitFor()
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['Class', 'Field'])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /record-of-processing\.csv/ }).click()
  expect(await readFile(await (await saved).path(), 'utf8')).toContain('personal,,driver.phone')
  expect(faults).toEqual([])
})

test('shows what is out of date first beside who tolerates what, and leads to the step', async () => {
  await using look = await opened(browser, studio, '/data')
  const { page, faults } = look
  await page.getByRole('link', { name: 'Freshness' }).click()
  await page.waitForURL(/\/data\?tab=freshness$/)
  const stale = page.getByRole('region', { name: 'Shown out of date' })
  await stale.waitFor()
  expect(await page.locator('.data-card h2').allInnerTexts()).toEqual([
    'Shown out of date\n1',
    'Nobody has said how old\n1',
    'As it should be\n1',
  ])
  const current = page.getByRole('navigation', { name: 'What about the data' })
  expect(await current.locator('[aria-current]').allInnerTexts()).toEqual(['Freshness'])
  const cells = await stale.getByRole('cell').allInnerTexts()
  expect(cells.slice(1, 5)).toEqual(['5 s', '1 min', 'max-age=300, ETag', 'max-age=600'])
  expect(cells[5]).toContain('lower max-age')
  expect(await page.locator('.fresh-tested').innerText()).toBe(
    'Answers are what staging said in the test of Nov 22, 08:15.',
  )
  expect(await brokenInBothThemes(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('radio', { name: /^Out of date/ }).check({ force: true })
  await page.waitForURL(/verdict=stale/)
  expect(await current.locator('[aria-current]').allInnerTexts()).toEqual(['Freshness'])
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /freshness\.csv/ }).click()
  const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('Reorder the weekly shop,reorder/slots,/slots,logistics.listSlots')
  await stale.getByRole('link', { name: /Choose a slot/ }).click()
  await page.waitForURL(/\/journeys\/reorder\?step=slots/)
  expect(faults).toEqual([])
})

test('says how to classify where nothing is', async () => {
  studio.answers.set('/api/lineage', {
    ...dataMap,
    classes: [],
    entries: [],
    matching: 0,
    total: 0,
  })
  await using look = await opened(browser, studio, '/data')
  const { page, faults } = look
  await page.getByRole('heading', { name: 'No data is classified yet' }).waitFor()
  await page.getByText('x-data-classification').first().waitFor()
  expect(faults).toEqual([])
})
