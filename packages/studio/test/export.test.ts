import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { needsMatrix, statesMatrix } from './checkout-matrices.ts'
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
  studio = await studioServer({
    overview: workspace,
    blueprints: [reorder, fixAnItem],
    answers: { '/api/states': statesMatrix, '/api/needs': needsMatrix },
  })
})

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

async function saved(
  page: Page,
  name: RegExp,
): Promise<{ readonly file: string; readonly body: Buffer }> {
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ])
  return { file: download.suggestedFilename(), body: await readFile(await download.path()) }
}

test.each([
  ['/journeys/reorder', 'reorder-blueprint', 'Carbon saving'],
  ['/journeys/reorder?view=flow', 'reorder-flow', '3. Pick a delivery slot'],
  ['/states?show=undecided', 'states', 'Seven days in grey, no'],
])('%s is saved as one picture in light colours, whatever the theme', async (path, name, text) => {
  await using look = await opened(browser, studio, path, { theme: 'dark' })
  const { page, faults } = look
  const svg = await saved(page, /SVG/)
  expect(svg.file).toBe(`${name}.svg`)
  const drawing = svg.body.toString()
  expect(drawing).toContain(text)
  expect(drawing).toMatch(/^<svg xmlns="[^"]+" width="\d+" height="\d+"[^>]*>\n<title>/)
  expect(drawing).toMatch(/<rect x="0" y="0" [^>]*fill="#ffffff"/)
  // Nothing of it is elsewhere, and every program knows its colours.
  expect(drawing.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
    /http|url\(|oklch|var\(|<script|NaN/,
  )
  const png = await saved(page, /PNG/)
  expect(png.file).toBe(`${name}.png`)
  expect(png.body.subarray(1, 4).toString()).toBe('PNG')
  expect(png.body.readUInt32BE(16)).toBeGreaterThan(1000)
  expect(faults).toEqual([])
})

test('what a filter hides is in no file', async () => {
  await using look = await opened(browser, studio, '/states?show=undecided')
  const { page } = look
  const table = (await saved(page, /Table/)).body.toString()
  expect(table).toContain('Pick a delivery slot')
  expect(table).not.toContain('Check the basket')
  expect((await saved(page, /SVG/)).body.toString()).not.toContain('Check the basket')
})

test('Share gives on exactly what is seen, with the device’s own sheet where it has one', async () => {
  await using look = await opened(
    browser,
    studio,
    '/states?show=undecided&step=reorder/slots&condition=timeout',
  )
  const { page } = look
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('complementary', { name: 'Details' }).waitFor()
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Address copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  expect(page.url()).toContain('show=undecided')
  await page.evaluate(() => {
    navigator.share = async (data) => {
      document.title = `shared ${data?.url}`
    }
  })
  await page.getByRole('button', { name: 'Share' }).click()
  await page.waitForFunction(() => document.title.startsWith('shared '))
  expect(await page.title()).toBe(`shared ${page.url()}`)
})

test('Share stands on every page', async () => {
  await using look = await opened(browser, studio, '/kit')
  const { page, faults } = look
  for (const name of ['Overview', 'Journeys', 'Needs', 'States']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: false }).first().click()
    await page.getByRole('button', { name: 'Share' }).waitFor()
  }
  expect(faults).toEqual([])
})

test('on paper there is every step with every need, light, and nothing to press', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder', {
    theme: 'dark',
    width: 1030,
  })
  const { page } = look
  await page.getByRole('grid').waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.locator('.blueprint').nth(1).waitFor()
  const steps = await page.locator('.blueprint .step-title').allInnerTexts()
  expect(steps).toEqual(reorder.steps.map(({ title }) => title))
  expect(await page.locator('.need-name').count()).toBe(
    reorder.steps.reduce((sum, { needs }) => sum + needs.length, 0),
  )
  for (const chrome of ['.rail', '.top-bar', '.view-tabs', '.page-tools'])
    expect(await page.locator(chrome).first().isVisible()).toBe(false)
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    'oklch(1 0 0)',
  )
  await page.emulateMedia({ media: null })
  await page.locator('.blueprint').nth(1).waitFor({ state: 'detached' })
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf).toMatch(/\/MediaBox \[0 0 84\d[.\d]* 59\d[.\d]*\]/)
})

test('the open menu of files breaks no rule of WCAG', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('button', { name: /Print/ }).waitFor()
  expect(await brokenRules(page)).toEqual([])
})
