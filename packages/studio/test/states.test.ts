import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { statesMatrix } from './checkout-matrices.ts'
import { launched } from './chromium.ts'
import { brokenInBothThemes, brokenRules, opened } from './studio-browser.ts'
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
    answers: { '/api/states': statesMatrix },
  })
})

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

beforeEach(() => studio.reset())

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '')
}

test('shows every step beside every way it can go, in words', async () => {
  await using look = await opened(browser, studio, '/states?show=undecided')
  const { page, faults } = look
  await page.getByRole('grid').waitFor()
  expect(await page.getByRole('grid').ariaSnapshot()).toMatchInlineSnapshot(`
    "- grid "Steps and what people see when they go another way":
      - row "Step Loading Nothing has answered yet Empty The list has no items Partial One call fails, the others answer Error An answer that says no Timeout No answer in time Offline No connection":
        - columnheader "Step"
        - columnheader "Loading Nothing has answered yet"
        - columnheader "Empty The list has no items"
        - columnheader "Partial One call fails, the others answer"
        - columnheader "Error An answer that says no"
        - columnheader "Timeout No answer in time"
        - columnheader "Offline No connection"
      - row "Reorder the weekly shop":
        - rowheader "Reorder the weekly shop":
          - link "Reorder the weekly shop":
            - /url: /journeys/reorder
      - 'row "Wireframe of a grid screen Pick a delivery slot /slots , 1 step shown, 2 not decided Loading, Designed: Seven days in grey, no spinner Play Loading on Pick a delivery slot Empty, Designed: Click and collect nearby Play Empty on Pick a delivery slot Not decided yet Decide what people see: Partial on Pick a delivery slot Server error, Designed: “Slots are busy. Hold my basket?” On the mock Not decided yet Decide what people see: Timeout on Pick a delivery slot Offline, App-wide pattern: A line at the top says that we are offline App-wide pattern Play Offline on Pick a delivery slot"':
        - rowheader "Wireframe of a grid screen Pick a delivery slot /slots , 1 step shown, 2 not decided":
          - link "Wireframe of a grid screen Pick a delivery slot /slots , 1 step shown, 2 not decided":
            - /url: /journeys/reorder?step=slots
            - img "Wireframe of a grid screen"
            - text: Pick a delivery slot
            - code: /slots
            - text: ", 1 step shown, 2 not decided"
        - 'gridcell "Loading, Designed: Seven days in grey, no spinner Play Loading on Pick a delivery slot"':
          - 'button "Loading, Designed: Seven days in grey, no spinner"'
          - button "Play Loading on Pick a delivery slot": Play
        - 'gridcell "Empty, Designed: Click and collect nearby Play Empty on Pick a delivery slot"':
          - 'button "Empty, Designed: Click and collect nearby"'
          - button "Play Empty on Pick a delivery slot": Play
        - 'gridcell "Not decided yet Decide what people see: Partial on Pick a delivery slot"':
          - button "Not decided yet"
          - 'button "Decide what people see: Partial on Pick a delivery slot"': Decide
        - 'gridcell "Server error, Designed: “Slots are busy. Hold my basket?” On the mock"':
          - 'button "Server error, Designed: “Slots are busy. Hold my basket?”"'
          - button "On the mock" [pressed]
          - list
        - 'gridcell "Not decided yet Decide what people see: Timeout on Pick a delivery slot"':
          - button "Not decided yet"
          - 'button "Decide what people see: Timeout on Pick a delivery slot"': Decide
        - 'gridcell "Offline, App-wide pattern: A line at the top says that we are offline App-wide pattern Play Offline on Pick a delivery slot"':
          - 'button "Offline, App-wide pattern: A line at the top says that we are offline App-wide pattern"'
          - button "Play Offline on Pick a delivery slot": Play"
  `)
  expect(await page.title()).toBe('States · corner-market · Throughline')
  expect(faults).toEqual([])
})

