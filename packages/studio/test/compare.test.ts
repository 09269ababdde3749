import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { launched } from './chromium.ts'
import { brokenRules, opened } from './studio-browser.ts'
import { studioServer, type StudioServer } from './studio-server.ts'

let browser: Browser
let studio: StudioServer

// A browser beside other tests on a small machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
  studio = await studioServer({ overview: workspace, blueprints: [reorder, fixAnItem] })
})

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

test('from the journeys, two stand side by side with what both need and what only one does', async () => {
  await using look = await opened(browser, studio, '/journeys')
  const { page, faults } = look
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.waitForURL(/compare\?left=reorder&right=wrong-item/)
  const pay = page.getByRole('table', { name: 'Pay and Ask for a refund' })
  await pay.waitFor()
  expect(await pay.getByRole('columnheader').allInnerTexts()).toEqual([
    expect.stringContaining('4. Pay'),
    'Both',
    expect.stringContaining('2. Ask for a refund'),
  ])
  const row = pay.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Needs' }) })
  expect((await row.getByRole('cell').nth(1).innerText()).split('\n')).toHaveLength(1)
  expect(await page.getByRole('region', { name: 'In common' }).innerText()).toMatch(
    /2 fields needed by both\s+\d+ only in Reorder the weekly shop\s+0 only in Fix a wrong item/,
  )
  const lone = page.getByRole('region', { name: 'Track the van' })
  expect(await lone.innerText()).toContain('Fix a wrong item has no such step.')
  await lone.locator('summary').click()
  await lone.getByRole('link').first().waitFor()
  await page.getByRole('radio', { name: 'In both 2' }).click()
  await page.waitForURL(/show=paired/)
  await lone.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Swap the two' }).click()
  await page.waitForURL(/left=wrong-item&right=reorder/)
  await page.getByRole('table', { name: 'Ask for a refund and Pay' }).waitFor()
  expect(await page.title()).toBe('Compare journeys · corner-market · Throughline')
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /CSV/ }).click()
  expect((await saved).suggestedFilename()).toBe('wrong-item-reorder.csv')
  expect(faults).toEqual([])
})

test('a field leads to the matrix, with the lens kept', async () => {
  await using look = await opened(
    browser,
    studio,
    '/compare?left=reorder&right=wrong-item&as=backend',
  )
  const { page, faults } = look
  const pay = page.getByRole('table', { name: 'Pay and Ask for a refund' })
  await pay.locator('.pair-both a').first().click()
  await page.waitForURL(/\/needs\?as=backend&operation=.+&field=/)
  expect(faults).toEqual([])
})

test('asks for a journey, for another one, and says which it does not know', async () => {
  await using look = await opened(browser, studio, '/compare')
  const { page, faults } = look
  await page.getByRole('heading', { name: 'Choose two journeys' }).waitFor()
  await page.getByRole('combobox', { name: 'Left journey' }).selectOption('reorder')
  await page.waitForURL(/left=reorder/)
  await page.getByRole('combobox', { name: 'Right journey' }).selectOption('reorder')
  await page.getByRole('heading', { name: 'That is twice the same journey' }).waitFor()
  await page.getByRole('combobox', { name: 'Right journey' }).selectOption('wrong-item')
  await page.getByRole('table').first().waitFor()
  await page.goto(`${studio.address}/compare?left=reorder&right=gone`)
  await page.getByText('The workspace has no journey “gone”.').waitFor()
  expect(faults).toEqual([])
})

test('the palette finds it', async () => {
  await using look = await opened(browser, studio, '/journeys')
  const { page, faults } = look
  await page.getByRole('heading', { name: 'Journeys' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find' }).fill('compare')
  await page.getByRole('option', { name: /Compare two journeys/ }).click()
  await page.waitForURL(/compare\?left=reorder&right=wrong-item/)
  expect(faults).toEqual([])
})

test.each([
  ['light', 1280],
  ['dark', 390],
] as const)('breaks no rule of WCAG, %s at %i', async (theme, width) => {
  await using look = await opened(browser, studio, '/compare?left=reorder&right=wrong-item', {
    theme,
    width,
  })
  const { page, faults } = look
  await page.getByRole('table').first().waitFor()
  expect(await brokenRules(page, theme)).toEqual([])
  expect(faults).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
})
