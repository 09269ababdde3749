import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import type { Blueprint } from '@throughline/core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { brokenInBothThemes, brokenRules, opened } from './studio-browser.ts'
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

beforeEach(() => studio.reset())

declare global {
  interface Window {
    /** How often the blueprint was away. */
    blank: number
  }
}

const grid = '[role=grid]'

test('shows the journey as a blueprint: every lane, and the gaps in words', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page, faults } = look
  await page.waitForSelector(grid)
  expect(await page.locator('[role=rowheader] b').allTextContents()).toEqual([
    'Feeling',
    'Screen',
    'Needs',
    'Calls',
    'When it goes wrong',
    'Budget',
    'Problems',
    'What really happened',
    'Signed off',
  ])
  expect(await page.locator('[role=columnheader] .step-title').allTextContents()).toHaveLength(5)
  expect(await page.locator('.in-needs .need.missing').innerText()).toMatch(
    /Carbon saving\s+missing/,
  )
  expect(await page.locator('.in-budget').nth(2).innerText()).toContain('+238')
  expect(await page.getByText('No evidence yet').isVisible()).toBe(true)
  expect(await page.title()).toBe('Reorder the weekly shop · corner-market · Throughline')
  expect(faults).toEqual([])
})

test('axe finds nothing on any page, light and dark', async () => {
  const pages = [
    '/journeys',
    '/journeys/reorder?step=slots&need=reorder/slots:logistics.listSlots:slots[].co2Saving',
    '/journeys/reorder?step=slots&state=timeout&as=backend',
    '/journeys/reorder?step=slots&state=5xx',
    '/journeys/reorder?step=basket&call=reorder/basket:store.listOffers&as=frontend',
    '/journeys/reorder?step=slots',
    '/journeys/nowhere',
    '/kit',
  ]
  for (const path of pages) {
    await using look = await opened(browser, studio, path)
    await look.page.waitForSelector('h1')
    expect(await brokenInBothThemes(look.page)).toEqual([])
    expect(look.faults).toEqual([])
  }
  await using look = await opened(browser, studio, '/journeys')
  await look.page.waitForSelector('.line-card')
  await look.page.keyboard.press('Control+k')
  await look.page.getByRole('combobox').fill('slot')
  expect(await brokenInBothThemes(look.page)).toEqual([])
  await look.page.keyboard.press('Escape')
  await look.page.keyboard.press('?')
  await look.page.getByRole('dialog').waitFor()
  expect(await brokenInBothThemes(look.page)).toEqual([])
})

test('the lens changes the words of a need and a call, in the address too', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  const need = page.locator('.in-needs .need.missing')
  const call = page.locator('.in-calls .call').first()
  expect([await need.innerText(), await call.innerText()].join()).toMatch(
    /Carbon saving[^]*Load the home screen/,
  )
  await page.getByRole('radio', { name: 'Frontend' }).click()
  await page.waitForURL(/as=frontend/)
  expect([await need.innerText(), await call.innerText()].join()).toMatch(
    /slots\[\]\.co2Saving[^]*\/home/,
  )
  await page.getByRole('radio', { name: 'Backend' }).click()
  await page.waitForURL(/as=backend/)
  expect([await need.innerText(), await call.innerText()].join()).toMatch(
    /slots\[\]\.co2Saving\s+–[^]*store\.getHome/,
  )
})

test('a chip opens its state; Play puts it on the mock and Back to normal takes it off', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  await page.getByRole('button', { name: 'timeout , Timeout: Not decided yet' }).click()
  await page.waitForURL(/step=slots&state=timeout/)
  const panel = page.getByRole('complementary', { name: 'Details' })
  expect(await panel.innerText()).toContain('Nobody has said what Maya should see here.')
  await panel.getByRole('button', { name: 'Play on the mock' }).click()
  await panel.getByText('On the mock now').waitFor()
  expect(await page.locator('.chip.playing').textContent()).toBe(
    'timeout, Timeout: Not decided yetOn the mock',
  )
  await page.locator('.mock-card').getByRole('button', { name: 'Back to normal' }).click()
  await page.locator('.mock-card').getByText('Everything answers normally').waitFor()
  expect(studio.asked).toEqual(['reorder/slots/timeout', null])
})