test('a missing state is found, says what to write, and Play puts it on the mock and takes it off', async () => {
  studio.overview = { ...studio.overview, mock: { ...studio.overview.mock, situation: null } }
  await using look = await opened(browser, studio, '/states')
  const { page } = look
  await page.getByRole('radio', { name: 'Not decided 2' }).click()
  await page.waitForURL(/show=undecided/)
  expect(await page.locator('.state-step-words b').allTextContents()).toEqual([
    'Pick a delivery slot',
  ])
  const back = page.locator('.decided').getByRole('button', { name: 'Back to normal' })
  expect(await back.isDisabled()).toBe(true)
  await page
    .getByRole('button', { name: 'Decide what people see: Timeout on Pick a delivery slot' })
    .click()
  await page.waitForURL(/step=reorder\/slots&condition=timeout/)
  const panel = page.getByRole('complementary', { name: 'Details' })
  expect(await panel.innerText()).toContain('Nobody has said what people see here.')
  expect(await panel.innerText()).toContain('timeout: { show: "" }')
  await panel.getByRole('button', { name: 'Play on the mock' }).click()
  await panel.getByText('On the mock now').waitFor()
  expect(await page.locator('.state-cell.playing').innerText()).toContain('On the mock')
  await back.click()
  await page.locator('.state-cell.playing').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Play Server error on Pick a delivery slot' }).click()
  await page.locator('.state-cell.playing').waitFor()
  expect(studio.asked).toEqual(['reorder/slots/timeout', null, 'reorder/slots/5xx'])
  await panel.getByRole('link', { name: 'On the blueprint' }).click()
  await page.waitForURL(/\/journeys\/reorder\?step=slots&state=timeout/)
})

test('several statuses share a cell, and each has its own address', async () => {
  await using look = await opened(browser, studio, '/states?step=reorder/basket&condition=409')
  const { page } = look
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByText('409 Conflict').first().waitFor()
  const ways = panel.getByRole('list', { name: 'All ways into this cell' })
  expect(await ways.getByRole('button').allTextContents()).toEqual([
    '404, 404 Not found: Designed',
    '409, 409 Conflict: Designed',
    '5xx, Server error: Designed',
  ])
  const story = panel.getByRole('link', { name: 'Basket / Somebody else changed it' })
  expect(await story.getAttribute('rel')).toBe('noreferrer')
  await ways.getByRole('button', { name: /404/ }).click()
  await page.waitForURL(/condition=404/)
  await panel.getByRole('heading', { name: /404 Not found/ }).waitFor()
})

test('one journey can be looked at alone, and its figures are its own', async () => {
  await using look = await opened(browser, studio, '/states')
  const { page } = look
  await page.getByLabel('Journey', { exact: true }).selectOption(fixAnItem.journey.name)
  await page.waitForURL(/journey=/)
  expect(await page.locator('.states-journey').count()).toBe(1)
  await page.getByRole('radio', { name: /Not decided/ }).click()
  await page.waitForURL(/show=undecided/)
  await page.getByText('Everything that can go another way is decided.').waitFor()
  expect(await brokenRules(page)).toEqual([])
  await page.getByRole('button', { name: 'Show all steps' }).click()
  await page.waitForURL(/states$/)
})

test('the matrix is one tab stop: arrows move, Enter opens, m plays, Escape returns', async () => {
  await using look = await opened(browser, studio, '/states')
  const { page } = look
  await page.getByRole('grid').waitFor()
  expect(await page.locator('.states-grid [data-column][tabindex="0"]').count()).toBe(1)
  await page.locator('.states-grid [tabindex="0"]').focus()
  expect(await focused(page)).toContain('Reorder the weekly shop')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  expect(await focused(page)).toContain('Loading, Designed')
  await page.keyboard.press('m')
  await page.locator('.state-cell.playing').waitFor()
  await page.keyboard.press('0')
  await page.locator('.state-cell.playing').waitFor({ state: 'detached' })
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.waitForURL(/condition=empty/)
  await page.waitForFunction(() => document.activeElement?.id === 'inspector-title')
  await page.keyboard.press('Escape')
  await page.waitForURL(/states$/)
  expect(await focused(page)).toContain('Empty')
})

test('what is shown can be saved as a table', async () => {
  await using look = await opened(browser, studio, '/states')
  const { page, faults } = look
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /Table/ }).click(),
  ])
  const table = (await readFile(await download.path())).toString()
  expect(table).toContain(
    'Reorder the weekly shop,Pick a delivery slot,/slots,timeout,Timeout,Not decided yet,',
  )
  expect(faults).toEqual([])
})

