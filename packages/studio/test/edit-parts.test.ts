import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { added, checkout, editShop, shot, type EditShop } from './edit-shop.ts'

// Every part of a journey as a person edits it: one studio on a copy of the example, one edit after another.

let browser: Browser
let one: EditShop
let page: Page

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
  one = await editShop(browser)
  page = await one.open('/journeys/checkout')
})

afterAll(async () => {
  await one?.[Symbol.asyncDispose]()
  await browser?.close()
})

const panel = (): Locator => page.getByRole('complementary', { name: 'Details' })
const button = (name: string | RegExp, within: Page | Locator = panel()): Locator =>
  within.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
const go = async (path: string): Promise<void> =>
  void (await page.goto(new URL(path, page.url()).href))
const closeWord = (): Promise<void> => button('Close this message', page).click()

test('a call is added from the contracts, changed, moved and removed', async () => {
  const before = one.text()
  await go('/journeys/checkout?step=basket')
  await button('Add a call').click()
  await panel().getByLabel('Operation').selectOption('store.findOrder')
  await panel().getByRole('checkbox', { name: 'What is in the basket' }).check()
  await panel()
    .getByRole('checkbox', { name: /^email/ })
    .check()
  await panel().getByLabel('Three of four (p75)').fill('1.2s')
  await shot(page, 'call')
  await button('Add the call').click()
  await panel().getByText('Waits for What is in the basket').waitFor()
  expect(added(before, one.text())).toEqual([
    '      - operation: store.findOrder',
    '        sends: [email]',
    '        budget: { p75: 1.2s }',
  ])
  await closeWord()

  await button('Edit this call').click()
  await panel().getByRole('checkbox', { name: 'What is in the basket' }).uncheck()
  await panel().getByLabel('Something the contract does not take yet').fill('floor')
  await button('Save').click()
  await panel().getByText('Starts at once', { exact: true }).waitFor()
  expect(added(before, one.text())).toContain('        sends: [email, floor]')

  const calls = (): readonly string[] =>
    one
      .text()
      .split('- step: basket')[1]!
      .split('- step:')[0]!
      .split('\n')
      .flatMap((line) => /^ {6}- operation: (\S+)/.exec(line)?.[1] ?? [])
  expect(calls().at(-1)).toBe('store.findOrder')
  await button('Move up').click()
  await expect.poll(() => calls().at(-2)).toBe('store.findOrder')
  await button('Remove it').click()
  await page
    .getByRole('dialog')
    .getByText(/Undo brings it back/)
    .waitFor()
  await button('Remove the call', page).click()
  await panel().getByRole('heading', { name: 'Review the basket' }).waitFor()
  await expect.poll(calls).not.toContain('store.findOrder')
})

test('a step leads where people say, and has a budget for everything', async () => {
  const before = one.text()
  await go('/journeys/checkout?step=delivery')
  await button('Edit the step').click()
  await panel()
    .getByRole('radio', { name: /^These steps/ })
    .check()
  await panel()
    .getByRole('checkbox', { name: /^Review the basket/ })
    .check()
  await panel().getByLabel('A step of another journey').selectOption('track-order/find')
  await panel().getByLabel('Size of the answers').fill('30kB')
  await panel().getByLabel('Design link').fill('https://storybook.example/delivery')
  await button('Save').click()
  await panel().getByRole('button', { name: 'Review the basket' }).waitFor()
  const lines = added(before, one.text())
  expect(lines).toContain('    next: [payment, basket, track-order/find]')
  expect(lines).toContain('    budget: { p75: 1.2s, size: 30kB }')
  expect(lines).toContain('    design: https://storybook.example/delivery')
  await button('Edit the step').click()
  await panel()
    .getByRole('radio', { name: /^The journey ends here/ })
    .check()
  await button('Save').click()
  await expect
    .poll(() => one.text().split('- step: delivery')[1]!.split('- step:')[0])
    .toMatch(/^ {4}next: \[\]$/m)
})

