import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import {
  answered,
  explanation,
  feeFields,
  listSlots,
  noProblems,
  operations,
  problems,
  searchIndex,
} from './checkout-reference.ts'
import { launched } from './chromium.ts'
import { brokenInBothThemes, opened, type Look } from './studio-browser.ts'
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
      '/api/operations': operations,
      '/api/operations/logistics.listSlots': listSlots,
      '/api/operations/logistics.listSlots/fields': feeFields,
      '/api/try': answered,
      '/api/diagnostics': problems,
      '/api/diagnostics?severity=error': {
        ...problems,
        diagnostics: problems.diagnostics.filter((one) => one.severity === 'error'),
        matching: problems.severities.error,
      },
      '/api/explanations/TL2003': explanation,
      '/api/search-index': searchIndex,
    },
  })
})

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

beforeEach(() => studio.reset())

async function open(path: string, look: Look = {}) {
  return opened(browser, studio, path, look)
}

const operation = '/reference/logistics.listSlots'
const gapRow = '/diagnostics?problem=TL2003@journeys/reorder.journey.yaml:47'

test('axe finds nothing on reference, problems, overview and the open search, light and dark', async () => {
  for (const path of ['/', gapRow, '/reference', `${operation}?field=slots[].window`]) {
    await using look = await open(path)
    await look.page.waitForSelector('main h1')
    await look.page.waitForLoadState('networkidle')
    expect(await brokenInBothThemes(look.page)).toEqual([])
    expect(look.faults).toEqual([])
  }
  await using look = await open(operation)
  await look.page.getByRole('button', { name: 'Send' }).click()
  await look.page.locator('.answer').waitFor()
  expect(await brokenInBothThemes(look.page)).toEqual([])
  await look.page.keyboard.press('Control+k')
  await look.page.getByRole('combobox').fill('slot')
  await look.page.getByRole('option').first().waitFor()
  expect(await brokenInBothThemes(look.page)).toEqual([])
})

test('an operation shows who needs each field, and what the contract lacks in its place', async () => {
  await using look = await open(operation)
  const { page } = look
  expect(await page.locator('main h1').innerText()).toBe('List delivery slots')
  await page.getByText('from .github/CODEOWNERS, line 12', { exact: true }).waitFor()
  const names = await page.locator('.schema-tree .field-name').allInnerTexts()
  expect(names).toEqual(['slots', 'id', 'window', 'fee', 'co2Saving', 'note'])
  const missing = page.locator('.field.missing')
  expect(await missing.innerText()).toMatch(/co2Saving\s+not in contract/)
  expect(await missing.getByRole('link').getAttribute('href')).toBe('/journeys/reorder?step=slots')
  await page.getByRole('button', { name: 'Open fee' }).click()
  await page.getByRole('button', { name: 'amount' }).waitFor()
  await page.getByRole('button', { name: 'window' }).click()
  await page.waitForURL(/\?field=slots\[\]\.window$/)
  expect(await page.locator('.field.current').innerText()).toContain('at most 40 characters')
  await page.getByRole('radio', { name: '503' }).check()
  await page.waitForURL(/\?part=503$/)
  expect(look.faults).toEqual([])
})

test('the lens changes the words and keeps the field', async () => {
  await using look = await open(`${operation}?field=note`)
  const note = look.page.locator('.field.current')
  expect(await note.innerText()).toMatch(/string\s+may be absent\s+may be empty/)
  await look.page.getByRole('radio', { name: 'Frontend' }).check()
  await look.page.waitForURL(/as=frontend/)
  expect(look.page.url()).toContain('field=note')
  expect(await note.innerText()).toMatch(/string \| null\s+optional/)
})

test('Send says what came back and whether it keeps the contract', async () => {
  await using look = await open(operation)
  await look.page.getByRole('button', { name: 'Send' }).click()
  const answer = look.page.getByRole('region', { name: 'Answer', exact: true })
  await answer.waitFor()
  expect(await answer.innerText()).toMatch(
    /200[\s\S]*12 ms · 64 B · breaks the contract in 1 place/,
  )
  expect(await answer.innerText()).toContain('slots[0].window is required and not there')
})

