import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { added, checkout, editShop, shot } from './edit-shop.ts'
import { brokenRules, written } from './studio-browser.ts'

// Editing as a person does it: the real server on a copy of the example, a real browser, and the files afterwards.

let browser: Browser

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
})

afterAll(() => browser?.close())

test('a missing state is decided in the matrix: the file says it, the error is gone, and Undo gives the bytes back', async () => {
  await using one = await editShop(browser)
  const before = one.text()
  const page = await one.open('/states?show=undecided')
  await page
    .getByRole('button', { name: /^Decide what people see: .* on / })
    .first()
    .click()
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel
    .getByLabel('What people see', { exact: true })
    .fill('“This slot is gone”, with the others')
  await panel.getByLabel('How they get on').fill('choose another')
  await panel.getByLabel('Test selector').fill('role=alert')
  await shot(page, 'decide')
  expect(await brokenRules(page)).toEqual([])
  await panel.getByRole('button', { name: 'Decide', exact: true }).click()
  await page.getByText(`Saved to ${checkout}`).first().waitFor()
  await panel.getByText('Designed').first().waitFor()
  await shot(page, 'saved')
  const lines = added(before, one.text())
  expect(lines.length).toBe(1)
  expect(lines[0]).toMatch(
    /409: \{ show: "?“This slot is gone”, with the others"?, test: role=alert, recover: choose another \}/,
  )
  await page.getByText('Everything that can go another way is decided.').waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page
    .getByText(/^Undone:/)
    .first()
    .waitFor()
  expect(one.text()).toBe(before)
  await page.keyboard.press('Control+Shift+Z')
  await page
    .getByText(/^Done again:/)
    .first()
    .waitFor()
  expect(added(before, one.text())).toEqual(lines)
  await page.keyboard.press('Control+Z')
  await page
    .getByText(/^Undone:/)
    .first()
    .waitFor()
  expect(one.text()).toBe(before)
  expect(one.strayed).toEqual([])
})