test('a picture is put on a step, shown, refused when it is none, and undone with its file', async () => {
  const before = one.text()
  await go('/journeys/checkout?step=basket')
  await button('Change the picture').click()
  const field = panel().getByLabel(/^Drop a picture here/)
  await field.setInputFiles({
    name: 'notes.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF'),
  })
  await panel().getByText('notes.pdf is no picture.', { exact: false }).waitFor()
  await field.setInputFiles({
    name: 'fake.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<html>'),
  })
  await page.getByText('That is no picture.', { exact: false }).first().waitFor()
  expect(one.text()).toBe(before)
  await field.setInputFiles({ name: 'Basket 1.png', mimeType: 'image/png', buffer: pixel })
  await panel().getByRole('img', { name: 'Design of Review the basket' }).waitFor()
  expect(added(before, one.text())).toEqual(['    image: designs/basket-1.png'])
  expect(one.has('designs/basket-1.png')).toBe(true)
  await shot(page, 'picture')
  const shown = page.getByRole('grid').getByRole('img', { name: 'Design of Review the basket' })
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)

  // What is there already can be chosen for another step.
  await go('/journeys/checkout?step=payment')
  await button('Change the picture').click()
  await panel().getByLabel('Or one that is there already').selectOption('designs/basket-1.png')
  await button('Use it').click()
  await panel().getByRole('img', { name: 'Design of Pay' }).waitFor()
  await button('Change the picture').click()
  await panel().getByLabel('Or an address').fill('https://www.figma.com/export/pay.png')
  await button('Use it').click()
  await panel()
    .getByRole('link', { name: /figma\.com\/export/ })
    .waitFor()
  await panel()
    .getByRole('img', { name: /^Wireframe/ })
    .waitFor()
  await button('Take the picture away').click()
  await expect.poll(() => added(before, one.text())).toEqual(['    image: designs/basket-1.png'])

  const undo = button(/^Undo: /, page).first()
  for (let left = 4; left > 0; left--) {
    const text = one.text()
    await undo.click()
    await expect.poll(() => one.text()).not.toBe(text)
  }
  expect(one.text()).toBe(before)
  expect(one.has('designs/basket-1.png')).toBe(false)
})

test('needs are ordered by keyboard and by hand, also over to another call', async () => {
  await go('/journeys/checkout?step=delivery')
  const outline = panel().getByRole('list', { name: 'Calls and what each gives' })
  const order = (): readonly string[] =>
    one
      .text()
      .split('- step: delivery')[1]!
      .split('- step:')[0]!
      .split('\n')
      .flatMap((line) => /^ {10}- (?:\{ path: )?"?([^",}\s]+)/.exec(line)?.[1] ?? [])
  const [first, second] = order()
  const row = outline.getByRole('listitem').getByRole('listitem').first().getByRole('button')
  const label = await row.innerText()
  await row.focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => order().slice(0, 2)).toEqual([second, first])
  await expect.poll(() => row.innerText()).not.toBe(label)
  await page.waitForFunction((words) => document.activeElement?.textContent === words, label.trim())
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => order().slice(0, 2)).toEqual([first, second])

  const rows = outline.locator('.outline-row')
  await expect.poll(() => rows.nth(1).innerText()).toBe(label)
  await rows.nth(1).dragTo(rows.nth(3), { targetPosition: { x: 40, y: 20 } })
  await expect.poll(() => order()[2]).toBe(first)
  await expect.poll(() => rows.nth(3).innerText()).toBe(label)

  // Past the last need of a call it goes on to the next call.
  await outline.getByRole('button', { name: 'Places left' }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect
    .poll(() => one.text().split('operation: store.chooseDeliverySlot')[1])
    .toMatch(/^\s+.*\n?.*needs:\n\s+- \{ path: "items\[\]\.left"/s)
})

test('ids of steps and journeys are changed, and whatever names them follows', async () => {
  await go('/journeys/checkout?step=basket')
  await button('Change the id').click()
  await panel().getByLabel('Id', { exact: true }).fill('payment')
  await button('Change the id').click()
  await panel()
    .getByText(/has a step payment already/)
    .first()
    .waitFor()
  await panel().getByLabel('Id', { exact: true }).fill('cart')
  await button('Change the id').click()
  await page.waitForURL(/step=cart/)
  expect(one.text()).toContain('next: [product, cart]')
  expect(one.text()).toContain('  - step: cart\n')

  await button('Edit', page).click()
  const dialog = page.getByRole('dialog', { name: /^Edit Fill/ })
  await dialog.getByLabel('Who owns it').selectOption('web')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('owned by web').waitFor()
  await button('Edit', page).click()
  await dialog.getByRole('button', { name: 'Change the id' }).click()
  await dialog.getByLabel('Id', { exact: true }).fill('buy')
  await dialog.getByRole('button', { name: 'Change the id' }).click()
  await page.waitForURL(/journeys\/buy/)
  expect(one.text()).toMatch(/^journey: buy$/m)

  await button('Edit', page).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await button('Delete the journey', page).click()
  await page.waitForURL(/\/journeys$/)
  await expect.poll(() => one.has(checkout)).toBe(false)
  await button('Undo', page.getByRole('region', { name: 'Saved' })).click()
  await expect.poll(() => one.has(checkout)).toBe(true)
})

test('several edits are taken back and done again from the list', async () => {
  await go('/journeys/buy')
  const now = one.text()
  await button('What was edited', page).click()
  const dialog = page.getByRole('dialog', { name: 'What was edited' })
  await shot(page, 'history')
  await dialog
    .getByRole('button', { name: 'Undo back to before: Renamed the step basket to cart' })
    .click()
  await dialog.getByText('Undone: can be done again').first().waitFor()
  await expect.poll(() => one.text()).toContain('  - step: basket\n')
  expect(one.text()).toContain('owner: checkout')
  await dialog.getByRole('button', { name: /^Do again: Renamed the journey/ }).click()
  await expect.poll(() => one.text()).toBe(now)
  expect(one.strayed).toEqual([])
})

/** A red pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
