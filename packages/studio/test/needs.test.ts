import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { bigNeeds, closeMatches, needsMatrix } from './checkout-matrices.ts'
import { launched } from './chromium.ts'
import { brokenInBothThemes, brokenRules, opened, type Look } from './studio-browser.ts'
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
    answers: { '/api/needs': needsMatrix, '/api/needs/close-matches': closeMatches },
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

const gap = 'operation=logistics.listSlots&field=slots[].co2Saving&step=reorder/slots'

/** What has the focus, as a screen reader would name it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const one = document.activeElement
    const row = one?.closest('[data-row]')?.querySelector('.field-name')?.textContent
    return [row, one?.getAttribute('aria-label') ?? one?.textContent].filter(Boolean).join(': ')
  })
}

test('shows every field beside the steps that need it, with gaps, unused fields and what is left out', async () => {
  await using look = await open('/needs?only=logistics.listSlots')
  const { page, faults } = look
  await page.getByRole('grid').waitFor()
  expect(await page.getByRole('grid').ariaSnapshot()).toMatchInlineSnapshot(`
    "- grid "Fields and the steps that need them":
      - rowgroup:
        - row "Field Reorder the weekly shop Fix a wrong item":
          - columnheader "Field"
          - columnheader "Reorder the weekly shop":
            - link "Reorder the weekly shop":
              - /url: /journeys/reorder
          - columnheader "Fix a wrong item":
            - link "Fix a wrong item":
              - /url: /journeys/wrong-item
        - row "Field Used by Open the app Check the basket Pick a delivery slot , this step has a gap Pay Track the van Open the order Ask for a refund":
          - columnheader "Field Used by"
          - columnheader "Open the app":
            - link "Open the app":
              - /url: /journeys/reorder?step=home
          - columnheader "Check the basket":
            - link "Check the basket":
              - /url: /journeys/reorder?step=basket
          - columnheader "Pick a delivery slot , this step has a gap":
            - link "Pick a delivery slot , this step has a gap":
              - /url: /journeys/reorder?step=slots
          - columnheader "Pay":
            - link "Pay":
              - /url: /journeys/reorder?step=payment
          - columnheader "Track the van":
            - link "Track the van":
              - /url: /journeys/reorder?step=tracking
          - columnheader "Open the order":
            - link "Open the order":
              - /url: /journeys/wrong-item?step=order
          - columnheader "Ask for a refund":
            - link "Ask for a refund":
              - /url: /journeys/wrong-item?step=refund
      - rowgroup:
        - row "GET /slots 4 fields":
          - gridcell "GET /slots 4 fields":
            - button "GET /slots 4 fields" [pressed]:
              - text: GET
              - code: /slots
              - text: 4 fields
        - row "Slot window 1 step Not needed Not needed Covered Not needed Not needed Not needed Not needed":
          - rowheader "Slot window 1 step"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Covered":
            - img "Covered"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
        - row "Delivery fee 1 step Not needed Not needed Covered Not needed Not needed Not needed Not needed":
          - rowheader "Delivery fee 1 step"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Covered":
            - img "Covered"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
        - row "Carbon saving 1 step Not needed Not needed Missing Not needed Not needed Not needed Not needed":
          - rowheader "Carbon saving 1 step"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Missing":
            - img "Missing"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
        - row "Legacy ref unused Not needed Not needed Not needed Not needed Not needed Not needed Not needed":
          - rowheader "Legacy ref unused"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
          - gridcell "Not needed"
        - row "12 more fields that no step needs, not shown":
          - gridcell "12 more fields that no step needs, not shown""
  `)
  expect(await page.title()).toBe('Needs · corner-market · Throughline')
  expect(faults).toEqual([])
})

test('the missing field is found: the filter leaves it, its cell opens what the contract has instead', async () => {
  await using look = await open('/needs')
  const { page } = look
  await page.getByRole('radio', { name: 'Gaps 2' }).click()
  await page.waitForURL(/show=gaps/)
  expect(await page.locator('.field-name').allTextContents()).toEqual([
    'Substitution reason',
    'Carbon saving',
  ])
  await page.getByRole('gridcell', { name: 'Missing' }).click()
  await page.waitForURL(
    /operation=logistics.listSlots&field=slots\[\]\.co2Saving&step=reorder\/slots/,
  )
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByText('slots[].emissions.kg', { exact: true }).first().waitFor()
  expect(await panel.innerText()).toMatch(/Carbon saving on Pick a delivery slot/)
  expect(await panel.innerText()).toContain('journeys/reorder.journey.yaml:47')
  await panel.getByRole('link', { name: 'On the blueprint' }).click()
  await page.waitForURL(/\/journeys\/reorder\?step=slots&need=/)
  await page.getByRole('heading', { name: /Carbon saving on Pick a/ }).waitFor()
})

test('text and operation narrow the rows, and a filter that leaves nothing says so', async () => {
  await using look = await open('/needs')
  const { page } = look
  await page.getByRole('searchbox', { name: 'Filter fields' }).fill('slot window')
  await page.waitForURL(/q=slot\+window/)
  expect(await page.locator('.field-name').allTextContents()).toEqual(['Slot window'])
  await page.getByRole('searchbox', { name: 'Filter fields' }).fill('parsley')
  await page.getByText('No field here is called “parsley”.').waitFor()
  expect(await brokenRules(page)).toEqual([])
  await page.getByRole('button', { name: 'Show all fields' }).click()
  await page.waitForURL(/needs$/)
  await page.getByLabel('Operation').selectOption('logistics.listSlots')
  await page.waitForURL(/only=logistics.listSlots/)
  expect(await page.locator('.need-line.group').count()).toBe(1)
  await page.getByRole('button', { name: /GET \/slots/ }).click()
  await page.waitForURL(/needs$/)
  expect(await page.locator('.need-line.group').count()).toBeGreaterThan(5)
})

test('the grid is one tab stop, and everything in it can be reached and opened by keyboard', async () => {
  await using look = await open('/needs?only=logistics.listSlots')
  const { page } = look
  await page.getByRole('grid').waitFor()
  expect(await page.locator('.needs-grid [tabindex="0"]').count()).toBe(1)
  await page.getByRole('searchbox').focus()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toContain('/slots')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  expect(await focused(page)).toBe('Delivery fee: Not needed')
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+End')
  expect(await focused(page)).toContain('12 more fields')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowUp')
  expect(await focused(page)).toContain('Open the app')
  await page.keyboard.press('ArrowUp')
  expect(await focused(page)).toContain('Reorder the weekly shop')
  expect(await page.locator('.needs-grid [tabindex="0"]').count()).toBe(1)

  await page.goto(`${studio.address}/needs?${gap}`)
  await page.getByRole('complementary', { name: 'Details' }).waitFor()
  await page.locator('.needs-grid [tabindex="0"]').focus()
  expect(await focused(page)).toContain('Carbon saving')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await page.waitForURL(/field=slots\[\]\.co2Saving$/)
  await page.waitForFunction(() => document.activeElement?.id === 'inspector-title')
  await page.keyboard.press('Escape')
  await page.waitForURL(/needs$/)
  expect(await focused(page)).toContain('Carbon saving')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.waitForURL(/\/states$/)
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await page.waitForURL(/\/needs$/)
})

test('the lens changes the words of a field: label, path, path and type', async () => {
  await using look = await open(`/needs?${gap}`)
  const { page } = look
  const field = page.locator('[data-selected] .field-head')
  expect(await field.innerText()).toMatch(/^Carbon saving/)
  await page.getByRole('radio', { name: 'Backend' }).click()
  await page.waitForURL(/as=backend/)
  expect(await field.innerText()).toMatch(/^slots\[\]\.co2Saving\s+–/)
  expect(page.url()).toContain('field=slots[].co2Saving')
})

test('over 16 steps the journeys fold, open on click, and an address opens what it names', async () => {
  studio.answers.set('/api/needs', bigNeeds(3, 40))
  await using look = await open('/needs')
  const { page } = look
  await page.getByRole('grid').waitFor()
  expect(await page.locator('.step-head-cell').count()).toBe(8)
  await page.getByRole('button', { name: 'Journey 2: show its steps' }).click()
  await page.waitForURL(/open=journey1/)
  expect(await page.locator('.step-head-cell').count()).toBe(12)
  await page.getByRole('button', { name: 'Journey 2: fold into one column' }).click()
  await page.waitForURL(/needs$/)
  expect(await page.locator('.step-head-cell').count()).toBe(8)
  await page.goto(
    `${studio.address}/needs?operation=store.operation1&field=items[].field3&step=journey4/step2`,
  )
  await page.locator('[role=gridcell][aria-selected=true]').waitFor()
  expect(await page.locator('.step-head-cell').count()).toBe(12)
  expect(await brokenRules(page)).toEqual([])
})

test('draws of 840 lines beside 40 steps only those around the screen, wherever one scrolls', async () => {
  studio.answers.set('/api/needs', bigNeeds(40, 40))
  const everyJourney = Array.from({ length: 8 }, (_, journey) => `journey${journey}`).join(',')
  await using look = await open(`/needs?open=${everyJourney}`)
  const { page } = look
  await page.getByRole('grid').waitFor()
  expect(await page.locator('.step-head-cell').count()).toBe(40)
  expect(await page.locator('.need-line').count()).toBeLessThan(120)
  await page
    .locator('.scroller')
    .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight / 2))
  await page.getByText('Field 10').first().waitFor()
  expect(await page.locator('.need-line').count()).toBeLessThan(120)
  // The far end is there, by its keyboard too.
  await page.locator('.needs-grid [tabindex="0"]').focus()
  await page.keyboard.press('Control+End')
  expect(await focused(page)).toContain('Field 19')
  expect(await page.locator('.needs-body > :last-child').getAttribute('aria-rowindex')).toBe('842')
})

test('what is shown can be saved as a table and as a picture, and shared', async () => {
  await using look = await open('/needs?only=logistics.listSlots')
  const { page, faults } = look
  await page.getByRole('grid').waitFor()
  const saved = async (name: RegExp): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ])
    return readFile(await download.path())
  }
  const table = (await saved(/Table/)).toString()
  expect(table).toContain('logistics.listSlots,GET,/slots,slots[].co2Saving,Carbon saving,,,1,')
  expect(table.split('\r\n')[0]).toContain('Reorder the weekly shop: Pick a delivery slot')
  const drawing = (await saved(/SVG/)).toString()
  expect(drawing).toContain('Carbon saving')
  expect(drawing).not.toMatch(/oklch|var\(/)
  const picture = await saved(/PNG/)
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.readUInt32BE(16)).toBeGreaterThan(1000)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('button', { name: 'Address copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  expect(faults).toEqual([])
})

test('a saved file is on the page without a reload, and keeps what is open', async () => {
  await using look = await open(`/needs?${gap}`)
  const { page } = look
  await page.locator('.need-cell.missing').waitFor()
  studio.answers.set('/api/needs', {
    ...needsMatrix,
    operations: needsMatrix.operations.map((group) => ({
      ...group,
      rows: group.rows.map((row) => ({
        ...row,
        missing: false,
        cells: row.cells.map((cell) => ({ ...cell, status: 'covered' as const, problems: [] })),
      })),
    })),
  })
  studio.overview = { ...studio.overview, version: 2 }
  studio.send({ kind: 'graph', version: 2 })
  await page.locator('.need-cell.missing').waitFor({ state: 'detached' })
  expect(await page.getByRole('complementary', { name: 'Details' }).innerText()).toContain(
    'Covered',
  )
})

test('a server that stumbles is quoted, and a workspace without needs says what to do', async () => {
  studio.answers.delete('/api/needs')
  await using look = await open('/needs')
  const { page } = look
  await page.getByText('The server answered: No such address').waitFor()
  studio.answers.set('/api/needs', { ...needsMatrix, operations: [] })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('No needs yet').waitFor()
  await page.getByText('throughline init').waitFor()
  expect(await brokenRules(page)).toEqual([])
})

test('axe finds nothing, light and dark', async () => {
  for (const path of ['/needs', `/needs?${gap}`, `/needs?as=backend&show=unused`]) {
    await using look = await open(path)
    await look.page.getByRole('grid').waitFor()
    expect(await brokenInBothThemes(look.page)).toEqual([])
    expect(look.faults).toEqual([])
  }
  await using look = await open('/needs')
  await look.page.getByRole('button', { name: 'Export' }).click()
  expect(await brokenInBothThemes(look.page)).toEqual([])
})

test('fits a small screen, 200 % zoom of it and a phone: only the matrix scrolls sideways', async () => {
  await using look = await open('/needs')
  const { page } = look
  await page.getByRole('grid').waitFor()
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
            (one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1,
          ).length
        return [
          document.documentElement.scrollWidth > innerWidth,
          beyond('.page-head *:not(.file-menu *)'),
          beyond('.matrix-tools *'),
        ]
      })
    // What React draws for a width comes after the resize.
    await expect.poll(wide, { message: what }).toEqual([false, 0, 0])
    expect(await brokenRules(page), what).toEqual([])
  }
})