test('everything can be done by keyboard', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  await page.waitForSelector(grid)
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent ?? '')

  await page.keyboard.press(']')
  await page.waitForURL(/step=home/)
  await page.keyboard.press(']')
  await page.waitForURL(/step=basket/)
  await page.keyboard.press('[')
  await page.waitForURL(/step=home/)
  await page.keyboard.press('Escape')
  await page.waitForURL(/reorder$/)

  await page.locator('[data-item][tabindex="0"]').focus()
  expect(await focused()).toContain('Open the app')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toContain('Pick a delivery slot')
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toContain('Carbon saving')
  await page.keyboard.press('Enter')
  await page.waitForURL(/need=/)
  await page.waitForFunction(() => document.activeElement?.id === 'inspector-title')
  await page.keyboard.press('Escape')
  await page.waitForURL(/reorder$/)
  expect(await focused()).toContain('Carbon saving')

  await page.goto(`${studio.address}/journeys/reorder?step=slots&state=timeout`)
  await page.getByRole('complementary', { name: 'Details' }).waitFor()
  await page.keyboard.press('m')
  await page.locator('.chip.playing').waitFor()
  await page.keyboard.press('0')
  await page.locator('.mock-card').getByText('Everything answers normally').waitFor()

  await page.keyboard.press('t')
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  await page.reload()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')

  await page.keyboard.press('/')
  await page.getByRole('combobox').fill('carbon')
  await page.getByRole('option', { name: /Carbon saving/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/need=reorder\/slots:logistics\.listSlots:slots\[\]\.co2Saving/)
  await page.keyboard.press('g')
  await page.keyboard.press('j')
  await page.waitForURL(/\/journeys$/)
})

test('single-letter keys can be turned off, and stay off', async () => {
  await using look = await opened(browser, studio, '/journeys')
  const { page } = look
  await page.waitForSelector('h1')
  await page.keyboard.press('?')
  await page.getByLabel('Single-letter keys').click()
  await page.keyboard.press('Escape')
  await page.reload()
  await page.waitForSelector('h1')
  await page.keyboard.press('t')
  expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
})

test('a saved file is on screen without a reload, and the page never goes blank', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder?step=slots')
  const { page } = look
  await page.locator('.in-needs .need.missing').waitFor()
  await page.evaluate(() => {
    window.blank = 0
    new MutationObserver(() => {
      if (!document.querySelector('[role=grid]')) window.blank += 1
    }).observe(document.body, { childList: true, subtree: true })
  })
  const [slots] = reorder.steps.filter(({ name }) => name === 'reorder/slots')
  const mended: Blueprint = {
    ...reorder,
    steps: reorder.steps.map((step) =>
      step === slots
        ? {
            ...step,
            needs: step.needs.map((need) => ({
              ...need,
              status: 'covered' as const,
              type: 'Mass',
            })),
          }
        : step,
    ),
  }
  studio.blueprints.set('reorder', mended)
  studio.overview = { ...studio.overview, version: 2 }
  studio.send({ kind: 'graph', version: 2 })
  await page.locator('.in-needs .need.missing').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => window.blank)).toBe(0)
  await expect
    .poll(() => page.locator('main [role=status]').last().textContent())
    .toContain('The blueprint is up to date')
})

test('files that do not link are named with their lines while the last good blueprint stays', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  await page.waitForSelector(grid)
  studio.overview = {
    ...studio.overview,
    broken: { since: '2026-05-04T14:02:00', diagnostics: reorder.diagnostics.slice(0, 1) },
  }
  studio.send({ kind: 'broken', diagnostics: 1 })
  const banner = page.getByRole('alert')
  await banner.waitFor()
  expect(await banner.innerText()).toMatch(/Since 14:02 the files on disk do not link/)
  expect(await banner.locator('mark').innerText()).toBe('slots[].co2Saving')
  expect(await page.locator('.need').count()).toBeGreaterThan(10)
  expect(await brokenRules(page)).toEqual([])
})

