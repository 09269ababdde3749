import type { Blueprint } from '@throughline/core'
import type { Browser, Page } from 'playwright-core'
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

/** Slots lead on to payment, back to the basket, or away to another journey; home skips the basket. */
const branching: Blueprint = {
  ...reorder,
  steps: reorder.steps.map((step) => ({
    ...step,
    saysNext: true,
    next:
      {
        'reorder/home': ['reorder/basket', 'reorder/slots'],
        'reorder/slots': ['reorder/payment', 'reorder/basket', 'wrong-item/order'],
      }[step.name] ?? step.next,
  })),
}

beforeAll(async () => {
  await built()
  browser = await launched()
  studio = await studioServer({ overview: workspace, blueprints: [branching, fixAnItem] })
})

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.querySelector('b')?.textContent ?? '')
}

test('the flow stands beside the blueprint, and says where each step leads', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder')
  const { page, faults } = look
  const tabs = page.getByRole('navigation', { name: 'Drawn as' })
  await tabs.getByRole('link', { name: 'Blueprint' }).waitFor()
  expect(await tabs.locator('[aria-current]').allInnerTexts()).toEqual(['Blueprint'])
  expect(await page.locator('.step-branch').allInnerTexts()).toEqual([
    expect.stringMatching(/^2, 3\n, can go on to Check the basket, Pick/),
    expect.stringMatching(/^4, 2, ↗\n, can go on to Pay, Check the basket, wrong-item/),
  ])
  await tabs.getByRole('link', { name: 'Flow' }).click()
  await page.waitForURL(/view=flow/)
  const flow = page.getByRole('region', { name: 'Ways through Reorder the weekly shop' })
  await flow.waitFor()
  expect(await tabs.locator('[aria-current]').allInnerTexts()).toEqual(['Flow'])
  const slots = flow.getByRole('button', { name: /^3\. Pick a delivery slot/ })
  expect(await slots.innerText()).toMatch(/1 gap\s+2 undecided states\s+\+238 ms/)
  expect(await slots.textContent()).toContain(
    'goes on to Pay, goes back to Check the basket, goes on to Open the order',
  )
  expect(await flow.locator('.flow-word').allTextContents()).toEqual([
    'or',
    'skips 1',
    'or',
    'or',
    'back',
  ])
  expect(await flow.getByRole('list', { name: 'Lines' }).innerText()).toBe(
    'As the file says\nBack to an earlier step',
  )
  expect(faults).toEqual([])
})

test('arrow keys walk along the ways, Enter opens a step and Escape returns to it', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder?view=flow')
  const { page } = look
  const first = page.getByRole('button', { name: /^1\. / })
  await first.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await focused(page)).toContain('Pick a delivery slot')
  await page.keyboard.press('Enter')
  await page.waitForURL(/view=flow&step=slots/)
  const panel = page.getByRole('complementary', { name: 'Details' })
  expect(await panel.getByRole('heading').first().innerText()).toContain('Pick a delivery slot')
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  expect(await focused(page)).toContain('Pick a delivery slot')
  expect(page.url()).toMatch(/reorder\?view=flow$/)
  await page.keyboard.press('ArrowRight')
  const beside = await focused(page)
  await page.keyboard.press('ArrowDown')
  const other = await focused(page)
  expect([beside, other].toSorted()).toEqual(['4. Pay', 'Open the order'])
  await page.keyboard.press('Home')
  expect(await focused(page)).toMatch(/^1\. /)
  await page.keyboard.press('Tab')
  expect(await page.locator('[data-card]:focus').count()).toBe(0)
})

test('a way into another journey opens that one, and the lens stays', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder?view=flow&as=backend')
  const { page } = look
  const away = page.getByRole('link', { name: /^Open the order/ })
  expect(await away.innerText()).toContain('in Fix a wrong item')
  await away.click()
  await page.waitForURL(/wrong-item\?as=backend&view=flow&step=order/)
  await page.getByRole('region', { name: 'Ways through Fix a wrong item' }).waitFor()
  expect(await page.locator('.flow-card[aria-current]').innerText()).toContain('Open the order')
})

test('on a phone the ways go down the page', async () => {
  await using look = await opened(browser, studio, '/journeys/reorder?view=flow', {
    width: 390,
    height: 844,
  })
  const { page } = look
  const box = (name: RegExp) => page.getByRole('button', { name }).boundingBox()
  await page.getByRole('button', { name: /^1\. / }).waitFor()
  const one = await box(/^1\. /)
  const two = await box(/^2\. /)
  expect(two!.y).toBeGreaterThan(one!.y + one!.height)
  expect(one!.x + one!.width).toBeLessThanOrEqual(390)
})

test.each(['light', 'dark'] as const)('breaks no rule of WCAG, %s', async (theme) => {
  await using look = await opened(browser, studio, '/journeys/reorder?view=flow&step=slots', {
    theme,
  })
  const { page, faults } = look
  await page.getByRole('region', { name: /^Ways through/ }).waitFor()
  expect(await brokenRules(page, theme)).toEqual([])
  expect(faults).toEqual([])
})