test('a state says the same as another, and then something of its own', async () => {
  await using one = await editShop(browser)
  const before = one.text()
  const page = await one.open('/journeys/checkout?step=payment&state=offline')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Edit this state' }).click()
  expect(await panel.getByLabel('It shows').inputValue()).toBe('timeout')
  await panel.getByLabel('It shows').selectOption('Something of its own')
  await panel.getByLabel('What people see', { exact: true }).fill('No network here')
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  await panel.getByRole('paragraph').filter({ hasText: 'No network here' }).waitFor()
  // It starts from what it showed until now.
  expect(added(before, one.text())).toEqual([
    "          offline: { show: No network here, test: text=We don't know yet, recover: find the order }",
  ])
  await panel.getByRole('button', { name: 'Edit this state' }).click()
  await panel.getByLabel('It shows').selectOption('The same as “Timeout”')
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  await panel
    .getByText(/don't know yet/)
    .first()
    .waitFor()
  expect(one.text()).toBe(before)
  expect(one.strayed).toEqual([])
})

test('a step is renamed in its panel, and the file keeps its comments and everything else', async () => {
  await using one = await editShop(browser)
  const commented = one
    .text()
    .replace(
      '    title: Review the basket\n',
      '    title: Review the basket # people say "the cart"\n',
    )
  one.write(commented)
  const page = await one.open('/journeys/checkout?step=basket')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Edit the step' }).click()
  await panel.getByLabel('Title').fill('Look over the basket')
  await panel.getByLabel('Three of four (p75)').fill('soon')
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  await panel.getByText(/Must be a duration/).waitFor()
  await shot(page, 'step-fault')
  expect(one.text()).toBe(commented)
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('p75')
  await panel.getByLabel('Three of four (p75)').fill('800ms')
  expect(await brokenRules(page)).toEqual([])
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('grid').getByText('Look over the basket', { exact: true }).waitFor()
  expect(one.text()).toBe(commented.replace('Review the basket #', 'Look over the basket #'))
  await page.waitForFunction(() => document.activeElement?.textContent === 'Edit the step')
  expect(one.strayed).toEqual([])
})

test('a gap is closed with what the contract has, in one click', async () => {
  await using one = await editShop(browser)
  const before = one.text()
  const page = await one.open('/journeys/checkout')
  await page
    .getByRole('grid')
    .getByRole('button', { name: /Delivery date/ })
    .first()
    .click()
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Use delivery.arrivalDays instead' }).waitFor()
  await shot(page, 'close-match')
  expect(await brokenRules(page)).toEqual([])
  await panel.getByRole('button', { name: 'Use delivery.arrivalDays instead' }).click()
  await panel.getByText('delivery.arrivalDays', { exact: true }).first().waitFor()
  await panel
    .getByText('Planned for')
    .or(panel.getByText('May be absent, planned for'))
    .or(panel.getByText('Covered'))
    .first()
    .waitFor()
  expect(one.text()).toBe(
    before.replace('path: delivery.arrival\n', 'path: delivery.arrivalDays\n'),
  )
  expect(one.strayed).toEqual([])
})

test('a change on disk is shown beside the own one, and nothing is overwritten', async () => {
  await using one = await editShop(browser)
  const page = await one.open('/journeys/checkout?step=basket')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Edit the step' }).click()
  await panel.getByLabel('Title').fill('Mine')
  const theirs = one.text().replace('title: Review the basket', 'title: Theirs')
  one.write(theirs)
  await page.getByRole('grid').getByText('Theirs', { exact: true }).waitFor()
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /has changed meanwhile/ })
  await dialog.getByText('title: Theirs').waitFor()
  await dialog.getByText('title: Mine').waitFor()
  expect(await dialog.getByRole('button').allTextContents()).toEqual([
    'Back to what I typed',
    'Take theirs',
  ])
  await shot(page, 'conflict')
  expect(await brokenRules(page)).toEqual([])
  expect(one.text()).toBe(theirs)
  await dialog.getByRole('button', { name: 'Take theirs' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(one.text()).toBe(theirs)

  // Other lines: both changes can stand.
  await panel.getByRole('button', { name: 'Edit the step' }).click()
  expect(await panel.getByLabel('Title').inputValue()).toBe('Theirs')
  await panel.getByLabel('Title').fill('Both')
  const again = theirs.replace('title: Pay\n', 'title: Pay for it\n')
  one.write(again)
  await page.getByRole('grid').getByText('Pay for it', { exact: true }).waitFor()
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('button', { name: 'Apply again on theirs' }).click()
  await page.getByRole('grid').getByText('Both', { exact: true }).waitFor()
  expect(one.text()).toBe(again.replace('title: Theirs', 'title: Both'))
  expect(one.strayed).toEqual([])
})

test('steps are added, moved, dragged, copied and deleted', async () => {
  await using one = await editShop(browser)
  const page = await one.open('/journeys/checkout?step=product')
  const panel = page.getByRole('complementary', { name: 'Details' })
  const steps = (): Promise<string[]> => page.locator('.step-head .step-title').allTextContents()
  await panel.getByRole('button', { name: 'Add a step after this' }).waitFor()
  const first = await steps()
  await panel.getByRole('button', { name: 'Add a step after this' }).click()
  await panel.getByLabel('Title').fill('Read the label')
  await panel.getByRole('textbox', { name: 'Screen' }).fill('/products/:productId/label')
  await panel.getByRole('button', { name: 'Add the step' }).click()
  await panel.getByRole('heading', { name: 'Read the label' }).waitFor()
  expect(await steps()).toEqual([...first.slice(0, 2), 'Read the label', ...first.slice(2)])
  expect(one.text()).toContain(
    '  - step: read-the-label\n    title: Read the label\n    screen: /products/:productId/label\n',
  )
  // The file said what follows: the way leads through the new step, and on to the same.
  expect(one.text()).toMatch(
    /\n    next: \[?read-the-label\]?\n[^]*step: read-the-label\n[^]*?next: \[basket, catalogue\]\n/,
  )
  await shot(page, 'step')
  await panel.getByRole('button', { name: 'Move left' }).click()
  await expect.poll(steps).toEqual([first[0], 'Read the label', ...first.slice(1)])
  await page
    .locator('.step-head', { has: page.locator('.step-title', { hasText: 'Read the label' }) })
    .dragTo(
      page.locator('.step-head', { has: page.locator('.step-title', { hasText: first[3]! }) }),
      {
        sourcePosition: { x: 10, y: 8 },
        targetPosition: { x: 4, y: 8 },
      },
    )
  await expect.poll(steps).toEqual([...first.slice(0, 3), 'Read the label', ...first.slice(3)])
  await panel.getByRole('button', { name: 'Duplicate' }).click()
  await panel.getByRole('heading', { name: 'Read the label (copy)' }).waitFor()
  await panel.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the step' }).click()
  await expect.poll(steps).toEqual([...first.slice(0, 3), 'Read the label', ...first.slice(3)])
  expect(one.strayed).toEqual([])
})

test('a need is picked from the contract, and one is wished for', async () => {
  await using one = await editShop(browser)
  const page = await one.open('/journeys/checkout?step=done')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Add a need' }).click()
  await panel.getByLabel('Field', { exact: true }).fill('placed')
  await shot(page, 'need')
  expect(await brokenRules(page)).toEqual([])
  await panel.getByRole('radio').first().check()
  const path = await panel.locator('.field-list code').first().textContent()
  await panel.getByRole('button', { name: 'Add the need' }).click()
  await panel.locator('.facts').getByText(path!, { exact: true }).waitFor()
  expect(one.text()).toContain(`          - ${path}\n`)
  await panel.getByRole('button', { name: 'Edit this need' }).click()
  await panel.getByLabel('Why it is needed').fill('People forget when')
  await panel.getByRole('button', { name: 'Save', exact: true }).click()
  await panel.getByText('People forget when.').waitFor()
  await panel.getByRole('button', { name: 'Remove it' }).click()
  await panel.getByRole('button', { name: 'Add a need' }).click()
  await panel.getByLabel('Field', { exact: true }).fill('courier.nickname')
  await panel.getByRole('radio', { name: /Wish for courier.nickname/ }).check()
  await panel.getByRole('button', { name: 'Add the need' }).click()
  await panel.getByText('Missing', { exact: true }).first().waitFor()
  expect(one.text()).toContain('- courier.nickname\n')
  expect(one.text()).not.toContain('People forget when')
  expect(one.strayed).toEqual([])
})

test('a need of a GraphQL call is picked from the contract too', async () => {
  await using one = await editShop(browser)
  const before = one.text()
  const page = await one.open('/journeys/checkout?step=product')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('button', { name: 'Add a need' }).click()
  await panel.getByLabel('Answered by').selectOption('reviews.ProductReviews')
  await panel.getByRole('radio', { name: /^nodes\[\]\.id/ }).check()
  await panel.getByLabel('Why it is needed').fill('A link to one review')
  await panel.getByRole('button', { name: 'Add the need' }).click()
  await panel.getByText('A link to one review.').waitFor()
  expect(added(before, one.text())).toEqual([
    '          - { path: "nodes[].id", why: A link to one review }',
  ])
})

test('a journey is created with its person, and its head is edited', async () => {
  await using one = await editShop(browser)
  const page = await one.open('/journeys')
  await page.getByRole('button', { name: 'New journey' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill('Send something back')
  await dialog.getByLabel('Who it is about').selectOption('Somebody new…')
  await dialog.getByLabel('What they are called').fill('Gift receiver')
  await dialog.getByLabel('First step').fill('Find the parcel')
  await shot(page, 'create')
  expect(await brokenRules(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Create the journey' }).click()
  await page.getByRole('heading', { name: 'Send something back' }).waitFor()
  await page.getByRole('grid').getByText('Find the parcel').first().waitFor()
  const path = 'journeys/send-something-back.journey.yaml'
  expect(one.text(path)).toContain('persona: gift-receiver\n')
  expect(one.text('personas/gift-receiver.yaml')).toContain('Gift receiver')
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await dialog.getByLabel('What people want').fill('The money back within a week')
  await dialog.getByLabel('What hurts them today').fill('Nobody has a printer\nThe shop is far')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await written(page, 'Nobody has a printer').waitFor()
  expect(one.text(path)).toContain('pains:\n  - Nobody has a printer\n  - The shop is far\n')
  expect(one.strayed).toEqual([])
})

test('a studio that only shows says so, and offers nothing to change', async () => {
  await using one = await editShop(browser, { readOnly: true })
  const page = await one.open('/journeys/checkout?step=basket')
  await page.getByText('The server was started with --read-only').first().waitFor()
  expect(await page.getByRole('button', { name: /Edit|Add|Delete|Move/ }).count()).toBe(0)
  await shot(page, 'read-only')
})

for (const [theme, width] of [
  ['dark', 1600],
  ['light', 390],
] as const) {
  test(`forms are readable and reachable, ${theme}, ${width} wide`, async () => {
    await using one = await editShop(browser)
    const page = await one.open('/journeys/checkout?step=delivery&state=409', { theme, width })
    const panel = page.getByRole('complementary', { name: 'Details' })
    await panel.getByRole('button', { name: 'Decide', exact: true }).waitFor()
    await shot(page, `state-${theme}-${width}`)
    expect(await brokenRules(page, theme)).toEqual([])
    await page.goto(page.url().replace('&state=409', ''))
    await panel.getByRole('button', { name: 'Edit the step' }).click()
    expect(await brokenRules(page, theme)).toEqual([])
    await shot(page, `step-${theme}-${width}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
    expect(one.strayed).toEqual([])
  })
}