test('1,225 operations open at once, are filtered, and only those in sight are drawn', async () => {
  await using look = await open('/reference')
  const { page } = look
  const links = page.locator('.operation-link')
  await links.first().waitFor()
  expect(await links.count()).toBeLessThan(80)
  await page.locator('.operations-scroller').evaluate((element) => {
    element.scrollTop = element.scrollHeight
  })
  await page.getByText('Operation 1222').waitFor()
  await page.getByRole('searchbox').fill('op77')
  await page.waitForURL(/\?find=op77$/)
  expect(await links.allInnerTexts()).toHaveLength(11)
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.matches('.operation-link'))
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Operation 770'))
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/reference\/github\.op770\?find=op77$/)
  expect(await links.allInnerTexts()).toHaveLength(11)
})

test('problems stand by who mends them, and the filter is the address', async () => {
  await using look = await open('/diagnostics')
  const { page } = look
  await page.locator('.diagnostic-row').first().waitFor()
  expect(await page.locator('.diagnostics-side h2').allInnerTexts()).toEqual([
    'UX',
    'Backend',
    'Both',
  ])
  await page.getByRole('group', { name: 'How bad' }).getByRole('button').first().click()
  await page.waitForURL(/\?severity=error$/)
  expect(await page.locator('.diagnostic-row').count()).toBe(1)
  await page.locator('.diagnostic-row').click()
  await page.getByText('throughline explain TL2003').waitFor()
  expect(await page.locator('.diagnostic-detail').innerText()).toContain(
    'Change to slots[].emissions.kg',
  )
  await page.getByRole('link', { name: 'Show it in the studio' }).click()
  await page.waitForURL(/\/journeys\/reorder\?step=slots$/)
})

test('nothing to mend is said, not left empty', async () => {
  studio.answers.set('/api/diagnostics', noProblems)
  await using look = await open('/diagnostics')
  await look.page.getByRole('heading', { name: 'Nothing to mend' }).waitFor()
  expect(await look.page.locator('.facet').count()).toBe(0)
})

test('a saved file changes the open operation without a reload', async () => {
  await using look = await open(operation)
  await look.page.locator('.field.missing').waitFor()
  studio.answers.set('/api/operations/logistics.listSlots', { ...listSlots, title: 'Free slots' })
  studio.overview = { ...studio.overview, version: studio.overview.version + 1 }
  studio.send({ kind: 'graph', version: studio.overview.version })
  await look.page.getByRole('heading', { name: 'Free slots' }).waitFor()
  expect(await look.page.locator('.field.missing').count()).toBe(1)
})

test('a bare contract says what to do next', async () => {
  studio.overview = { ...workspace, journeys: [] }
  await using look = await open('/')
  await look.page.getByText('throughline init').waitFor()
  expect(await look.page.locator('.api-card').count()).toBe(workspace.apis.length)
})

test('the search goes to anything by keyboard, remembers it, and leaves the studio for nothing', async () => {
  await using look = await open('/')
  const { page } = look
  await page.waitForSelector('h1')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('listslots')
  await page.getByRole('option', { name: /List delivery slots/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/reference\/logistics\.listSlots$/)
  await page.keyboard.press('Control+k')
  await page.getByRole('group', { name: 'Found last' }).waitFor()
  await page.getByRole('combobox').fill('missing state')
  await page
    .getByRole('option', { name: /Missing state/ })
    .first()
    .click()
  await page.waitForURL(`${studio.address}/`)
  expect(look.faults).toEqual([])
})

test('what hostile files say stays text', async () => {
  for (const path of ['/', gapRow, '/reference', operation, `${operation}?field=note`]) {
    await using look = await open(path)
    const { page } = look
    await page.waitForSelector('main h1')
    await page.waitForLoadState('networkidle')
    if (path === operation) {
      await page.getByRole('button', { name: 'Send' }).click()
      await page.locator('.answer').waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill('hold')
      await page.getByRole('option').first().waitFor()
    }
    expect(await page.locator('img[src=x], [onerror], a[href^="javascript:"]').count()).toBe(0)
    expect(await page.evaluate(() => 'broken' in window)).toBe(false)
    expect(look.faults).toEqual([])
  }
})

test('at 200 % zoom and on a phone nothing is wider than the page', async () => {
  for (const look of [
    { width: 640, height: 400 },
    { width: 390, height: 844 },
  ])
    for (const path of ['/', gapRow, '/reference', operation]) {
      await using page = await open(path, look)
      await page.page.waitForSelector('#page')
      await page.page.waitForLoadState('networkidle')
      const wide = await page.page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, wide]).toEqual([path, look.width])
    }
})