test('axe finds nothing, light and dark', async () => {
  for (const path of [
    '/states',
    '/states?step=reorder/slots&condition=timeout',
    '/states?step=reorder/basket&condition=error',
  ]) {
    await using look = await opened(browser, studio, path)
    await look.page.getByRole('grid').waitFor()
    expect(await brokenInBothThemes(look.page)).toEqual([])
    expect(look.faults).toEqual([])
  }
})

test('fits a small screen, 200 % zoom of it and a phone: only the matrix scrolls sideways, and targets are big enough', async () => {
  await using look = await opened(browser, studio, '/states')
  const { page } = look
  await page.getByRole('grid').waitFor()
  for (const [what, width, height] of [
    ['a small screen', 1280, 800],
    ['200 % zoom of it', 640, 400],
    ['a phone', 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    const found = () =>
      page.evaluate(() => {
        const beyond = (selector: string): number =>
          [...document.querySelectorAll(selector)].filter(
            (one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1,
          ).length
        const small = [...document.querySelectorAll('main button, main a')]
          .map((one) => one.getBoundingClientRect())
          .filter((box) => box.width > 0 && (box.width < 24 || box.height < 24))
        return [
          document.documentElement.scrollWidth > innerWidth,
          beyond('.page-head *:not(.file-menu *)'),
          beyond('.matrix-tools *'),
          small.length,
        ]
      })
    // What React draws for a width comes after the resize.
    await expect.poll(found, { message: what }).toEqual([false, 0, 0, 0])
    expect(await brokenRules(page), what).toEqual([])
  }
})

test('of many screens only those around the reader are drawn, and every one can be reached', async () => {
  // Twelve shops with the same journeys: 84 steps.
  const journeys = Array.from({ length: 12 }, (_, branch) =>
    statesMatrix.journeys.map((journey) => ({
      ...journey,
      name: `${journey.name}-${branch}`,
      title: `${journey.title}, shop ${branch}`,
      steps: journey.steps.map((step) => ({
        ...step,
        step: `${journey.name}-${branch}/${step.step.split('/')[1]}`,
      })),
    })),
  ).flat()
  studio.answers.set('/api/states', { ...statesMatrix, journeys })
  const steps = journeys.reduce((sum, one) => sum + one.steps.length, 0)
  await using look = await opened(browser, studio, '/states?step=reorder-9/slots&condition=timeout')
  const { page, faults } = look
  const rows = page.locator('.states-row[data-row]')
  const chosen = page.locator('.state-cell[aria-selected]')
  await chosen.waitFor()
  await page.waitForFunction(() => {
    const box = document.querySelector('.state-cell[aria-selected]')?.getBoundingClientRect()
    return box !== undefined && box.top > 0 && box.bottom < innerHeight
  })
  expect(await rows.count()).toBeLessThan(40)
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(
    String(steps + journeys.length + 1),
  )
  await page.locator('.states-grid [tabindex="0"]').focus()
  await page.keyboard.press('Control+End')
  await page.waitForFunction(
    (last) => document.activeElement?.closest('[data-row]')?.getAttribute('data-row') === last,
    String(steps + journeys.length - 1),
  )
  await page.keyboard.press('Control+Home')
  expect(await focused(page)).toContain('shop 0')
  expect(faults).toEqual([])
})

test('shows what a browser saw: whether it is as promised, when, and on which build', async () => {
  const proof = {
    id: 'reorder/slots/store.listSlots/loading',
    step: 'reorder/slots',
    call: 'store.listSlots',
    condition: 'loading',
    verdict: 'failed',
    problems: ['`.grey` is not seen within 10 s.'],
    at: '2026-11-22T20:00:00.000Z',
    build: 'a1b2c3d',
    picture: '0123456789abcdef.jpg',
  }
  studio.answers.set('/api/states/proofs', { proofs: [proof] })
  await using look = await opened(browser, studio, '/states?step=reorder%2Fslots&condition=loading')
  const { page, faults } = look
  const panel = page.getByRole('complementary')
  await panel.getByText('Not as promised').waitFor()
  expect(await panel.getByText('.grey is not seen within 10 s.').count()).toBe(1)
  expect(await panel.getByText('a1b2c3d').count()).toBe(1)
  expect(await panel.locator('img').first().getAttribute('src')).toBe(
    '/api/states/pictures/0123456789abcdef.jpg',
  )
  expect(await page.locator('.state-proven.failed').count()).toBe(1)
  expect(await brokenInBothThemes(page)).toEqual([])
  expect(faults).toEqual([])
})