test('a server that stopped is said, what it said last stays, and the page recovers by itself', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  await page.getByText('Live', { exact: true }).waitFor()
  await page.context().setOffline(true)
  studio.hangUp()
  await page.getByText('The server has stopped').waitFor()
  expect(await page.locator(grid).isVisible()).toBe(true)
  expect(await brokenRules(page)).toEqual([])
  await page.context().setOffline(false)
  await page.getByText('Live', { exact: true }).waitFor({ timeout: 10_000 })
  expect(await page.getByText('The server has stopped').count()).toBe(0)
})

test('without the token it says to open the address from the terminal', async () => {
  studio.failing = 401
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  await page.getByRole('heading', { name: 'Open the address from the terminal' }).waitFor()
  expect(await brokenRules(page)).toEqual([])
  studio.failing = undefined
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.waitForSelector(grid)
})

test('a server that stumbles is quoted, and trying again helps', async () => {
  studio.failing = 500
  await using look = await opened(browser, studio, '/journeys')
  const { page } = look
  await page.getByText('The server answered: The server stumbled').waitFor()
  studio.failing = undefined
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Journeys', level: 1 }).waitFor()
  expect(await page.locator('.line-card').count()).toBe(2)
})

test('a bare contract says what to do next', async () => {
  studio.overview = { ...workspace, journeys: [] }
  await using look = await opened(browser, studio, '/journeys')
  const { page } = look
  await page.getByText('throughline init').waitFor()
  expect(await page.locator('main').innerText()).toContain('26 operations of 3 contracts')
  expect(await brokenRules(page)).toEqual([])
})

test("fits a small screen, 200 % zoom of it and a phone: only the blueprint scrolls sideways, the page's own words never do", async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page } = look
  await page.waitForSelector(grid)
  for (const [what, width, height] of [
    ['a small screen', 1280, 800],
    ['200 % zoom of it', 640, 400],
    ['a phone', 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    const wide = () =>
      page.evaluate(() => {
        const beyond = (selector: string): number =>
          [...document.querySelectorAll(selector)].filter(
            (one) => one.getBoundingClientRect().right > innerWidth + 1,
          ).length
        return [
          document.documentElement.scrollWidth > innerWidth,
          beyond('.page-head *'),
          beyond('.totals *'),
          beyond('.top-bar *:not(.sr)'),
        ]
      })
    // What React draws for a width comes after the resize.
    await expect.poll(wide, { message: what }).toEqual([false, 0, 0, 0])
    expect(await brokenRules(page), what).toEqual([])
  }
})

test('small targets are at least 24 pixels', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder?step=slots&state=timeout')
  await look.page.waitForSelector(grid)
  const small = await look.page.evaluate(() =>
    [...document.querySelectorAll('button, a, input, summary')]
      .filter((one) => !one.closest('.skip, .mock-popover') && one.checkVisibility())
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ one, box }) => `${one.className} ${one.textContent} ${box.width}x${box.height}`),
  )
  expect(small).toEqual([])
})

test.each([
  ['overview-page', 160_000],
  ['journey-page', 170_000],
])('%s is drawn after at most %d bytes of script, as they are sent', async (page, most) => {
  const assets = join(import.meta.dirname, '../dist/assets')
  const html = await readFile(join(assets, '../index.html'), 'utf8')
  const names = (await readdir(assets)).filter((name) => name.endsWith('.js'))
  const wanted = names.filter((name) => html.includes(name) || name.startsWith(`${page}-`))
  const sizes = new Map<string, number>()
  // What a chunk imports is fetched with it; what it imports later is not.
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (sizes.has(name)) continue
    const script = await readFile(join(assets, name), 'utf8')
    sizes.set(name, gzipSync(script).length)
    for (const [, other] of script.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
      wanted.push(other!)
  }
  expect([...sizes.keys()].filter((name) => name.startsWith(page))).toHaveLength(1)
  expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(most)
})
